package checktest

import (
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"golang.org/x/tools/txtar"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/repair"
)

// file reads "/path [MODE [UID:GID]]"; a path that ends in a slash is a
// directory; "/path -> target [UID:GID]" a symbolic, "/path = target" a hard link.
func (c *Case) file(f txtar.File) error {
	words := strings.Fields(f.Name)
	name := path.Clean(words[0])
	n := &node{Snapshot: repair.Snapshot{Data: f.Data, Mode: 0o644}}
	if strings.HasSuffix(words[0], "/") {
		n.Data, n.Mode = nil, fs.ModeDir|0o755
	}
	switch {
	case len(words) >= 3 && words[1] == "->":
		n.Data, n.Mode, n.link = nil, fs.ModeSymlink|0o777, words[2]
		if len(words) > 3 && words[3] == deleted {
			n.link += " " + deleted
		} else if len(words) > 3 {
			owner, err := ownerOf(words[3])
			if err != nil {
				return err
			}
			n.Owner = owner
		}
	case len(words) == 3 && words[1] == "=":
		n = &node{Snapshot: c.Machine.nodes[words[2]].Snapshot, ino: c.Machine.nodes[words[2]].ino}
	case len(words) > 1:
		if err := n.attributes(words[1:]); err != nil {
			return err
		}
	}
	c.Machine.put(name, n)
	return nil
}

// attributes reads "MODE [UID:GID [WORD...]]".
func (n *node) attributes(words []string) error {
	mode, err := strconv.ParseUint(words[0], 8, 12)
	if err != nil {
		return err
	}
	n.Mode = n.Mode.Type() | fs.FileMode(mode&0o777)
	for bit, special := range map[uint64]fs.FileMode{0o1000: fs.ModeSticky, 0o2000: fs.ModeSetgid, 0o4000: fs.ModeSetuid} {
		if mode&bit != 0 {
			n.Mode |= special
		}
	}
	if len(words) > 1 {
		if n.Owner, err = ownerOf(words[1]); err != nil {
			return err
		}
	}
	for _, w := range words[min(2, len(words)):] {
		if err := n.attribute(w); err != nil {
			return err
		}
	}
	return nil
}

// attribute is one of the words behind mode and owner.
func (n *node) attribute(word string) (err error) {
	switch name, arg, _ := strings.Cut(word, "="); name {
	case "changed":
		n.info.ModTime, err = time.Parse(time.RFC3339, arg)
	case "nonl": // txtar ends every file with a newline; the runner's have none
		n.Data = []byte(strings.TrimSuffix(string(n.Data), "\n"))
	case "nul":
		n.Data = []byte(strings.ReplaceAll(string(n.Data), "\n", "\x00"))
	case "denied":
		n.denied = true
	case "crlf":
		n.Data = []byte(strings.ReplaceAll(string(n.Data), "\n", "\r\n"))
	case "bom":
		n.Data = append([]byte("\xef\xbb\xbf"), n.Data...)
	case "utf16":
		n.Data = utf16LE(string(n.Data))
	case "huge":
		n.Data = append(n.Data, make([]byte, host.MaxFile+1)...)
	case "fifo":
		n.Data, n.Mode = nil, fs.ModeNamedPipe|n.Mode.Perm()
	default:
		err = fmt.Errorf("unknown attribute %q", word)
	}
	return err
}

// utf16LE is a text as Windows editors save it.
func utf16LE(s string) []byte {
	out := []byte("\xff\xfe")
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}
