package fakeserver

import (
	"strings"
	"testing"
)

// TestIdentity is section 3.1: state file and environment in E1-E3.
func TestIdentity(t *testing.T) {
	t.Parallel()
	none := map[string]string(nil)
	tests := []struct {
		name, era, state string // state "-": no file
		env              map[string]string
		code             int
		want             string // first request: method, path, token; or the panic
	}{
		{"garbage", "E2b", "garbage", none, 2, "panic: invalid character 'g' looking for beginning of value"},
		{"empty file", "E3", "", none, 2, "panic: unexpected end of JSON input"},
		{"newline after it", "E2b", "{\"runner_id\":1,\"token\":\"t\"}\n", none, 0, "PUT /api/runners/1 t"},
		{"E1 sends no token", "E1", `{"runner_id":1,"token":"t"}`, none, 0, "PUT /api/runners/1 "},
		{"E1 {}", "E1", "{}", none, 0, "PUT /api/runners/0 "},
		{"E2b {}", "E2b", "{}", none, 0, "PUT /api/runners/0 "},
		{"E3 {} registers", "E3", "{}", none, 0, "POST /api/runners "},
		{"E2b id and token in env", "E2b", `{"runner_id":1,"token":"t"}`,
			map[string]string{"SEMAPHORE_RUNNER_ID": "7", "SEMAPHORE_RUNNER_TOKEN": "e"}, 0, "PUT /api/runners/7 e"},
		{"E2b id alone", "E2b", "-", map[string]string{"SEMAPHORE_RUNNER_ID": "7"}, 2, "panic: runner token required"},
		{"E2b token alone", "E2b", "-", map[string]string{"SEMAPHORE_RUNNER_TOKEN": "e"}, 0, "POST /api/runners "},
		{"E2b id is no number", "E2b", "-", map[string]string{"SEMAPHORE_RUNNER_ID": "x"}, 2, `panic: strconv.Atoi: parsing "x": invalid syntax`},
		{"E2a lets the file win", "E2a", `{"runner_id":1,"token":"t"}`,
			map[string]string{"SEMAPHORE_RUNNER_ID": "7", "SEMAPHORE_RUNNER_TOKEN": "e"}, 0, "PUT /api/runners/1 t"},
		{"E1 knows no such variables", "E1", `{"runner_id":1,"token":"t"}`,
			map[string]string{"SEMAPHORE_RUNNER_ID": "7", "SEMAPHORE_RUNNER_TOKEN": "e"}, 0, "PUT /api/runners/1 "},
		{"E3 token alone over the file", "E3", `{"runner_id":1,"token":"t"}`,
			map[string]string{"SEMAPHORE_RUNNER_TOKEN": "e"}, 0, "PUT /api/runners/1 e"},
		{"E3 token alone", "E3", "-", map[string]string{"SEMAPHORE_RUNNER_TOKEN": "e"}, 0, "PUT /api/runners/0 e"},
		{"E3 id alone registers", "E3", "-", map[string]string{"SEMAPHORE_RUNNER_ID": "7"}, 0, "POST /api/runners "},
		{"E3 empty id is an error", "E3", "-", map[string]string{"SEMAPHORE_RUNNER_ID": ""}, 2, `panic: strconv.Atoi: parsing "": invalid syntax`},
		{"E3 empty token hides that of the file", "E3", `{"runner_id":1,"token":"t"}`,
			map[string]string{"SEMAPHORE_RUNNER_TOKEN": ""}, 0, "POST /api/runners "},
		{"env beats the config file", "E2b", "-",
			map[string]string{"SEMAPHORE_RUNNER_CONFIG_FILE": "/dev/null/x"}, 2, "panic: stat /dev/null/x: not a directory"},
		{"a number in env", "E2b", "-",
			map[string]string{"SEMAPHORE_RUNNER_MAX_PARALLEL_TASKS": "abc"}, 2, `panic: strconv.Atoi: parsing "abc": invalid syntax`},
		{"an empty registration token in env", "E2b", "-",
			map[string]string{"SEMAPHORE_RUNNER_REGISTRATION_TOKEN": ""}, 2, "panic: registration token cannot be empty"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := newMachine(t, tt.era, tt.era)
			m.env = tt.env
			if tt.state != "-" {
				m.write(m.statePath(), tt.state)
			}
			m.start(tt.code)
			if got := firstAct(m); got != tt.want {
				t.Errorf("first act = %q, want %q", got, tt.want)
			}
		})
	}
}

// firstAct is the first request with its token, or else the panic.
func firstAct(m *machine) string {
	if len(m.seen) > 0 {
		r := m.seen[0]
		return r.Method + " " + r.Path + " " + r.Header.Get("X-API-Token") + r.Header.Get("X-Runner-Token")
	}
	for _, line := range strings.Split(m.log(), "\n") {
		if strings.HasPrefix(line, "panic: ") {
			return line
		}
	}
	return "nothing"
}

// TestTokenFile is section 3.3: the token of E4.
func TestTokenFile(t *testing.T) {
	t.Parallel()
	const none = "panic: (*logrus.Entry) 0xc0001a2cb0"
	const put = "PUT /api/internal/runners "
	tests := []struct {
		name, file string // file "-": none
		env        map[string]string
		code       int
		want       string
	}{
		{"white space around it", " t \r\n", nil, 0, put + "t"},
		{"only a newline", "\n", nil, 2, none},
		{"a legacy state file", `{"runner_id":1,"token":"t"}`, nil, 0, put + `{"runner_id":1,"token":"t"}`},
		{"no file", "-", nil, 2, none},
		{"no file, but env", "-", map[string]string{"SEMAPHORE_RUNNER_TOKEN": "e"}, 0, put + "e"},
		{"the file beats env", "t", map[string]string{"SEMAPHORE_RUNNER_TOKEN": "e"}, 0, put + "t"},
		{"even an empty one", "", map[string]string{"SEMAPHORE_RUNNER_TOKEN": "e"}, 2, none},
		{"env is not trimmed", "-", map[string]string{"SEMAPHORE_RUNNER_TOKEN": "e\n"}, 0, "nothing"},
		{"an empty web_host in env", "t", map[string]string{"SEMAPHORE_WEB_ROOT": ""}, 0, "nothing"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := newMachine(t, "E4c", "E4c")
			m.env = tt.env
			if tt.file != "-" {
				m.write(m.statePath(), tt.file)
			}
			m.start(tt.code)
			if got := firstAct(m); got != tt.want {
				t.Errorf("first act = %q, want %q", got, tt.want)
			}
		})
	}
}
