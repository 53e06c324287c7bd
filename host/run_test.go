package host

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// runOf reads a command of root's.
func runOf(t *testing.T, m memory, words ...string) *Run {
	t.Helper()
	var ws []RunWord
	for _, w := range words {
		ws = append(ws, RunWord{Text: w, At: Place{File: "/x.service", Line: 3}})
	}
	r, ok := LoadRun(Caller{Dir: "/srv", Home: "/root", Files: m, Look: func(name string) (string, bool) { return "of-" + name, name == "HERE" }}, ws)
	if !ok {
		t.Fatalf("LoadRun(%q) makes no container", words)
	}
	return r
}

// Flags are taken apart as pflag does, which both engines use.
func TestRunFlags(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		words []string
		image string
		rest  []string
	}{
		{"plain", []string{"docker", "run", "img"}, "img", nil},
		{"management command", []string{"/usr/bin/docker", "container", "run", "--rm", "img", "a", "-b"}, "img", []string{"a", "-b"}},
		{"global flags", []string{"podman", "--log-level", "info", "--root=/x", "run", "img"}, "img", nil},
		{"short ones together", []string{"docker", "run", "-dit", "-p3000:3000", "-e", "A=b", "img"}, "img", nil},
		{"short with a value", []string{"docker", "run", "-eA=b", "-v=/a:/b", "img", "x"}, "img", []string{"x"}},
		{"switch with a value", []string{"docker", "run", "--rm=false", "--init", "img"}, "img", nil},
		{"unknown flags take a value", []string{"docker", "run", "--log-opt", "max-size=10m", "--restart", "always", "--pull=always", "img"}, "img", nil},
		{"double dash", []string{"docker", "run", "--name", "x", "--", "img", "--help"}, "img", []string{"--help"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := runOf(t, memory{}, tt.words...)
			if diff := cmp.Diff(tt.rest, r.Command); r.Image.Text != tt.image || diff != "" {
				t.Errorf("image %q, want %q; command: %s", r.Image.Text, tt.image, diff)
			}
		})
	}
}

func TestRunIsNone(t *testing.T) {
	t.Parallel()
	for _, words := range [][]string{
		nil, {"docker"}, {"docker", "start", "-a", "run"}, {"docker", "compose", "run", "x"}, {"semaphore", "run", "img"}, {"docker", "run", "--rm"},
	} {
		var ws []RunWord
		for _, w := range words {
			ws = append(ws, RunWord{Text: w})
		}
		if _, ok := LoadRun(Caller{Files: memory{}}, ws); ok {
			t.Errorf("LoadRun(%q) makes a container", words)
		}
	}
}

func TestRunSays(t *testing.T) {
	t.Parallel()
	m := memory{
		"/srv/env":  {data: "# comment\nA=\"quoted\"\nHERE\nGONE\nB=1\n", mode: 0o644},
		"/srv/data": dir(0o755, 0, 0),
	}
	r := runOf(t, m, "podman", "run", "-e", "B=2", "--env-file", "env", "--name=n", "--replace", "-u", "1:2", "--net", "host", "-w/home",
		"-v", "./data:/data:ro,Z", "--mount", "type=tmpfs,dst=/t,tmpfs-mode=700", "--secret", "tok,type=env,target=TOKEN", "--secret", "key", "--read-only", "--cap-drop", "ALL", "img")
	env := map[string]string{}
	for _, v := range r.Env {
		if v.Set {
			env[v.Name] = v.Value
		}
	}
	if diff := cmp.Diff(map[string]string{"A": `"quoted"`, "HERE": "of-HERE", "B": "2"}, env); diff != "" {
		t.Error(diff)
	}
	var mounts []string
	for _, x := range r.Mounts {
		mounts = append(mounts, string(x.Kind)+" "+x.Source+" "+x.Target)
	}
	want := []string{"bind /srv/data /data", "tmpfs  /t", "content key /run/secrets/key", "tmpfs  /tmp", "tmpfs  /var/tmp", "tmpfs  /run"}
	if diff := cmp.Diff(want, mounts); diff != "" {
		t.Error(diff)
	}
	if !r.Mounts[0].ReadOnly || !r.Removed || r.Network != "host" || r.User.Text != "1:2" || r.WorkingDir != "/home" || r.Name != "n" || len(r.Hidden) != 1 || r.Hidden[0].Name != "TOKEN" || len(r.Refused) != 0 {
		t.Errorf("read %+v", r)
	}
}

