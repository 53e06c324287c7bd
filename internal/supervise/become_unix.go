//go:build unix

package supervise

import (
	"os"
	"syscall"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// Become replaces this process by the runner: its process id, its terminal and
// its signals are ours until then, and nothing of us is left. It returns only
// when that is not possible; the code is -1 then.
func Become(s Start) (code int, err error) {
	if s.Dir != "" {
		if err := os.Chdir(s.Dir); err != nil {
			return -1, say.Errorf("start the runner: %w", err)
		}
	}
	if err := assume(s.As); err != nil {
		return -1, say.Errorf("start the runner as %s: %w", s.As, err)
	}
	if err := syscall.Exec(s.Path, s.Args, s.Env); err != nil {
		return -1, say.Errorf("start the runner %s: %w", s.Path, err)
	}
	return 0, nil
}

// assume gives up who we are for who the runner is: groups first, because the
// right to change them goes with the user.
func assume(as host.Identity) error {
	if as.SameAs(host.Self()) {
		return nil
	}
	if err := syscall.Setgroups(as.Groups); err != nil {
		return say.Errorf("set its groups: %w", err)
	}
	if err := syscall.Setgid(as.GID); err != nil {
		return say.Errorf("set its group: %w", err)
	}
	if err := syscall.Setuid(as.UID); err != nil {
		return say.Errorf("set its user: %w", err)
	}
	return nil
}
