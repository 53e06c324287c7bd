package host

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
	"path"
	"strings"
	"time"
)

// MaxOutput is the most that is kept of each output of a Command, in bytes.
const MaxOutput = 64 << 10

// killGrace is how long a Command's pipes may stay open after it has ended,
// held by processes it has left behind.
const killGrace = 200 * time.Millisecond

// Exec runs a command: RealExec, or what a test says it would answer.
type Exec func(ctx context.Context, c Command) (Output, error)

// Command is a program to run, with nothing inherited from semadoctor.
type Command struct {
	Path string    // absolute: see LookPath
	Args []string  // without the name of the program
	Env  []string  // all of it, NAME=VALUE; nil is an empty environment
	Dir  string    // working directory; "" is semadoctor's
	As   *Identity // who runs it; nil is semadoctor
}

// Output is what a command has said.
type Output struct {
	Stdout, Stderr []byte // at most MaxOutput each
	Code           int    // exit code; -1 if it was ended by a signal
	Truncated      bool   // there was more than MaxOutput
}

// RealExec runs c with an empty standard input and waits for it. An exit code
// is an answer, not an error; that c could not be started, was ended by a
// signal or took longer than ctx is an error. At the end of ctx c is killed, with
// everything it has started in its process group.
func RealExec(ctx context.Context, c Command) (Output, error) {
	if !path.IsAbs(c.Path) && !isNative(c.Path) {
		return Output{}, fmt.Errorf("run %s: %w", c.Path, fs.ErrInvalid)
	}
	cmd := exec.CommandContext(ctx, c.Path, c.Args...)
	cmd.Env = append([]string{}, c.Env...) // never nil: that would be ours
	cmd.Dir = c.Dir
	cmd.WaitDelay = killGrace
	var stdout, stderr limited
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := asIdentity(cmd, c.As); err != nil {
		return Output{}, fmt.Errorf("run %s: %w", c.Path, err)
	}
	err := cmd.Run()
	out := Output{stdout.kept, stderr.kept, 0, stdout.more || stderr.more}
	if cmd.ProcessState != nil {
		out.Code = cmd.ProcessState.ExitCode()
	}
	if err = ended(ctx, out.Code, err); err != nil {
		err = fmt.Errorf("run %s: %w", c.Path, err)
	}
	return out, err
}

// ended tells an exit code from an error. A process left behind that holds the
// pipes (exec.ErrWaitDelay) is not the command's failure.
func ended(ctx context.Context, code int, err error) error {
	var exit *exec.ExitError
	switch {
	case err == nil, errors.Is(err, exec.ErrWaitDelay):
		return nil
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case errors.As(err, &exit) && code >= 0:
		return nil
	}
	return err
}

// limited keeps the first MaxOutput bytes and takes the rest, so that the
// command is not stopped by a full pipe.
type limited struct {
	kept []byte
	more bool
}

// Write never fails.
func (l *limited) Write(p []byte) (int, error) {
	n := min(len(p), MaxOutput-len(l.kept))
	l.kept = append(l.kept, p[:n]...)
	l.more = l.more || n < len(p)
	return len(p), nil
}

// LookPath finds the executable name as a process in directory dir with that
// PATH would. A name with a slash is not searched for. Relative and empty
// entries of PATH, which mean the directory one happens to be in, are passed
// over: what lies there must not be run because somebody looked.
//
// Not to be found is exec.ErrNotFound, unless there was a directory that we may
// not look into: then the error is that.
func LookPath(files Files, pathVar, dir, name string) (string, error) {
	dirs, base := strings.Split(pathVar, ":"), name
	if strings.Contains(name, "/") {
		dirs, base = []string{path.Dir(name)}, path.Base(name)
	}
	why := exec.ErrNotFound
	for _, d := range dirs {
		switch {
		case path.IsAbs(d):
		case strings.Contains(name, "/"):
			d = path.Join(dir, d)
		default:
			continue
		}
		candidate := path.Join(d, base)
		info, err := Stat(files, candidate)
		switch {
		case errors.Is(err, fs.ErrPermission):
			why = err
		case err == nil && info.Mode.IsRegular() && info.Mode&0o111 != 0:
			return candidate, nil
		}
	}
	return "", &exec.Error{Name: name, Err: why}
}
