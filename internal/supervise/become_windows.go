package supervise

import (
	"errors"
	"os"
	"os/exec"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// Become runs the runner as a child and returns its exit code: Windows cannot
// replace a process by another.
func Become(s Start) (code int, err error) {
	if !s.As.SameAs(host.Self()) {
		return -1, say.Errorf("start the runner as %s: %w", s.As, errors.ErrUnsupported)
	}
	cmd := exec.Command(s.Path, s.Args[1:]...)
	cmd.Env, cmd.Dir = s.Env, s.Dir
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	err = cmd.Run()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		return exit.ExitCode(), nil
	}
	if err != nil {
		return -1, say.Errorf("start the runner %s: %w", s.Path, err)
	}
	return 0, nil
}
