package runner

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// setAt is what the tables compare of a Value.
type setAt struct {
	V       string
	From    string
	Shadows []string
}

func see[T any](v Value[T], text string) setAt {
	s := setAt{V: text, From: v.From.String()}
	for _, o := range v.Shadows {
		s.Shadows = append(s.Shadows, o.String())
	}
	return s
}

// TestResolve: file, then environment, then default, each with its origin.
func TestResolve(t *testing.T) {
	t.Parallel()
	const c = configPath
	host := func(line string) string { return "web_host, line " + line + " of " + c }
	env := "environment variable SEMAPHORE_WEB_ROOT"
	tests := []struct {
		name, config string
		env          []string
		setting      Name
		want         setAt
	}{
		{"nowhere", `{}`, nil, ServerURL, setAt{From: "default"}},
		{"file", "{\n\"web_host\":\n \"http://h\"}", nil, ServerURL, setAt{V: "http://h", From: host("3")}},
		{"lines with carriage returns", "{\r\n\r\n\"web_host\":\"x\"}", nil, ServerURL, setAt{V: "x", From: host("3")}},
		{"key case", `{"WEB_Host":"x"}`, nil, ServerURL, setAt{V: "x", From: host("1")}},
		{"escapes", `{"web\u005fhost":"\u0078"}`, nil, ServerURL, setAt{V: "x", From: host("1")}},
		{"the last of two", "{\"web_host\":\"a\",\n\"web_host\":\"b\"}", nil, ServerURL, setAt{V: "b", From: host("2")}},
		{"the last of two, whatever their case", "{\"web_host\":\"a\",\n\"Web_Host\":\"b\"}", nil, ServerURL, setAt{V: "b", From: host("2")}},
		{"null leaves what was there", "{\"web_host\":\"a\",\n\"web_host\":null}", nil, ServerURL, setAt{V: "a", From: host("1")}},
		{"null", `{"web_host":null}`, nil, ServerURL, setAt{From: "default"}},
		{"empty in the file", `{"web_host":""}`, nil, ServerURL, setAt{From: host("1")}},
		{"text behind the value", `{"web_host":"a"}{"web_host":"b"}`, nil, ServerURL, setAt{V: "a", From: host("1")}},
		{"environment", `{}`, []string{"SEMAPHORE_WEB_ROOT=e"}, ServerURL, setAt{V: "e", From: env}},
		{"environment over file", `{"web_host":"f"}`, []string{"SEMAPHORE_WEB_ROOT=e"}, ServerURL, setAt{"e", env, []string{host("1")}}},
		{"empty environment over file", `{"web_host":"f"}`, []string{"SEMAPHORE_WEB_ROOT="}, ServerURL, setAt{"", env, []string{host("1")}}},
		{"another era's variable", `{"web_host":"f"}`, []string{"SEMAPHORE_RUNNER_API_URL=e"}, ServerURL, setAt{V: "f", From: host("1")}},
		{"default", `{}`, nil, TmpPath, setAt{V: "/tmp/semaphore", From: "default"}},
		{"default over an empty variable", `{"tmp_path":"/t"}`, []string{"SEMAPHORE_TMP_PATH="}, TmpPath,
			setAt{"/tmp/semaphore", "environment variable SEMAPHORE_TMP_PATH", []string{"tmp_path, line 1 of " + c}}},
		{"nested", "{\"runner\":{\n\"token_file\":\"t\"}}", nil, IdentityFile, setAt{V: "t", From: "runner.token_file, line 2 of " + c}},
		{"duplicate objects merge", "{\"runner\":{\"token_file\":\"t\"},\n\"runner\":{\"one_off\":true}}", nil, IdentityFile,
			setAt{V: "t", From: "runner.token_file, line 1 of " + c}},
		{"null takes away the object", `{"runner":{"token_file":"t"},"runner":null}`, nil, IdentityFile, setAt{From: "default"}},
		{"a key at the wrong level", `{"token_file":"t"}`, nil, IdentityFile, setAt{From: "default"}},
		{"a number", `{"runner":{"max_parallel_tasks":3}}`, nil, MaxParallelTasks, setAt{V: "3", From: "runner.max_parallel_tasks, line 1 of " + c}},
		{"a list", `{"runner":{"tags":["a", "b"]}}`, nil, Tags, setAt{V: `["a","b"]`, From: "runner.tags, line 1 of " + c}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := resolve(t, E5b, tt.config, tt.env...).Text(tt.setting)
			if diff := cmp.Diff(tt.want, see(v, v.V)); diff != "" {
				t.Errorf("Text(%s) (-want +got):\n%s", tt.setting, diff)
			}
		})
	}
}

