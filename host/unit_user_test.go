package host

import (
	"errors"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const joesUnit = "/home/joe/.config/systemd/user/runner.service"

// joes is a machine on which a user has a unit, and a drop-in in a place of all
// users.
func joes() memory {
	runs := entry{data: "[Service]\nExecStart=/usr/bin/semaphore runner start\n"}
	return memory{
		"/etc/passwd": {data: "root:x:0:0::/root:/bin/sh\ndaemon:x:1:1::/:/bin/false\njoe:x:1000:1001::/home/joe/:/bin/zsh\n"},
		"/etc/group":  {data: "root:x:0:\nstaff:x:1001:\ndocker:x:998:joe\n"},
		joesUnit:      runs,
		"/home/joe/.local/share/systemd/user/other.service":                  {data: "[Service]\nExecStart=/bin/true\n"},
		"/etc/systemd/user/runner.service.d/all.conf":                        {data: "[Service]\nRestart=no\n"},
		"/etc/systemd/system/runner.service.d/system.conf":                   {data: "[Service]\nRestart=always\n"},
		"/home/joe/.config/systemd/user/default.target.wants":                dir(0o755, 1000, 1001),
		"/home/joe/.config/systemd/user/default.target.wants/runner.service": link("../runner.service"),
		"/var/lib/systemd/linger/joe":                                        {},
		"/srv/joe/.config/systemd/user/runner.service":                       runs,
	}
}

func TestUnitOfAUser(t *testing.T) {
	t.Parallel()
	m := joes()
	u, err := LoadUnit(m, joesUnit)
	if err != nil {
		t.Fatal(err)
	}
	if !u.Known || u.Manager == nil {
		t.Fatalf("LoadUnit(%s) is %+v, want joe's", joesUnit, u)
	}
	if diff := cmp.Diff([]string{"/etc/systemd/user/runner.service.d/all.conf"}, u.DropIns); diff != "" {
		t.Errorf("drop-ins (-want +got):\n%s", diff)
	}
	got, unknown := u.Expand(m, "%h %u %U %g %G %s %t %C %E %T %n")
	if want := "/home/joe joe 1000 staff 1001 /bin/zsh /run/user/1000 /home/joe/.cache /home/joe/.config /tmp runner.service"; got != want || unknown != nil {
		t.Errorf("Expand() = %q, %q, want %q", got, unknown, want)
	}
	if got, unknown := u.Expand(m, "%S %L"); got != "%S %L" || len(unknown) != 2 {
		t.Errorf("Expand() of what depends on the version = %q, %q", got, unknown)
	}
	pulls, err := u.EnabledUnits(m)
	if diff := cmp.Diff([]Pull{{"default.target", "runner.service"}}, pulls); diff != "" || err != nil {
		t.Errorf("EnabledUnits() (-want +got), %v:\n%s", err, diff)
	}
	if lingers, err := u.Manager.Lingers(m); !lingers || err != nil {
		t.Errorf("Lingers() = %v, %v", lingers, err)
	}
}

// A home that nobody has makes no user's unit.
func TestUnitOfNobody(t *testing.T) {
	t.Parallel()
	u, err := LoadUnit(joes(), "/srv/joe/.config/systemd/user/runner.service")
	if err != nil || u.Known || u.Manager != nil {
		t.Errorf("LoadUnit() = %+v, %v", u, err)
	}
}

// By its name a user's unit is found when the system has none, and one user alone.
func TestUnitOfAUserByName(t *testing.T) {
	t.Parallel()
	m := joes()
	if u, err := LoadUnit(m, "runner"); err != nil || u.Path != joesUnit || u.Manager == nil || !u.Known {
		t.Errorf("LoadUnit(runner) = %+v, %v", u, err)
	}
	if _, err := LoadUnit(m, "nosuch"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("LoadUnit(nosuch) = %v", err)
	}
	m["/root/.local/share/systemd/user/runner.service"] = m[joesUnit]
	if _, err := LoadUnit(m, "runner"); err == nil || !strings.Contains(err.Error(), joesUnit) {
		t.Errorf("LoadUnit() of what two users have = %v", err)
	}
	m["/etc/systemd/system/runner.service"] = m[joesUnit]
	if u, err := LoadUnit(m, "runner"); err != nil || u.Manager != nil {
		t.Errorf("LoadUnit() of what the system has = %+v, %v", u, err)
	}
}

func TestFindUserUnits(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff([]string{joesUnit}, FindUserUnits(joes(), "semaphore")); diff != "" {
		t.Errorf("FindUserUnits() (-want +got):\n%s", diff)
	}
	if got := FindUserUnits(memory{}, "semaphore"); got != nil {
		t.Errorf("FindUserUnits() of nothing = %q", got)
	}
}
