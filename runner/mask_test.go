package runner

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/semadoctor/semadoctor/host"
)

func TestSecretKey(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"token": true, "Token": true, "registration_token": true, "runner_registration_token": true, "password": true, "pass": true,
		"cookie_hash": true, "cookie_encryption": true, "access_key_encryption": true, "private_key": true, "email_secret": true,
		"SEMAPHORE_RUNNER_TOKEN": true, "SEMAPHORE_RUNNER_REGISTRATION_TOKEN": true, "SEMAPHORE_DB_PASS": true, "ldap_bindpassword": true,
		"client_identity_secret": true, "warehouse_password": true, "ldap_idp_password": true, "webhook": true, "auth_key": true,
		"token_file": false, "runner.token_file": false, "config_file": false, "runner.config_file": false, "private_key_file": false,
		"registration_token_file": false, "SEMAPHORE_RUNNER_TOKEN_FILE": false, "api_url": false, "web_host": false, "tmp_path": false,
		"runner_id": false, "use_remote_runner": false, "max_parallel_tasks": false, "check_interval_seconds": false, "name": false,
		"api_key": true, "API_KEY": true, "key": true, "MY_KEY": true, "apikey": true, "aws_credentials": true,
		"slack_url": true, "SEMAPHORE_SLACK_URL": true, "microsoft_teams_url": true, "rocketchat_url": true, "dingtalk_url": true, "gotify_url": true,
		"telegram_url": true, "webhook_url": true, "slack_alert": false, "telegram_chat": false, "key_file": false, "ssh_config_path": false,
		"public_key": false, "monkey": false, "keyboard": false, "kubeconfig": false, "SEMAPHORE_RUNNER_API_URL": false,
		"server_ca_cert_file": false, "token_id": false, "": false,
	} {
		if got := SecretKey(name); got != want {
			t.Errorf("SecretKey(%q) = %v, want %v", name, got, want)
		}
	}
}

// pemKey is no key.
const pemKey = "-----BEGIN RSA PRIVATE KEY-----\naHVudGVyMg==\naHVudGVyMg==\n-----END RSA PRIVATE KEY-----"