// TestResolveByEra: what differs between eras is in the table of settings and
// in how duplicates are decoded.
func TestResolveByEra(t *testing.T) {
	t.Parallel()
	const both = `{"web_host":"new","runner":{"api_url":"old","config_file":"s","token_file":"t","token":"x"}}`
	const twice = `{"runner":{"token_file":"t","config_file":"s"},"runner":{"one_off":true}}`
	const nulled = `{"runner":{"token_file":"t","config_file":"s"},"runner":null}`
	tests := []struct {
		name, config string
		era          Era
		setting      Name
		want         string
	}{
		{"URL", both, E3, ServerURL, "old"},
		{"URL", both, E4a, ServerURL, "new"},
		{"state file", both, E3, IdentityFile, "s"},
		{"token file", both, E4a, IdentityFile, "t"},
		{"merged", twice, E1, IdentityFile, "s"},
		{"merged", twice, E5b, IdentityFile, "t"},
		{"replaced: decoded into a map first", twice, E6, IdentityFile, ""},
		{"null is nothing to a struct", nulled, E3, IdentityFile, "s"},
		{"null clears a pointer", nulled, E4a, IdentityFile, ""},
		{"no era, no settings", both, "", ServerURL, ""},
	}
	for _, tt := range tests {
		if got := resolve(t, tt.era, tt.config).Text(tt.setting).V; got != tt.want {
			t.Errorf("%s in %s: %s = %q, want %q", tt.name, tt.era, tt.setting, got, tt.want)
		}
	}
}

// TestResolveToken: runner.token in the file counts from E5 on (observed 2.10.32).
func TestResolveToken(t *testing.T) {
	t.Parallel()
	for _, era := range Eras() {
		got := resolve(t, era, `{"runner":{"token":"0123456789ab"}}`).Secret(RunnerToken).V.Reveal()
		if want := map[bool]string{true: "0123456789ab"}[era.Within(E5, "")]; got != want {
			t.Errorf("runner.token in %s = %q, want %q", era, got, want)
		}
	}
}

// TestResolveIgnoresEnv: before 2.9.19 only the file counts (read in source).
func TestResolveIgnoresEnv(t *testing.T) {
	t.Parallel()
	in := install("SEMAPHORE_RUNNER_API_URL=env", "SEMAPHORE_RUNNER_MAX_PARALLEL_TASKS=x")
	f, _ := Open(config(`{"runner":{"api_url":"file"}}`), in, E1)
	for text, want := range map[string]string{"2.9.18": "file", "2.9.19": "env", "2.8.58": "env", "2.9.13-beta": "env"} {
		v, err := ParseVersion(text)
		if err != nil {
			t.Fatal(err)
		}
		c := Resolve(f, in, v, newSecrets())
		if got := c.Text(ServerURL).V; got != want || len(c.Mismatches) != map[string]int{"file": 0, "env": 1}[want] {
			t.Errorf("%s: server URL = %q with %d mismatches, want %q", text, got, len(c.Mismatches), want)
		}
	}
}

