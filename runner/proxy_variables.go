package runner

import (
	"net/url"
	"strings"
)

// ProxyOf is the proxy rule of a runner: up to E5 Go's own (HTTP_PROXY,
// HTTPS_PROXY, NO_PROXY), none in E5b and E6 (read in source, 2026).
func ProxyOf(c *Config) func(*url.URL) (*url.URL, error) {
	if !c.Era.Before(E5b) {
		return nil
	}
	in := c.Install
	return newProxyRule(in.ProxyVariable("http").V, in.ProxyVariable("https").V,
		in.ProxyExceptions().V, in.Env["REQUEST_METHOD"].V != "").proxy
}

// ProxyKey tells apart what ProxyOf goes by. There may be a password in it.
func ProxyKey(c *Config) string {
	if !c.Era.Before(E5b) {
		return ""
	}
	in := c.Install
	return strings.Join([]string{
		in.ProxyVariable("http").V, in.ProxyVariable("https").V, in.ProxyExceptions().V, in.Env["REQUEST_METHOD"].V,
	}, "\x00")
}

// proxyVariables are all names under which programs look for a proxy.
func proxyVariables() []string {
	return []string{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"}
}

// ProxyExceptions is the variable that says where no proxy is used; zero when
// none is set to anything.
func (in *Installation) ProxyExceptions() Value[string] { return in.firstSet("NO_PROXY", "no_proxy") }

// ProxyVariable is the variable that names the proxy for URLs of a scheme; zero
// when none is set to anything.
func (in *Installation) ProxyVariable(scheme string) Value[string] {
	if scheme == "https" {
		return in.firstSet("HTTPS_PROXY", "https_proxy")
	}
	return in.firstSet("HTTP_PROXY", "http_proxy")
}

// OtherProxyVariable is one that names a proxy, and not for URLs of a scheme: Go
// reads none for all.
func (in *Installation) OtherProxyVariable(scheme string) Value[string] {
	other := map[string]string{"http": "https", "https": "http"}[scheme]
	if v := in.ProxyVariable(other); v.V != "" {
		return v
	}
	return in.firstSet("ALL_PROXY", "all_proxy")
}

func (in *Installation) firstSet(names ...string) Value[string] {
	for _, n := range names {
		if v := in.Env[n]; v.V != "" {
			return v
		}
	}
	return Value[string]{}
}