// What the engine itself refuses: each is said.
func TestRunRefused(t *testing.T) {
	t.Parallel()
	m := memory{"/srv": dir(0o755, 0, 0)}
	for _, words := range [][]string{
		{"docker", "run", "--env-file", "/srv/none", "img"},
		{"docker", "run", "-v", "/srv:relative", "img"},
		{"podman", "run", "-v", "/srv/none:/data", "img"},
		{"docker", "run", "--mount", "type=bind,src=/srv/none,dst=/data", "img"},
	} {
		if r := runOf(t, m, words...); len(r.Refused) != 1 {
			t.Errorf("LoadRun(%q) is refused %d times, want 1", words, len(r.Refused))
		}
	}
	if r := runOf(t, m, "docker", "run", "-v", "/srv/none:/data", "img"); len(r.Refused) != 0 {
		t.Errorf("Docker makes the source of -v: %v", r.Refused)
	}
}

// In a container without root its root is the user, and all others are numbers of
// /etc/subuid.
func TestRootlessIDs(t *testing.T) {
	t.Parallel()
	m := memory{
		"/etc/subuid": {data: "ops:100000:1000\nother:500000:10\n1000:300000:2000\n", mode: 0o644},
		"/etc/subgid": {data: "ops:100000:65536\n", mode: 0o644},
	}
	ops := Identity{Name: "ops", UID: 1000, GID: 1000}
	for _, tt := range []struct {
		name          string
		kept          *Owner
		outside, want Owner
	}{
		{"the user is root", nil, Owner{1000, 1000}, Owner{0, 0}},
		{"the first number", nil, Owner{100000, 100000}, Owner{1, 1}},
		{"the image's user", nil, Owner{300000, 1000}, Owner{1001, 0}},
		{"root is nobody", nil, Owner{0, 0}, Owner{nobody, nobody}},
		{"another's numbers", nil, Owner{500000, 0}, Owner{nobody, nobody}},
		{"keep-id", &Owner{1001, 0}, Owner{1000, 1000}, Owner{1001, 0}},
		{"keep-id, below", &Owner{1001, 0}, Owner{100999, 100000}, Owner{999, 1}},
		{"keep-id, across", &Owner{1001, 0}, Owner{300000, 100001}, Owner{1000, 2}},
		{"keep-id, above", &Owner{1001, 0}, Owner{300001, 100001}, Owner{1002, 2}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := rootlessIDs(m, ops, tt.kept).Inside(tt.outside); got != tt.want {
				t.Errorf("Inside(%v) = %v, want %v", tt.outside, got, tt.want)
			}
		})
	}
}

// A user's own files, and those of the user's numbers, are the user's to read in a
// container without root; root's are not.
func TestGuardRootless(t *testing.T) {
	t.Parallel()
	m := memory{
		"/etc/subuid":    {data: "ops:100000:65536\n", mode: 0o644},
		"/etc/subgid":    {data: "ops:100000:65536\n", mode: 0o644},
		"/home":          dir(0o755, 0, 0),
		"/home/ops":      dir(0o700, 1000, 1000),
		"/home/ops/s":    dir(0o700, 101000, 100000),
		"/home/ops/s/t":  {data: "S3CR3T", mode: 0o600, owner: Owner{101000, 100000}},
		"/home/ops/s/r":  {data: "S3CR3T", mode: 0o600},
		"/root":          dir(0o700, 0, 0),
		"/root/mapped":   {data: "S3CR3T", mode: 0o600, owner: Owner{101000, 100000}},
		"/home/ops/link": link("/root/mapped"),
	}
	ops := Identity{Name: "ops", UID: 1000, GID: 1000}
	g := Guard{Files: m, As: ops, IDs: rootlessIDs(m, ops, nil)}
	for name, want := range map[string]bool{"/home/ops/s/t": true, "/home/ops/s/r": false, "/root/mapped": false, "/home/ops/link": false} {
		if _, err := g.ReadFile(name); (err == nil) != want {
			t.Errorf("ReadFile(%s): %v, want it to be read: %v", name, err, want)
		}
	}
}
