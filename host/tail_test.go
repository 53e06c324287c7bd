package host

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// A reading is somebody who reads a log that grows, line by line.
type reading struct {
	lines chan string
	err   chan error
}

func followed(ctx context.Context, t *testing.T, name string) *reading {
	t.Helper()
	tail, err := Follow(ctx, name)
	if err != nil {
		t.Fatal(err)
	}
	r := &reading{make(chan string, 100), make(chan error, 1)}
	go func() {
		defer tail.Close()
		s := bufio.NewScanner(tail)
		for s.Scan() {
			r.lines <- s.Text()
		}
		r.err <- s.Err()
	}()
	return r
}

func (r *reading) want(t *testing.T, lines ...string) {
	t.Helper()
	for _, want := range lines {
		select {
		case got := <-r.lines:
			if got != want {
				t.Fatalf("read %q, want %q", got, want)
			}
		case <-time.After(20 * time.Second):
			t.Fatalf("%q did not come", want)
		}
	}
}

func add(t *testing.T, name, text string) {
	t.Helper()
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = f.WriteString(text)
	}
	if err = errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
}

// TestFollow: what is written is read, whatever logrotate does meanwhile.
func TestFollow(t *testing.T) {
	t.Parallel()
	for name, rotate := range map[string]func(t *testing.T, name string){
		"renamed": func(t *testing.T, name string) {
			if err := os.Rename(name, name+".1"); err != nil {
				t.Fatal(err)
			}
			add(t, name+".1", " end\nlate\n") // who writes has not noticed yet
		},
		"copied and cut": func(t *testing.T, name string) {
			add(t, name, " end\nlate\n")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancel(t.Context())
			log := filepath.Join(t.TempDir(), "runner.log")
			add(t, log, "one\n")
			r := followed(ctx, t, log)
			r.want(t, "one")
			add(t, log, "two\nhalf")
			r.want(t, "two")
			rotate(t, log)
			r.want(t, "half end", "late")
			if name == "copied and cut" {
				if err := os.Truncate(log, 0); err != nil {
					t.Fatal(err)
				}
			}
			add(t, log, "new\n")
			r.want(t, "new")
			add(t, log, "newer\n")
			r.want(t, "newer")
			cancel()
			if err := <-r.err; !errors.Is(err, context.Canceled) {
				t.Errorf("the end is %v, want %v", err, context.Canceled)
			}
		})
	}
}

// TestFollowHalfLine: a line that was begun in a file that was cut is no part of
// the first one after it.
func TestFollowHalfLine(t *testing.T) {
	t.Parallel()
	log := filepath.Join(t.TempDir(), "runner.log")
	add(t, log, "a line\nhalf of a longer line")
	r := followed(t.Context(), t, log)
	r.want(t, "a line")
	if err := os.Truncate(log, 0); err != nil {
		t.Fatal(err)
	}
	add(t, log, "new\n")
	r.want(t, "half of a longer line", "new")
}

func TestFollowMissing(t *testing.T) {
	t.Parallel()
	if _, err := Follow(t.Context(), filepath.Join(t.TempDir(), "missing.log")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("Follow = %v, want %v", err, os.ErrNotExist)
	}
}

// TestFollowLink: what is behind a link is followed too, as kubelet links its logs.
func TestFollowLink(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "pods"), 0o700); err != nil {
		t.Fatal(err)
	}
	log, link := filepath.Join(dir, "pods", "0.log"), filepath.Join(dir, "runner.log")
	add(t, log, "one\n")
	if err := os.Symlink(log, link); err != nil {
		if runtime.GOOS != "windows" {
			t.Fatal(err)
		}
		t.Skipf("skipped: Windows lets not everybody make a link: %v", err)
	}
	r := followed(t.Context(), t, link)
	r.want(t, "one")
	add(t, log, "two\n")
	r.want(t, "two")
}

var _ io.ReadCloser = (*Tail)(nil)
