package host

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"
	"path"
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

// ErrPacked reports a file that is compressed in a way that is not read here.
var ErrPacked = say.Errorf("compressed: unpack it first")

// OpenLog opens a log, below root if that is not "". Unlike a runner's config it
// may be of any length, and a pipe: waiting for who writes to it ends with ctx.
func OpenLog(ctx context.Context, root, name string) (io.ReadCloser, error) {
	type opened struct {
		f   *os.File
		err error
	}
	done := make(chan opened, 1)
	go func() { // a pipe is not open before somebody has opened its other end
		f, err := openBelow(root, name)
		done <- opened{f, err}
	}()
	select {
	case o := <-done:
		if o.err != nil {
			return nil, say.Errorf("read log: %w", o.err)
		}
		return asLog(ctx, o.f)
	case <-ctx.Done():
		return nil, say.Errorf("read log: open %s: %w", name, context.Cause(ctx))
	}
}

// asLog is an open file to be read as a log.
func asLog(ctx context.Context, f *os.File) (io.ReadCloser, error) {
	info, err := f.Stat()
	switch {
	case err == nil && info.IsDir():
		f.Close()
		return nil, say.Errorf("read log: %s is a directory", f.Name())
	case err == nil && info.Mode().IsRegular():
		return f, nil
	}
	return struct {
		io.Reader
		io.Closer
	}{UntilDone(ctx, f), f}, nil
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
