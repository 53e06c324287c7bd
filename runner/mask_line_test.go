package runner

import (
	"strings"
	"testing"
	"time"
)

// secretTexts are texts of lines with a secret in each, S3CR3T somewhere in it.
func secretTexts() []string {
	const long = "S3CR3Tabcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJ"
	return []string{
		`msg="denied" token=S3CR3Tabc`,
		`msg="denied" X-Runner-Token="S3CR3T abc" type=action`,
		`msg="cannot start: SEMAPHORE_RUNNER_TOKEN=S3CR3Tabc now"`,
		`msg="cannot start: SEMAPHORE_RUNNER_REGISTRATION_TOKEN=S3CR3Tabc db_pass=S3CR3T2"`,
		`msg="oops {\"id\":1,\"token\":\"S3CR3Tabc\",\"password\":\"S3CR3T Pass!\"}"`,
		`msg="oops {\\\"token\\\":\\\"S3CR3Tabc\\\"}"`,
		`msg="oops \u0022token\u0022:\u0022S3CR3Tabc\u0022"`,
		`msg="oops {'token': 'S3CR3Tabc'}"`,
		`msg="Get \"http://admin:S3CR3Tabc@h:3000/api/runners/1\": EOF"`,
		`msg="Get \"https://u:p@h/?a=b&token=S3CR3Tabc\": EOF"`,
		`msg="cloning https://S3CR3Tabc@github.com/x/y"`,
		`msg="dial root:S3CR3Tabc@tcp(db:3306)/semaphore"`,
		`msg="dial app:S3CR3Tabc@db.example.com:5432"`,
		`msg="X-API-Token: S3CR3Tabc was refused"`,
		`msg="Authorization: Bearer S3CR3Tabcdef"`,
		`msg="run semaphore --token S3CR3Tabc --now"`,
		`msg="run semaphore --registration-token=S3CR3Tabc"`,
		`msg="run sshpass -p S3CR3Tabc ssh h"`,
		`msg="run curl -u admin:S3CR3Tabc http://h"`,
		`msg="spent smrs_S3CR3Tabc"`,
		`msg="-----BEGIN RSA PRIVATE KEY-----\n` + long + `\n-----END RSA PRIVATE KEY-----"`,
		`msg="` + long + `"`,
		`msg="password: S3CR3Tabc"`,
		`msg="cut off" token="S3CR3T abc`,
	}
}

// TestMaskLine demands that no secret of a line is shown, whatever has brought the
// line.
func TestMaskLine(t *testing.T) {
	t.Parallel()
	for how, wrap := range wrappings(t) {
		for _, text := range secretTexts() {
			r := NewLogReader(LogOptions{Now: time.Date(2026, 1, 3, 0, 0, 0, 0, time.UTC)})
			_, _ = r.Write([]byte(wrap(`time="2026-01-02T15:04:05Z" level=error ` + text)))
			r.Flush()
			trouble := r.Life().Troubles
			if len(trouble) != 1 || len(trouble[0].Told) != 1 {
				t.Fatalf("%s, %s: %+v", how, text, trouble)
			}
			if got := string(NewSecrets(nil).MaskLine([]byte(trouble[0].Told[0].Text))); strings.Contains(got, "S3CR3T") {
				t.Errorf("%s, %s: shown as %s", how, text, got)
			}
		}
	}
}

// TestMaskLineAlone: a line may be nothing but a token.
func TestMaskLineAlone(t *testing.T) {
	t.Parallel()
	for _, token := range []string{"S3CR3Tabcdef", "S3CR3TabcdefghijklmnopqrstuvwxyzABCDEFGHIJK=\r"} {
		if got := string(NewSecrets(nil).MaskLine([]byte(token))); strings.Contains(got, "S3CR3T") {
			t.Errorf("MaskLine(%q) = %q", token, got)
		}
	}
}

// TestMaskLineLeaves demands that what is no secret is shown as it is.
func TestMaskLineLeaves(t *testing.T) {
	t.Parallel()
	lines := []string{
		`level=error msg="open /var/lib/semaphore/runner_token.txt: permission denied" action="store token" error="can not store token to the file"`,
		`level=error msg="open /path/to/private/key: no such file or directory" error="can not read private key" type=action`,
		`level=error msg="parsing private key: ssh: no key found" context=running`,
		`level=error msg="net/http: invalid header field value for \"X-Runner-Token\"" status_code=404 task_id=7`,
		"unauthorized",
		`github.com/ansible-semaphore/semaphore/services/runners/job/pool`,
		`panic: SEMAPHORE_RUNNER_TOKEN and SEMAPHORE_RUNNER_TOKEN_FILE are mutually exclusive`,
	}
	for _, s := range Signatures() {
		lines = append(lines, s.Line)
	}
	for _, line := range lines {
		if got := string(NewSecrets(nil).MaskLine([]byte(line))); got != line {
			t.Errorf("MaskLine(%q) = %q: there is no secret in it", line, got)
		}
	}
}

// FuzzMaskLine: whatever is before it, a secret behind a name is not shown.
func FuzzMaskLine(f *testing.F) {
	for _, text := range secretTexts() {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, line string) {
		if strings.Contains(line, "ZqXw") {
			return
		}
		for _, planted := range []string{" token=ZqXw0000", ` token="ZqXw 0000"`, ` {\"token\":\"ZqXw0000\"}`} {
			if got := string(NewSecrets(nil).MaskLine([]byte(line + planted))); strings.Contains(got, "ZqXw") {
				t.Errorf("MaskLine(%q) = %q", line+planted, got)
			}
		}
	})
}
