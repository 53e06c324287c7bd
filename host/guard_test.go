package host

import (
	"errors"
	"io/fs"
	"testing"
)

// What a user could not read, nobody reads on that user's word.
func TestGuard(t *testing.T) {
	t.Parallel()
	m := memory{
		"/etc":        dir(0o755, 0, 0),
		"/etc/secret": {data: "S3CR3T", mode: 0o600},
		"/etc/open":   {data: "open", mode: 0o644},
		"/etc/group":  {data: "staff:x:50:joe\n", mode: 0o644},
		"/etc/shared": {data: "shared", mode: 0o640, owner: Owner{GID: 50}},
	}
	g := Guard{Files: m, As: Identity{UID: 1000, GID: 1000, Groups: []int{50}}}
	for name, want := range map[string]error{
		"/etc/secret": fs.ErrPermission, "/etc/open": nil, "/etc/shared": nil, "/etc/nothing": fs.ErrNotExist,
	} {
		if _, err := g.ReadFile(name); !errors.Is(err, want) {
			t.Errorf("ReadFile(%s) = %v, want %v", name, err, want)
		}
	}
}

func TestAuthor(t *testing.T) {
	t.Parallel()
	joe, dev := Owner{UID: 1000, GID: 1000}, Owner{UID: 1001, GID: 1001}
	m := memory{
		"/etc/passwd":                {data: "root:x:0:0::/root:/bin/sh\njoe:x:1000:1000::/home/joe:/bin/sh\ndev:x:1001:1001::/home/dev:/bin/sh\n"},
		"/etc/group":                 {data: "docker:x:998:dev\n"},
		"/srv":                       dir(0o755, 0, 0),
		"/srv/compose.yaml":          {},
		"/home/joe":                  dir(0o755, 1000, 1000),
		"/home/joe/compose.yaml":     {owner: joe},
		"/home/joe/of-root.yaml":     {},
		"/home/dev":                  dir(0o755, 1001, 1001),
		"/home/dev/compose.yaml":     {owner: dev},
		"/home/nobodys":              dir(0o755, 4000, 4000),
		"/home/nobodys/compose.yaml": {owner: Owner{UID: 4000, GID: 4000}},
	}
	for name, want := range map[string]int{
		"/srv/compose.yaml": -1, "/home/dev/compose.yaml": -1, // Docker's group is as good as root
		"/home/joe/compose.yaml": 1000, "/home/joe/of-root.yaml": 1000, "/home/nobodys/compose.yaml": 4000,
	} {
		got := -1
		if by := Author(m, name); by != nil {
			got = by.UID
		}
		if got != want {
			t.Errorf("Author(%s) = %d, want %d", name, got, want)
		}
	}
}
