//go:build integration && linux

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/unix"
)

// A crashing is a machine to be repaired, with "DIR" for its directory.
type crashing struct {
	name    string
	version string
	files   map[string]string // each 0644 and as old as ages
}

// ages is long ago.
func ages() time.Time { return time.Unix(1_600_000_000, 0) }

// clashing has a config with comments that is its own state file, readable by
// everybody.
func clashing() crashing {
	return crashing{"state and config in one file", "2.9.58", map[string]string{"config.json": `{
  // the runner of the build hosts
  "tmp_path": "DIR/tmp",
  "runner": {
    "api_url": "http://semaphore.test:3000/api/",
    "registration_token": "S3CR3T-registration-token-of-this",
    "config_file": "DIR/config.json", /* beside it */
  },
}
`}}
}

// mislaid has a token file with an older runner's state in it.
func mislaid() crashing {
	return crashing{"state in a token file", "2.10.32", map[string]string{
		"config.json": `{"web_host": "http://semaphore.test:3000/", "tmp_path": "DIR/tmp", "runner": {"token_file": "DIR/token"}}`,
		"token":       `{"runner_id": 7, "token": "S3CR3TabcdefghijklmnopqrstuvwxyzABCDEFGHIJK="}`,
	}}
}

// A layout is what a config is on the disk, which decides how it is written.
type layout struct {
	name string
	lay  func(config string) error
}

func renamed() layout { return layout{"renamed", func(string) error { return nil }} }

// otherName ends the second name of a file.
const otherName = " by another name"

func hardLinked() layout {
	return layout{"hard link", func(config string) error { return os.Link(config, config+otherName) }}
}

func bindMounted() layout {
	return layout{"bind mount", func(config string) error { return unix.Mount(config, config, "", unix.MS_BIND, "") }}
}

// ownThread gives the test a thread of its own, which ends with it, for traced
// processes and mounts are a thread's; and mounts that nobody else sees. It returns
// a directory to mount on.
func ownThread(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil { // so that it is the modes of the files that count
		t.Fatal(err)
	}
	runtime.LockOSThread()
	err := unix.Unshare(unix.CLONE_NEWNS)
	if err == nil {
		err = unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, "")
	}
	if err == nil {
		err = unix.Mount("tmpfs", dir, "tmpfs", 0, "")
	}
	if err != nil {
		t.Skipf("needs mounts of its own: %v", err)
	}
	t.Cleanup(func() { unix.Unmount(dir, unix.MNT_DETACH) })
	return dir
}

// A patientDir is the machine of one run, in memory: on a disk, syncing would take
// most of the time.
type patientDir struct {
	*testing.T
	base, dir, journal, version string
}

// make makes the machine anew, in place of the one that was at base.
func (m crashing) make(t *testing.T, base string, lay layout) *patientDir {
	t.Helper()
	return m.makeOn(t, base, "", lay)
}

// makeOn makes the machine with a file system for its files, if there are options
// for one.
func (m crashing) makeOn(t *testing.T, base, options string, lay layout) *patientDir {
	t.Helper()
	p := m.empty(t, base)
	p.mkdir(p.dir)
	if options != "" {
		if err := unix.Mount("tmpfs", p.dir, "tmpfs", 0, options); err != nil {
			t.Fatal(err)
		}
	}
	p.mkdir(filepath.Join(p.dir, "tmp"))
	for name, text := range m.files {
		p.write(filepath.Join(p.dir, name), []byte(strings.ReplaceAll(text, "DIR", p.dir)), 0o644, ages())
	}
	switch err := lay.lay(filepath.Join(p.dir, "config.json")); {
	case errors.Is(err, unix.ENOTTY):
		t.Skipf("this file system has no attributes: %v", err)
	case err != nil:
		t.Fatal(err)
	}
	return p
}

// empty is a machine without files, but with the two programs.
func (m crashing) empty(t *testing.T, base string) *patientDir {
	t.Helper()
	if err := unix.Unmount(base, unix.MNT_DETACH); err != nil {
		t.Fatal(err)
	}
	if err := unix.Mount("tmpfs", base, "tmpfs", 0, ""); err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"semadoctor", "traced"} {
		if err := os.Symlink(self, filepath.Join(base, name)); err != nil {
			t.Fatal(err)
		}
	}
	return &patientDir{t, base, filepath.Join(base, "m"), filepath.Join(base, "journal"), m.version}
}

func (p *patientDir) mkdir(dir string) {
	p.Helper()
	if err := os.Mkdir(dir, 0o755); err != nil {
		p.Fatal(err)
	}
}

func (p *patientDir) write(file string, data []byte, mode fs.FileMode, mtime time.Time) {
	p.Helper()
	err := os.WriteFile(file, data, 0o600)
	if err == nil {
		err = os.Chmod(file, mode)
	}
	if err == nil {
		err = os.Chtimes(file, mtime, mtime)
	}
	if err != nil {
		p.Fatal(err)
	}
}

// plain is semadoctor about to "fix", to "register" or to "undo", traced the same under a tracer.
func (p *patientDir) plain(what string) *exec.Cmd  { return p.command("semadoctor", what) }
func (p *patientDir) traced(what string) *exec.Cmd { return p.command("traced", what) }

func (p *patientDir) command(program, what string) *exec.Cmd {
	args := []string{"fix", "--undo"}
	config := []string{"--config", filepath.Join(p.dir, "config.json"), "--runner-version", p.version, "--clean-env"}
	switch what {
	case "fix":
		args = append([]string{"fix", "--yes", "--warnings", "--offline"}, config...)
	case "register":
		args = append([]string{"fix", "--yes", "--unsafe", "--only", "identity,server", "--registration-token-file", filepath.Join(p.base, "registration")}, config...)
	}
	cmd := exec.Command(filepath.Join(p.base, program), args...)
	cmd.Dir = p.dir
	cmd.Env = []string{stateEnv + "=" + p.journal, "LC_ALL=C", "PATH=/usr/bin", "GOMAXPROCS=1"} // the last makes it a quarter faster
	return cmd
}

// picture is every path below the directory: kind, mode, owner, whether it is as
// old as ages, and content, with "DIR" for the directory.
func (p *patientDir) picture() map[string]string {
	p.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(p.dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		var st unix.Stat_t
		if err := unix.Lstat(name, &st); err != nil {
			return err
		}
		text := fmt.Sprintf("%o %d:%d old %s", st.Mode, st.Uid, st.Gid, strconv.FormatBool(st.Mtim.Sec == ages().Unix()))
		if e.Type().IsRegular() {
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			text += "\n" + string(data)
		}
		rel, _ := filepath.Rel(p.dir, name)
		all[rel] = strings.ReplaceAll(text, p.dir, "DIR")
		return nil
	})
	if err != nil {
		p.Fatal(err)
	}
	return all
}

// same fails the test if the files are not as wanted.
func (p *patientDir) same(title string, want map[string]string) {
	p.Helper()
	if diff := cmp.Diff(want, p.picture()); diff != "" {
		p.Errorf("%s:\n%s", title, diff)
	}
}
