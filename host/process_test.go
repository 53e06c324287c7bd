package host

import (
	"errors"
	"io/fs"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const digits64 = "3f2a9c0d1e4b5a69788796a5b4c3d2e1f00112233445566778899aabbccddee0"

// running is a machine on which a runner runs in a container of its own, as uid
// 101001 of the host.
func running() memory {
	nul := func(words ...string) entry { return entry{data: strings.Join(words, "\x00") + "\x00"} }
	return memory{
		"/proc/stat":             {data: "cpu 1 2 3\nbtime 1700000000\n"},
		"/proc/self/mountinfo":   {data: "21 1 8:1 / / rw - ext4 /dev/sda1 rw\n"},
		"/proc/self/uid_map":     {data: "0 0 4294967295\n"},
		"/proc/4242/stat":        {data: "4242 (a) b) S 1 4242 4242 0 -1 4194560 1 0 0 0 1 2 0 0 20 0 9 0 5050 1 1 1\n"},
		"/proc/4242/cmdline":     nul("semaphore", "runner", "start", "--config", "/etc/a b.json", ""),
		"/proc/4242/environ":     nul("PATH=/usr/bin", "SEMAPHORE_WEB_ROOT=http://a", "EMPTY="),
		"/proc/4242/exe":         link("/usr/local/bin/semaphore (deleted)"),
		"/proc/4242/cwd":         link("/srv"),
		"/proc/4242/root":        link("/"),
		"/proc/4242/status":      {data: "Name:\tsemaphore\nUid:\t101001\t101001\t101001\t101001\nGid:\t100000\t100000\t100000\t100000\nGroups:\t100000 100010\nCapEff:\t000000000000000a\n"},
		"/proc/4242/uid_map":     {data: "         0     100000      65536\n"},
		"/proc/4242/cgroup":      {data: "4:memory:/x.service\n0::/system.slice/docker-" + digits64 + ".scope\n"},
		"/proc/4242/mountinfo":   {data: "90 80 0:50 / / rw - overlay overlay rw\n91 90 8:1 /v /var/lib/a\\040b rw - ext4 /dev/sda1 rw\n"},
		"/proc/4242/limits":      {data: "Limit Soft Hard Units\nMax open files            1024                 4096                 files\n"},
		"/proc/4242/fd/0":        link("/dev/null"),
		"/proc/4242/fd/3":        link("socket:[77]"),
		"/proc/4242/fd/4":        link("socket:[78]"),
		"/proc/4242/fd/5":        link("socket:[79]"),
		"/proc/4242/net/tcp":     {data: "  sl local rem\n 0: 0100007F:8000 0200A8C0:0BB8 01 0:0 0:0 0 0 0 77 1\n 1: 0100007F:8000 0200A8C0:0BB8 06 0:0 0:0 0 0 0 79 1\n 2: 0100007F:8000 0200A8C0:0BB8 01 0:0 0:0 0 0 0 99 1\n"},
		"/proc/4242/net/tcp6":    {data: " 0: 00:1 0000000000000000FFFF00000200A8C0:0BB8 08 0:0 0:0 0 0 0 78 1\n"},
		"/proc/4242/root/etc/os": {data: "x"},
	}
}

func TestReadProcess(t *testing.T) {
	t.Parallel()
	got, err := ReadProcess(running(), 4242)
	if err != nil {
		t.Fatal(err)
	}
	want := &Process{
		PID: 4242, Program: "/usr/local/bin/semaphore", Replaced: true, Dir: "/srv",
		Args:    []string{"semaphore", "runner", "start", "--config", "/etc/a b.json", ""},
		Started: time.Unix(1700000050, 500_000_000),
		As: Identity{UID: 101001, GID: 100000, Groups: []int{100010}, Caps: &Caps{Override: true},
			Mapped: []IDRange{{100000, 65536}}},
		Root: "/proc/4242/root", Container: digits64,
		Mounts: []MountPoint{{90, "/", "/", "overlay", "overlay"}, {91, "/v", "/var/lib/a b", "ext4", "/dev/sda1"}},
		Open:   4, MaxOpen: 1024, Remote: "192.168.0.2:3000", Connections: 2, Remotes: map[string]int{"192.168.0.2:3000": 2},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ReadProcess (-want +got):\n%s", diff)
	}
	env, err := ProcessEnviron(running(), 4242)
	if diff := cmp.Diff([]string{"PATH=/usr/bin", "SEMAPHORE_WEB_ROOT=http://a", "EMPTY="}, env); diff != "" || err != nil {
		t.Errorf("ProcessEnviron: %v (-want +got):\n%s", err, diff)
	}
}

// failing is a machine on which one file cannot be read.
type failing struct {
	memory
	name string
	err  error
}

func (f failing) ReadFile(name string) ([]byte, error) {
	if name == f.name {
		return nil, &fs.PathError{Op: "read", Path: name, Err: f.err}
	}
	return f.memory.ReadFile(name)
}

func (f failing) Readlink(name string) (string, error) {
	if name == f.name {
		return "", &fs.PathError{Op: "readlink", Path: name, Err: f.err}
	}
	return f.memory.Readlink(name)
}

// TestReadProcessNot: whatever vanishes while it is read is a process that is
// gone, and what we may not see is said to be so.
func TestReadProcessNot(t *testing.T) {
	t.Parallel()
	if _, err := ReadProcess(memory{}, 7); !errors.Is(err, ErrGone) {
		t.Errorf("no process: %v, want ErrGone", err)
	}
	for _, name := range []string{"stat", "cmdline", "exe", "cwd", "root", "status", "mountinfo"} {
		for _, why := range []error{fs.ErrNotExist, syscall.ESRCH} {
			if _, err := ReadProcess(failing{running(), "/proc/4242/" + name, why}, 4242); !errors.Is(err, ErrGone) {
				t.Errorf("%s is %v: %v, want ErrGone", name, why, err)
			}
		}
		if _, err := ReadProcess(failing{running(), "/proc/4242/" + name, syscall.EACCES}, 4242); !errors.Is(err, fs.ErrPermission) {
			t.Errorf("%s may not be read: %v, want fs.ErrPermission", name, err)
		}
	}
	zombie := running()
	zombie["/proc/4242/stat"] = entry{data: "4242 (semaphore) Z 1 4242 4242 0 -1 4194560 1 0 0 0 1 2 0 0 20 0 9 0 5050 1\n"}
	if _, err := ReadProcess(zombie, 4242); !errors.Is(err, ErrGone) {
		t.Errorf("zombie: %v, want ErrGone", err)
	}
	closed := failing{running(), "/proc/4242/net/tcp", fs.ErrPermission}
	if p, err := ReadProcess(closed, 4242); err != nil || p.Connections != -1 || p.Open != 4 {
		t.Errorf("connections cannot be counted: %+v, %v, want -1 of them", p, err)
	}
}

func TestCgroup(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, unit, container string }{
		{"0::/system.slice/semaphore-runner.service\n", "semaphore-runner.service", ""},
		{"5:cpu:/\n1:name=systemd:/system.slice/a.service\n0::/system.slice/a.service\n", "a.service", ""},
		{"0::/user.slice/user-1000.slice/user@1000.service/app.slice/runner.service\n", "runner.service", ""},
		{"0::/user.slice/user-1000.slice/user@1000.service/init.scope\n", "", ""},
		{"0::/user.slice/user-1000.slice/session-3.scope\n", "", ""},
		{"12:memory:/docker/" + digits64 + "\n0::/docker/" + digits64 + "\n", "", digits64},
		{"0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1.slice/cri-containerd-" + digits64 + ".scope\n", "", digits64},
		{"0::/system.slice/runner.service/libpod-payload-" + digits64 + "\n", "runner.service", digits64},
		{"0::/\n", "", ""},
		{"nonsense", "", ""},
	}
	for _, tt := range tests {
		if unit, container := cgroupOf([]byte(tt.text)); unit != tt.unit || container != tt.container {
			t.Errorf("cgroupOf(%q) = %q, %q, want %q, %q", tt.text, unit, container, tt.unit, tt.container)
		}
	}
}

