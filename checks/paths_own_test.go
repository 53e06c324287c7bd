package checks

import (
	"io/fs"
	"testing"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
)

// owners are the directories there are, with their owners' uids; a name with a
// negative uid is a file of root's.
type owners struct {
	host.Files
	uids map[string]int
}

// Lstat implements host.Files.
func (o owners) Lstat(name string) (host.Info, error) {
	uid, ok := o.uids[name]
	switch {
	case !ok:
		return host.Info{}, &fs.PathError{Op: "lstat", Path: name, Err: fs.ErrNotExist}
	case uid < 0:
		return host.Info{Mode: 0o600}, nil
	}
	return host.Info{Mode: fs.ModeDir | 0o755, Owner: host.Owner{UID: uid, GID: uid}}, nil
}

// TestMayHave: what is a runner's by its place, and where a directory may be
// made for it.
func TestMayHave(t *testing.T) {
	t.Parallel()
	files := owners{uids: map[string]int{
		"/": 0, "/data": 0, "/data/ci": 1001, "/var/spool": 0, "/var/spool/ci": 1001, "/etc/semaphore.json": -1,
		"/usr/local/ci": 1001, "/home/ci": 1001, "/home/ci/of-root": 0,
	}}
	target := &Target{
		Install: &runner.Installation{As: host.Identity{UID: 1001, GID: 1001}},
		Files:   files,
	}
	const etc, home, root = "/etc/semaphore/config.json", "/home/ci/config.json", "/root/config.json"
	tests := []struct {
		config, real string
		have, make   bool
	}{
		{etc, "/etc/shadow", false, false},
		{etc, "/etc/semaphore", true, true},
		{etc, "/etc/semaphore/state.json", true, true},
		{etc, "/etc/semaphore-runner/state.json", true, true},
		{etc, "/etc/semaphore.json", false, false},
		{etc, "/etc/sub/semaphore/state.json", false, false},
		{etc, "/etc/systemd/system/sshd.service.d", false, false},
		{etc, "/opt/semaphore/a/b", true, true},
		{etc, "/srv/semaphore/state.json", true, true},
		{etc, "/var/lib/semaphore/state.json", true, true},
		{etc, "/var/lib/docker/state.json", false, false},
		{etc, "/usr/local/etc/semaphore/state.json", true, true},
		{etc, "/usr/local/etc/other/state.json", false, false},
		{etc, "/usr/local/ci/state.json", false, false},
		{etc, "/root/semaphore/state.json", false, false},
		{etc, "/var/spool/ci/state.json", false, false},
		{etc, "/data/state.json", false, false},
		{etc, "/data/ci/state.json", true, true},
		{etc, "/data/ci/new/state.json", false, true},
		{etc, "/home/ci/of-root/state.json", false, false},
		{etc, "/home/other/state/state.json", false, false},
		{home, "/home/ci/state/state.json", true, true},
		{home, "/home/ci/state", true, true},
		{"/home/ci/../../etc/cron.d/config.json", "/etc/cron.d/state", false, false},
		{root, "/root/state/state.json", false, false},
		{"", "/var/lib/semaphore/state.json", true, true},
		{"", "/state/state.json", false, false},
	}
	for _, tt := range tests {
		if got := target.mayHave(tt.config, tt.real); got != tt.have {
			t.Errorf("mayHave(%q, %q) = %v, want %v", tt.config, tt.real, got, tt.have)
		}
		if got := target.mayMake(tt.config, tt.real); got != tt.make {
			t.Errorf("mayMake(%q, %q) = %v, want %v", tt.config, tt.real, got, tt.make)
		}
	}
}

func TestKeepsIdentity(t *testing.T) {
	t.Parallel()
	tests := []struct {
		data string
		size int64
		want bool
	}{
		{"", 0, true},
		{"", 5, false}, // could not be read
		{" \n", 2, true},
		{`{"runner_id":7,"token":"S3CR3Tabcdef"}`, 38, true},
		{`{"runner_id":7,"tok`, 19, true},
		{`{}`, 2, true},
		{"S3CR3Tabcdef\n", 13, true},
		{"root:*:19000:0:99999:7:::\n", 26, false},
		{`{"auths":{}}`, 12, false},
		{"-----BEGIN OPENSSH PRIVATE KEY-----\n", 36, false},
	}
	for _, tt := range tests {
		if got := keepsIdentity([]byte(tt.data), tt.size); got != tt.want {
			t.Errorf("keepsIdentity(%q, %d) = %v, want %v", tt.data, tt.size, got, tt.want)
		}
	}
}
