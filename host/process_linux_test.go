package host

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// TestReadSelf reads a process that is certainly there: this one.
func TestReadSelf(t *testing.T) {
	t.Parallel()
	p, err := ReadProcess(OS{}, os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	exe, _ := os.Executable()
	dir, _ := os.Getwd()
	if p.Program != exe || p.Dir != dir || !slices.Equal(p.Args, os.Args) || p.Root != "" || p.As.UID != os.Geteuid() {
		t.Errorf("ReadProcess(self) = %+v", p)
	}
	if age := time.Since(p.Started); age < -2*time.Second || age > time.Hour {
		t.Errorf("started %v ago", age)
	}
	table, _ := os.ReadFile("/proc/self/net/tcp") // too long to be read on a host with thousands of connections
	if p.Open == 0 || p.Connections < 0 && len(table) < MaxFile || len(p.Mounts) == 0 {
		t.Errorf("descriptors %d, connections %d, mounts %d", p.Open, p.Connections, len(p.Mounts))
	}
	env, err := ProcessEnviron(OS{}, os.Getpid())
	if err != nil || len(env) == 0 {
		t.Errorf("ProcessEnviron(self) = %d variables, %v", len(env), err)
	}
	pids, err := Processes(OS{})
	if err != nil || !slices.Contains(pids, os.Getpid()) {
		t.Errorf("Processes = %v, %v, want this one among them", pids, err)
	}
}

// TestInside: /proc/N/root serves as a root directory, links to absolute paths
// and all.
func TestInside(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "file"), []byte("x"), 0o600))
	must(t, os.Symlink(filepath.Join(dir, "file"), filepath.Join(dir, "link")))
	files := OS{}.In("/proc/self/root")
	if data, err := files.ReadFile(filepath.Join(dir, "link")); string(data) != "x" || err != nil {
		t.Errorf("ReadFile = %q, %v", data, err)
	}
	if i, err := Stat(files, filepath.Join(dir, "link")); i.Size != 1 || err != nil {
		t.Errorf("Stat = %+v, %v", i, err)
	}
	if _, err := files.Mount(dir); err != nil {
		t.Error(err)
	}
}
