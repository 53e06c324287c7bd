package checktest

import (
	"net/http"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestRecorderBites: what the recorder lets through is what a check may send, and
// no more. That no case sends more is demanded of each of them.
func TestRecorderBites(t *testing.T) {
	t.Parallel()
	token := http.Header{"X-Runner-Token": {secretMark}}
	api := http.Header{"Authorization": {"Bearer " + apiToken}}
	tests := []struct {
		name string
		q    request
		may  bool
	}{
		{"ping", request{"GET", "/api/ping", nil, ""}, true},
		{"ping below a path", request{"GET", "/semaphore/api/ping", nil, ""}, true},
		{"ping through a proxy", request{"GET", "http://semaphore.test:3000/api/ping", nil, ""}, true},
		{"poll path without a token", request{"GET", "/api/internal/runners", nil, ""}, true},
		{"poll path of nobody", request{"GET", "/api/runners/0", nil, ""}, true},
		{"an empty report", request{"PUT", "/api/internal/runners", token, "{}"}, true},
		{"an empty report up to 2.10.25", request{"PUT", "/api/runners/7", token, "{}"}, true},
		{"a tunnel", request{"CONNECT", "semaphore.test:3443", nil, ""}, true},
		{"a poll", request{"GET", "/api/internal/runners", token, ""}, false},
		{"a poll of 2.9.40", request{"GET", "/api/runners/7", nil, ""}, false},
		{"a look at a poll", request{"HEAD", "/api/internal/runners", token, ""}, false},
		{"a report", request{"PUT", "/api/internal/runners", token, `{"Jobs":[]}`}, false},
		{"a start", request{"PUT", "/api/internal/runners", http.Header{"X-Runner-Started-At": {"now"}}, "{}"}, false},
		{"a registration", request{"POST", "/api/internal/runners", nil, "{}"}, false},
		{"an end", request{"DELETE", "/api/internal/runners", token, ""}, false},
		{"a secret in the path", request{"GET", "/api/ping?" + secretMark, nil, ""}, false},
		{"a cookie", request{"GET", "/api/ping", http.Header{"Cookie": {"a=b"}}, ""}, false},
		{"the page of a redirect", request{"GET", "/login", nil, ""}, false},
		{"an empty report elsewhere", request{"PUT", "/login", token, "{}"}, false},
		{"the list of runners", request{"GET", "/api/runners", api, ""}, true},
		{"the list of users", request{"GET", "/api/users", api, ""}, false},
		{"a ping with the API token", request{"GET", "/api/ping", api, ""}, false},
		{"a row that is deleted", request{"DELETE", "/api/runners", api, ""}, false},
		{"the API token as a runner's", request{"GET", "/api/info", http.Header{"X-Runner-Token": {apiToken}}, ""}, false},
	}
	for _, tt := range tests {
		if got := tt.q.fault(apiToken, false); (got == "") != tt.may {
			t.Errorf("%s: fault() = %q, want one: %v", tt.name, got, !tt.may)
		}
	}
	c := &Case{Archive: &txtar.Archive{Comment: []byte("server: E4c sso=http://login.test/\n"), Files: []txtar.File{
		{Name: "/etc/config.json", Data: []byte(`{"web_host": "http://Semaphore.test:3000"}`)},
		{Name: "want/findings", Data: []byte("http://login.test/\n")},
	}}}
	if !c.names("semaphore.test") || c.names("login.test") {
		t.Error("a case names its server, and does not name where a redirect leads")
	}
}