// TestMask: what is written * in want is a masked secret. hunter is nowhere met
// before.
func TestMask(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, data, want string }{
		{"config", `{"runner": {"token": "` + hunter + `", "token_file": "/t"}}`, `{"runner": {"token": "*", "token_file": "/t"}}`},
		{"config over lines", "{\n\t\"web_host\": \"http://h\",\n\t\"registration_token\": \"" + hunter + "\",\n\t\"config_file\": \"/s\"\n}\n",
			"{\n\t\"web_host\": \"http://h\",\n\t\"registration_token\": \"*\",\n\t\"config_file\": \"/s\"\n}\n"},
		{"short secrets", `{"password":"a","pass":"bc"}`, `{"password":"*","pass":"*"}`},
		{"empty secrets", `{"password":"","pass": ""}`, `{"password":"","pass": ""}`},
		{"escapes", `{"token":"a\"b\u0063` + hunter + `"}`, `{"token":"*"}`},
		{"a number", `{"token": 1234567}`, `{"token": *}`},
		{"not texts", "{\"password_login\": true, \"token\": null,\n\"token\": {\n\"tokens\": [\n", "{\"password_login\": true, \"token\": null,\n\"token\": {\n\"tokens\": [\n"},
		{"harmless keys", `{"api_url":"http://h/api","tmp_path":"/t","name":"runner one","tags":["a"],"max_parallel_tasks":3}`,
			`{"api_url":"http://h/api","tmp_path":"/t","name":"runner one","tags":["a"],"max_parallel_tasks":3}`},
		{"comments and commas", "{ // the server\n\"web_host\": \"http://h\", // mine\n\"token\": \"" + hunter + "\", // mine\n}",
			"{ // the server\n\"web_host\": \"http://h\", // mine\n\"token\": \"*\", // mine\n}"},
		{"a quote missing on the line before", "{\n\"web_host\": \"http://h,\n\"token\": \"" + hunter + "\"\n}", "{\n\"web_host\": \"http://h,\n\"token\": \"*\"\n}"},
		{"a quote missing behind it", "{\n\"token\": \"" + hunter + ",\n\"name\": \"x\"\n}", "{\n\"token\": \"*,\n\"name\": \"x\"\n}"},
		{"a quote missing before it", "{\n\"token\": " + hunter + "\",\n}", "{\n\"token\": *\",\n}"},
		{"a quote missing on one line", `{"web_host": "http://h, "token": "` + hunter + `"}`, `{"web_host": "http://h, "token": "*"}`},
		{"single quotes", `{'token': '` + hunter + `'}`, `{'token': '*'}`},
		{"a colon missing", "{\"token\"= \"" + hunter + "\"}", "{\"token\"= \"*\"}"},
		{"state", `{"runner_id":7,"token":"` + shortToken + `"}`, `{"runner_id":7,"token":"*"}`},
		{"bare token", longToken + "\n", "*\n"},
		{"bare short token", shortToken, "*"},
		{"a file of one word", hunter + "\n", "*\n"},
		{"two lines of token", longToken + "\n" + shortToken + "\n", "*\n*\n"},
		{"quoted token", `"` + longToken + `"` + "\n", `"*"` + "\n"},
		{"byte order mark", "\ufeff" + longToken + "\r\n", "\ufeff*\r\n"},
		{"one-time token", "use smrs_abcDEF_123-x now", "use * now"},
		{"key", "before\n" + pemKey + "\nafter\n", "before\n*\n\n\n\nafter\n"},
		{"cut key", strings.TrimSuffix(pemKey, "-----END RSA PRIVATE KEY-----"), "*\n\n\n"},
		{"key in JSON", `{"key": "` + strings.ReplaceAll(pemKey, "\n", `\n`) + `"}`, `{"key": "*"}`},
		{"certificate", "-----BEGIN CERTIFICATE-----\naHVu\n-----END CERTIFICATE-----\n", "-----BEGIN CERTIFICATE-----\naHVu\n-----END CERTIFICATE-----\n"},
		{"password in a URL", `{"web_host":"https://user:` + hunter + `@h/x"}`, `{"web_host":"https://user:****@h/x"}`},
		{"password with an at sign", "postgres://user:p@" + hunter + "@h/db", "postgres://user:****@h/db"},
		{"escaped slashes", `"https:\/\/user:` + hunter + `@h"`, `"https:\/\/user:****@h"`},
		{"a port is no password", "http://h:3000/a@b", "http://h:3000/a@b"},
		{"environment file", "# token\nSEMAPHORE_WEB_ROOT=http://h\nSEMAPHORE_RUNNER_TOKEN=" + hunter + " 1\nexport DB_PASS='" + hunter + "'\n",
			"# token\nSEMAPHORE_WEB_ROOT=http://h\nSEMAPHORE_RUNNER_TOKEN=*\nexport DB_PASS='*'\n"},
		{"unit", "[Service]\nEnvironment=SEMAPHORE_RUNNER_TOKEN=" + hunter + "\nEnvironment=\"A=b\" \"SEMAPHORE_RUNNER_TOKEN=" + hunter + "\"\n",
			"[Service]\nEnvironment=SEMAPHORE_RUNNER_TOKEN=*\nEnvironment=\"A=b\" \"SEMAPHORE_RUNNER_TOKEN=*\"\n"},
		{"compose", "environment:\n  SEMAPHORE_RUNNER_TOKEN: " + hunter + "\n  - SEMAPHORE_RUNNER_TOKEN=" + hunter + "\n  image: a:b\n",
			"environment:\n  SEMAPHORE_RUNNER_TOKEN: *\n  - SEMAPHORE_RUNNER_TOKEN=*\n  image: a:b\n"},
		{"an API key", `{"api_key": "` + hunter + `", "key_file": "/k"}`, `{"api_key": "*", "key_file": "/k"}`},
		{"a chat", `{"slack_url": "https://hooks.slack.com/services/T0/B0/x", "slack_alert": true}`, `{"slack_url": "*", "slack_alert": true}`},
		{"variables", `{"env_vars": {"A": "` + hunter + `", "B": "b}\"{c", "n": 1}, "name": "x", "forwarded_env_vars": ["PATH"]}`,
			`{"env_vars": {"A": "*", "B": "*", "n": 1}, "name": "x", "forwarded_env_vars": ["PATH"]}`},
		{"variables over lines", "{\n \"env_vars\": {\n  \"A\": \"" + hunter + "\",\n  \"A B\" : \"x\"\n },\n \"name\": \"x\"\n}\n",
			"{\n \"env_vars\": {\n  \"A\": \"*\",\n  \"A B\" : \"*\"\n },\n \"name\": \"x\"\n}\n"},
		{"variables in variables", `{"env_vars": {"o": {"A": "` + hunter + `"}, "l": ["a", "b"]}, "name": "x"}`, `{"env_vars": {"o": {"A": "*"}, "l": ["*", "*"]}, "name": "x"}`},
		{"variables that do not end", "{\"env_vars\": {\"A\": \"" + hunter + ",\n\"B\": \"x\"", "{\"env_vars\": {\"A\": \"*\n\"B\": \"*\""},
		{"variables in a variable", `SEMAPHORE_ENV_VARS='{"A":"` + hunter + `"}'` + "\nB=c\n", `SEMAPHORE_ENV_VARS='{"A":"*"}'` + "\nB=c\n"},
		{"variables in YAML", "name: x\nenv_vars:\n  A: " + hunter + "\n\n  B: 'b c'\nname: x\n", "name: x\nenv_vars:\n  A: *\n\n  B: '*'\nname: x\n"},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		got := string(newSecrets().Mask([]byte(tt.data)))
		if strings.Count(got, "\n") != strings.Count(tt.data, "\n") {
			t.Errorf("%s: Mask changes the number of lines: %q", tt.name, got)
		}
		if stars(got) != tt.want {
			t.Errorf("%s: Mask(%s)\n = %s\nwant %s", tt.name, tt.data, got, tt.want)
		}
	}
}

