package checktest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"path"
	"strings"
	"sync"
	"testing"
)

// A recorder writes down all that leaves the machine of a case, at whichever
// server or proxy it arrives, and every name that is dialled.
type recorder struct {
	mu       sync.Mutex
	requests []request
	dialled  []string
}

// A request is one as it arrived.
type request struct {
	method, uri string
	header      http.Header
	body        string
}

func (r *recorder) dial(ctx context.Context, to func(context.Context, string, string) (net.Conn, error), proto, addr string) (net.Conn, error) {
	if strings.HasPrefix(proto, "tcp") {
		r.mu.Lock()
		r.dialled = append(r.dialled, addr)
		r.mu.Unlock()
	}
	return to(ctx, proto, addr)
}

func (r *recorder) before(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, in *http.Request) {
		body, _ := io.ReadAll(in.Body) // one that breaks off is as it is
		in.Body = io.NopCloser(bytes.NewReader(body))
		r.mu.Lock()
		r.requests = append(r.requests, request{in.Method, in.RequestURI, in.Header.Clone(), string(body)})
		r.mu.Unlock()
		h.ServeHTTP(w, in)
	})
}

// harmless demands that nothing was asked that changes or reveals anything, of
// anybody: ping, the poll path without a token, and an empty report with it, or
// with the API token what may be read with it; that no redirect was followed, and that nothing secret went anywhere else.
func (r *recorder) harmless(t *testing.T, c *Case) {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, q := range r.requests {
		if c.Unsafe != "" && ordered(q.method, q.uri) {
			if fault := q.orderFault(c.API); fault != "" {
				t.Errorf("a deed must not send %s %s %q: %s", q.method, q.uri, q.body, fault)
			}
			continue
		}
		if fault := q.fault(c.API, c.Poll); fault != "" {
			t.Errorf("a check must not send %s %s %q: %s", q.method, q.uri, q.body, fault)
		}
	}
	for _, addr := range r.dialled {
		name, _, err := net.SplitHostPort(addr)
		if err != nil || !c.names(name) {
			t.Errorf("a check must not connect to %s: nothing of the runner's names it", addr)
		}
	}
}

// secretMark begins every secret of a case.
const secretMark = "S3CR3T"

// fault is why a request must not be sent; "" when it may.
func (q request) fault(apiToken string, poll bool) string {
	if q.method == http.MethodHead && poll {
		q.method, q.body = http.MethodPut, "{}" // to the same address, with the same header
	}
	if apiToken != "" && strings.Contains(fmt.Sprint(q.header), apiToken) {
		return q.apiFault(apiToken)
	}
	known := map[string]bool{ // a login is the user's own, from the URL
		"User-Agent": true, "Content-Length": true, "Connection": true, "Proxy-Connection": true,
		"Accept-Encoding": q.method != http.MethodHead && q.header.Get("Accept-Encoding") == "gzip",
		"Authorization":   true, "Proxy-Authorization": true, "Content-Type": q.method == http.MethodPut,
		"X-Runner-Token": q.method == http.MethodPut, "X-Api-Token": q.method == http.MethodPut,
	}
	for name := range q.header {
		if !known[name] {
			return "the header " + name
		}
	}
	where := strings.SplitN(q.uri, "?", 2)[0]
	switch {
	case strings.Contains(q.uri, secretMark):
		return "a secret in its path"
	case q.method == http.MethodConnect:
		return ""
	case q.method == http.MethodGet && q.body == "" && (strings.HasSuffix(where, "/ping") || strings.HasSuffix(where, "/runners/0") || strings.HasSuffix(where, "/internal/runners")):
		return ""
	case q.method == http.MethodPut && q.body == "{}" && (path.Base(path.Dir(where)) == "runners" || strings.HasSuffix(where, "/internal/runners")):
		return ""
	}
	return "it is none of those that may be"
}

// apiFault is why a request with the API token must not be sent.
func (q request) apiFault(token string) string {
	switch {
	case q.method != http.MethodGet || q.body != "" || !apiPath(q.uri):
		return "the API token is for reading the server's record"
	case q.header.Get("Authorization") != "Bearer "+token || strings.Count(fmt.Sprint(q.header), token) > 1:
		return "the API token is in another header"
	}
	return ""
}

// ordered reports a request that has a server do something.
func ordered(method, uri string) bool {
	where := path.Dir(uri)
	switch method {
	case http.MethodPost:
		return strings.HasSuffix(uri, "/runners") || strings.HasSuffix(uri, "/active") && strings.HasSuffix(path.Dir(where), "/api/runners")
	case http.MethodDelete:
		return strings.HasSuffix(where, "/api/runners")
	}
	return false
}

// orderFault is why that must not be sent even by who is asked to: a registration
// shows the registration token, in its body, and all else the API token.
func (q request) orderFault(apiToken string) string {
	const registration = `{"registration_token":"`
	for name := range q.header {
		if name != "User-Agent" && name != "Content-Length" && name != "Content-Type" && name != "Accept-Encoding" && (name != "Authorization" || strings.HasSuffix(q.uri, "/runners")) {
			return "the header " + name
		}
	}
	switch bearer := q.header.Get("Authorization"); {
	case strings.Contains(q.uri, secretMark):
		return "a secret in its path"
	case strings.HasSuffix(q.uri, "/runners"):
		if strings.Count(q.body, secretMark) != 1 || !strings.Contains(q.body, registration) {
			return "a registration shows the registration token and no other"
		}
	case bearer != "Bearer "+apiToken || strings.Contains(q.body, secretMark):
		return "what is done is done with the API token"
	}
	return ""
}

// names reports whether a file or variable of the machine says this name.
func (c *Case) names(name string) bool {
	for _, f := range c.Archive.Files {
		if strings.HasPrefix(f.Name, "/") && bytes.Contains(bytes.ToLower(f.Data), []byte(strings.ToLower(name))) {
			return true
		}
	}
	for _, v := range c.Install.Env {
		if strings.Contains(v.V, name) {
			return true
		}
	}
	return strings.Contains(fmt.Sprint(c.Install.Command), name)
}
