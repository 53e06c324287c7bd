package runner

import (
	"context"
	"path"
	"time"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// ErrNoBinary reports that there is no semaphore program on the runner's PATH,
// or that none may be run.
var ErrNoBinary = say.Errorf("no semaphore program")

// binaryPatience bounds "semaphore version", which takes 4 ms.
const binaryPatience = 2 * time.Second

// AskBinary asks the runner's own program for its version, as the runner's
// user. It needs no config and exits 0 in every release (observed 2.9.37 to
// 2.10.32). A build without a version is asked what it can do.
func AskBinary(ctx context.Context, exec host.Exec, files host.Files, in *Installation) (Version, error) {
	if exec == nil {
		return Version{}, ErrNoBinary
	}
	program, env, err := in.program(files)
	if err != nil {
		return Version{}, say.Errorf("find the runner's program: %w", ErrNoBinary)
	}
	ctx, cancel := context.WithTimeout(ctx, binaryPatience)
	defer cancel()
	ask := func(args ...string) (string, error) {
		out, err := exec(ctx, host.Command{Path: program, Args: args, Env: env, Dir: "/", As: &in.As})
		if err != nil {
			return "", say.Errorf("ask %s for its version: %w", program, err)
		}
		return string(out.Stdout), nil
	}
	said, err := ask("version")
	if err != nil {
		return Version{}, err
	}
	v, err := ParseVersion(said)
	v.Source = FromBinary
	if err != nil || v.Era.Known() {
		return v, err
	}
	if e := eraOfHelp(ask); e.Known() {
		v.Era, v.Source = e, FromHelp
	}
	return v, nil
}

// program is what to ask for the version, and its environment. Of a running
// process it is the program that runs, or none: what it sees at its PATH need
// not be what we see. What a unit names may be anything, and be run as root: it
// is asked only if it is called semaphore and nobody but root can have put it
// there. Neither is given an environment; the others get theirs without its secrets,
// of which no version needs any to say which it is.
func (in *Installation) program(files host.Files) (string, []string, error) {
	switch {
	case in.Unit != nil:
		return in.trusted(files)
	case in.Program != "":
		return in.Program, nil, nil
	case in.Process != nil, in.Container != nil:
		return "", nil, ErrNoBinary
	}
	path, err := host.LookPath(files, in.Env["PATH"].V, in.Dir, "semaphore")
	return path, in.Env.harmless(), err
}

// trusted is the program of a unit, if root alone can have put it there.
func (in *Installation) trusted(files host.Files) (string, []string, error) {
	if base := path.Base(in.Program); !path.IsAbs(in.Program) || base != "semaphore" || in.As.UID < 0 {
		return "", nil, ErrNoBinary
	}
	real, err := host.Resolve(files, in.Program)
	for name := real; err == nil && name != "/"; name = path.Dir(name) {
		var info host.Info
		if info, err = files.Lstat(name); err == nil && (info.Owner.UID != 0 || info.Mode&0o022 != 0) {
			err = ErrNoBinary
		}
	}
	return real, nil, err
}
