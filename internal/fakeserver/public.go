package fakeserver

import (
	"net/http"
	"path"
	"strings"
)

// uiPage stands for the web UI, as in the recordings. Real ones are longer, but
// begin with the same character, which is all a runner ever notices.
const uiPage = `<!doctype html><html><head><base href="/"><title>stub</title></head><body>stub</body></html>` + "\n"

// public answers what no route matched: 404 below /api, and the UI elsewhere,
// whatever the method (servePublic, api/router.go, v2.9.37 and v2.9.58).
func (s *Server) public(w http.ResponseWriter, r *http.Request, path string) {
	asset := strings.Contains(path, ".") // the UI has no other files
	switch {
	case s.dialect.oldRouter && s.belowOldAPI(path):
		reply{status: http.StatusNotFound}.write(w, r)
	case s.dialect.oldRouter && asset:
		w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
		w.Header().Set("Access-Control-Allow-Credentials", "true")
		reply{status: http.StatusNotFound, contentType: "text/plain; charset=utf-8", body: "404 not found"}.write(w, r)
	case s.dialect.oldRouter:
		reply{status: http.StatusOK, contentType: "text/html", body: s.page()}.write(w, r)
	case s.belowAPI(path) || asset:
		notFoundText().write(w, r)
	default:
		w.Header().Set("Accept-Ranges", "bytes") // as http.ServeContent, which the real one uses
		w.Header().Set("Last-Modified", s.started.UTC().Format(http.TimeFormat))
		reply{status: http.StatusOK, contentType: "text/html; charset=utf-8", body: s.page()}.write(w, r)
	}
}

func notFoundText() reply {
	return reply{status: http.StatusNotFound, contentType: "text/plain; charset=utf-8", body: "Not Found\n", nosniff: true}
}

// belowAPI takes /apix for the API, too, as the real one does.
func (s *Server) belowAPI(p string) bool {
	return strings.HasPrefix(p, path.Join("/", s.opts.BasePath, "api"))
}

// belowOldAPI forgets the slash after a base path, as v2.9.37 does: with one,
// an unknown path below /api is answered by the UI.
func (s *Server) belowOldAPI(p string) bool {
	api := s.opts.BasePath + "api"
	if s.opts.BasePath == "" {
		api = "/api"
	}
	return p == api || strings.HasPrefix(p, api+"/")
}

func (s *Server) page() string {
	base := s.opts.WebHost
	if base == "" {
		base = s.opts.BasePath
	}
	if !strings.HasSuffix(base, "/") {
		base += "/"
	}
	return strings.Replace(uiPage, `<base href="/">`, `<base href="`+base+`">`, 1)
}
