package checktest

import (
	"compress/gzip"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"path"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/semadoctor/semadoctor/internal/fakeserver"
)

// behind is who answers in the end: an era's Semaphore, or "html", "hang",
// "login", or a status.
func (n *network) behind(kind string, words []string) http.Handler {
	switch status, err := strconv.Atoi(kind); {
	case err == nil:
		return fakeserver.Status(status, page(status))
	case kind == "html":
		return fakeserver.HTML200()
	case kind == "hang":
		return fakeserver.Hang()
	case kind == "login":
		return fakeserver.Unauthorized("Staff only")
	}
	o := fakeserver.Options{Era: kind, RegistrationToken: registrationToken, NewToken: newToken(kind), APIToken: apiToken, UserToken: userToken}
	o.Now = now
	for _, w := range words {
		switch name, arg, _ := strings.Cut(w, "="); name {
		case "date":
			if by, err := time.ParseDuration(arg); err == nil { // an error is told when the fault is put in
				o.Now = func() time.Time { return now().Add(by) }
			}
		case "base":
			o.BasePath = arg
		case "release":
			o.Version = arg
		case "local":
			o.RunLocally = true
		}
	}
	n.server = fakeserver.New(o)
	return n.server
}

// registrationToken is that of every server of a case.
const registrationToken = secretMark + "-registration"

// newToken makes tokens of an era's shape that are known when they escape.
func newToken(era string) func() string {
	n, form := 0, secretMark+"new%034d="
	if era < "E4" {
		form = secretMark + "%06d"
	}
	return func() string {
		n++
		return fmt.Sprintf(form, n)
	}
}

// The API tokens that every server of a case knows: an administrator's, and one
// of somebody who is none.
const (
	apiToken  = "S3CR3T-api-token-of-an-administrator"
	userToken = "S3CR3T-api-token-of-a-user"
)

// page is what a proxy says with a status; 403 is a firewall's plain text.
func page(status int) string {
	switch status {
	case http.StatusForbidden:
		return "Request blocked\n"
	case http.StatusBadGateway:
		return fakeserver.BadGatewayPage
	}
	return "<html><title>" + http.StatusText(status) + "</title></html>\n"
}

// front is what stands between the runner and the server.
type front struct {
	network     *network
	handler     http.Handler
	date        time.Duration
	moved       string       // where http, and http alone, is redirected to
	certificate *certificate // nil: no https
	signed      bool         // somebody else shows a certificate of the authority
}

