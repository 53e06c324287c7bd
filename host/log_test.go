package host

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func packed(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, text); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestUnpack(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("Loading config\n", 10_000)
	tests := []struct {
		name, in, want string
		err            error
	}{
		{"empty", "", "", nil},
		{"one byte", "x", "x", nil},
		{"plain", long, long, nil},
		{"gzip", packed(t, long), long, nil},
		{"two in one", packed(t, "one\n") + packed(t, "two\n"), "one\ntwo\n", nil},
		{"cut off", packed(t, long)[:60], "", io.ErrUnexpectedEOF},
		{"only its beginning", "\x1f\x8b", "", io.ErrUnexpectedEOF},
		{"broken", packed(t, "one\n")[:20] + "garbage, and more of it", "", gzip.ErrChecksum},
		{"xz", "\xfd7zXZ\x00rest", "", ErrPacked},
		{"zstd", "\x28\xb5\x2f\xfdrest", "", ErrPacked},
		{"bzip2", "BZh91AY", "", ErrPacked},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r, err := Unpack(strings.NewReader(tt.in))
			var got []byte
			if err == nil {
				got, err = io.ReadAll(r)
			}
			if tt.err == nil && (err != nil || string(got) != tt.want) {
				t.Errorf("Unpack(%.20q) = %.40q, %v, want %.40q", tt.in, got, err, tt.want)
			}
			if tt.err != nil && err == nil {
				t.Errorf("Unpack(%.20q) = %.40q, want an error such as %v", tt.in, got, tt.err)
			}
		})
	}
}

func TestOpenLog(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	if err := os.MkdirAll(filepath.Join(root, "var", "log"), 0o700); err != nil {
		t.Fatal(err)
	}
	add(t, filepath.Join(root, "var", "log", "runner.log"), "one\n")
	f, err := OpenLog(t.Context(), root, "/var/log/runner.log")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got, err := io.ReadAll(f); err != nil || string(got) != "one\n" {
		t.Errorf("OpenLog below a root read %q, %v", got, err)
	}
	if _, err := OpenLog(t.Context(), root, "/var/log"); err == nil {
		t.Error("a directory was opened as a log")
	}
	if _, err := OpenLog(t.Context(), root, "/../"+filepath.Base(root)+"/var/log/other.log"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("OpenLog of a missing one = %v", err)
	}
}

// TestOpenLogPipe: nobody who does not write keeps a reader for ever.
func TestOpenLogPipe(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	r, w := io.Pipe()
	defer w.Close()
	log := UntilDone(ctx, r)
	go func() { _, _ = io.WriteString(w, "one\ntwo\n") }()
	got := make([]byte, 4)
	for _, want := range []string{"one\n", "two\n"} {
		if _, err := io.ReadFull(log, got); err != nil || string(got) != want {
			t.Fatalf("read %q, %v, want %q", got, err, want)
		}
	}
	cancel()
	if _, err := log.Read(got); !errors.Is(err, context.Canceled) {
		t.Errorf("Read = %v, want %v", err, context.Canceled)
	}
	whole := UntilDone(t.Context(), strings.NewReader(strings.Repeat("x", 1<<20)))
	if all, err := io.ReadAll(whole); err != nil || len(all) != 1<<20 {
		t.Errorf("read %d bytes, %v", len(all), err)
	}
}
