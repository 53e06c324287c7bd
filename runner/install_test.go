package runner

import "testing"

// TestAbs: the kernel takes ".." after the links, so nothing may be taken off a
// path as text; and a slash at the end asks for a directory.
func TestAbs(t *testing.T) {
	t.Parallel()
	in := &Installation{Dir: "/srv/runner"}
	tests := []struct{ name, want string }{
		{"", ""},
		{"state.json", "/srv/runner/state.json"},
		{"./state.json", "/srv/runner/state.json"},
		{"link/../state.json", "/srv/runner/link/../state.json"},
		{"../state.json", "/srv/runner/../state.json"},
		{"state.json/", "/srv/runner/state.json/"},
		{"/etc/link/../state.json/", "/etc/link/../state.json/"},
		{".", "/srv/runner"},
	}
	for _, tt := range tests {
		if got := in.Abs(tt.name); got != tt.want {
			t.Errorf("Abs(%q) = %q, want %q", tt.name, got, tt.want)
		}
	}
}
