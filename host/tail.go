package host

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// A Tail reads a file that grows, and goes on with the one that takes its place:
// logrotate renames a log and has a new one made, or copies it and cuts it to
// nothing. It is an io.Reader without an end, until its context has one.
type Tail struct {
	ctx   context.Context
	name  string
	file  *os.File
	at    int64
	wake  <-chan struct{} // something has happened to the file, perhaps
	stop  func()
	half  bool // the last byte was in the middle of a line
	ended bool // and no more will come of that line
}

// lookAgain is how long a change that nobody tells of may go unnoticed: network
// file systems do not tell.
const lookAgain = 5 * time.Second

// Follow opens a file to be read for ever.
func Follow(ctx context.Context, name string) (*Tail, error) {
	t := &Tail{ctx: ctx, name: name}
	var err error
	if t.wake, t.stop, err = watchFile(name); err != nil {
		t.wake, t.stop = nil, func() {} // then it is looked at now and then
	}
	if t.file, err = os.Open(name); err != nil {
		t.stop()
		return nil, fmt.Errorf("follow log: %w", err)
	}
	return t, nil
}

// Read waits until there is something to read. The error is what has ended the
// context.
func (t *Tail) Read(p []byte) (int, error) {
	for {
		if t.ended && t.half && len(p) > 0 {
			t.half = false
			return copy(p, "\n"), nil
		}
		t.ended = false
		n, err := t.file.Read(p)
		if n > 0 {
			t.at += int64(n)
			t.half = p[n-1] != '\n'
			return n, nil
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return 0, fmt.Errorf("follow log: %w", err)
		}
		if t.replaced() {
			continue
		}
		if err := t.wait(); err != nil {
			return 0, err
		}
	}
}

// Close ends it.
func (t *Tail) Close() error {
	t.stop()
	return t.file.Close()
}

// replaced goes on with another file, or the same from its beginning, if that is
// what has happened. What was written to the old one until then has been read: it
// is looked at once more.
func (t *Tail) replaced() bool {
	was, err := t.file.Stat()
	if err != nil {
		return false
	}
	if was.Size() < t.at {
		if _, err := t.file.Seek(0, io.SeekStart); err != nil {
			return false
		}
		t.at, t.ended = 0, true
		return true
	}
	is, err := os.Stat(t.name)
	if err != nil || os.SameFile(was, is) || was.Size() > t.at {
		return err == nil && was.Size() > t.at
	}
	next, err := os.Open(t.name)
	if err != nil {
		return false
	}
	t.file.Close()
	t.file, t.at, t.ended = next, 0, true
	return true
}

func (t *Tail) wait() error {
	timer := time.NewTimer(lookAgain)
	defer timer.Stop()
	select {
	case <-t.ctx.Done():
		return context.Cause(t.ctx)
	case <-t.wake:
	case <-timer.C:
	}
	return nil
}

// placesOf are the directories in which something happens when a file changes: its
// own, and that of what it is a link to.
func placesOf(name string) []string {
	places := []string{filepath.Dir(name)}
	if real, err := filepath.EvalSymlinks(name); err == nil && filepath.Dir(real) != places[0] {
		places = append(places, filepath.Dir(real))
	}
	return places
}
