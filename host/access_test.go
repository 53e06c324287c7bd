package host

import (
	"errors"
	"io/fs"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// seen is what the tables compare of an Access.
type seen struct {
	Verdict Verdict
	At      string
	Why     string
}

func see(a Access) seen { return seen{a.Verdict, a.At, a.Why.String()} }

var runner = Identity{UID: 1001, GID: 0}

func sickMachine() memory {
	return memory{
		"/etc/semaphore":             dir(0o755, 0, 0),
		"/etc/semaphore/config.json": file(0o640, 0, 0, "{}"),
		"/etc/semaphore/secret.json": file(0o600, 0, 0, "{}"),
		"/etc/semaphore/own.json":    file(0o040, 1001, 0, "{}"),
		"/etc/semaphore/fixed.json":  {mode: 0o666, attr: "i"},
		"/etc/semaphore/log":         {mode: 0o666, attr: "a"},
		"/etc/semaphore/link.json":   link("../semaphore/config.json"),
		"/etc/semaphore/abs.json":    link("/etc/semaphore/own.json"),
		"/etc/semaphore/gone.json":   link("/var/lib/semaphore/new.json"),
		"/etc/semaphore/slash.json":  link("config.json/"),
		"/etc/semaphore/loop":        link("loop"),
		"/etc/semaphore/dir":         link("none/"),
		"/etc/semaphore/pipe":        {mode: fs.ModeNamedPipe | 0o666},
		"/etc/semaphore/null":        {mode: fs.ModeDevice | fs.ModeCharDevice | 0o666},
		"/var/lib/semaphore":         dir(0o700, 1001, 0),
		"/var/lib/semaphore/state":   file(0o400, 1001, 0, "{}"),
		"/var/lib/frozen":            {mode: fs.ModeDir | 0o777, attr: "i"},
		"/var/lib/growing":           {mode: fs.ModeDir | 0o777, attr: "a"},
		"/root":                      dir(0o700, 0, 0),
		"/root/x":                    file(0o644, 0, 0, ""),
		"/ro":                        {mode: fs.ModeDir | 0o777, mount: Mount{ReadOnly: true}},
		"/ro/x":                      file(0o666, 0, 0, ""),
		"/hidden":                    {mode: fs.ModeDir | 0o755, denied: true},
		"/strange/x":                 {mode: 0o666, owner: Owner{-1, -1}},
		"/tmp":                       dir(fs.ModeSticky|0o777, 0, 0),
		"/tmp/trap":                  {mode: fs.ModeSymlink | 0o777, owner: Owner{1002, 1002}, data: "/etc/semaphore/config.json"},
		"/tmp/mine":                  {mode: fs.ModeSymlink | 0o777, owner: Owner{1001, 1001}, data: "/etc/semaphore/config.json"},
		"/tmp/roots":                 link("/etc/semaphore/config.json"),
		"/srv":                       dir(fs.ModeSetgid|0o710, 7, 7),
	}
}

func TestAccess(t *testing.T) {
	t.Parallel()
	type judge func(Files, string, Identity) Access
	const etc = "/etc/semaphore"
	root := Identity{Name: "root"}
	tests := []struct {
		name string
		can  judge
		path string
		as   Identity
		want seen
	}{
		{"by group", CanRead, etc + "/config.json", runner, seen{Granted, etc + "/config.json", ""}},
		{"through relative link", CanRead, etc + "/link.json", runner, seen{Granted, etc + "/config.json", ""}},
		{"refused", CanRead, etc + "/secret.json", runner,
			seen{Denied, etc + "/secret.json", "uid 1001:0 cannot read /etc/semaphore/secret.json (-rw------- 0:0)"}},
		{"owner before group", CanRead, etc + "/own.json", runner,
			seen{Denied, etc + "/own.json", "uid 1001:0 cannot read /etc/semaphore/own.json (----r----- 1001:0)"}},
		{"through absolute link", CanRead, etc + "/abs.json", Identity{UID: 5, Groups: []int{0}}, seen{Granted, etc + "/own.json", ""}},
		{"supplementary group", CanRead, etc + "/config.json", Identity{UID: 5, GID: 5, Groups: []int{9, 0}}, seen{Granted, etc + "/config.json", ""}},
		{"directory closed", CanRead, "/root/x", Identity{UID: 5, GID: 5},
			seen{Denied, "/root", "uid 5:5 cannot enter /root (drwx------ 0:0)"}},
		{"closed says nothing of what is inside", CanRead, "/root/none", Identity{UID: 5, GID: 5},
			seen{Denied, "/root", "uid 5:5 cannot enter /root (drwx------ 0:0)"}},
		{"setgid in words", CanRead, "/srv/x", Identity{UID: 5, GID: 5},
			seen{Denied, "/srv", "uid 5:5 cannot enter /srv (drwx--s--- 7:7)"}},
		{"root reads all", CanRead, "/root/x", root, seen{Granted, "/root/x", ""}},
		{"missing", CanRead, etc + "/none", runner, seen{Missing, etc + "/none", "/etc/semaphore/none does not exist"}},
		{"missing directory", CanRead, "/opt/a/b", runner, seen{Missing, "/opt", "/opt does not exist"}},
		{"dangling link", CanRead, etc + "/gone.json", runner,
			seen{Missing, "/var/lib/semaphore/new.json", "/var/lib/semaphore/new.json does not exist"}},
		{"loop", CanRead, etc + "/loop", root,
			seen{NotFile, etc + "/loop", "the symbolic links of /etc/semaphore/loop go round in circles"}},
		{"link with a slash", CanRead, etc + "/slash.json", root,
			seen{NotDir, etc + "/config.json", "/etc/semaphore/config.json is a regular file, not a directory"}},
		{"file with a slash", CanRead, etc + "/config.json/", root,
			seen{NotDir, etc + "/config.json", "/etc/semaphore/config.json is a regular file, not a directory"}},
		{"link to a file, with slashes", CanRead, etc + "/link.json//", root,
			seen{NotDir, etc + "/config.json", "/etc/semaphore/config.json is a regular file, not a directory"}},
		{"directory with a slash", CanRead, etc + "/", root, seen{NotFile, etc, "/etc/semaphore is a directory, not a file"}},
		{"missing, with a slash", CanRead, etc + "/none/", root, seen{Missing, etc + "/none", "/etc/semaphore/none does not exist"}},
		{"create with a slash", CanCreate, etc + "/none/", root,
			seen{NotFile, etc + "/none", "/etc/semaphore/none/ ends with a slash, and a file does not"}},
		{"create through a link to a name with a slash", CanCreate, etc + "/dir", root,
			seen{NotFile, etc + "/none", "/etc/semaphore/none/ ends with a slash, and a file does not"}},
		{"file as directory", CanRead, etc + "/config.json/x", root,
			seen{NotDir, etc + "/config.json", "/etc/semaphore/config.json is a regular file, not a directory"}},
		{"directory as file", CanRead, etc, root, seen{NotFile, etc, "/etc/semaphore is a directory, not a file"}},
		{"fifo", CanRead, etc + "/pipe", root, seen{NotFile, etc + "/pipe", "/etc/semaphore/pipe is a FIFO, not a file"}},
		{"device", CanWrite, etc + "/null", root, seen{NotFile, etc + "/null", "/etc/semaphore/null is a device, not a file"}},
		{"we may not look", CanRead, "/hidden/x", runner,
			seen{Unclear, "/hidden", "semadoctor may not look at /hidden itself; running it as root would tell"}},
		{"no owners here", CanRead, "/strange/x", runner,
			seen{Unclear, "/strange/x", "who may use /strange/x is not known on this system"}},
		{"no uids here", CanRead, etc + "/config.json", Identity{UID: -1, GID: -1},
			seen{Unclear, etc + "/config.json", "who may use /etc/semaphore/config.json is not known on this system"}},

		{"write refused", CanWrite, "/var/lib/semaphore/state", runner,
			seen{Denied, "/var/lib/semaphore/state", "uid 1001:0 cannot write /var/lib/semaphore/state (-r-------- 1001:0)"}},
		{"root writes all", CanWrite, "/var/lib/semaphore/state", root, seen{Granted, "/var/lib/semaphore/state", ""}},
		{"but not read-only", CanWrite, "/ro/x", root,
			seen{ReadOnly, "/ro/x", "/ro/x is on a file system that is mounted read-only"}},
		{"nor immutable", CanWrite, etc + "/fixed.json", root,
			seen{Immutable, etc + "/fixed.json", "/etc/semaphore/fixed.json is immutable (chattr +i)"}},
		{"nor append-only", CanWrite, etc + "/log", root,
			seen{Immutable, etc + "/log", "/etc/semaphore/log may only be appended to (chattr +a)"}},
		{"read immutable", CanRead, etc + "/fixed.json", runner, seen{Granted, etc + "/fixed.json", ""}},
		{"write what is not there", CanWrite, etc + "/none", root, seen{Missing, etc + "/none", "/etc/semaphore/none does not exist"}},

		{"create refused", CanCreate, etc + "/state.json", Identity{Name: "semaphore", UID: 1001, GID: 1001},
			seen{Denied, etc, "semaphore (1001:1001) cannot create files in /etc/semaphore (drwxr-xr-x 0:0)"}},
		{"create", CanCreate, "/var/lib/semaphore/x", runner, seen{Granted, "/var/lib/semaphore", ""}},
		{"create where a link points", CanCreate, etc + "/gone.json", runner, seen{Granted, "/var/lib/semaphore", ""}},
		{"create in sticky", CanCreate, "/tmp/x", runner, seen{Granted, "/tmp", ""}},
		{"create in root directory", CanCreate, "/x", root, seen{Granted, "/", ""}},
		{"create in nothing", CanCreate, "/var/lib/none/x", runner, seen{Missing, "/var/lib/none", "/var/lib/none does not exist"}},
		{"create on read-only", CanCreate, "/ro/y", root, seen{ReadOnly, "/ro", "/ro is on a file system that is mounted read-only"}},
		{"create in immutable", CanCreate, "/var/lib/frozen/x", root,
			seen{Immutable, "/var/lib/frozen", "/var/lib/frozen is immutable (chattr +i)"}},
		{"create in append-only", CanCreate, "/var/lib/growing/x", runner, seen{Granted, "/var/lib/growing", ""}},

		{"a stranger's link in /tmp", CanRead, "/tmp/trap", root, seen{Denied, "/tmp/trap",
			"root (0:0) may not follow the link /tmp/trap, which 1002:1002 put into a directory open to all (fs.protected_symlinks)"}},
		{"my link in /tmp", CanRead, "/tmp/mine", runner, seen{Granted, etc + "/config.json", ""}},
		{"root's link in root's /tmp", CanRead, "/tmp/roots", runner, seen{Granted, etc + "/config.json", ""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := see(tt.can(sickMachine(), tt.path, tt.as))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s as %v (-want +got):\n%s", tt.path, tt.as, diff)
			}
		})
	}
}

