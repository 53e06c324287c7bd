package runner

import (
	"errors"
	"net/url"
	"strings"
)

// A Server is where the runner sends its requests, as configured.
type Server struct {
	Given Value[string] // as set
	Era   Era           // whose paths are used
	URL   *url.URL      // nil when Given is no URL a runner can use
	Err   error         // why URL is nil
}

// The ways a server URL can be no URL. The texts are said to people.
var (
	ErrNoURL     = errors.New("no URL is set")
	ErrNoScheme  = errors.New("no http:// or https:// in front")
	ErrNoHost    = errors.New("no host name")
	ErrBadURL    = errors.New("not a URL")
	ErrBadScheme = errors.New("neither http nor https")
)

// NewServer reads the server URL of a config.
func NewServer(c *Config) *Server {
	s := &Server{Given: c.Text(ServerURL), Era: c.Era}
	s.URL, s.Err = parseServer(s.Given.V)
	return s
}

// ValidServer reports whether a runner can use a text as its server's URL.
func ValidServer(given string) bool {
	_, err := parseServer(given)
	return err == nil
}

func parseServer(given string) (*url.URL, error) {
	if given == "" {
		return nil, ErrNoURL
	}
	if strings.ContainsFunc(given, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
		return nil, ErrBadURL
	}
	if !strings.Contains(given, "://") {
		return nil, ErrNoScheme
	}
	u, err := url.Parse(given)
	switch {
	case err != nil:
		return nil, ErrBadURL
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, ErrBadScheme
	case u.Hostname() == "":
		return nil, ErrNoHost
	}
	return u, nil
}

// Slash reports whether the URL ends in a slash: the router then answers 301,
// and Go turns the runner's PUT and POST into GET (observed 2.9.58, 2.10.22,
// 2.10.32; not trimmed in any version).
func (s *Server) Slash() bool {
	return s.URL != nil && (strings.HasSuffix(s.URL.Path, "/") || strings.Contains(s.URL.Path, "//"))
}

// path is the URL's path without the slashes at its end.
func (s *Server) path() string { return strings.TrimRight(s.URL.Path, "/") }

// HasAPI reports whether the path ends in /api.
func (s *Server) HasAPI() bool {
	return s.URL != nil && (s.path() == "/api" || strings.HasSuffix(s.path(), "/api"))
}

// WrongAPI reports whether /api is missing where the era needs it (E1-E3), or
// is there where the era adds it by itself (E4+).
func (s *Server) WrongAPI() bool { return s.URL != nil && s.HasAPI() != s.Era.Legacy() }

// Mended is the URL with the slashes and the /api as the era wants them.
// What people paste in front of /api stays: a sub-path is part of the address.
func (s *Server) Mended() string {
	u := *s.URL
	p := s.path()
	for strings.Contains(p, "//") {
		p = strings.ReplaceAll(p, "//", "/")
	}
	p = strings.TrimSuffix(strings.TrimSuffix(p, "/internal"), "/api")
	if s.Era.Legacy() {
		p += "/api"
	}
	u.Path, u.RawPath = p, ""
	return u.String()
}

// Ping is the address that answers pong on every Semaphore, without a token.
func (s *Server) Ping() string {
	if s.Era.Legacy() {
		return s.Given.V + "/ping"
	}
	return s.Given.V + "/api/ping"
}

// Tasks is the address the runner polls: built by joining texts, as it does.
func (s *Server) Tasks(id string) string {
	if s.Era.Legacy() {
		return s.Given.V + "/runners/" + id
	}
	return s.Given.V + "/api/internal/runners"
}

// String is the URL for people, without a password.
func (s *Server) String() string {
	if s.URL == nil {
		return s.Given.V
	}
	return s.URL.Redacted()
}

// TokenHeader is the header that carries the token: none in E1 (observed 2.9.37).
func (e Era) TokenHeader() string {
	switch {
	case e == E1:
		return ""
	case e.Legacy():
		return "X-API-Token"
	}
	return "X-Runner-Token"
}
