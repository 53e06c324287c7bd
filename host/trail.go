package host

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
)

// A Trail is Files that remember what was asked of them: who knows that none of it
// has changed need not ask again. It is safe for concurrent use.
type Trail struct {
	Files

	mu    sync.Mutex
	asked map[string]interest
}

// interest is what somebody wanted to know of a path.
type interest uint8

const (
	inItself  interest = iota // that it is there, whose and of which kind
	inNames                   // what is in it
	inContent                 // what it holds
)

// NewTrail is files, with nothing asked yet.
func NewTrail(files Files) *Trail { return &Trail{Files: files, asked: map[string]interest{}} }

func (t *Trail) note(name string, i interest) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.asked[name] = max(t.asked[name], i)
}

// Lstat implements Files.
func (t *Trail) Lstat(name string) (Info, error) {
	t.note(name, inItself)
	return t.Files.Lstat(name)
}

// Readlink implements Files.
func (t *Trail) Readlink(name string) (string, error) {
	t.note(name, inItself)
	return t.Files.Readlink(name)
}

// ReadFile implements Files.
func (t *Trail) ReadFile(name string) ([]byte, error) {
	t.note(name, inContent)
	return t.Files.ReadFile(name)
}

// ReadDir implements Files.
func (t *Trail) ReadDir(name string) ([]string, error) {
	t.note(name, inNames)
	return t.Files.ReadDir(name)
}

// ACL implements Files.
func (t *Trail) ACL(name string) ([]byte, error) {
	t.note(name, inItself)
	return t.Files.ACL(name)
}

// Mount implements Files.
func (t *Trail) Mount(name string) (Mount, error) {
	t.note(name, inItself)
	return t.Files.Mount(name)
}

// Stamps says of every path that was asked about what it is now. As long as another
// trail's files have the same stamps, they say the same.
func (t *Trail) Stamps() map[string]string {
	t.mu.Lock()
	defer t.mu.Unlock()
	stamps := make(map[string]string, len(t.asked))
	for name, i := range t.asked {
		stamps[name] = stamp(t.Files, name, i)
	}
	return stamps
}

// Unchanged reports whether all paths have the stamps that they had.
func Unchanged(files Files, stamps map[string]string) bool {
	for name, was := range stamps {
		if was == "" || stamp(files, name, interest(was[0]-'0')) != was {
			return false
		}
	}
	return true
}

// stamp is what is to be known of a path, in one word, the interest first. Of a
// directory it leaves out when something was last made in it, unless that matters.
// Of what a link leads to, and of what the kernel makes up as it is read, the content
// itself counts.
func stamp(files Files, name string, i interest) string {
	info, err := files.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Sprintf("%d none", i)
	case err != nil:
		return fmt.Sprintf("%d unknown", i)
	}
	s := fmt.Sprintf("%d %v %d:%d", i, info.Mode, info.Owner.UID, info.Owner.GID)
	if !made(name) {
		s += fmt.Sprintf(" %d %d", info.Dev, info.Ino)
	}
	switch {
	case i == inNames:
		names, err := files.ReadDir(name)
		return s + fmt.Sprintf(" %x %v", sha256.Sum256([]byte(strings.Join(names, "\x00"))), err)
	case i == inContent && (made(name) || info.Mode&fs.ModeSymlink != 0):
		data, err := files.ReadFile(name)
		return s + fmt.Sprintf(" %x %v", sha256.Sum256(data), err)
	case info.Mode.IsDir(), made(name):
		return s
	}
	return s + fmt.Sprintf(" %d %d", info.Size, info.ModTime.UnixNano())
}

// made reports whether the kernel makes up what is at a path.
func made(name string) bool {
	return strings.HasPrefix(name, "/proc/") || strings.HasPrefix(name, "/sys/")
}
