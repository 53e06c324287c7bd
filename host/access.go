package host

import (
	"errors"
	"io/fs"
	"path"

	"github.com/semadoctor/semadoctor/say"
)

// A Verdict says whether an identity may do something with a path, or what
// stands in its way.
type Verdict int

// The verdicts. The zero Verdict is none of them: nobody has judged yet.
const (
	Granted   Verdict = iota + 1
	Missing           // At does not exist
	Denied            // the modes or the ACL of At say no
	ReadOnly          // At is on a file system mounted read-only
	Immutable         // At has the attribute +i, or +a where its content would be replaced
	NotDir            // At is no directory, and the path goes on
	NotFile           // At is no regular file, or a link that leads round in circles
	NoExec            // At is on a file system mounted noexec
	Unclear           // semadoctor could not look, or the system does not say
)

// String names v, for tests and logs.
func (v Verdict) String() string {
	names := []string{"Unjudged", "Granted", "Missing", "Denied", "ReadOnly", "Immutable", "NotDir", "NotFile", "NoExec", "Unclear"}
	if v < 0 || int(v) >= len(names) {
		return "Verdict?"
	}
	return names[v]
}

// Access is what one identity may do with one path, and why not.
type Access struct {
	Verdict Verdict
	At      string   // the component that decided, all links before it followed
	Info    Info     // what At is; zero when Missing or not seen
	Why     say.Text // one clause for a person; zero when Granted
	Err     error    // Unclear: what kept us from looking; NotFile: ELOOP when links go round in circles
}

// OK reports whether nothing is in the way.
func (a Access) OK() bool { return a.Verdict == Granted }

// CanRead reports whether as may open the file name for reading.
//
// Like CanWrite and CanCreate it is judged as the kernel does (fs/namei.c),
// from every component's modes, groups, ACL, attributes and mount, and from the
// capabilities of as, and never by trying: a doctor leaves no fingerprints. It
// knows nothing of SELinux and AppArmor.
func CanRead(files Files, name string, as Identity) Access {
	w := walker{files: files, as: as}
	file, no := w.file(name)
	if no != nil {
		return *no
	}
	return w.grant(file, read)
}

// CanWrite reports whether as may open the existing file name for writing, and
// replace its content in place.
func CanWrite(files Files, name string, as Identity) Access {
	w := walker{files: files, as: as}
	file, no := w.file(name)
	if no != nil {
		return *no
	}
	return w.rewrite(file)
}

// CanOverwrite is CanWrite for who opens with O_CREAT, as os.WriteFile does, and
// with it the runner.
func CanOverwrite(files Files, name string, as Identity) Access {
	w := walker{files: files, as: as}
	file, no := w.file(name)
	if no != nil {
		return *no
	}
	if no := w.planted(file); no != nil {
		return *no
	}
	return w.rewrite(file)
}

func (w *walker) rewrite(file place) Access {
	if no := w.changeable(file); no != nil {
		return *no
	}
	a := w.grant(file, write)
	if a.OK() && file.info.Append {
		return *w.refuse(Immutable, file, say.Textf("%s may only be appended to (chattr +a)", file.path))
	}
	return a
}

// CanExecute reports whether as may run the file name as a program or script.
func CanExecute(files Files, name string, as Identity) Access {
	w := walker{files: files, as: as}
	file, no := w.file(name)
	if no != nil {
		return *no
	}
	mount, err := files.Mount(file.path)
	switch {
	case err != nil:
		return *w.unclear(file, err)
	case mount.NoExec:
		return *w.refuse(NoExec, file, say.Textf("%s is on a file system that is mounted noexec", file.path))
	}
	return w.grant(file, execute)
}

// CanCreate reports whether as may make name in its directory. A link that
// points to nothing is followed to where its target would be, as open does; a
// slash at the end keeps open from making anything (EISDIR). If name exists the answer is that for another name beside it.
func CanCreate(files Files, name string, as Identity) Access {
	w := walker{files: files, as: as}
	at, no := w.walk(name)
	if no != nil && errors.As(no.Err, new(*Unseen)) && path.Base(no.At) == path.Base(name) {
		at, no = place{path: no.At, missing: true}, nil // there or not, its directory decides
	}
	if no != nil {
		return *no
	}
	if at.slash {
		return *w.refuse(NotFile, at, say.Textf("%s/ ends with a slash, and a file does not", at.path))
	}
	dir, no := w.look(path.Dir(at.path))
	if no != nil {
		return *no
	}
	return w.fill(dir)
}

// CanFill reports whether as may make files in the directory name: what CanCreate
// says of a name in there that is free.
func CanFill(files Files, name string, as Identity) Access {
	w := walker{files: files, as: as}
	dir, no := w.into(name)
	if no != nil {
		return *no
	}
	return w.fill(dir)
}

func (w *walker) fill(dir place) Access {
	if no := w.changeable(dir); no != nil {
		return *no
	}
	return w.grant(dir, create)
}

// file walks to name and demands that it is there, and a regular file.
func (w *walker) file(name string) (place, *Access) {
	at, no := w.walk(name)
	switch {
	case no != nil:
		return at, no
	case at.missing:
		return at, w.missing(at)
	case !at.info.Mode.IsRegular():
		return at, w.refuse(NotFile, at, say.Textf("%s is %v, not a file", at.path, kind(at.info.Mode)))
	}
	return at, nil
}

// changeable asks for what stops even root: the mount and the attribute +i.
func (w *walker) changeable(at place) *Access {
	mount, err := w.files.Mount(at.path)
	if err != nil {
		return w.unclear(at, err)
	}
	switch {
	case mount.ReadOnly:
		return w.refuse(ReadOnly, at, say.Textf("%s is on a file system that is mounted read-only", at.path))
	case at.info.Immutable:
		return w.refuse(Immutable, at, say.Textf("%s is immutable (chattr +i)", at.path))
	}
	return nil
}

// grant asks the modes and the ACL of at whether it may be used as wanted.
func (w *walker) grant(at place, want perm) Access {
	if no := w.permit(at, want); no != nil {
		return *no
	}
	return Access{Verdict: Granted, At: at.path, Info: at.info}
}

// refuse notes in w what is in the way: a refusal is nothing to allocate memory for.
// Whom nobody knows may be one of those who are let in.
func (w *walker) refuse(v Verdict, at place, why say.Text) *Access {
	w.no = Access{Verdict: v, At: at.path, Info: at.info, Why: why}
	if unknown := w.as.Unknown; v == Denied && unknown != nil {
		w.no.Verdict, w.no.Err = Unclear, unknown
		w.no.Why = say.Textf("who may use %s is not known: %s", at.path, unknown)
	}
	return &w.no
}

// kind names what is not a regular file.
func kind(mode fs.FileMode) say.Text {
	switch mode.Type() {
	case fs.ModeDir:
		return say.Textf("a directory")
	case fs.ModeNamedPipe:
		return say.Textf("a FIFO")
	case fs.ModeSocket:
		return say.Textf("a socket")
	case 0:
		return say.Textf("a regular file")
	}
	return say.Textf("a device")
}
