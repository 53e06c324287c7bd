package host

import (
	"context"
	"fmt"
	"io"
	"os/exec"
	"strings"
)

// A Pipe starts a command whose output may have no end: RealPipe, or what a test
// says it would say.
type Pipe func(ctx context.Context, c Command) (io.ReadCloser, error)

// RealPipe starts c with an empty standard input. What it says is read from the
// pipe; Close waits for its end, and an exit code is then an error, with what it
// has complained of. At the end of ctx it is killed.
func RealPipe(ctx context.Context, c Command) (io.ReadCloser, error) {
	cmd := exec.CommandContext(ctx, c.Path, c.Args...)
	cmd.Env = append([]string{}, c.Env...) // never nil: that would be ours
	cmd.Dir, cmd.WaitDelay = c.Dir, killGrace
	p := &pipe{cmd: cmd, ctx: ctx}
	cmd.Stderr = &p.stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return nil, fmt.Errorf("run %s: %w", c.Path, err)
	}
	p.Reader = out
	return p, nil
}

type pipe struct {
	io.Reader
	cmd    *exec.Cmd
	ctx    context.Context
	stderr limited
}

// Close waits for the command.
func (p *pipe) Close() error {
	err := p.cmd.Wait()
	if err == nil || p.ctx.Err() != nil {
		return nil
	}
	if said := strings.TrimSpace(string(p.stderr.kept)); said != "" {
		return fmt.Errorf("run %s: %w: %s", p.cmd.Path, err, said)
	}
	return fmt.Errorf("run %s: %w", p.cmd.Path, err)
}
