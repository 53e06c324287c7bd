package host

import (
	"errors"
	"io/fs"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// counting counts the questions asked.
type counting struct {
	Files
	asked map[string]int
}

func (c counting) Lstat(name string) (Info, error) { c.asked[name]++; return c.Files.Lstat(name) }
func (c counting) ACL(name string) ([]byte, error) { c.asked["acl "+name]++; return c.Files.ACL(name) }
func (c counting) Mount(name string) (Mount, error) {
	c.asked["mount "+name]++
	return c.Files.Mount(name)
}

func TestGlanceAsksOnce(t *testing.T) {
	t.Parallel()
	o, _ := rooted(t)
	files := counting{o, map[string]int{}}
	ground := NewGround(files)
	for range 2 {
		g := NewGlance(ground)
		for range 3 {
			if got, err := Resolve(g, "/etc/abs"); got != "/etc/semaphore/config.json" || err != nil {
				t.Fatalf("Resolve = %q, %v", got, err)
			}
			if _, err := g.Lstat("/etc/none"); !errors.Is(err, fs.ErrNotExist) {
				t.Fatalf("Lstat of nothing = %v", err)
			}
			for _, name := range []string{"/etc", "/etc/semaphore/config.json"} {
				_, errA := g.ACL(name)
				_, errM := g.Mount(name)
				must(t, errors.Join(errA, errM))
			}
		}
	}
	want := map[string]int{
		"/": 1, "/etc": 1, "/etc/abs": 1, "/etc/semaphore": 1, // kept for all
		"/etc/semaphore/config.json": 2, "/etc/none": 2, // kept for one
		"acl /etc": 1, "mount /etc": 1, "acl /etc/semaphore/config.json": 2,
		"mount /etc/semaphore": 1, // for the file in it
	}
	if diff := cmp.Diff(want, files.asked); diff != "" {
		t.Errorf("questions (-want +got):\n%s", diff)
	}
}

// TestGroundIsShared: many diagnoses stand on one ground at a time.
func TestGroundIsShared(t *testing.T) {
	t.Parallel()
	ground := NewGround(memory{
		"/srv/a/one":  file(0o600, 1001, 0, "1"),
		"/srv/a/two":  file(0o600, 1001, 0, "2"),
		"/srv/b":      link("a"),
		"/srv/closed": dir(0o700, 0, 0),
	})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				g := NewGlance(ground)
				for name, want := range map[string]string{
					"/srv/a/one": "/srv/a/one", "/srv/b/two": "/srv/a/two", "/srv/a/none": "/srv/a/none", "/srv/./b": "/srv/a", "/srv/b//": "/srv/a",
				} {
					if real, err := Resolve(g, name); real != want || err != nil {
						t.Errorf("Resolve(%s) = %q, %v, want %q", name, real, err, want)
					}
				}
				if a, b := CanWrite(g, "/srv/b/one", runner), CanFill(g, "/srv/closed", runner); !a.OK() || b.Verdict != Denied {
					t.Errorf("CanWrite = %v, CanFill = %v", see(a), see(b))
				}
			}
		})
	}
	all.Wait()
}

// TestGroundIsBounded: a fleet with a directory for each runner costs no more
// memory than a few thousand.
func TestGroundIsBounded(t *testing.T) {
	t.Parallel()
	g := NewGround(dirs{})
	for i := range 3 * maxGround {
		_, err := g.Lstat("/" + string(rune('a'+i%26)) + string(rune(0x4e00+i)))
		must(t, err)
	}
	if len(g.sights) > maxGround {
		t.Errorf("%d directories are kept, %d are allowed", len(g.sights), maxGround)
	}
}

// dirs is a file system of directories.
type dirs struct{ Files }

func (dirs) Lstat(string) (Info, error) { return Info{Mode: fs.ModeDir}, nil }

// TestGlanceMountBehindLink: a path with ".." in it may lead to another directory than
// its text says.
func TestGlanceMountBehindLink(t *testing.T) {
	t.Parallel()
	files := counting{plain{}, map[string]int{}}
	g := NewGlance(files)
	for _, name := range []string{"/srv/link/../file", "/srv/file"} {
		_, errL := g.Lstat(name)
		_, errM := g.Mount(name)
		must(t, errors.Join(errL, errM))
	}
	want := map[string]int{"/srv/link/../file": 1, "mount /srv/link/../file": 1, "/srv/file": 1, "mount /srv": 1}
	if diff := cmp.Diff(want, files.asked); diff != "" {
		t.Errorf("questions (-want +got):\n%s", diff)
	}
}

// plain is a file system of files that are no mounts.
type plain struct{ Files }

func (plain) Lstat(string) (Info, error)  { return Info{Inside: true}, nil }
func (plain) Mount(string) (Mount, error) { return Mount{}, nil }
