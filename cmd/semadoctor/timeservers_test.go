package main

import "testing"

// TestTimeServer: a name that merely does not exist is well written.
func TestTimeServer(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{
		"pool.ntp.org": true, "no-such-name.invalid": true, "my_host": true, "127.0.0.1": true, "127.0.0.1:123": true,
		"ntp.example.com:65535": true, "::1": true, "[::1]": true, "[::1]:123": true, "fe80::1%eth0": true, "[fe80::1%eth0]:123": true,

		"127.0.0.1:nope": false, "127.0.0.1:": false, "127.0.0.1:0": false, "127.0.0.1:65536": false, "127.0.0.1:-1": false,
		":123": false, "ntp://127.0.0.1": false, "127.0.0.1/": false, "user@host": false, "a host": false, "host\n": false,
		"[::1": false, "[]:123": false, "[host]:123": false, "[::1]123": false, "[::1]:nope": false, "::1]:123": false, "a:b:c": false,
	} {
		if got := timeServer(s); got != want {
			t.Errorf("timeServer(%q) = %t, want %t", s, got, want)
		}
	}
}
