package host

import (
	"path"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseMounts(t *testing.T) {
	t.Parallel()
	text := `21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
36 21 98:0 /a\040b /c\011d\134e rw master:1 propagate_from:2 - tmpfs none rw,size=1k
nonsense
37 21 0:3 / relative rw - proc proc rw
x 21 0:3 / /x rw - proc proc rw
38 21 0:3 / /proc\04 rw - proc proc
39 21 0:3 / /short rw
`
	want := []MountPoint{
		{21, "/", "/", "ext4", "/dev/sda1"},
		{36, "/a b", "/c\td\\e", "tmpfs", "none"},
		{38, "/", `/proc\04`, "proc", "proc"},
	}
	if diff := cmp.Diff(want, parseMounts([]byte(text))); diff != "" {
		t.Errorf("parseMounts (-want +got):\n%s", diff)
	}
}

// TestParseMountsBounds: no length and no number is too much.
func TestParseMountsBounds(t *testing.T) {
	t.Parallel()
	long := "21 1 8:1 / /" + strings.Repeat("a", 1<<20) + " rw - ext4 /dev/sda1 rw\n"
	if got := parseMounts([]byte(long)); len(got) != 1 || len(got[0].At) != 1+1<<20 {
		t.Errorf("a line of 1 MiB: %d mounts", len(got))
	}
	many := strings.Repeat("21 1 8:1 / /a rw - ext4 /dev/sda1 rw\n", 100_000)
	if got := parseMounts([]byte(many)); len(got) != maxMounts {
		t.Errorf("100,000 lines: %d mounts, want %d", len(got), maxMounts)
	}
}

func TestMountOf(t *testing.T) {
	t.Parallel()
	ms := []MountPoint{{ID: 1, At: "/"}, {ID: 2, At: "/var"}, {ID: 3, At: "/var/lib"}, {ID: 4, At: "/var/lib"}, {ID: 5, At: "/var/li"}}
	for name, want := range map[string]int{"/": 1, "/etc": 1, "/var": 2, "/var/x": 2, "/var/lib": 4, "/var/lib/x/y": 4, "/various": 1} {
		if got := MountOf(ms, name); got.ID != want {
			t.Errorf("MountOf(%s) = %d, want %d", name, got.ID, want)
		}
	}
}

func FuzzParseMounts(f *testing.F) {
	f.Add([]byte("21 1 8:1 / / rw - ext4 /dev/sda1 rw\n"))
	f.Add([]byte("36 21 98:0 /a\\040b /c\\011d rw master:1 - tmpfs none rw\n\n - \n"))
	f.Add([]byte("1 1 1:1 \\777 /\\12 a - b c"))
	f.Fuzz(func(t *testing.T, data []byte) {
		ms := parseMounts(data)
		if len(ms) > maxMounts || len(ms) > strings.Count(string(data), "\n")+1 {
			t.Errorf("%d mounts of %d bytes", len(ms), len(data))
		}
		for _, m := range ms {
			if !path.IsAbs(m.At) || len(m.At) > len(data) {
				t.Errorf("mounted at %q", m.At)
			}
		}
	})
}
