package runner

import "testing"

// TestTrustKey: what the runner trusts tells two askings apart.
func TestTrustKey(t *testing.T) {
	t.Parallel()
	const withCA = `{"web_host":"https://h","runner":{"connection":{"server_ca_cert_file":"/ca"}}}`
	key := func(cfg string, files tree, env ...string) string {
		m, in := config(cfg), install(env...)
		for name, n := range files {
			m = m.with(name, n)
		}
		f, err := Open(m, in, E6)
		if err != nil {
			t.Fatal(err)
		}
		return TrustOf(m, Resolve(f, in, Version{Era: E6}, newSecrets())).Key()
	}
	one := key(withCA, tree{"/ca": plain("one")})
	if again := key(withCA, tree{"/ca": plain("one")}); again != one {
		t.Errorf("the same trust has the keys %s and %s", one, again)
	}
	for name, other := range map[string]string{
		"another CA":      key(withCA, tree{"/ca": plain("two")}),
		"no CA file":      key(withCA, nil),
		"not readable":    key(withCA, tree{"/ca": node{mode: 0o600, data: "one"}}),
		"no CA":           key(`{"web_host":"https://h"}`, tree{"/ca": plain("one")}),
		"a variable":      key(withCA, nil, "SSL_CERT_FILE=/ca"),
		"no verification": key(`{"web_host":"https://h","runner":{"connection":{"server_ca_cert_file":"/ca","skip_tls_verify":true}}}`, tree{"/ca": plain("one")}),
	} {
		if other == one {
			t.Errorf("%s: the key is that of another trust", name)
		}
	}
}
