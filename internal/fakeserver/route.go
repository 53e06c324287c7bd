package fakeserver

import (
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
)

// A route is one path of the API and what answers it. A pattern ending in
// {id} matches one more path element; {id} may be followed by more.
type route struct {
	methods []string
	pattern string
	handle  func(call) reply
}

// A call is one request that reached a route. The server's lock is held.
type call struct {
	server *Server
	header http.Header
	id     string
	body   []byte
}

// A reply is an answer, byte for byte.
type reply struct {
	status      int
	contentType string
	body        string
	location    string
	nosniff     bool
}

func (p reply) write(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	if p.contentType != "" {
		h.Set("Content-Type", p.contentType)
	}
	if p.location != "" {
		h.Set("Location", p.location)
	}
	if p.nosniff {
		h.Set("X-Content-Type-Options", "nosniff")
	}
	if p.status != http.StatusNoContent {
		h.Set("Content-Length", strconv.Itoa(len(p.body)))
	}
	w.WriteHeader(p.status)
	if r.Method != http.MethodHead {
		_, _ = w.Write([]byte(p.body)) // the client is gone: nobody to tell
	}
}

// cropSlash is Semaphore's own middleware: one trailing slash does not matter
// (cropTrailingSlashMiddleware, cli/cmd/server.go, v2.9.58).
func cropSlash(p string) string {
	if p == "/" {
		return p
	}
	return strings.TrimSuffix(p, "/")
}

// cleanPath is what gorilla/mux redirects to: no double slashes, no dots, a
// trailing slash kept.
func cleanPath(p string) string {
	if !strings.HasPrefix(p, "/") {
		p = "/" + p
	}
	clean := path.Clean(p)
	if strings.HasSuffix(p, "/") && clean != "/" {
		clean += "/"
	}
	return clean
}

// match finds the route of a path below base. otherMethod says that the path
// is known, but not with this method.
func match(routes []route, method, base, path string) (found *route, id string, otherMethod bool) {
	rel, ok := strings.CutPrefix(path, strings.TrimSuffix(base, "/"))
	if !ok {
		return nil, "", false
	}
	for i := range routes {
		rid, ok := matchPattern(routes[i].pattern, rel)
		if !ok {
			continue
		}
		if slices.Contains(routes[i].methods, method) {
			return &routes[i], rid, false
		}
		otherMethod = true
	}
	return nil, "", otherMethod
}

func matchPattern(pattern, path string) (id string, ok bool) {
	before, after, hasID := strings.Cut(pattern, "{id}")
	if !hasID {
		return "", pattern == path
	}
	rest, ok := strings.CutPrefix(path, before)
	if !ok {
		return "", false
	}
	id, ok = strings.CutSuffix(rest, after)
	return id, ok && id != "" && !strings.Contains(id, "/")
}
