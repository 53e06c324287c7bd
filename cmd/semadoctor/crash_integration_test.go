//go:build integration && linux

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/unix"
)

// TestKilled kills a repair, and taking one back, at every system call that
// changes a file. Whatever was reached, every file is then wholly old or wholly
// new, or the next fix, or an undo, makes it so; nothing is lost or left over.
func TestKilled(t *testing.T) {
	needsRoot(t, "bind mounts and owners are part of it")
	var points atomic.Int32
	t.Run("points", func(t *testing.T) {
		for shift, tt := range []struct {
			crashing
			layout
		}{{clashing(), renamed()}, {clashing(), hardLinked()}, {clashing(), bindMounted()}, {mislaid(), bindMounted()}} {
			t.Run(tt.crashing.name+", "+tt.layout.name, func(t *testing.T) {
				t.Parallel()
				points.Add(tt.killEverywhere(t, ownThread(t), tt.layout, shift))
			})
		}
	})
	if n := points.Load(); n > 0 { // else skipped
		t.Logf("killed at %d points", n)
		if n < 200 {
			t.Errorf("killed at %d points, want 200", n)
		}
	}
}

// killEverywhere kills the repair and the undoing of it at each point, and
// returns how many there were. By turns the next fix and an undo have to put things
// right, so that over two layouts each has to at every point.
func (m crashing) killEverywhere(t *testing.T, base string, lay layout, shift int) (points int32) {
	p := m.make(t, base, lay)
	old := p.picture()
	fix := p.whole("fix")
	mended := p.copy(lay)
	undo := p.whole("undo")
	if diff := cmp.Diff(old, p.picture()); diff != "" {
		t.Fatalf("taken back (-want +got):\n%s", diff)
	}
	wants := []killing{{next: "fix", want: mended.picture}, {next: "undo", want: old}}
	for at := 1; at <= fix.seen; at++ {
		points += wants[(at+shift)%2].kill(m.make(t, base, lay), "fix", at)
	}
	for at := 1; at <= undo.seen; at++ {
		points += wants[(at+shift)%2].kill(mended.paste(m.empty(t, base)), "undo", at)
	}
	return points
}

// TestKilledTwice kills a repair when the config is torn, and then what takes that
// back, at every point.
func TestKilledTwice(t *testing.T) {
	needsRoot(t, "it needs mounts")
	base, m, lay := ownThread(t), clashing(), hardLinked()
	p := m.make(t, base, lay)
	old := p.picture()
	cut := fmt.Sprintf("call %d of %s", unix.SYS_FTRUNCATE, filepath.Join(p.dir, "config.json"))
	first := &tracer{T: t, at: slices.Index(p.whole("fix").calls, cut) + 1, do: kill}
	p = m.make(t, base, lay)
	if !first.run(p.traced("fix")).Signaled() {
		t.Fatalf("there is no %s", cut)
	}
	torn := p.copy(lay)
	second := p.whole("undo")
	for at := 1; at <= second.seen; at++ {
		killing{next: "undo", want: old}.kill(torn.paste(m.empty(t, base)), "undo", at)
	}
}

// whole runs something under the tracer from beginning to end.
func (p *patientDir) whole(what string) *tracer {
	p.Helper()
	r := &tracer{T: p.T}
	switch status := r.run(p.traced(what)); {
	case status.ExitStatus() == notTraceableCode:
		p.Skip(r.said)
	case status.ExitStatus() != 0:
		p.Fatalf("%s ended with %d:\n%s", what, status.ExitStatus(), r.said)
	case r.seen < 10:
		p.Fatalf("%s changes files only %d times", what, r.seen)
	}
	return r
}

// A killing is what has to put things right, and how they are then.
type killing struct {
	next string
	want map[string]string
}

// kill kills what is doomed at one point and then lets the next put things right.
// It returns how often it killed.
func (k killing) kill(p *patientDir, doomed string, at int) int32 {
	before := p.picture()
	r := &tracer{T: p.T, at: at, do: kill}
	if !r.run(p.traced(doomed)).Signaled() {
		return 0 // from time to time there is a call less
	}
	half := p.picture()
	out, err := p.plain(k.next).CombinedOutput()
	if k.next == "undo" && strings.Contains(string(out), "there is no repair to take back") {
		err = nil // killed before the journal had it, or after all was noted
	}
	if diff := cmp.Diff(k.want, p.picture()); diff != "" || err != nil {
		p.Errorf("%s killed at point %d (%s), then %s: %v\n%s\nthe files (-want +got):\n%s\nafter the kill (-before +got):\n%s", doomed, at, r.last, k.next, err, out, diff, cmp.Diff(before, half))
	}
	if left := p.leftInJournal(); len(left) > 0 {
		p.Errorf("%s killed at point %d (%s), then %s: in the journal there is %q", doomed, at, r.last, k.next, left)
	}
	return 1
}

// leftInJournal is what has no place there when nobody is at work.
func (p *patientDir) leftInJournal() (left []string) {
	files, err := os.ReadDir(p.journal)
	if err != nil && !os.IsNotExist(err) {
		p.Fatal(err)
	}
	for _, f := range files {
		data, err := os.ReadFile(p.journal + "/" + f.Name())
		if err != nil {
			p.Fatal(err)
		}
		open := strings.Contains(string(data), `"state": "applying"`) || strings.Contains(string(data), `"state": "undoing"`)
		if f.Name() != "lock" && (open || !strings.HasSuffix(f.Name(), ".json") || f.Name()[0] == '.') {
			left = append(left, f.Name())
		}
	}
	return left
}