func TestAccessSysctlOff(t *testing.T) {
	t.Parallel()
	m := sickMachine()
	m["/proc/sys/fs/protected_symlinks"] = file(0o644, 0, 0, "0\n")
	if a := CanRead(m, "/tmp/trap", Identity{}); !a.OK() {
		t.Errorf("CanRead(/tmp/trap, root) with protected_symlinks=0 = %v, want Granted", see(a))
	}
}

func TestAccessErrors(t *testing.T) {
	t.Parallel()
	tests := []struct {
		path string
		as   Identity
		want error
	}{
		{"/hidden/x", runner, fs.ErrPermission},
		{"/etc/semaphore/loop", runner, syscall.ELOOP},
		{"/strange/x", runner, errors.ErrUnsupported},
		{"/etc/semaphore/secret.json", runner, nil},
	}
	for _, tt := range tests {
		if got := CanRead(sickMachine(), tt.path, tt.as).Err; !errors.Is(got, tt.want) {
			t.Errorf("CanRead(%s).Err = %v, want %v", tt.path, got, tt.want)
		}
	}
}

// TestAccessLinks counts links as the kernel does: 40 are followed, 41 are not.
func TestAccessLinks(t *testing.T) {
	t.Parallel()
	m := memory{"/" + strings.Repeat("l", 41): file(0o644, 0, 0, "")}
	for n := 1; n <= 40; n++ {
		m["/"+strings.Repeat("l", n)] = link(strings.Repeat("l", n+1))
	}
	if a := CanRead(m, "/l", runner); !a.OK() {
		t.Errorf("CanRead through 40 links = %v, want Granted", see(a))
	}
	m["/first"] = link("l")
	if a := CanRead(m, "/first", runner); !errors.Is(a.Err, syscall.ELOOP) {
		t.Errorf("CanRead through 41 links = %v, want ELOOP", see(a))
	}
}

