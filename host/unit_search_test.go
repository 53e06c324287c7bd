package host

import (
	"io/fs"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFindUnits(t *testing.T) {
	t.Parallel()
	runs := entry{data: "[Service]\nExecStart=/usr/bin/semaphore runner start\n"}
	m := memory{
		"/etc/systemd/system/dropped.service.d":       dir(0o755, 0, 0),
		"/etc/systemd/system/multi-user.target.wants": dir(0o755, 0, 0),
		"/lib":                                                          link("usr/lib"),
		"/usr/lib/systemd/system/ssh.service":                           {data: "[Service]\nExecStart=/usr/sbin/sshd\n"},
		"/usr/lib/systemd/system/vendor.service":                        runs,
		"/usr/lib/systemd/system/runner@.service":                       runs,
		"/usr/lib/systemd/system/semaphore.timer":                       runs,
		"/etc/systemd/system/own.service":                               runs,
		"/etc/systemd/system/dropped.service":                           {data: "[Service]\nExecStart=/bin/true\n"},
		"/etc/systemd/system/dropped.service.d/a.conf":                  runs,
		"/etc/systemd/system/dropped.service.d/a.txt":                   {data: "x"},
		"/etc/systemd/system/multi-user.target.wants/runner@eu.service": link("/usr/lib/systemd/system/runner@.service"),
		"/etc/systemd/system/multi-user.target.wants/own.service":       link("../own.service"),
		"/etc/systemd/system/secret-semaphore.service":                  {denied: true},
		"/etc/systemd/system/secret.service":                            {denied: true},
		"/etc/systemd/system/masked.service":                            link("/dev/null"),
		"/dev/null":                                                     {mode: fs.ModeDevice | 0o666},
	}
	want := []string{"dropped.service", "own.service", "runner@eu.service", "secret-semaphore.service", "vendor.service"}
	if diff := cmp.Diff(want, FindUnits(m, "semaphore")); diff != "" {
		t.Errorf("FindUnits (-want +got):\n%s", diff)
	}
	if got := FindUnits(memory{}, "semaphore"); got != nil {
		t.Errorf("FindUnits of nothing = %q", got)
	}
}
