package runner

import (
	"errors"
	"net/url"
	"strconv"
	"strings"

	"github.com/semadoctor/semadoctor/say"
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
	ErrNoURL     = say.Errorf("no URL is set")
	ErrNoScheme  = say.Errorf("no http:// or https:// in front")
	ErrNoHost    = say.Errorf("no host name")
	ErrBadURL    = say.Errorf("not a URL")
	ErrBadScheme = say.Errorf("neither http nor https")
)

// badURL says what about an ErrBadURL.
type badURL struct{ error }

// Unwrap is what is wrong with it.
func (e badURL) Unwrap() error      { return e.error }
func (badURL) Is(target error) bool { return target == ErrBadURL }

// NewServer reads the server URL of a config.
func NewServer(c *Config) *Server {
	s := &Server{Given: c.Text(ServerURL), Era: c.Era}
	s.URL, s.Err = parseServer(s.Given.V)
	return s
}

func parseServer(given string) (*url.URL, error) {
	if given == "" {
		return nil, ErrNoURL
	}
	if strings.ContainsFunc(given, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
		return nil, badURL{say.Errorf("a blank or a control character in it")}
	}
	if !strings.Contains(given, "://") {
		return nil, ErrNoScheme
	}
	u, err := url.Parse(given)
	switch {
	case err != nil:
		return nil, badURL{errors.New(parseFault(given, err))}
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, ErrBadScheme
	case u.Hostname() == "":
		return nil, ErrNoHost
	case (u.Hostname() == "http" || u.Hostname() == "https") && strings.HasPrefix(u.Path, "//"):
		return nil, badURL{say.Errorf("the scheme stands there twice")}
	case !usable(u.Port()):
		return nil, badURL{say.Errorf("there is no port %s", u.Port())}
	case strings.ContainsAny(given, "?#"):
		return nil, badURL{say.Errorf("a ? or # in it, and the runner's path would come after that")}
	}
	return u, nil
}

// usable reports whether a server can be at a port; "" is the scheme's own.
func usable(port string) bool {
	n, err := strconv.ParseUint(port, 10, 16)
	return port == "" || err == nil && n > 0
}

// parseFault is what Go says about a URL, without the URL, and not even that
// when a password may be in it.
func parseFault(given string, err error) string {
	if strings.Contains(given, "@") {
		return ErrBadURL.Error()
	}
	if ue := (*url.Error)(nil); errors.As(err, &ue) {
		return ue.Err.Error()
	}
	return err.Error()
}

// Complaint is what the runner logs about a URL that it cannot use, told by the
// library it asks. crashes says that it never gets so far: from E4 on it parses
// web_host when it reads its config, and an error there is a nil pointer
// (observed 2.10.32; E6 panics with the error's text, read in source, 2026).
func (s *Server) Complaint() (text string, crashes bool) {
	if _, err := url.Parse(s.Given.V); err != nil && !s.Era.Legacy() {
		return parseFault(s.Given.V, err), true
	}
	u, err := url.Parse(s.Tasks("0"))
	switch {
	case err != nil:
		return parseFault(s.Given.V, err), false
	case u.Scheme != "http" && u.Scheme != "https":
		return "unsupported protocol scheme \"" + u.Scheme + "\"", false
	case u.Host == "":
		return "http: no Host in request URL", false
	case strings.Trim(u.Port(), "0") == "" && u.Port() != "":
		return "connection refused", false
	case !usable(u.Port()):
		return "dial tcp: address " + u.Port() + ": invalid port", false
	}
	return "", false
}

// Slash reports whether the URL ends in a slash: the router then answers 301,
// and Go turns the runner's PUT and POST into GET (observed 2.9.58, 2.10.22,
// 2.10.32; not trimmed in any version).
func (s *Server) Slash() bool {
	return s.URL != nil && (strings.HasSuffix(s.URL.Path, "/") || strings.Contains(s.URL.Path, "//"))
}

// path is the URL's path without the slashes at its end.
func (s *Server) path() string { return strings.TrimRight(s.URL.Path, "/") }

// base is a path without the end that belongs to the API.
func base(path string) string {
	for _, tail := range []string{"/api/internal/runners", "/api/internal", "/api"} {
		if p, ok := strings.CutSuffix(path, tail); ok {
			return p
		}
	}
	return path
}

// HasAPI reports whether the path ends in /api, or in what comes behind it.
func (s *Server) HasAPI() bool { return s.URL != nil && base(s.path()) != s.path() }

// WrongAPI reports whether the path does not end in /api where the era needs it
// (E1-E3), or reaches into the API where the era adds that by itself (E4+).
func (s *Server) WrongAPI() bool {
	switch {
	case s.URL == nil:
		return false
	case s.Era.Legacy():
		return !strings.HasSuffix(s.path(), "/api")
	}
	return s.HasAPI()
}

// Mended is the URL with the slashes and the /api as the era wants them.
// What people paste in front of /api stays: a sub-path is part of the address.
func (s *Server) Mended() string {
	u := *s.URL
	p := s.path()
	for strings.Contains(p, "//") {
		p = strings.ReplaceAll(p, "//", "/")
	}
	if p = base(p); s.Era.Legacy() {
		p += "/api"
	}
	for !s.Era.Legacy() && base(p) != p { // what still ends in /api needs mending still
		p = base(p)
	}
	u.Path, u.RawPath = p, ""
	return u.String()
}

// Trimmed is the URL that is meant, mended, where nothing else can be meant; ok is
// false when it is no URL even so.
func (s *Server) Trimmed() (mended string, ok bool) {
	t := Server{Given: s.Given, Era: s.Era}
	if t.URL, t.Err = parseServer(evident(s.Given.V)); t.Err != nil {
		return "", false
	}
	return t.Mended(), true
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
	if s.URL == nil { // it may still have a password in it
		return unnamed(s.Given.V)
	}
	return ShownURL(s.URL)
}

// ShownURL is a URL for people, without a password. Go finds none in a URL whose
// user has a blank in its name, and takes all of it for a path.
func ShownURL(u *url.URL) string {
	if text := u.String(); u.User == nil && strings.Contains(text, "@") {
		return unnamed(text)
	}
	return u.Redacted()
}

// learnLogin makes secrets of whatever may be a name and a password in what is
// meant for a URL, whether it is one or not: all that stands before the last @,
// and what of it comes after a colon. A name alone may be a token.
func learnLogin(text string, secrets *Secrets) {
	text = strings.TrimSpace(text)
	if _, after, found := strings.Cut(text, "://"); found {
		text = after
	}
	at := strings.LastIndex(text, "@")
	if at < 0 {
		return
	}
	login := text[:at]
	_, password, _ := strings.Cut(login, ":")
	for _, s := range []string{login, password} {
		secrets.New(s)
		if plain, err := url.PathUnescape(s); err == nil {
			secrets.New(plain)
		}
	}
}

// unnamed is what is no URL without anything that may be a name and password.
func unnamed(given string) string {
	before, after, found := strings.Cut(given, "://")
	if !found {
		before, after = "", given
	} else {
		before += "://"
	}
	if at := strings.LastIndex(after, "@"); at >= 0 {
		after = "xxxxx" + after[at:]
	}
	return before + after
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
