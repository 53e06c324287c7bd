package fakeserver

import (
	"io"
	"net/http"
	"strings"
)

// BadGatewayPage is what a reverse proxy like nginx says with status 502 when
// the server behind it is down.
const BadGatewayPage = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n" +
	"<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"

// staticPage is the front page of something that is not Semaphore.
const staticPage = "<!DOCTYPE html>\n<html><head><title>Welcome</title></head><body>It works!</body></html>\n"

// StripHeader is a reverse proxy that loses a request header on the way to h.
func StripHeader(name string, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = r.Clone(r.Context())
		r.Header.Del(name)
		h.ServeHTTP(w, r)
	})
}

// Redirect is a reverse proxy that sends every request on to the same path
// below to, such as https://semaphore.example.com, with the given 3xx status.
func Redirect(status int, to string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reply{status: status, location: strings.TrimSuffix(to, "/") + r.RequestURI}.write(w, r)
	})
}

// Redirect301 is the redirect from http to https that turns every PUT of a
// runner into a GET.
func Redirect301(to string) http.Handler { return Redirect(http.StatusMovedPermanently, to) }

// HTML200 is a web server that has a page for everything and is not Semaphore.
func HTML200() http.Handler { return Status(http.StatusOK, staticPage) }

// Status answers everything with a status and a body, as HTML if it looks like
// it and else as text.
func Status(status int, body string) http.Handler {
	contentType := "text/plain; charset=utf-8"
	if strings.HasPrefix(body, "<") {
		contentType = "text/html"
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reply{status: status, contentType: contentType, body: body}.write(w, r)
	})
}

// Unauthorized is a reverse proxy that wants a password.
func Unauthorized(realm string) http.Handler {
	const page = "<html><head><title>401 Authorization Required</title></head></html>\r\n"
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("WWW-Authenticate", `Basic realm="`+realm+`"`)
		reply{status: http.StatusUnauthorized, contentType: "text/html", body: page}.write(w, r)
	})
}

// Hang takes every request and never answers. It ends when the client goes
// away or the server closes the connection, and it needs a real one: with an
// httptest.ResponseRecorder it panics.
func Hang() http.Handler {
	return http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		// Without reading the body net/http cannot notice that the client left.
		_, _ = io.Copy(io.Discard, io.LimitReader(r.Body, maxBody))
		<-r.Context().Done()
		panic(http.ErrAbortHandler) // no empty 200 on the way out
	})
}
