package checks

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/semadoctor/semadoctor/runner"
)

func TestGist(t *testing.T) {
	t.Parallel()
	tests := []struct {
		status     int
		body, want string
	}{
		{404, "default backend - 404", "default backend - 404"},
		{404, "Not Found\n", ""},
		{404, `{"message":"no Route matched with those values"}`, `{"message":"no Route matched with those values"}`},
		{404, `{"error":"Runner not found"}`, ""},
		{403, "<!DOCTYPE html>\n<html><head><TITLE lang=en>\n Just a\tmoment&#46;..\n</TITLE>", "Just a moment..."},
		{431, "<title>431</title>", ""},
		{502, "<html><head><title>502 Bad Gateway</title></head></html>", ""},
		{200, "<html><body>no title</body></html>", ""},
		{200, strings.Repeat("a text that is an article ", 20), ""},
		{400, "\x00\xff\xfe", ""},
		{200, "", ""},
	}
	for _, tt := range tests {
		if got := gist(&runner.Exchange{Status: tt.status, Body: tt.body}); got != tt.want {
			t.Errorf("gist of %d %q = %q, want %q", tt.status, tt.body, got, tt.want)
		}
	}
}

// TestRouteless: only what a gateway says to everything, and no Semaphore ever, is
// worth waiting for.
func TestRouteless(t *testing.T) {
	t.Parallel()
	answer := func(status int, body string) *runner.Exchange {
		return &runner.Exchange{Status: status, Body: body, Header: http.Header{}}
	}
	tests := []struct {
		name       string
		path       string
		ping, bare *runner.Exchange
		want       bool
	}{
		{"nginx", "", answer(404, "<html>"), answer(404, "<html>"), true},
		{"Caddy", "", answer(200, ""), answer(200, ""), true},
		{"a web page", "", answer(200, "<html>"), answer(200, "<html>"), false},
		{"Semaphore, and somebody keeps the path back", "", answer(200, "pong"), answer(404, ""), false},
		{"Semaphore's own, of a path that is no path", "/api", answer(404, "Not Found"), answer(404, "Not Found"), false},
		{"forbidden", "", answer(403, ""), answer(403, ""), false},
	}
	for _, tt := range tests {
		p := &runner.Probe{Server: &runner.Server{Era: runner.E4c, URL: &url.URL{Scheme: "http", Host: "h", Path: tt.path}}, Ping: tt.ping, Bare: tt.bare}
		if got := routeless(p); got != tt.want {
			t.Errorf("%s: routeless = %v, want %v", tt.name, got, tt.want)
		}
	}
}
