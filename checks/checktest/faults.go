package checktest

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/semadoctor/semadoctor/internal/fakeserver"
)

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