// stars writes * for every masked secret.
func stars(s string) string {
	parts := strings.Split(s, "****")
	for i := 1; i < len(parts); i++ {
		if len(parts[i]) >= 6 && !strings.HasPrefix(parts[i], "@") {
			parts[i] = "*" + parts[i][6:]
		} else {
			parts[i] = "****" + parts[i]
		}
	}
	return strings.Join(parts, "")
}

// TestMaskKnown: a secret met before is masked wherever it stands.
// TestMaskLong: what goes on over lines, and what stands in brackets, is masked to its
// end, and lines stay lines.
func TestMaskLong(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, data, want string }{
		{"a list on one line", "x: {a: b, token: [hunterA1, 'hunterB2'], c: d}\n", "x: {a: b, token: [*], c: d}\n"},
		{"a mapping on one line", "token: {a: hunterA1}\nb: c\n", "token: *\nb: c\n"},
		{"a list in JSON", "{\"tokens\": [\"hunterA1\", \"hunterB2\"], \"name\": \"x\"}", "{\"tokens\": [*], \"name\": \"x\"}"},
		{"a list that is not closed", "token: [hunterA1, hunterB2\nname: x\n", "token: *\nname: x\n"},
		{"a list in JSON over lines", "{\n  \"tokens\": [\n    \"hunterA1\",\n    \"hunterB2\"\n  ],\n  \"name\": \"x\"\n}\n", "{\n  \"tokens\": [\n    \"*\",\n    \"*\"\n  ],\n  \"name\": \"x\"\n}\n"},
		{"a list of YAML", "passwords:\n- hunterA1\n- 'hunterB2' \nname: x\n", "passwords:\n- *\n- '*' \nname: x\n"},
		{"a block of YAML", "  password: |-\n    hunterA1\n    b: hunterB2\n\n  name: x\n", "  password: |-\n    *\n    *\n\n  name: x\n"},
		{"a mapping of YAML", "credentials:\n  first: hunterA1\n  second: \"hunterB2\"\nname: x\n", "credentials:\n  first: *\n  second: \"*\"\nname: x\n"},
		{"quotes of YAML over lines", "token: \"hunterA1\n  hunterB2\"\nname: x\n", "token: \"*\n  *\nname: x\n"},
		{"quotes of an env file over lines", "PW=\"hunterA1\nhunterB2\nc\"\nNAME=x\n", "PW=\"*\n*\n*\nNAME=x\n"},
		{"a backslash at the end", "DB_PW=hunterA1\\\nhunterB2\nNAME=x\n", "DB_PW=*\n*\nNAME=x\n"},
		{"names of secrets", "    secrets: [token, other]\nsecrets:\n  token:\n    file: ./token\n", "    secrets: *\nsecrets:\n  token:\n    file: *\n"},
		{"nothing secret", "tags: [a, b]\nlist:\n- a\n- b\ntext: |\n  a\nX=\"a\nb\"\n", "tags: [a, b]\nlist:\n- a\n- b\ntext: |\n  a\nX=\"a\nb\"\n"},
	}
	masked := pattern(`\*{4}[0-9a-f]{6}`)
	for _, tt := range tests {
		got := string(NewSecrets(nil).Mask([]byte(tt.data)))
		if got := masked().ReplaceAllString(got, "*"); got != tt.want {
			t.Errorf("%s: Mask(%q) = %q, want %q", tt.name, tt.data, got, tt.want)
		}
		if strings.Contains(got, "hunter") || strings.Count(got, "\n") != strings.Count(tt.data, "\n") {
			t.Errorf("%s: Mask(%q) = %q", tt.name, tt.data, got)
		}
	}
}

