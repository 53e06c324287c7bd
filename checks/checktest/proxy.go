package checktest

import (
	"io"
	"maps"
	"net/http"
	"net/http/httputil"
	"strconv"
	"testing"

	"github.com/semadoctor/semadoctor/internal/fakeserver"
)

// The addresses of the proxy.
const (
	proxyAddr    = "proxy.test:3128"
	proxyTLSAddr = "proxy.test:3129"
)

// proxy is the way to the forward proxy, of a kind: see fault.
func (f *front) proxy(t testing.TB, kind string) dialer {
	switch kind {
	case "refused":
		return refuse
	case "silent":
		return swallow
	case "hang":
		return f.network.listen(t, fakeserver.Hang(), nil)
	}
	return f.network.listen(t, f.network.proxy(kind), nil)
}

// proxy is a forward proxy to the servers of this network, which says in what it
// passes on that it did. With a status it answers that to everything.
func (n *network) proxy(status string) http.Handler {
	if code, err := strconv.Atoi(status); err == nil {
		own := dated(fakeserver.Status(code, page(code)), 0)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			maps.Copy(w.Header(), n.proxyHeader)
			own.ServeHTTP(w, r)
		})
	}
	forward := &httputil.ReverseProxy{
		Rewrite:   func(*httputil.ProxyRequest) {},
		Transport: &http.Transport{DialContext: n.connect, DisableKeepAlives: true, DisableCompression: true},
		ErrorLog:  quiet(),
		ModifyResponse: func(r *http.Response) error {
			r.Header.Set("Via", "1.1 proxy.test (tinyproxy/1.11.1)")
			return nil
		},
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodConnect {
			n.tunnel(w, r)
			return
		}
		forward.ServeHTTP(w, r)
	})
}

func (n *network) tunnel(w http.ResponseWriter, r *http.Request) {
	out, err := n.connect(r.Context(), "tcp", r.Host)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	in, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		out.Close()
		return
	}
	_, _ = io.WriteString(in, "HTTP/1.1 200 OK\r\n\r\n")
	go func() { _, _ = io.Copy(out, in); out.Close() }()
	go func() { _, _ = io.Copy(in, out); in.Close() }()
}
