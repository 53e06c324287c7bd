package runner

import (
	"context"
	"errors"
	"net"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/http/httpproxy"

	"github.com/semadoctor/semadoctor/host"
)

// TestProxyRuleIsGos holds our rule against the one that the runner is built
// with.
func TestProxyRuleIsGos(t *testing.T) {
	t.Parallel()
	proxies := []string{"", "http://proxy:3128", "proxy:3128", "socks5://127.0.0.1:1080", "http://user:pass@proxy"}
	exceptions := []string{
		"", "*", "example.com", ".example.com", "*.example.com", "example.com:8080", "10.0.0.0/8", "10.1.2.3", "10.1.2.3:3000",
		"a.b, example.com ,x", "::1", "[2001:db8::1]:3000", "2001:db8::/32", "EXAMPLE.com", ",", "localhost",
	}
	urls := []string{
		"http://example.com/api", "https://example.com", "http://sub.example.com:3000", "http://example.com:8080", "http://notexample.com",
		"http://localhost:3000", "http://127.0.0.1:3000", "http://[::1]:3000", "http://10.1.2.3:3000", "http://[2001:db8::1]:3000", "http://EXAMPLE.com",
	}
	for _, proxy := range proxies {
		for _, none := range exceptions {
			oracle := (&httpproxy.Config{HTTPProxy: proxy, HTTPSProxy: proxy, NoProxy: none}).ProxyFunc()
			rule := newProxyRule(proxy, proxy, none, false)
			for _, raw := range urls {
				u, err := url.Parse(raw)
				if err != nil {
					t.Fatal(err)
				}
				got, gotErr := rule.proxy(u)
				want, wantErr := oracle(u)
				if text(got) != text(want) || (gotErr == nil) != (wantErr == nil) {
					t.Errorf("proxy %q, NO_PROXY %q: %s goes through %q (%v), in Go through %q (%v)", proxy, none, raw, text(got), gotErr, text(want), wantErr)
				}
			}
		}
	}
}

// TestProxyPasswords: no error and no address for people shows a password, and
// what Go takes for no login is one for us.
func TestProxyPasswords(t *testing.T) {
	t.Parallel()
	const secret = "hunter2secret"
	for _, proxy := range []string{
		"http://user:" + secret + "%zz@h", "http://us er:" + secret + "@h:3128", "user:" + secret + "@h:3128", "http://" + secret + "@h", "http://user:p@" + secret + "@h",
		"http://user:" + secret + "@h", "http://user:pa/" + secret + "@h", "http://user:12/" + secret + "@h", "http://user:hunter2%73ecret@h", "socks5://user:" + secret + "@h", "http://user:" + secret + "@[::1",
	} {
		in := install("HTTP_PROXY=" + proxy)
		f, err := Open(config(`{"web_host":"http://h:3000"}`), in, E4c)
		if err != nil {
			t.Fatal(err)
		}
		secrets := newSecrets()
		c := Resolve(f, in, Version{Era: E4c}, secrets)
		p := presented(t.Context(), &Wire{Net: host.Net{Dial: nobody, Now: time.Now}, Proxy: ProxyOf(c)}, NewServer(c), &Credential{})
		if p.Ping == nil || p.Ping.Err == nil {
			t.Fatalf("%s: Ping = %+v", proxy, p.Ping)
		}
		shown := p.Ping.URL + " " + p.Ping.Err.Error()
		if p.Proxy != nil {
			shown += " " + ShownURL(p.Proxy)
		}
		if got := secrets.Redact(shown); shows(got, secret) || strings.Contains(p.Ping.Err.Error(), secret) {
			t.Errorf("%s: %s (unmasked %s)", proxy, got, shown)
		}
	}
}

// nobody answers.
func nobody(context.Context, string, string) (net.Conn, error) {
	return nil, errors.New("nobody there")
}

func text(u *url.URL) string {
	if u == nil {
		return ""
	}
	return u.String()
}
