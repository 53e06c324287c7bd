package checktest

import (
	"compress/gzip"
	"maps"
	"net/http"
	"net/http/httptest"
	"path"
	"strings"

	"github.com/semadoctor/semadoctor/internal/fakeserver"
)

// basic is a proxy that lets in who has a password, and keeps it to itself.
func basic(login string, h http.Handler) http.Handler {
	refuse := fakeserver.Unauthorized("Staff only")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if user, password, _ := r.BasicAuth(); user+":"+password != login {
			refuse.ServeHTTP(w, r)
			return
		}
		fakeserver.StripHeader("Authorization", h).ServeHTTP(w, r)
	})
}

func elsewhere(h http.Handler) http.Handler {
	refuse := fakeserver.Unauthorized("Staff only")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "/runners") {
			h.ServeHTTP(w, r)
			return
		}
		refuse.ServeHTTP(w, r)
	})
}

// pages keeps the status of an error and puts a page in the place of its words, as
// nginx does with proxy_intercept_errors.
func pages(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := httptest.NewRecorder()
		h.ServeHTTP(answer, r)
		if answer.Code >= 400 {
			fakeserver.Status(answer.Code, page(answer.Code)).ServeHTTP(w, r)
			return
		}
		maps.Copy(w.Header(), answer.Header())
		w.WriteHeader(answer.Code)
		_, _ = w.Write(answer.Body.Bytes())
	})
}

// packs sends every answer with a body in gzip, to whoever asks.
func packs(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := httptest.NewRecorder()
		h.ServeHTTP(answer, r)
		maps.Copy(w.Header(), answer.Header())
		w.Header().Del("Content-Length")
		w.Header().Set("Content-Encoding", "gzip")
		w.WriteHeader(answer.Code)
		if answer.Body.Len() > 0 {
			z := gzip.NewWriter(w)
			_, _ = z.Write(answer.Body.Bytes())
			_ = z.Close()
		}
	})
}

func oneSlash(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = r.Clone(r.Context())
		r.URL.Path = path.Clean(r.URL.Path)
		h.ServeHTTP(w, r)
	})
}

// with puts a line into the header of every answer.
func with(name, value string, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set(name, value)
		h.ServeHTTP(w, r)
	})
}

func bodyless(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = r.Clone(r.Context())
		r.Body, r.ContentLength = http.NoBody, 0
		h.ServeHTTP(w, r)
	})
}

// answering answers one method by itself.
func answering(method string, status int, h http.Handler) http.Handler {
	return byMethod(method, fakeserver.Status(status, http.StatusText(status)+"\n"), h)
}

// byMethod sends one method elsewhere.
func byMethod(method string, elsewhere, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == method {
			elsewhere.ServeHTTP(w, r)
			return
		}
		h.ServeHTTP(w, r)
	})
}

func block(path string, status int, h http.Handler) http.Handler {
	return below(path, fakeserver.Status(status, page(status)), h)
}

// below sends what is below a path elsewhere; below "" is everything.
func below(path string, elsewhere, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, path) {
			elsewhere.ServeHTTP(w, r)
			return
		}
		h.ServeHTTP(w, r)
	})
}