// fault puts one more thing in the way:
//
//	base=PATH           the server lives below a path
//	release=VERSION     what the server says to an API token that it is
//	local               use_remote_runner is off
//	strip=HEADER        a proxy loses a header
//	redirect[STATUS]=TO everything is redirected to the same path below TO
//	moved=TO            http is redirected to the same path below TO, https is not
//	sso=URL             everything is redirected to a login page
//	basic=USER:PASSWORD a proxy asks for these
//	login-elsewhere     a proxy asks for a login for all but the runner's path
//	block=PATH          a firewall answers 403 below PATH
//	hide=PATH           a proxy answers 404 below PATH, with a page
//	pages               a proxy has pages of its own for errors
//	one-slash           a proxy makes one slash of two
//	put=STATUS          a proxy answers every PUT by itself; likewise head=STATUS
//	puts=ERA            a load balancer sends every PUT to a server of another era
//	stuck               the server's database does not answer, and so every PUT hangs
//	forbidden           a proxy forbids everything, with a page
//	packs               a proxy sends every answer in gzip
//	packs-br[=PATH]     a proxy sends every answer in Brotli, whoever asks; or below PATH
//	gateway             something asks for a login, in JSON and without WWW-Authenticate
//	bodyless            a proxy loses the body of a request
//	says=NAME           the Server header of every answer
//	date=DURATION       the server's clock is ahead
//	later=WHEN          every answer asks to be left alone so long (Retry-After)
//	age=SECONDS         a cache answers, with what it was told so long ago
//	https[=KIND]        https at port 3443; KIND: see newCertificate
//	no-certificate      an nginx says that it wants to see a certificate
//	proxy[=STATUS]      a forward proxy at proxy.test:3128 that answers so by itself;
//	                    likewise "refused" and "silent", and "hang", which takes a request
//	proxy-header=N:V    what the proxy's own answers have in their header
//	proxy-https[=KIND]  a proxy at proxy.test:3129 that speaks TLS; KIND: see newCertificate
func (f *front) fault(t testing.TB, name, arg string) error {
	switch name {
	case "base", "release", "local": // told to the server itself
	case "strip":
		f.handler = fakeserver.StripHeader(arg, f.handler)
	case "redirect", "redirect302", "redirect303", "redirect307", "redirect308":
		status, err := strconv.Atoi(strings.TrimPrefix(name, "redirect"))
		if err != nil {
			status = http.StatusMovedPermanently
		}
		f.handler = fakeserver.Redirect(status, arg)
	case "moved":
		f.moved = arg
	case "sso":
		f.handler = http.RedirectHandler(arg, http.StatusFound)
	case "basic":
		f.handler = basic(arg, f.handler)
	case "login-elsewhere":
		f.handler = elsewhere(f.handler)
	case "block":
		f.handler = block(arg, http.StatusForbidden, f.handler)
	case "hide":
		f.handler = block(arg, http.StatusNotFound, f.handler)
	case "pages":
		f.handler = pages(f.handler)
	case "packs":
		f.handler = packs(f.handler)
	case "packs-br":
		f.handler = below(arg, with("Content-Encoding", "br", f.handler), f.handler) // what is in it nobody looks at
	case "one-slash":
		f.handler = oneSlash(f.handler)
	case "put", "head":
		status, err := strconv.Atoi(arg)
		if err != nil {
			return err
		}
		f.handler = answering(strings.ToUpper(name), status, f.handler)
	case "puts":
		f.handler = byMethod(http.MethodPut, fakeserver.New(fakeserver.Options{Era: arg}), f.handler)
	case "stuck":
		f.handler = byMethod(http.MethodPut, fakeserver.Hang(), f.handler)
	case "forbidden":
		f.handler = fakeserver.Status(http.StatusForbidden, "<html><title>403 Forbidden</title></html>\n")
	case "gateway":
		f.handler = fakeserver.Status(http.StatusUnauthorized, `{"message":"Unauthorized"}`+"\n")
	case "bodyless":
		f.handler, f.network.lossy = bodyless(f.handler), true
	case "says":
		f.handler = with("Server", arg, f.handler)
	case "date":
		f.date = duration(t, arg)
	case "age":
		f.handler = with("Age", arg, f.handler)
	case "later":
		f.handler = with("Retry-After", strings.ReplaceAll(arg, "_", " "), f.handler)
	case "no-certificate":
		f.handler = fakeserver.Status(http.StatusBadRequest, "<html><center>No required SSL certificate was sent</center></html>")
	case "https":
		f.certificate = newCertificate(t, "semaphore.test", arg)
	case "proxy":
		f.network.dial[proxyAddr] = f.proxy(t, arg)
	case "proxy-header":
		header, value, _ := strings.Cut(arg, ":")
		f.network.proxyHeader.Add(header, value)
	case "proxy-https":
		f.signed = true
		f.network.dial[proxyTLSAddr] = f.network.listen(t, f.network.proxy(""), newCertificate(t, "proxy.test", arg))
	default:
		return errors.New("nobody knows it")
	}
	return nil
}

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

func bodyless(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = r.Clone(r.Context())
		r.Body, r.ContentLength = http.NoBody, 0
		h.ServeHTTP(w, r)
	})
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

func block(path string, status int, h http.Handler) http.Handler {
	return below(path, fakeserver.Status(status, page(status)), h)
}
