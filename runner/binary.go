package runner

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/semadoctor/semadoctor/host"
)

// ErrNoBinary reports that there is no semaphore program on the runner's PATH,
// or that none may be run.
var ErrNoBinary = errors.New("no semaphore program")

// binaryPatience bounds "semaphore version", which takes 4 ms.
const binaryPatience = 2 * time.Second

// AskBinary asks the runner's own program for its version, as the runner's
// user. It needs no config and exits 0 in every release (observed 2.9.37 to
// 2.10.32).
func AskBinary(ctx context.Context, exec host.Exec, files host.Files, in *Installation) (Version, error) {
	if exec == nil {
		return Version{}, ErrNoBinary
	}
	path, err := host.LookPath(files, in.Env["PATH"].V, in.Dir, "semaphore")
	if err != nil {
		return Version{}, fmt.Errorf("find the runner's program: %w", ErrNoBinary)
	}
	ctx, cancel := context.WithTimeout(ctx, binaryPatience)
	defer cancel()
	out, err := exec(ctx, host.Command{Path: path, Args: []string{"version"}, Env: in.Env.Environ(), Dir: "/", As: &in.As})
	if err != nil {
		return Version{}, fmt.Errorf("ask %s for its version: %w", path, err)
	}
	v, err := ParseVersion(string(out.Stdout))
	v.Source = FromBinary
	return v, err
}
