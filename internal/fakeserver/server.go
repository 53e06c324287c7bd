// Package fakeserver is Semaphore UI for tests and for the demo: the runner API
// of a server of each era, the faults that stand in front of one, and the
// runner process itself. What it does was recorded from real releases
// (testdata/recordings) and is replayed by its tests.
package fakeserver

import (
	"crypto/rand"
	"encoding/base64"
	"io"
	"net/http"
	"sync"
	"time"
)

// maxBody is how much of a request body is read, in bytes.
const maxBody = 1 << 20

// Options says which server to be.
type Options struct {
	// Era is E1, E2a, E2b, E3, E4a, E4b, E4c, E5, E5b, E6 or E7. New panics for
	// any other.
	Era string

	// RegistrationToken is the server's runner_registration_token. Empty means
	// that every registration is refused, as on a real server.
	RegistrationToken string

	// BasePath is the path of the server's web_host, such as /semaphore. Empty
	// means the server lives at the root.
	BasePath string

	// WebHost is the server's web_host, as /api/info of E4 shows it and the UI
	// page names it.
	WebHost string

	// RunLocally is use_remote_runner=false. It shows in /api/info of E4 only.
	RunLocally bool

	// Version is what /api/info says. Empty means the recorded release of the era.
	Version string

	// APIToken is an administrator's token for /api/info and the admin API of
	// E4. Empty means nobody has one.
	APIToken string

	// UserToken is the token of a user who is not an administrator.
	UserToken string

	// NewToken makes the token of a new row. Nil means random ones of the
	// era's shape.
	NewToken func() string

	// Now, if given, is the server's clock: it sets the Date header.
	Now func() time.Time
}

// A Server answers the runner API exactly as one era does. It is safe for
// concurrent use.
type Server struct {
	opts    Options
	dialect dialect
	started time.Time // shows as Last-Modified of the UI page

	mu       sync.Mutex
	rows     []Row
	lastID   int
	requests []Request
	dropped  int
}

// New makes a server without runners.
func New(opts Options) *Server {
	s := &Server{
		opts:    opts,
		dialect: lookupDialect(opts.Era),
		started: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC),
	}
	if opts.Now != nil {
		s.started = opts.Now()
	}
	if s.opts.Version == "" {
		s.opts.Version = s.dialect.version
	}
	if s.opts.NewToken == nil {
		s.opts.NewToken = func() string { return randomToken(s.dialect.tokenLen) }
	}
	return s
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(io.LimitReader(r.Body, maxBody)) // a body cut short is a bad body
	s.record(r, body)
	if s.opts.Now != nil {
		w.Header().Set("Date", s.opts.Now().UTC().Format(http.TimeFormat))
	}
	path := cropSlash(r.URL.Path)
	if clean := cleanPath(path); clean != path {
		u := *r.URL
		u.Path = clean
		reply{status: http.StatusMovedPermanently, location: u.String()}.write(w, r)
		return
	}
	if rep, ok := s.api(r, path, body); ok {
		rep.write(w, r)
		return
	}
	s.public(w, r, path)
}

// now is the server's clock.
func (s *Server) now() time.Time {
	if s.opts.Now != nil {
		return s.opts.Now().UTC()
	}
	return time.Now().UTC()
}

// api answers if a route of the era matches.
func (s *Server) api(r *http.Request, path string, body []byte) (reply, bool) {
	route, id, otherMethod := match(s.dialect.routes, r.Method, s.opts.BasePath, path)
	switch {
	case route != nil:
		s.mu.Lock()
		defer s.mu.Unlock()
		return route.handle(call{server: s, header: r.Header, id: id, body: body}), true
	case otherMethod && s.dialect.oldRouter:
		return reply{status: http.StatusMethodNotAllowed}, true
	}
	return reply{}, false
}

// randomToken makes n characters of base64 (44: 32 bytes as SQL stores and
// BoltDB from v2.10.27) or n alphanumerics (12: older BoltDB).
func randomToken(n int) string {
	if n != 44 {
		return rand.Text()[:n]
	}
	raw := make([]byte, 32)
	rand.Read(raw) // never fails: crypto/rand.Read, Go 1.24
	return base64.StdEncoding.EncodeToString(raw)
}
