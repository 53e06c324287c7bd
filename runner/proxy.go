package runner

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
)

// proxyRule is Go's rule for HTTP_PROXY, HTTPS_PROXY and NO_PROXY, which runners
// up to 2.17 follow. It stands here because golang.org/x/net/http/httpproxy
// brings 0.2 MB of Unicode tables for host names that no runner has; a test
// holds the two against each other.
type proxyRule struct {
	http, https string
	none        []exception
	all         bool // NO_PROXY=*
	cgi         bool // in a CGI script HTTP_PROXY is not to be trusted
}

// exception is one entry of NO_PROXY.
type exception struct {
	net    netip.Prefix // of an address or a CIDR range
	domain string       // ".example.com"
	exact  bool         // the entry matches the domain itself, too
	port   string       // "" matches every port
}

// ErrBadProxy reports a proxy's address that is no URL. No request is sent then.
// The words are Go's; the address, which may hold a password, is left out.
var ErrBadProxy = errors.New("invalid proxy address")

// ErrCGI reports a proxy that Go does not use, because it takes the program for a
// CGI script. No request is sent then. The words are Go's.
var ErrCGI = errors.New("refusing to use HTTP_PROXY value in CGI environment; see golang.org/s/cgihttpproxy")

func newProxyRule(http, https, noProxy string, cgi bool) *proxyRule {
	r := &proxyRule{http: http, https: https, cgi: cgi}
	for entry := range strings.SplitSeq(noProxy, ",") {
		entry = strings.ToLower(strings.TrimSpace(entry))
		if entry == "*" {
			r.all = true
		}
		if e, ok := parseException(entry); ok {
			r.none = append(r.none, e)
		}
	}
	return r
}

func parseException(entry string) (e exception, ok bool) {
	if net, err := netip.ParsePrefix(entry); err == nil {
		return exception{net: net.Masked()}, true
	}
	host, port := splitPort(entry)
	if host == "" {
		return e, false
	}
	if ip, err := netip.ParseAddr(host); err == nil {
		return exception{net: netip.PrefixFrom(ip, ip.BitLen()), port: port}, true
	}
	host = strings.TrimPrefix(host, "*")
	e = exception{domain: host, port: port}
	if !strings.HasPrefix(host, ".") {
		e.domain, e.exact = "."+host, true
	}
	return e, true
}

// splitPort takes ":port" off, and the brackets of an IPv6 address.
func splitPort(s string) (host, port string) {
	if i := strings.LastIndexByte(s, ':'); i >= 0 && (strings.Count(s, ":") == 1 || strings.HasSuffix(s[:i], "]")) {
		s, port = s[:i], s[i+1:]
	}
	return strings.TrimSuffix(strings.TrimPrefix(s, "["), "]"), port
}

// proxy is the proxy for a URL; nil for none.
func (r *proxyRule) proxy(u *url.URL) (*url.URL, error) {
	proxy := r.http
	if u.Scheme == "https" {
		proxy = r.https
	}
	if proxy == "" || r.direct(u) {
		return nil, nil
	}
	if r.cgi && u.Scheme == "http" {
		return nil, ErrCGI
	}
	return parseProxy(proxy)
}

// direct reports whether a URL goes past the proxy: this host itself always does.
func (r *proxyRule) direct(u *url.URL) bool {
	host, port := strings.ToLower(u.Hostname()), u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	ip, err := netip.ParseAddr(host)
	if r.all || host == "localhost" || err == nil && ip.Unmap().IsLoopback() {
		return true
	}
	for _, e := range r.none {
		if e.matches(host, port, ip.Unmap()) {
			return true
		}
	}
	return false
}

func (e exception) matches(host, port string, ip netip.Addr) bool {
	switch {
	case e.port != "" && e.port != port:
		return false
	case e.net.IsValid():
		return ip.IsValid() && e.net.Contains(ip)
	}
	return strings.HasSuffix(host, e.domain) || e.exact && host == e.domain[1:]
}

// parseProxy reads a proxy's address; without a scheme it is http.
func parseProxy(proxy string) (*url.URL, error) {
	u, err := url.Parse(proxy)
	if err != nil || u.Scheme == "" || u.Host == "" {
		if with, err := url.Parse("http://" + proxy); err == nil {
			return with, nil
		}
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBadProxy, badURL{errors.New(parseFault(proxy, err))})
	}
	return u, nil
}
