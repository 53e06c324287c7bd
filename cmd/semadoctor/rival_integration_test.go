//go:build integration && linux

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// A rival writes the config at a moment of its choice.
type rival struct {
	name string
	layout
	write func(config string, text []byte) error
}

// replacing is an editor, or a configuration manager.
func replacing() rival {
	return rival{"replaced", renamed(), func(config string, text []byte) error {
		if err := os.WriteFile(config+".new", text, 0o644); err != nil {
			return err
		}
		return os.Rename(config+".new", config)
	}}
}

// inPlace is a shell's ">". It does not wait for those who keep it out.
func inPlace(lay layout) rival {
	return rival{"written over, " + lay.name, lay, func(config string, text []byte) error {
		f, err := os.OpenFile(config, os.O_WRONLY|os.O_TRUNC|unix.O_NONBLOCK, 0)
		if err != nil {
			return err
		}
		defer f.Close()
		_, err = f.Write(text)
		return err
	}}
}

// TestAnotherWriter has somebody else write the config at every point of a repair
// where a file is changed. What they wrote is never lost: it is there as it is, or
// repaired.
func TestAnotherWriter(t *testing.T) {
	needsRoot(t, "it needs mounts")
	for _, other := range []rival{replacing(), inPlace(renamed()), inPlace(hardLinked())} {
		t.Run(other.name, func(t *testing.T) {
			t.Parallel()
			base, m := ownThread(t), mislaid()
			points := m.make(t, base, other.layout).whole("fix").seen
			for at := 1; at <= points; at++ {
				other.meet(m.make(t, base, other.layout), at)
			}
		})
	}
}

// meet writes at one point of the repair.
func (o rival) meet(p *patientDir, at int) {
	p.Helper()
	config := filepath.Join(p.dir, "config.json")
	theirs := strings.Replace(p.read(config), "{", `{"theirs": true, `, 1)
	r := &tracer{T: p.T, at: at}
	keptOut := false
	r.do = func(int) {
		err := o.write(config, []byte(theirs))
		if keptOut = errors.Is(err, unix.EWOULDBLOCK) && strings.HasSuffix(r.last, config); err != nil && !keptOut {
			p.Error(err)
		}
	}
	status := r.run(p.traced("fix"))
	if keptOut && status.ExitStatus() == 0 {
		return // it would have written on top of the repair
	}
	if text := p.read(config); !strings.Contains(text, "theirs") || !json.Valid([]byte(text)) {
		p.Errorf("at point %d (%s): exit code %d, the config is\n%s\nand fix said:\n%s", at, r.last, status.ExitStatus(), text, r.said)
	}
	if left := p.leftInJournal(); len(left) > 0 {
		p.Errorf("at point %d (%s): in the journal there is %q; fix said:\n%s", at, r.last, left, r.said)
	}
	if status.ExitStatus() != 0 && !strings.Contains(r.said, "changed since the plan was made") {
		p.Errorf("at point %d (%s): exit code %d, and fix said:\n%s", at, r.last, status.ExitStatus(), r.said)
	}
}

func (p *patientDir) read(file string) string {
	p.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		p.Fatal(err)
	}
	return string(data)
}

// TestTwoFixes starts a second fix at every point of the first: it is told who is
// at it, and changes nothing.
func TestTwoFixes(t *testing.T) {
	needsRoot(t, "it needs mounts")
	base, m := ownThread(t), mislaid()
	sick := m.make(t, base, renamed())
	points := sick.whole("fix").seen
	mended := sick.picture()
	const untilLocked = 4 // the directory, the lock, its owner's number
	for at := untilLocked + 1; at <= points; at += 3 {
		p := m.make(t, base, renamed())
		r := &tracer{T: t, at: at}
		r.do = func(pid int) {
			before := p.picture()
			out, err := p.plain("fix").CombinedOutput()
			if want := fmt.Sprintf("the journal is in use by process %d", pid); err == nil || !strings.Contains(string(out), want) {
				t.Errorf("at point %d (%s) the second fix said, %v:\n%s\nwant %q", at, r.last, err, out, want)
			}
			p.same("a second fix changed (-want +got)", before)
		}
		if status := r.run(p.traced("fix")); status.ExitStatus() != 0 {
			t.Errorf("at point %d (%s) the first fix ended with %d:\n%s", at, r.last, status.ExitStatus(), r.said)
		}
		p.same("after both (-want +got)", mended)
	}
}
