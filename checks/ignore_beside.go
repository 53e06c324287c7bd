package checks

import (
	"errors"
	"io/fs"
	"path"
	"syscall"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// IgnoreName is what the ignore file beside a config is called.
const IgnoreName = ".semadoctor.yaml"

// AcceptedBeside is what the ignore file beside a config says; nil when there is none,
// and where nobody can see whether there is one: then nothing is accepted.
// What one says who is neither root nor self nor the config's owner does not count:
// it could hide from root what somebody has done to a runner of others.
func AcceptedBeside(files host.Files, config string, self host.Identity, known []*Check) *Acceptances {
	if config == "" {
		return nil
	}
	name := path.Join(path.Dir(config), IgnoreName)
	if _, err := files.Lstat(name); err != nil {
		return nil
	}
	data, err := readTrusted(files, name, config, self)
	if err != nil {
		return &Acceptances{File: name, Err: err}
	}
	list, err := (&ignoreReader{file: name, data: data, known: known}).read()
	return &Acceptances{File: name, List: list, Err: err}
}

// readTrusted reads a file that only root, self and the config's owner can have
// written: what it judges is what it has opened. A link to it has to be theirs, too,
// for it could lead to what was accepted elsewhere.
func readTrusted(files host.Files, name, config string, self host.Identity) ([]byte, error) {
	at := name
	for range maxIgnoreLinks {
		dir, err := host.Resolve(files, path.Dir(at))
		if err != nil {
			return nil, err
		}
		got, err := host.Grab(files, path.Join(dir, path.Base(at)))
		if err != nil {
			return nil, err
		}
		if err := trusted(files, got.Info, config, self); err != nil || got.Info.Mode&fs.ModeSymlink == 0 {
			return got.Data, err
		}
		if at = got.Link; !path.IsAbs(at) {
			at = host.Join(dir, at)
		}
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: syscall.ELOOP}
}

// maxIgnoreLinks is how many links an ignore file may be behind, as in the kernel.
const maxIgnoreLinks = 40

// ErrStranger reports an ignore file that somebody else may have written.
var ErrStranger = say.Errorf("somebody else may have written it")

// distrust is ErrStranger with who that is.
type distrust struct{ who say.Text }

func (e distrust) Error() string        { return e.who.String() }
func (e distrust) Is(target error) bool { return target == ErrStranger }

func strangerOf(err error) say.Text {
	if s, ok := errors.AsType[distrust](err); ok {
		return s.who
	}
	return say.Error(err)
}

// trusted demands that only root, self and the config's owner can have written a file,
// or made a link.
func trusted(files host.Files, info host.Info, config string, self host.Identity) error {
	uid := info.Owner.UID
	if !info.Owner.Known() {
		return nil
	}
	if uid != 0 && uid != self.UID {
		if of, err := host.Stat(files, config); err != nil || of.Owner.UID != uid {
			return distrust{say.Textf("it belongs to uid %d, who is neither root nor you nor the owner of the config", uid)}
		}
	}
	others := fs.FileMode(0o002)
	if self.Root() { // a group of one's own is usual, but root has no reason to trust it
		others = 0o022
	}
	if info.Mode&fs.ModeSymlink == 0 && info.Mode.Perm()&others != 0 {
		return distrust{say.Textf("others may write it (%s)", info.Mode.Perm())}
	}
	return nil
}
