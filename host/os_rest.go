package host

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

// resting is err, but for what is missing below /run of a system that is not running: a
// Root is mostly the disk of one. Secrets, sockets and the like are made there when it is
// started, and nothing is known of them.
func (o OS) resting(name string, err error) error {
	var p *fs.PathError
	if o.Root == "" || !madeAtBoot(name) || !errors.Is(err, fs.ErrNotExist) || !errors.As(err, &p) {
		return err
	}
	if _, err := (OS{Root: o.Root}).info("/run/systemd/system"); err == nil { // sd_booted(3)
		return p
	}
	return &fs.PathError{Op: p.Op, Path: p.Path, Err: &Unseen{Why: say.Textf("it is made when the system starts, and this one is not running")}}
}

// madeAtBoot reports whether a path is below /run, and none of those that are looked for
// because they may be there.
func madeAtBoot(name string) bool {
	rest, ok := strings.CutPrefix(strings.TrimPrefix(name, "/var"), "/run/")
	first, _, _ := strings.Cut(rest, "/")
	return ok && !slices.Contains([]string{"systemd", "containers", "user", "credstore", "credentials", ".containerenv"}, first)
}
