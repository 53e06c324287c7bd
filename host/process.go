package host

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/semadoctor/semadoctor/say"
)

// ErrGone reports a process that is not there, or has ended while it was read.
var ErrGone = say.Errorf("it is gone")

// A Process is a running process, as /proc tells.
type Process struct {
	PID      int
	Program  string   // path of the file it runs, as the process sees it
	Replaced bool     // that file has been deleted or replaced since the start
	Args     []string // the program's name first
	Dir      string   // working directory, as the process sees it
	As       Identity // the ids as we see them, with its capabilities
	Started  time.Time

	Root      string          // where we see its root directory; "" when it sees what we see
	Unit      string          // "semaphore-runner.service", of its cgroup; "" when it belongs to none
	Container string          // the container's id; "" outside of containers
	Docker    DockerContainer // what Docker has written down about it; zero when nothing, or not for us
	Mounts    []MountPoint

	Open, MaxOpen int            // file descriptors; MaxOpen is 0 where there is no limit or it is not known
	Remote        string         // the address most of its connections lead to
	Remotes       map[string]int // all addresses its connections lead to, with how many
	Connections   int            // how many those are; -1 when nobody could count
}

// proc reads one process.
type proc struct {
	files Files
	pid   int
	dir   string // "/proc/4242"
}

// ReadProcess says what process pid of this machine is. The error is ErrGone
// when there is none, and fs.ErrPermission when it belongs to somebody else and
// we are not root: how it was started is its own secret then.
func ReadProcess(files Files, pid int) (*Process, error) {
	p := proc{files, pid, "/proc/" + strconv.Itoa(pid)}
	before, err := p.ticks()
	if err != nil {
		return nil, p.because(err)
	}
	q, err := p.read()
	if err != nil {
		return nil, p.because(err)
	}
	if after, err := p.ticks(); err != nil || after != before { // another one has its number now
		return nil, p.because(ErrGone)
	}
	if q.Container != "" {
		q.Docker, _ = readDocker(files, q.Container)
	}
	q.Started = p.started(before)
	return q, nil
}

// ProcessArgs is the command line of a process, which anybody may read.
func ProcessArgs(files Files, pid int) ([]string, error) {
	p := proc{files, pid, "/proc/" + strconv.Itoa(pid)}
	args, err := p.list("cmdline")
	return args, p.because(err)
}

// ProcessEnviron is the environment a process was started with, NAME=VALUE
// each. What it has changed since does not show.
func ProcessEnviron(files Files, pid int) ([]string, error) {
	p := proc{files, pid, "/proc/" + strconv.Itoa(pid)}
	vars, err := p.list("environ")
	return vars, p.because(err)
}

// Processes are the numbers of all processes, in order.
func Processes(files Files) ([]int, error) {
	names, err := files.ReadDir("/proc")
	if err != nil {
		return nil, say.Errorf("list processes: %w", err)
	}
	var pids []int
	for _, n := range names {
		if pid, err := strconv.Atoi(n); err == nil {
			pids = append(pids, pid)
		}
	}
	slices.Sort(pids)
	return pids, nil
}

// because says which process an error is about. That it is gone shows as a file
// that is missing, or as ESRCH on one that was open already.
func (p proc) because(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ESRCH):
		err = ErrGone
	case errors.Is(err, fs.ErrPermission):
		err = say.Errorf("only root and its own user may see how it was started: %w", fs.ErrPermission)
	}
	return say.Errorf("read process %d: %w", p.pid, err)
}

func (p proc) read() (*Process, error) {
	q := &Process{PID: p.pid}
	var err error
	if q.Args, err = p.list("cmdline"); err != nil {
		return nil, err
	}
	if err := p.places(q); err != nil {
		return nil, err
	}
	if q.As, err = p.identity(); err != nil {
		return nil, err
	}
	if err := p.world(q); err != nil {
		return nil, err
	}
	p.descriptors(q)
	return q, nil
}

// places are the three links of a process. A kernel thread has no program, and
// one that has ended and waits for its parent has none any more.
func (p proc) places(q *Process) (err error) {
	if q.Program, err = p.link("exe"); err != nil {
		return err
	}
	if q.Dir, err = p.link("cwd"); err != nil {
		return err
	}
	q.Program, q.Replaced = strings.CutSuffix(q.Program, " (deleted)")
	return nil
}

// world is what is around a process: its root directory, mounts and cgroup.
func (p proc) world(q *Process) error {
	root, err := p.link("root")
	if err != nil {
		return err
	}
	if q.Mounts, err = p.mounts(p.dir); err != nil {
		return err
	}
	ours, err := p.mounts("/proc/self")
	if err != nil {
		return err
	}
	if root != "/" || rootMount(ours) != rootMount(q.Mounts) {
		q.Root = path.Join(p.dir, "root")
	}
	data, err := p.files.ReadFile(path.Join(p.dir, "cgroup"))
	if errors.Is(err, fs.ErrNotExist) { // a kernel without
		return nil
	}
	q.Unit, q.Container = cgroupOf(data)
	return err
}

func (p proc) mounts(dir string) ([]MountPoint, error) {
	data, err := p.files.ReadFile(path.Join(dir, "mountinfo"))
	if err != nil {
		return nil, err
	}
	return parseMounts(data), nil
}

// rootMount is the number of the mount that a process has for its root
// directory. No two mount namespaces share one.
func rootMount(ms []MountPoint) int {
	id := -1
	for _, m := range ms {
		if m.At == "/" {
			id = m.ID
		}
	}
	return id
}

// list reads a file whose entries end with a zero byte.
func (p proc) list(name string) ([]string, error) {
	data, err := p.files.ReadFile(path.Join(p.dir, name))
	if err != nil || len(data) == 0 {
		return nil, err
	}
	return strings.Split(strings.TrimSuffix(string(data), "\x00"), "\x00"), nil
}

func (p proc) link(name string) (string, error) { return p.files.Readlink(path.Join(p.dir, name)) }

// ticksPerSecond is USER_HZ, in which Linux tells times to programs, whatever
// its own clock does.
const ticksPerSecond = 100

// ticks is when the process was started, since the machine was (proc_pid_stat(5),
// field 22). The name before it may hold anything, also brackets.
func (p proc) ticks() (int64, error) {
	data, err := p.files.ReadFile(path.Join(p.dir, "stat"))
	if err != nil {
		return 0, err
	}
	_, rest, _ := cutLast(string(data), ")")
	fields := strings.Fields(rest)
	const at = 22 - 3 // the state, field 3, is the first behind the name
	if len(fields) <= at {
		return 0, say.Errorf("%s/stat has %d fields: %w", p.dir, len(fields), errors.ErrUnsupported)
	}
	if fields[0] == "Z" || fields[0] == "X" {
		return 0, ErrGone
	}
	return strconv.ParseInt(fields[at], 10, 64)
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// started is when that was; zero when the machine does not say when it was
// started itself.
func (p proc) started(ticks int64) time.Time {
	data, err := p.files.ReadFile("/proc/stat")
	if err != nil {
		return time.Time{}
	}
	for line := range strings.Lines(string(data)) {
		if boot, ok := strings.CutPrefix(line, "btime "); ok {
			n, err := strconv.ParseInt(strings.TrimSpace(boot), 10, 64)
			if err == nil {
				return time.Unix(n, 0).Add(time.Duration(ticks) * time.Second / ticksPerSecond)
			}
		}
	}
	return time.Time{}
}
