package runner

import (
	"net/url"
	"testing"

	"golang.org/x/net/http/httpproxy"
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

func text(u *url.URL) string {
	if u == nil {
		return ""
	}
	return u.String()
}
