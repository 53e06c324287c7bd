package host

import "testing"

// TestTrail: what was asked is noticed when it changes, and nothing else is.
func TestTrail(t *testing.T) {
	t.Parallel()
	fresh := func() memory {
		return memory{
			"/etc":             dir(0o755, 0, 0),
			"/etc/config.json": file(0o600, 1, 1, "{}"),
			"/etc/link":        link("config.json"),
			"/etc/via":         link("read"),
			"/etc/read":        file(0o600, 0, 0, "1"),
			"/etc/d":           dir(0o755, 0, 0),
			"/etc/d/a":         file(0o644, 0, 0, ""),
			"/etc/other":       file(0o644, 0, 0, ""),
			"/proc/x":          file(0o444, 0, 0, "1"),
			"/proc":            dir(0o555, 0, 0),
		}
	}
	trail := NewTrail(fresh())
	for _, name := range []string{"/etc", "/etc/config.json", "/etc/none", "/etc/link"} {
		_, _ = trail.Lstat(name)
	}
	_, _ = trail.ReadFile("/etc/config.json")
	_, _ = trail.Readlink("/etc/link")
	_, _ = trail.ReadFile("/etc/via")
	_, _ = trail.ReadDir("/etc/d")
	_, _ = trail.ReadFile("/proc/x")
	_, _ = trail.ACL("/etc/d")
	_, _ = trail.Mount("/etc/d")
	stamps := trail.Stamps()
	tests := []struct {
		name   string
		change func(memory)
		want   bool
	}{
		{"nothing", func(memory) {}, true},
		{"another file", func(m memory) { m["/etc/other"] = file(0o600, 0, 0, "x") }, true},
		{"what a link leads to", func(m memory) { m["/etc/read"] = file(0o600, 0, 0, "2") }, false},
		{"content", func(m memory) { m["/etc/config.json"] = file(0o600, 1, 1, "{ }") }, false},
		{"mode", func(m memory) { m["/etc/config.json"] = file(0o644, 1, 1, "{}") }, false},
		{"owner", func(m memory) { m["/etc/config.json"] = file(0o600, 0, 1, "{}") }, false},
		{"what was not there", func(m memory) { m["/etc/none"] = file(0o600, 0, 0, "") }, false},
		{"what is gone", func(m memory) { delete(m, "/etc/config.json") }, false},
		{"a name in a directory", func(m memory) { m["/etc/d/b"] = file(0o600, 0, 0, "") }, false},
		{"what the kernel says", func(m memory) { m["/proc/x"] = file(0o444, 0, 0, "2") }, false},
	}
	for _, tt := range tests {
		m := fresh()
		tt.change(m)
		if got := Unchanged(m, stamps); got != tt.want {
			t.Errorf("%s: Unchanged = %t, want %t", tt.name, got, tt.want)
		}
	}
	if Unchanged(fresh(), map[string]string{"/etc": ""}) {
		t.Error("an empty stamp is none")
	}
}
