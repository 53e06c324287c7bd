package runner

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/semadoctor/semadoctor/host"
)

const unitPlace = "/etc/systemd/system/semaphore-runner.service"

// unit is a machine with one unit and a runner's files.
func unit(lines ...string) tree {
	return tree{
		unitPlace:                    plain("[Service]\n" + strings.Join(lines, "\n") + "\n"),
		"/etc/passwd":                plain("root:x:0:0::/root:/bin/sh\nsemaphore:x:1001:1002::/home/semaphore:/usr/sbin/nologin\n"),
		"/etc/group":                 plain("root:x:0:\nsem:x:1002:\ndocker:x:998:semaphore\nextra:x:997:\n"),
		configPath:                   plain("{}"),
		"/var/lib/semaphore/token":   {owner: host.Owner{UID: 1001}, data: "t"},
		"/home/semaphore/x":          plain("x"),
		"/usr/bin/semaphore":         {mode: 0o755},
		"/tmp/old":                   plain("old"),
		"/etc/semaphore/env":         plain("A=file\nexport B=exported\nSEMAPHORE_X=1\n"),
		"/etc/semaphore/d/1.env":     plain("ONE=1\n"),
		"/etc/semaphore/d/2.env":     plain("ONE=2\nTWO=2\n"),
		"/etc/semaphore/d/shut.none": {hidden: true},
	}
}

func setup(t testing.TB, files host.Files) *Installation {
	t.Helper()
	s, err := UnitSetup(files, "semaphore-runner")
	if err != nil {
		t.Fatal(err)
	}
	return s.Install
}

func TestUnitEnvironment(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		lines []string
		want  string // NAME=VALUE@line, but for PATH
	}{
		{"nothing", nil, ""},
		{"user", []string{"User=semaphore"}, "HOME=/home/semaphore@2 LOGNAME=semaphore@2 USER=semaphore@2"},
		{"assignments", []string{`Environment=A=1 "B=x y" 'C=%N'`, `Environment="A=2"`, `Environment=1X=no Y`}, "A=2@3 B=x y@2 C=semaphore-runner@2"},
		{"reset", []string{"Environment=A=1", "Environment=", "Environment=B=1"}, "B=1@4"},
		{"a file counts more, export nothing", []string{"EnvironmentFile=/etc/semaphore/env", "Environment=A=1 B=2"}, "A=file@1 B=2@3 SEMAPHORE_X=1@3"},
		{"a pattern", []string{"EnvironmentFile=-/etc/semaphore/d/*.env"}, "ONE=2@1 TWO=2@2"},
		{"unset", []string{"Environment=A=1 B=2 C=3", "UnsetEnvironment=A B=3 C=3"}, "B=2@2"},
		{"of the command itself", []string{"Environment=A=1 B=2", "ExecStart=/usr/bin/env B=3 /usr/bin/semaphore runner start"}, "A=1@2 B=3@3"},
		{"directories", []string{"StateDirectory=a b", "LoadCredential=x:/etc/passwd"}, "CREDENTIALS_DIRECTORY=/run/credentials/semaphore-runner.service@3 STATE_DIRECTORY=/var/lib/a:/var/lib/b@2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			in := setup(t, globbing{unit(tt.lines...)})
			var got []string
			for _, kv := range in.Env.Environ() {
				if name, _, _ := strings.Cut(kv, "="); name != "PATH" {
					got = append(got, kv+"@"+itoa(in.Env[name].From.Line))
				}
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, " ")); diff != "" || in.Env["PATH"].V != unitPath {
				t.Errorf("environment (-want +got):\n%s", diff)
			}
			if len(in.Unit.Faults)+len(in.Unseen) > 0 {
				t.Errorf("faults %v, unseen %v", in.Unit.Faults, in.Unseen)
			}
		})
	}
}

func itoa(n int) string { return string(rune('0' + n)) }

// globbing is a tree whose directories can be listed.
type globbing struct{ tree }