// TestResolveWithoutFile is --no-config.
func TestResolveWithoutFile(t *testing.T) {
	t.Parallel()
	c := Resolve(nil, install("SEMAPHORE_WEB_ROOT=http://h", "SEMAPHORE_RUNNER_TOKEN=t"), Version{Era: E4c}, newSecrets())
	if c.Text(ServerURL).V != "http://h" || c.Secret(RunnerToken).V.Reveal() != "t" || c.Path(TmpPath).V != "/tmp/semaphore" {
		t.Errorf("Resolve(nil) = %q, %q, %q", c.Text(ServerURL).V, c.Secret(RunnerToken).V.Reveal(), c.Path(TmpPath).V)
	}
}

func TestResolveShadows(t *testing.T) {
	t.Parallel()
	in := install()
	in.Env.Set("SEMAPHORE_RUNNER_TOKEN", "one", Origin{Env: "SEMAPHORE_RUNNER_TOKEN", File: "/env", Line: 3})
	in.Env.Set("SEMAPHORE_RUNNER_TOKEN", "two", Origin{Env: "SEMAPHORE_RUNNER_TOKEN", File: "/env", Line: 7})
	f, _ := Open(config(`{"runner":{"token":"zero"}}`), in, E5)
	v := Resolve(f, in, Version{Era: E5}, newSecrets()).Secret(RunnerToken)
	want := setAt{"two", "SEMAPHORE_RUNNER_TOKEN (line 7 of /env)", []string{"runner.token, line 1 of " + configPath, "SEMAPHORE_RUNNER_TOKEN (line 3 of /env)"}}
	if diff := cmp.Diff(want, see(v, v.V.Reveal())); diff != "" {
		t.Errorf("token (-want +got):\n%s", diff)
	}
}

