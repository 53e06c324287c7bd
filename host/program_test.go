package host

import "testing"

func TestFindProgram(t *testing.T) {
	t.Parallel()
	m := memory{
		"/usr/bin/git":            file(0o755, 0, 0, ""),
		"/usr/bin/text":           file(0o644, 0, 0, ""),
		"/usr/bin/ours":           file(0o750, 0, 0, ""),
		"/usr/bin/dir/x":          file(0o755, 0, 0, ""),
		"/opt/bin/ours":           file(0o750, 1001, 0, ""),
		"/root":                   dir(0o700, 0, 0),
		"/root/.local/bin/tool":   file(0o755, 0, 0, ""),
		"/noexec/tool2":           {mode: 0o755, mount: Mount{Type: "tmpfs", NoExec: true}},
		"/usr/bin/link":           link("git"),
		"/usr/bin/dangling":       link("nothing"),
		"/hidden":                 {denied: true},
		"/etc/passwd":             {data: "root:x:0:0:root:/root:/bin/sh\nsemaphore:x:1001:0::/home/semaphore:/bin/sh\nshort:x:5:5\n"},
		"/var/relative/bin/other": file(0o755, 0, 0, ""),
	}
	semaphore, root := Identity{UID: 1001, GID: 1001}, Identity{}
	tests := []struct {
		path, name string
		as         Identity
		want       Verdict
		at         string
	}{
		{"/bin:/usr/bin", "git", semaphore, Granted, "/usr/bin/git"},
		{"/usr/bin", "link", semaphore, Granted, "/usr/bin/git"},
		{"/usr/bin", "dangling", semaphore, Missing, "dangling"},
		{"/usr/bin", "text", semaphore, Denied, "/usr/bin/text"},
		{"/usr/bin", "text", root, Denied, "/usr/bin/text"},
		{"/usr/bin:/opt/bin", "ours", semaphore, Granted, "/opt/bin/ours"},
		{"/usr/bin", "ours", semaphore, Denied, "/usr/bin/ours"},
		{"/usr/bin", "dir", semaphore, NotFile, "/usr/bin/dir"},
		{"/root/.local/bin:/usr/bin", "tool", semaphore, Denied, "/root"},
		{"/root/.local/bin:/usr/bin", "tool", root, Granted, "/root/.local/bin/tool"},
		{"/noexec", "tool2", semaphore, Denied, "/noexec/tool2"},
		{"/hidden:/usr/bin", "git", semaphore, Granted, "/usr/bin/git"},
		{"/usr/bin:/hidden", "none", semaphore, Unclear, "/hidden"},
		{"/usr/bin/git:/nowhere", "none", semaphore, Missing, "none"},
		{"", "git", semaphore, Missing, "git"},
		{"relative/bin:", "other", semaphore, Missing, "other"},
	}
	for _, tt := range tests {
		if got := FindProgram(m, tt.path, tt.name, tt.as); got.Verdict != tt.want || got.At != tt.at {
			t.Errorf("FindProgram(%q, %q, %v) = %v at %s (%v), want %v at %s", tt.path, tt.name, tt.as, got.Verdict, got.At, got.Why, tt.want, tt.at)
		}
	}
	for uid, want := range map[int]string{0: "/root", 1001: "/home/semaphore", 5: "", 7: ""} {
		if got, err := HomeOf(m, uid); got != want || err != nil {
			t.Errorf("HomeOf(%d) = %q, %v, want %q", uid, got, err, want)
		}
	}
}