func TestMaskKnown(t *testing.T) {
	t.Parallel()
	secrets := newSecrets()
	secrets.New(hunter)
	if got := string(secrets.Mask([]byte(`{"name":"` + hunter + `"} // ` + hunter))); stars(got) != `{"name":"*"} // *` {
		t.Errorf("Mask = %s", got)
	}
}

// TestMaskTells: what Mask has seen Redact knows.
func TestMaskTells(t *testing.T) {
	t.Parallel()
	for _, data := range []string{`{"token":"` + hunter + `"}`, hunter, "TOKEN=" + hunter} {
		secrets := newSecrets()
		secrets.Mask([]byte(data))
		if got := secrets.Redact("it is " + hunter); shows(got, hunter) {
			t.Errorf("after Mask(%s): Redact = %q", data, got)
		}
	}
}

// TestMaskTwice: masking what is masked changes nothing.
func TestMaskTwice(t *testing.T) {
	t.Parallel()
	secrets := newSecrets()
	once := secrets.Mask([]byte(`{"token":"` + hunter + `",` + "\n" + `"pass": "x"}` + "\n" + pemKey + "\nTOKEN=" + hunter))
	if twice := secrets.Mask(once); string(twice) != string(once) {
		t.Errorf("Mask twice = %s, once = %s", twice, once)
	}
}

// TestMaskMany: no secret comes through because there are many.
func TestMaskMany(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for i := range 500 {
		fmt.Fprintf(&b, "\"token\": \"%s%d\",\n", hunter, i)
	}
	if got := string(newSecrets().Mask([]byte(b.String()))); strings.Contains(got, hunter) {
		t.Errorf("Mask shows %d secrets of 500", strings.Count(got, hunter))
	}
}

// BenchmarkMask masks as many secrets as a config of the largest size can hold.
func BenchmarkMask(b *testing.B) {
	data := []byte("{")
	for i := 0; len(data) < host.MaxFile-64; i++ {
		data = fmt.Appendf(data, "\"token\": \"%s%d\",\n", hunter, i)
	}
	for b.Loop() {
		newSecrets().Mask(data)
	}
}

// TestMaskIsQuick: what is shown of a file has a bound, and so has what it takes.
func TestMaskIsQuick(t *testing.T) {
	t.Parallel()
	for _, part := range []string{"a: [", "token: [", "token: {b: ", "token:\n", "token: |\n  x\n", "PW=\"\n", "x=\\\n"} {
		data := []byte(strings.Repeat(part, 128<<10/len(part)))
		start := time.Now()
		NewSecrets(nil).Mask(data)
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%q, 128 KiB of it, took %v", part, took)
		}
	}
}

// FuzzMask demands that no text makes it panic or lose a line.
func FuzzMask(f *testing.F) {
	f.Add("token: [a, b\nPW=\"x\ny\"\npasswords:\n- z\n")
	f.Add("{\"token\": {\"a\": [\"b\"]}}\r\nsecret: |\n  c\\\n")
	f.Fuzz(func(t *testing.T, text string) {
		once := NewSecrets(nil).Mask([]byte(text))
		if strings.Count(string(once), "\n") != strings.Count(text, "\n") {
			t.Errorf("Mask(%q) = %q", text, once)
		}
	})
}