// TestMismatches is section 2.1 and 2.3 of the facts: what the decoder and the
// environment refuse.
func TestMismatches(t *testing.T) {
	t.Parallel()
	at := func(key string) string { return key + ", line 1 of " + configPath }
	tests := []struct {
		name, config string
		era          Era
		env          []string
		want         []string // "key kind got origin"
	}{
		{"none", `{"runner":{"max_parallel_tasks":3,"one_off":true},"web_host":"x"}`, E4c, nil, nil},
		{"text for a number", `{"runner":{"max_parallel_tasks":"3"}}`, E4c, nil, []string{"runner.max_parallel_tasks number string " + at("runner.max_parallel_tasks")}},
		{"a fraction", `{"runner":{"max_parallel_tasks":3.0}}`, E4c, nil, []string{"runner.max_parallel_tasks number number " + at("runner.max_parallel_tasks")}},
		{"too large", `{"runner":{"max_parallel_tasks":9223372036854775808}}`, E4c, nil, []string{"runner.max_parallel_tasks number number " + at("runner.max_parallel_tasks")}},
		{"a number for text", `{"web_host":1}`, E4c, nil, []string{"web_host text number " + at("web_host")}},
		{"text for a truth", `{"runner":{"one_off":"true"}}`, E4c, nil, []string{"runner.one_off truth string " + at("runner.one_off")}},
		{"overwritten, refused all the same", `{"web_host":1,"web_host":"x"}`, E4c, nil, []string{"web_host text number " + at("web_host")}},
		{"replaced in the map", `{"web_host":1,"web_host":"x"}`, E6, nil, nil},
		{"the whole object", `{"runner":"x"}`, E4c, nil, []string{"runner object string " + at("runner")}},
		{"the whole object, an array", `{"runner":[]}`, E1, nil, []string{"runner object array " + at("runner")}},
		{"an inner object", `{"runner":{"connection":true}}`, E6, nil, []string{"runner.connection object bool " + at("runner.connection")}},
		{"a list of numbers", `{"runner":{"tags":[1]}}`, E5b, nil, []string{"runner.tags list array " + at("runner.tags")}},
		{"text for a list", `{"runner":{"tags":"a"}}`, E5b, nil, []string{"runner.tags list string " + at("runner.tags")}},
		{"a list the era does not know", `{"runner":{"tags":"a"}}`, E5, nil, nil},
		{"not of this era", `{"runner":{"api_url":1}}`, E4c, nil, nil},
		{"null", `{"runner":null,"web_host":null}`, E4c, nil, nil},
		{"environment", `{}`, E4c, []string{"SEMAPHORE_RUNNER_MAX_PARALLEL_TASKS=abc"},
			[]string{"runner.max_parallel_tasks number \"abc\" environment variable SEMAPHORE_RUNNER_MAX_PARALLEL_TASKS"}},
		{"environment, empty", `{}`, E4c, []string{"SEMAPHORE_RUNNER_MAX_PARALLEL_TASKS="},
			[]string{"runner.max_parallel_tasks number \"\" environment variable SEMAPHORE_RUNNER_MAX_PARALLEL_TASKS"}},
		{"environment, a list", `{}`, E5b, []string{"SEMAPHORE_RUNNER_TAGS=a,b"}, []string{"runner.tags list \"a,b\" environment variable SEMAPHORE_RUNNER_TAGS"}},
		{"environment, a good list", `{}`, E5b, []string{`SEMAPHORE_RUNNER_TAGS=["a"]`}, nil},
		{"environment, any truth", `{}`, E5b, []string{"SEMAPHORE_RUNNER_ONE_OFF=maybe"}, nil},
		{"environment, an object is not shown", `{}`, E6, []string{"SEMAPHORE_RUNNER_EXECUTOR={S3CR3T"}, []string{"runner.executor object string environment variable SEMAPHORE_RUNNER_EXECUTOR"}},
		{"an id that is no number", `{}`, E2b, []string{"SEMAPHORE_RUNNER_ID=x"}, []string{"SEMAPHORE_RUNNER_ID number \"x\" environment variable SEMAPHORE_RUNNER_ID"}},
		{"an empty id is none in E2", `{}`, E2b, []string{"SEMAPHORE_RUNNER_ID="}, nil},
		{"an empty id is no number in E3", `{}`, E3, []string{"SEMAPHORE_RUNNER_ID="}, []string{"SEMAPHORE_RUNNER_ID number \"\" environment variable SEMAPHORE_RUNNER_ID"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, m := range resolve(t, tt.era, tt.config, tt.env...).Mismatches {
				got = append(got, m.Setting.Key()+" "+string(m.Setting.Kind)+" "+m.Got+" "+m.From.String())
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Mismatches (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTruth(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{"1": true, "true": true, "TRUE": true, "Yes": true, "": false, "0": false, "on": false, "false": false, " true": false} {
		if got := resolve(t, E4c, `{}`, "SEMAPHORE_RUNNER_ONE_OFF="+text).Truth(OneOff); got != want {
			t.Errorf("Truth of %q = %v, want %v", text, got, want)
		}
	}
}

func TestPath(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{"t": "/srv/t", "/t": "/t", "": "", "../t": "/srv/../t"} {
		if got := resolve(t, E4c, `{}`, "SEMAPHORE_RUNNER_TOKEN_FILE="+given).Path(IdentityFile).V; got != want {
			t.Errorf("Path of %q = %q, want %q", given, got, want)
		}
	}
}

func TestOriginString(t *testing.T) {
	t.Parallel()
	tests := []struct {
		origin Origin
		want   string
	}{
		{Origin{}, "default"},
		{Origin{Flag: "--config"}, "--config"},
		{Origin{Env: "A"}, "environment variable A"},
		{Origin{Env: "A", File: "/env", Line: 3}, "A (line 3 of /env)"},
		{Origin{File: "/c", Pointer: "/runner/token", Line: 2}, "runner.token, line 2 of /c"},
		{Origin{File: "/t"}, "/t"},
	}
	for _, tt := range tests {
		if got := tt.origin.String(); got != tt.want || tt.origin.IsDefault() != (tt.want == "default") {
			t.Errorf("%+v = %q, want %q", tt.origin, got, tt.want)
		}
	}
}

func TestEnviron(t *testing.T) {
	t.Parallel()
	got := environ("B=2", "A=1", "C=", "B=3").Environ()
	if diff := cmp.Diff([]string{"A=1", "B=3", "C="}, got); diff != "" {
		t.Errorf("Environ (-want +got):\n%s", diff)
	}
}