// TestProcessFiles: what a process in a box sees, and how long it lasts.
func TestProcessFiles(t *testing.T) {
	t.Parallel()
	m := memory{
		"/proc/7/root/var/lib/a/token": file(0o600, 1001, 0, "t"),
		"/proc/7/root/link":            link("/var/lib/a/token"),
		"/var/lib/a/token":             file(0o600, 0, 0, "ours"),
	}
	p := &Process{Root: "/proc/7/root", Container: digits64, Mounts: []MountPoint{
		{At: "/", Root: "/", Type: "overlay"}, {At: "/var/lib/a", Root: "/srv/a", Type: "ext4"}, {At: "/run", Root: "/", Type: "tmpfs"},
		{At: "/pod", Root: "/var/lib/kubelet/pods/1/volumes/kubernetes.io~empty-dir/x", Type: "ext4"},
		{At: "/anonymous", Root: "/var/lib/docker/volumes/" + digits64 + "/_data", Type: "ext4"},
		{At: "/named", Root: "/var/lib/docker/volumes/state/_data", Type: "ext4"},
		{At: "/tmp", Root: "/tmp/systemd-private-1-a.service-x/tmp", Type: "ext4"},
	}}
	for _, dir := range []string{"etc", "run", "pod", "anonymous", "named", "tmp"} {
		m["/proc/7/root/"+dir+"/x"] = entry{data: "x"}
	}
	files := p.Files(m)
	if data, err := files.ReadFile("/link"); string(data) != "t" || err != nil {
		t.Errorf("a link inside leads to %q, %v, want \"t\"", data, err)
	}
	for name, want := range map[string]Lifetime{
		"/etc/x": UntilRecreated, "/var/lib/a/token": "", "/run/x": UntilRecreated, "/pod/x": UntilPodGone,
		"/anonymous/x": UntilRecreated, "/named/x": "", "/tmp/x": UntilStopped, "/link": "",
	} {
		if got, err := files.Mount(name); got.Life != want || err != nil {
			t.Errorf("Mount(%s).Life = %q, %v, want %q", name, got.Life, err, want)
		}
	}
}