func TestVerdictString(t *testing.T) {
	t.Parallel()
	for v, want := range map[Verdict]string{0: "Unjudged", Granted: "Granted", Unclear: "Unclear", 99: "Verdict?"} {
		if got := v.String(); got != want {
			t.Errorf("Verdict(%d) = %q, want %q", int(v), got, want)
		}
	}
}

func TestResolve(t *testing.T) {
	t.Parallel()
	m := sickMachine()
	m["/a/b/up"] = link("../../etc/semaphore")
	m["/a/dir"] = link("/a/b")
	tests := []struct {
		name, want string
		err        error
	}{
		{"/", "/", nil},
		{"/etc/semaphore/link.json", "/etc/semaphore/config.json", nil},
		{"/a/dir/up/config.json", "/etc/semaphore/config.json", nil},
		{"/a/dir/../dir/x", "/a/b/x", nil},
		{"/etc/semaphore/gone.json", "/var/lib/semaphore/new.json", nil},
		{"/../../etc", "/etc", nil},
		{"/etc/semaphore/loop", "", syscall.ELOOP},
		{"/hidden/x", "", fs.ErrPermission},
		{"/a/dir/", "/a/b", nil},
		{"/etc/semaphore/new/", "/etc/semaphore/new", nil},
		{"/etc/semaphore/new/deep/x/", "/etc/semaphore/new/deep/x", nil},
		{"/etc/semaphore/config.json/", "", syscall.ENOTDIR},
		{"/etc/semaphore/link.json/", "", syscall.ENOTDIR},
		{"/etc/semaphore/slash.json", "", syscall.ENOTDIR},
		{"/etc/semaphore/config.json/..", "", syscall.ENOTDIR},
		{"/etc/semaphore/config.json/../config.json", "", syscall.ENOTDIR},
		{"/etc/semaphore/new/../config.json", "", fs.ErrNotExist},
	}
	for _, tt := range tests {
		got, err := Resolve(m, tt.name)
		if got != tt.want || !errors.Is(err, tt.err) {
			t.Errorf("Resolve(%s) = %q, %v, want %q, %v", tt.name, got, err, tt.want, tt.err)
		}
	}
	if _, err := Stat(m, "/none"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Stat(/none) = %v, want fs.ErrNotExist", err)
	}
	if info, err := Stat(m, "/a/dir"); err != nil || !info.Mode.IsDir() {
		t.Errorf("Stat(/a/dir) = %v, %v, want a directory", info.Mode, err)
	}
}