func (g globbing) ReadDir(name string) (names []string, err error) {
	if !g.isDir(name) {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	seen := map[string]bool{}
	for p := range g.tree {
		if rest, ok := strings.CutPrefix(p, strings.TrimSuffix(name, "/")+"/"); ok {
			first, _, _ := strings.Cut(rest, "/")
			seen[first] = true
		}
	}
	for n := range seen {
		names = append(names, n)
	}
	slices.Sort(names)
	return names, nil
}

func TestUnitIdentity(t *testing.T) {
	t.Parallel()
	tests := []struct {
		lines []string
		want  host.Identity
		exits string
	}{
		{nil, host.Identity{Name: "root"}, ""},
		{[]string{"User=semaphore"}, host.Identity{Name: "semaphore", UID: 1001, GID: 1002, Groups: []int{998}}, ""},
		{[]string{"User=1001", "Group=extra", "SupplementaryGroups=sem 0"}, host.Identity{Name: "semaphore", UID: 1001, GID: 997, Groups: []int{998, 1002, 0}}, ""},
		{[]string{"User=nobodyhere"}, host.Identity{Name: "nobodyhere", UID: -1, GID: -1}, "217/USER"},
		{[]string{"Group=nosuch"}, host.Identity{Name: "root"}, "216/GROUP"},
		{[]string{"DynamicUser=yes"}, host.Identity{Name: "semaphore-runner", UID: host.DynamicUID, GID: host.DynamicUID, Dynamic: true}, ""},
		{[]string{"DynamicUser=yes", "User=semaphore"}, host.Identity{Name: "semaphore", UID: 1001, GID: 1002, Groups: []int{998}}, ""},
		{[]string{"CapabilityBoundingSet=CAP_NET_BIND_SERVICE CAP_FOWNER"}, host.Identity{Name: "root", Caps: &host.Caps{}}, ""},
		{[]string{"CapabilityBoundingSet="}, host.Identity{Name: "root", Caps: &host.Caps{}}, ""},
		{[]string{"CapabilityBoundingSet=~CAP_DAC_OVERRIDE"}, host.Identity{Name: "root", Caps: &host.Caps{Read: true}}, ""},
		{[]string{"User=1001", "AmbientCapabilities=CAP_DAC_OVERRIDE"},
			host.Identity{Name: "semaphore", UID: 1001, GID: 1002, Groups: []int{998}, Caps: &host.Caps{Override: true}}, ""},
	}
	for _, tt := range tests {
		in := setup(t, globbing{unit(tt.lines...)})
		if diff := cmp.Diff(tt.want, in.As); diff != "" || exits(in) != tt.exits {
			t.Errorf("%q: %s, want %s (-want +got):\n%s", tt.lines, exits(in), tt.exits, diff)
		}
	}
}

func exits(in *Installation) string {
	var all []string
	for _, f := range in.Unit.Faults {
		all = append(all, f.Exit)
	}
	return strings.Join(all, " ")
}

// A user that a directory service may know is not said to be missing.
func TestUnitUserElsewhere(t *testing.T) {
	t.Parallel()
	m := unit("User=ldapuser")
	m["/etc/nsswitch.conf"] = plain("passwd: files systemd sss # comment\n")
	if in := setup(t, globbing{m}); len(in.Unit.Faults) > 0 || len(in.Unseen) != 1 {
		t.Errorf("faults %v, unseen %v, want that it cannot be known", in.Unit.Faults, in.Unseen)
	}
}

func TestUnitCommand(t *testing.T) {
	t.Parallel()
	tests := []struct {
		lines                []string
		config, dir, program string
		noConfig             bool
	}{
		{[]string{"ExecStart=/usr/bin/semaphore runner start --config /c.json"}, "/c.json", "/", "/usr/bin/semaphore", false},
		{[]string{"Environment=C=/c.json", "ExecStart=semaphore runner start --config=${C}", "WorkingDirectory=~"}, "/c.json", "/", "/usr/bin/semaphore", false},
		{[]string{"User=semaphore", "WorkingDirectory=~", `ExecStart=/bin/sh -c "exec /usr/bin/semaphore runner start --config c"`}, "c", "/home/semaphore", "/usr/bin/semaphore", false},
		{[]string{"Type=oneshot", "ExecStart=/bin/true", "ExecStart=-/usr/bin/semaphore runner start --no-config"}, "", "/", "/usr/bin/semaphore", true},
		{[]string{"ExecStart=/bin/a", "ExecStart=", "ExecStart=/bin/b"}, "", "/", "/bin/b", false},
		{[]string{"WorkingDirectory=-/nosuch"}, "", "/", "", false},
	}
	for _, tt := range tests {
		in := setup(t, globbing{unit(tt.lines...)})
		if in.Config != tt.config || in.Dir != tt.dir || in.Program != tt.program || in.NoConfig != tt.noConfig || exits(in) != "" {
			t.Errorf("%q: config %s, dir %s, program %s, no config %v, %s", tt.lines, in.Config, in.Dir, in.Program, in.NoConfig, exits(in))
		}
	}
	if in := setup(t, globbing{unit("WorkingDirectory=/nosuch")}); exits(in) != "200/CHDIR" {
		t.Errorf("a directory that is not there: %s", exits(in))
	}
}

func TestUnitBox(t *testing.T) {
	t.Parallel()
	type asked struct {
		name string
		want host.Verdict
	}
	tests := []struct {
		lines []string
		exits string
		asks  []asked // may it create there?
	}{
		{nil, "", []asked{{"/etc/new", host.Granted}}},
		{[]string{"ProtectSystem=yes"}, "", []asked{{"/usr/bin/new", host.ReadOnly}, {"/etc/new", host.Granted}}},
		{[]string{"ProtectSystem=full"}, "", []asked{{"/etc/semaphore/new", host.ReadOnly}, {"/var/lib/new", host.Granted}}},
		{[]string{"ProtectSystem=strict"}, "", []asked{{"/var/lib/semaphore/new", host.ReadOnly}, {"/tmp/new", host.ReadOnly}, {"/home/semaphore/new", host.Granted}}},
		{[]string{"ProtectSystem=strict", "ReadWritePaths=/var/lib/semaphore -/nosuch"}, "", []asked{{"/var/lib/semaphore/new", host.Granted}, {"/var/lib/new", host.ReadOnly}}},
		{[]string{"ProtectSystem=strict", "ReadWritePaths=/"}, "", []asked{{"/var/lib/new", host.ReadOnly}}},
		{[]string{"ReadWritePaths=/nosuch"}, "226/NAMESPACE", nil},
		{[]string{"ProtectSystem=strict", "StateDirectory=new", "ReadWritePaths=/var/lib/new"}, "", []asked{{"/var/lib/new/x", host.Granted}}},
		{[]string{"ProtectSystem=strict", "PrivateTmp=true"}, "", []asked{{"/tmp/new", host.Granted}, {"/var/tmp/new", host.Granted}}},
		{[]string{"ProtectHome=yes", "ReadWritePaths=/home/semaphore"}, "", []asked{{"/home/semaphore/new", host.Missing}}},
		{[]string{"ProtectHome=read-only"}, "", []asked{{"/home/semaphore/new", host.ReadOnly}}},
		{[]string{"ProtectHome=tmpfs"}, "", []asked{{"/home/new", host.ReadOnly}}},
		{[]string{"ReadOnlyPaths=/var", "ReadWritePaths=/var/lib"}, "", []asked{{"/var/lib/new", host.Granted}, {"/var/new", host.ReadOnly}}},
		{[]string{"BindPaths=/var/lib/semaphore:/srv/x", "ProtectSystem=strict"}, "", []asked{{"/srv/x/new", host.Granted}}},
		{[]string{"TemporaryFileSystem=/var:ro"}, "", []asked{{"/var/new", host.ReadOnly}}},
		{[]string{"DynamicUser=yes", "ProtectHome=no", "PrivateTmp=no"}, "", []asked{{"/home/semaphore/new", host.ReadOnly}, {"/tmp/x", host.Granted}}},
		{[]string{"DynamicUser=yes", "ProtectHome=yes"}, "", []asked{{"/home/semaphore/new", host.Denied}}},
		{[]string{"DynamicUser=yes", "StateDirectory=r"}, "", []asked{{"/var/lib/new", host.ReadOnly}, {"/var/lib/r/new", host.Granted}, {"/tmp/x", host.Granted}}},
	}
	for _, tt := range tests {
		files := globbing{unit(tt.lines...)}
		s, err := UnitSetup(files, "semaphore-runner")
		if err != nil {
			t.Fatal(err)
		}
		if s.Files == nil {
			s.Files = files
		}
		if exits(s.Install) != tt.exits {
			t.Errorf("%q: %s, want %s", tt.lines, exits(s.Install), tt.exits)
		}
		for _, a := range tt.asks {
			if got := host.CanCreate(s.Files, a.name, s.Install.As); got.Verdict != a.want {
				t.Errorf("%q: %s: %v (%v), want %v", tt.lines, a.name, got.Verdict, got.Why, a.want)
			}
		}
	}
}

// What may not be read leaves it open how the runner is started.
func TestUnitUnseen(t *testing.T) {
	t.Parallel()
	for _, lines := range []string{"EnvironmentFile=/etc/semaphore/d/shut.none", "Environment=SEMAPHORE_X=%v", "PassEnvironment=SEMAPHORE_TOKEN", "ImportCredential=a"} {
		if in := setup(t, globbing{unit(lines)}); len(in.Unseen) == 0 {
			t.Errorf("%s: nothing is said to be unknown", lines)
		}
	}
}

// A drop-in that may not be read may say anything.
func TestUnitDropInUnseen(t *testing.T) {
	t.Parallel()
	m := unit("ExecStart=/usr/bin/semaphore runner start")
	m[unitPlace+".d/x.conf"] = node{hidden: true, data: "x"}
	if in := setup(t, globbing{m}); len(in.Unseen) != 1 {
		t.Errorf("unseen %v, want the drop-in", in.Unseen)
	}
}
