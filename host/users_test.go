package host

import (
	"errors"
	"io/fs"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLookupUser(t *testing.T) {
	t.Parallel()
	m := memory{
		"/etc/passwd": file(0o644, 0, 0, "root:x:0:0:root:/root:/bin/sh\n# comment\n+::::::\nbroken:x\nodd:x:a:b::/:\n"+
			"semaphore:x:1001:1002::/home/semaphore:/bin/sh\r\nnogroup:x:1003:1003::/:"),
		"/etc/group": file(0o644, 0, 0, "root:x:0:\nsemaphore:x:1002:semaphore\ndocker:x:998:bob,semaphore\nssl:x:997:semaphore\nnosuch:x\n"),
	}
	closed := memory{"/etc/passwd": {denied: true}}
	tests := []struct {
		name  string
		files Files
		spec  string
		want  Identity
		err   error
	}{
		{"name", m, "semaphore", Identity{Name: "semaphore", UID: 1001, GID: 1002, Groups: []int{998, 997}}, nil},
		{"uid", m, "1001", Identity{Name: "semaphore", UID: 1001, GID: 1002, Groups: []int{998, 997}}, nil},
		{"root", m, "root", Identity{Name: "root"}, nil},
		{"explicit group is the only one", m, "1001:0", Identity{Name: "semaphore", UID: 1001}, nil},
		{"group by name", m, "semaphore:docker", Identity{Name: "semaphore", UID: 1001, GID: 998}, nil},
		{"nobody's uid", m, "4242", Identity{UID: 4242}, nil},
		{"nobody's uid and gid", m, "4242:4243", Identity{UID: 4242, GID: 4243}, nil},
		{"no files", memory{}, "4242:1", Identity{UID: 4242, GID: 1}, nil},
		{"large uid", m, "2147483647:0", Identity{UID: 1<<31 - 1}, nil},
		{"no uid", m, "4294967295:0", Identity{}, ErrNoUser},
		{"unknown name", m, "sempahore", Identity{}, ErrNoUser},
		{"unknown group", m, "1001:nope", Identity{}, ErrNoUser},
		{"empty", m, "", Identity{}, ErrNoUser},
		{"negative", m, "-1", Identity{}, ErrNoUser},
		{"we may not look", closed, "semaphore", Identity{}, fs.ErrPermission},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := LookupUser(tt.files, tt.spec)
			if diff := cmp.Diff(tt.want, got); diff != "" || !errors.Is(err, tt.err) {
				t.Errorf("LookupUser(%q) = %v, want %v (-want +got):\n%s", tt.spec, err, tt.err, diff)
			}
		})
	}
	_, err := LookupUser(m, "sempahore")
	const want = `look up user "sempahore": not in /etc/passwd: give its numbers, as UID:GID`
	if err.Error() != want {
		t.Errorf("error = %q, want %q", err, want)
	}
}

func TestSelf(t *testing.T) {
	t.Parallel()
	if got := Self(); got.UID != os.Geteuid() || got.GID != os.Getegid() || got.Name != "" {
		t.Errorf("Self = %+v, want uid %d, gid %d", got, os.Geteuid(), os.Getegid())
	}
}
