//go:build unix

package runner

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/internal/jsondoc"
)

// TestHostileConfigs: what stands in a config's place may be anything. Each must
// be a clear error, soon, and without much memory. It is not parallel, because
// it counts what the whole process uses: processor time, because the machine may
// have other things to do, and allocated bytes.
func TestHostileConfigs(t *testing.T) {
	const mib = 1 << 20
	dir := t.TempDir()
	tests := []struct {
		name string
		make func(path string) error
		want error // nil: a *jsondoc.SyntaxError
	}{
		{"FIFO", func(p string) error { return syscall.Mkfifo(p, 0o600) }, host.ErrNotRegular},
		{"endless device", func(p string) error { return os.Symlink("/dev/zero", p) }, host.ErrNotRegular},
		{"directory", func(p string) error { return os.Mkdir(p, 0o700) }, host.ErrNotRegular},
		{"2 MiB of brackets", filled(2*mib, "["), host.ErrTooLarge},
		{"1 MiB of brackets", filled(mib, "["), nil},
		{"1 MiB of objects", filled(mib, `{"a":`), nil},
		{"1 MiB of quote", filled(mib, `"`), nil},
		{"1 GiB of nothing", func(p string) error { return sparse(p, 1024*mib) }, host.ErrTooLarge},
		{"link to itself", func(p string) error { return os.Symlink(p, p) }, syscall.ELOOP},
		{"a name too long", func(p string) error { return os.Symlink(strings.Repeat("n", 300), p) }, syscall.ENAMETOOLONG},
	}
	for _, tt := range tests {
		path := filepath.Join(dir, tt.name)
		if err := tt.make(path); err != nil {
			t.Fatal(err)
		}
		in := &Installation{Config: path, Dir: dir, As: host.Identity{UID: os.Getuid(), GID: os.Getgid()}}
		took, bytes, err := measured(in)
		syntax := new(jsondoc.SyntaxError)
		if tt.want == nil && !errors.As(err, &syntax) && !errors.Is(err, ErrNotObject) || tt.want != nil && !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
		if took > time.Second || bytes > 32*mib {
			t.Errorf("%s: %v and %d MiB, want at most 1 s and 32 MiB a step", tt.name, took, bytes/mib)
		}
	}
}

// measured opens a config, and then reads the identity in the same place, as two
// eras do. It says what the dearest of these steps costs.
func measured(in *Installation) (took time.Duration, bytes uint64, err error) {
	var f *File
	steps := []func(){func() {
		if f, err = Open(host.OS{}, in, E4c); err == nil {
			err = f.Err
		}
	}}
	env := environ("SEMAPHORE_RUNNER_TOKEN_FILE="+in.Config, "SEMAPHORE_RUNNER_CONFIG_FILE="+in.Config)
	for _, era := range []Era{E3, E4c} {
		steps = append(steps, func() {
			in, secrets := &Installation{Dir: "/", Env: env, As: in.As}, newSecrets()
			NewCredential(host.OS{}, Resolve(f, in, Version{Era: era}, secrets), secrets)
		})
	}
	for _, step := range steps {
		d, n := cost(step)
		took, bytes = max(took, d), max(bytes, n)
	}
	return took, bytes, err
}

func cost(step func()) (took time.Duration, bytes uint64) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began := processorTime()
	step()
	took = processorTime() - began
	runtime.ReadMemStats(&after)
	return took, after.TotalAlloc - before.TotalAlloc
}

func processorTime() time.Duration {
	var used syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &used) // fails for a bad argument only
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

func filled(size int, with string) func(path string) error {
	return func(path string) error {
		return os.WriteFile(path, []byte(strings.Repeat(with, size/len(with))), 0o600)
	}
}

func sparse(path string, size int64) error {
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		return err
	}
	return os.Truncate(path, size)
}

// FuzzLoad: any bytes for a config and for an identity, and any variable, go
// through all that reads them, in every era. Nothing may panic, and what is
// printed of it must not show the token.
func FuzzLoad(f *testing.F) {
	f.Add([]byte(identityConfig), []byte(`{"runner_id":3,"token":"abcdefGHIJ12"}`), "SEMAPHORE_RUNNER_TOKEN", "x")
	f.Add([]byte(`{"web_host":"http://h/","runner":{"token_file":"/c"}}`), []byte(longToken), "SEMAPHORE_RUNNER_ID", "7")
	f.Add([]byte("{\n// x\n}"), []byte("\ufeff"), "SEMAPHORE_RUNNER_TAGS", "[")
	f.Add([]byte(`{"runner":[],"Runner":{"connection":null}}`), []byte("{}"), "SEMAPHORE_CONFIG_PATH", "../x")
	f.Add([]byte(`null`), []byte("a\nb"), "", "")
	f.Add([]byte(`{"runner":{"token":"smrs_x","tags":[1,"a"]}} [`), []byte{0xff, 0}, "SEMAPHORE_WEB_ROOT", "http://[::1")
	f.Fuzz(func(t *testing.T, conf, identity []byte, name, value string) {
		if bytes.Equal(conf, identity) {
			return // a config in the token's place is shown with only its own secrets masked: Credential.learn
		}
		m := tree{configPath: plain(string(conf)), idPath: plain(string(identity))}
		for _, era := range append(Eras(), "") {
			load(t, m, era, name, value)
		}
	})
}

func load(t *testing.T, m tree, era Era, name, value string) {
	t.Helper()
	in := install()
	in.Env.Set("SEMAPHORE_RUNNER_TOKEN_FILE", idPath, Origin{Env: "a"})
	in.Env.Set("SEMAPHORE_RUNNER_CONFIG_FILE", idPath, Origin{Env: "b"})
	in.Env.Set(name, value, Origin{Env: name})
	f, err := Open(m, in, era)
	if err != nil {
		t.Fatalf("Open: %v", err) // it is named: there is always a file
	}
	Guess(f, in.Env)
	secrets := newSecrets()
	c := Resolve(f, in, Version{Era: era}, secrets)
	cr := NewCredential(m, c, secrets)
	if cr.Condition == "" || cr.Next == "" {
		t.Errorf("%s: no condition %q, or nothing next %q", era, cr.Condition, cr.Next)
	}
	s := NewServer(c)
	if s.URL != nil {
		_, _ = s.Mended(), s.Slash()
	}
	secrets.Mask(m[configPath].bytes())
	notShown(t, cr, secrets)
}

func (n node) bytes() []byte { return []byte(n.data) }

func notShown(t *testing.T, cr *Credential, secrets *Secrets) {
	t.Helper()
	token := strings.TrimSpace(cr.Token.Reveal())
	if len(token) < 12 || strings.HasPrefix(cr.File.Path.V, token) {
		return
	}
	if got := fmt.Sprintf("%+v", cr.Token) + cr.Key() + secrets.Redact("<"+token+">"); strings.Contains(got, token) {
		t.Errorf("%q is shown in %q", token, got)
	}
	if cr.Err != nil && errors.Is(cr.Err, fs.ErrNotExist) {
		t.Errorf("%s, but %v", cr.Condition, cr.Err)
	}
}