func TestJoin(t *testing.T) {
	t.Parallel()
	tests := []struct{ dir, name, want string }{
		{"/srv", "x", "/srv/x"},
		{"/srv/", "x", "/srv/x"},
		{"/", "x", "/x"},
		{"/", ".", "/"},
		{"/srv", "", "/srv"},
		{"/srv", ".", "/srv"},
		{"/srv", "./", "/srv"},
		{"/srv", "./a//./b", "/srv/a/b"},
		{"/srv", "link/../x", "/srv/link/../x"},
		{"/srv", "../x", "/srv/../x"},
		{"/srv/link/..", "x", "/srv/link/../x"},
		{"/srv", "x/", "/srv/x/"},
		{"/srv", "x/.", "/srv/x/"},
		{"C:/srv", "x", "C:/srv/x"},
	}
	for _, tt := range tests {
		if got := Join(tt.dir, tt.name); got != tt.want {
			t.Errorf("Join(%q, %q) = %q, want %q", tt.dir, tt.name, got, tt.want)
		}
	}
}

func TestIdentity(t *testing.T) {
	t.Parallel()
	named := Identity{Name: "semaphore", UID: 1001, GID: 0, Groups: []int{5, 6}}
	if got, want := named.String()+" "+runner.String(), "semaphore (1001:0) uid 1001:0"; got != want {
		t.Errorf("String = %q, want %q", got, want)
	}
	if !named.In(0) || !named.In(6) || named.In(7) || named.Root() || !(Identity{}).Root() {
		t.Errorf("groups or root of %v are wrong", named)
	}
	if got := named.Owner(); got != (Owner{1001, 0}) || !got.Known() || (Owner{-1, -1}).Known() {
		t.Errorf("Owner = %v, want 1001:0", got)
	}
	if info := (Info{Dev: 1, Ino: 2}); !info.SameFile(info) || (Info{}).SameFile(Info{}) {
		t.Error("SameFile: a file is itself, and nothing is not")
	}
}
