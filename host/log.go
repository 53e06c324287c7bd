package host

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
)

// ErrPacked reports a file that is compressed in a way that is not read here.
var ErrPacked = errors.New("compressed: unpack it first")

// OpenLog opens a log, below root if that is not "". Unlike a runner's config it
// may be a pipe, and of any length.
func OpenLog(root, name string) (io.ReadCloser, error) {
	f, err := openBelow(root, name)
	if err != nil {
		return nil, fmt.Errorf("read log: %w", err)
	}
	if info, err := f.Stat(); err == nil && info.IsDir() {
		f.Close()
		return nil, fmt.Errorf("read log: %s is a directory", name)
	}
	return f, nil
}

func openBelow(root, name string) (*os.File, error) {
	if root == "" {
		return os.Open(name)
	}
	return os.OpenInRoot(root, strings.TrimPrefix(path.Clean("/"+name), "/"))
}

// Unpack reads what r holds, unpacked if it is a gzip file, as logrotate makes
// them. The beginning tells, not the name.
func Unpack(r io.Reader) (io.Reader, error) {
	b := bufio.NewReaderSize(r, 64<<10)
	head, err := b.Peek(4)
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return nil, err
	case bytes.HasPrefix(head, []byte("\x1f\x8b")):
		return gzip.NewReader(b)
	case bytes.HasPrefix(head, []byte("\xfd7zX")), bytes.HasPrefix(head, []byte("\x28\xb5\x2f\xfd")), bytes.HasPrefix(head, []byte("BZh")):
		return nil, ErrPacked
	}
	return b, nil
}
