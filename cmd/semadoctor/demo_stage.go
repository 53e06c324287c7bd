//go:build !nodemo

package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/internal/fakeserver"
	"github.com/semadoctor/semadoctor/report"
)

// command runs this very program, as a user would: "run" becomes another
// program, which must not be us.
func (s *show) command(args []string) int {
	cmd := exec.CommandContext(s.ctx, s.Self, args...)
	cmd.WaitDelay = time.Second
	cmd.Env = append(os.Environ(), stateEnv+"="+filepath.Join(s.dir, "journal"))
	cmd.Stdin, cmd.Stdout, cmd.Stderr = s.Stdin, s.Stdout, s.Stdout
	err := cmd.Run()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		return exit.ExitCode()
	}
	if err != nil {
		return report.ExitNotFound
	}
	return report.ExitOK
}

// demoRunner is the runner of the demo: what a runner of 2.9.58 does, for three
// polls.
func (a *app) demoRunner(c *cli.Context) error {
	r := fakeserver.Runner{
		Era: "E2b", Config: c.Args().First(), Env: func(string) (string, bool) { return "", false }, Dir: a.Dir,
		Stdout: a.Stdout, Stderr: a.Stderr, Interval: 200 * time.Millisecond, RetryInterval: time.Second, Polls: 3,
	}
	a.code = r.Run(context.Background())
	return nil
}
