package runner

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/semadoctor/semadoctor/host"
)

const joesPlace = "/home/joe/.config/systemd/user/semaphore-runner.service"

// joes is a machine with a unit of a user's own.
func joes(lines ...string) tree {
	files := unit()
	delete(files, unitPlace)
	files["/etc/passwd"] = plain("root:x:0:0::/root:/bin/sh\njoe:x:1000:1000::/home/joe:/bin/sh\n")
	files[joesPlace] = plain("[Service]\n" + strings.Join(lines, "\n") + "\nExecStart=/usr/bin/semaphore runner start\n")
	files["/etc/environment.d/10-all.conf"] = plain("SEMAPHORE_WEB_ROOT=http://all\nA=all\n")
	files["/home/joe/.config/environment.d/20-own.conf"] = plain("A=own\nPATH=$PATH:/opt/bin\n")
	return files
}

func TestUserUnit(t *testing.T) {
	t.Parallel()
	s, err := UnitSetup(joes("Environment=B=%h"), joesPlace)
	if err != nil {
		t.Fatal(err)
	}
	in := s.Install
	if s.Name != "semaphore-runner.service of joe" || in.As.UID != 1000 || in.Dir != "/home/joe" || len(in.Unseen) > 0 {
		t.Errorf("%s runs as %v in %s, unseen %v", s.Name, in.As, in.Dir, in.Unseen)
	}
	for name, want := range map[string]string{
		"HOME": "/home/joe", "XDG_RUNTIME_DIR": "/run/user/1000", "A": "own", "B": "/home/joe",
		"SEMAPHORE_WEB_ROOT": "http://all", "PATH": unitPath,
	} {
		if got := in.Env[name].V; got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
}

// Where the directories of a user's units are depends on systemd's version: those
// that are there count.
func TestUserUnitDirectories(t *testing.T) {
	t.Parallel()
	for old, want := range map[bool]string{true: "/home/joe/.config/sem", false: "/home/joe/.local/state/sem"} {
		files := joes("StateDirectory=sem")
		if old {
			files["/home/joe/.config/sem/token"] = plain("t")
		}
		s, err := UnitSetup(files, joesPlace)
		if got := s.Install.Env["STATE_DIRECTORY"].V; err != nil || got != want {
			t.Errorf("STATE_DIRECTORY = %q, %v, want %q", got, err, want)
		}
	}
}

func TestUserUnitUnseen(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"ProtectHome=yes", "DynamicUser=yes", "WorkingDirectory=%S/x"} {
		s, err := UnitSetup(joes(line), joesPlace)
		if err != nil || len(s.Install.Unseen) == 0 {
			t.Errorf("with %s all is seen, %v", line, err)
		}
	}
	files := joes()
	files["/home/joe/.config/environment.d/30-x.conf"] = plain("SEMAPHORE_TMP_PATH=${HOME}/x\n")
	if s, err := UnitSetup(files, joesPlace); err != nil || len(s.Install.Unseen) != 1 {
		t.Errorf("a variable made of others is seen: %v, %v", s.Install.Unseen, err)
	}
}

// A process is a user's unit at work only if it is that user's.
func TestUserUnitProcess(t *testing.T) {
	t.Parallel()
	s, err := UnitSetup(joes(), joesPlace)
	if err != nil {
		t.Fatal(err)
	}
	for uid, want := range map[int]bool{1000: true, 1001: false} {
		p := &host.Process{Unit: "semaphore-runner.service", As: host.Identity{UID: uid}}
		if got := s.started(p); got != want {
			t.Errorf("started(of %d) = %v, want %v", uid, got, want)
		}
	}
}

// Root reads nothing on the word of a user that this user could not read.
func TestUserUnitReadsAsItsUser(t *testing.T) {
	t.Parallel()
	for line, fault := range map[string]bool{"EnvironmentFile=/etc/semaphore/secret": true, "EnvironmentFile=-/etc/semaphore/secret": false} {
		files := joes(line)
		files["/etc/semaphore/secret"] = node{data: "SEMAPHORE_RUNNER_TOKEN=S3CR3T\n", mode: 0o600}
		s, err := UnitSetup(files, joesPlace)
		if err != nil {
			t.Fatal(err)
		}
		if v, ok := s.Install.Env["SEMAPHORE_RUNNER_TOKEN"]; ok {
			t.Errorf("with %s the runner has %s", line, v.From.File)
		}
		if got := len(s.Install.Unit.Faults) > 0; got != fault || s.Install.Author == nil {
			t.Errorf("with %s there are faults %v, author %v", line, s.Install.Unit.Faults, s.Install.Author)
		}
	}
}

// Nor what a compose file names that nobody has named, and that is not root's.
func TestFindServicesReadsAsTheirAuthor(t *testing.T) {
	t.Parallel()
	files := joes()
	files["/etc/semaphore/secret"] = node{data: "SEMAPHORE_RUNNER_TOKEN=S3CR3T\n", mode: 0o600}
	files["/home/joe"] = node{mode: fs.ModeDir | 0o755, owner: host.Owner{UID: 1000, GID: 1000}}
	files["/home/joe/compose.yaml"] = node{owner: host.Owner{UID: 1000, GID: 1000}, mode: 0o644, data: "services:\n  runner:\n    image: semaphoreui/runner:v2.10.32\n    env_file: /etc/semaphore/secret\n"}
	found := FindServices(files, "/nowhere", nil)
	if len(found) != 1 || len(found[0].Install.Unseen) == 0 || len(found[0].Install.Env) > 0 {
		t.Fatalf("FindServices() = %+v", found)
	}
	named, err := ComposeSetups(files, "/home/joe/compose.yaml", nil)
	if err != nil || named[0].Install.Env["SEMAPHORE_RUNNER_TOKEN"].V != "S3CR3T" {
		t.Errorf("named, it is %+v, %v", named, err)
	}
}
