package host

import (
	"errors"
	"io/fs"
	"path"
	"strings"
	"syscall"

	"github.com/semadoctor/semadoctor/say"
)

// A place is one path free of links, and what is there.
type place struct {
	path    string
	info    Info
	missing bool // nothing is there, but its directory is
	slash   bool // missing, and the way to it ends with a slash
}

// A walker goes along a path as one identity.
type walker struct {
	files   Files
	as      Identity
	links   int  // followed so far
	through bool // the way goes on behind the name
}

// walk goes to name as the kernel would go for w.as: it asks every directory
// whether it may be entered before it looks inside, and follows every link. A
// missing last component is a place, anything else missing a refusal.
func (w *walker) walk(name string) (place, *Access) {
	if w.as.UID < 0 {
		return place{}, unknown(name)
	}
	if g, ok := w.files.(*Glance); ok {
		if s := g.straight(name); s != nil {
			return w.march(s)
		}
	}
	here, no := w.look("/")
	for todo := strings.TrimLeft(name, "/"); no == nil && todo != ""; {
		part, rest := cut(todo)
		if part == "" { // a slash too many: asks for a directory, but not to enter it
			todo, no = rest, w.directory(here)
			continue
		}
		if no = w.enter(here); no != nil {
			break
		}
		var next place
		if next, no = w.look(child(name, here.path, part)); no != nil {
			break
		}
		switch {
		case next.missing && rest != "" && rest != "/":
			return next, missing(next)
		case next.missing:
			next.slash = rest != ""
			return next, nil
		case next.info.Mode&fs.ModeSymlink != 0:
			here, todo, no = w.follow(name, here, next, rest)
		default:
			here, todo = next, rest
		}
	}
	return here, no
}

// into walks to a directory, and enters it.
func (w *walker) into(name string) (place, *Access) {
	w.through = true
	dir, no := w.walk(name)
	switch {
	case no != nil:
	case dir.missing:
		no = missing(dir)
	default:
		no = w.enter(dir)
	}
	return dir, no
}

// look says what is at a path whose directory w.as may enter.
func (w *walker) look(name string) (place, *Access) {
	info, err := w.files.Lstat(name)
	return placed(name, info, err)
}

// placed is the place at a path of which Lstat says so much.
func placed(name string, info Info, err error) (place, *Access) {
	at := place{path: name, info: info, missing: errors.Is(err, fs.ErrNotExist)}
	switch {
	case at.missing:
		return place{path: name, missing: true}, nil
	case err != nil:
		return at, unclear(place{path: name}, err)
	case !info.Owner.Known():
		return at, unknown(name)
	}
	return at, nil
}

// cut takes the first component off a path, and leaves the slash at its end:
// the link "a -> b/" leads nowhere if b is a file.
func cut(todo string) (part, rest string) {
	part, rest, more := strings.Cut(todo, "/")
	if rest = strings.TrimLeft(rest, "/"); rest == "" && more && part != "" {
		rest = "/"
	}
	return part, rest
}

func (w *walker) directory(at place) *Access {
	if at.info.Mode.IsDir() {
		return nil
	}
	a := refuse(NotDir, at, say.Textf("%s is %v, not a directory", at.path, kind(at.info.Mode)))
	return &a
}

// enter asks whether a name may be looked up in at.
func (w *walker) enter(at place) *Access {
	if no := w.directory(at); no != nil {
		return no
	}
	return w.permit(at, search)
}

// follow says where to go on after link, which is in dir, and what is left of
// the way.
func (w *walker) follow(name string, dir, link place, rest string) (here place, todo string, no *Access) {
	if w.links++; w.links > maxLinks {
		a := refuse(NotFile, link, say.Textf("the symbolic links of %s go round in circles", name))
		a.Err = syscall.ELOOP
		return dir, "", &a
	}
	if last := rest == "" || rest == "/"; last && !w.through && w.linkProtected(dir, link) {
		a := refuse(Denied, link, say.Textf("%v may not follow the link %s, which %v put into a directory open to all (fs.protected_symlinks)",
			w.as, link.path, link.info.Owner))
		return dir, "", &a
	}
	target, err := w.files.Readlink(link.path)
	if err != nil {
		return dir, "", unclear(link, err)
	}
	if here = dir; path.IsAbs(target) {
		here, no = w.look("/")
	}
	return here, strings.TrimLeft(before(target, rest), "/"), no
}

// linkProtected is may_follow_link of fs/namei.c: in a sticky directory that
// all may write to, the last link of a path is followed only for its owner, or
// if it is the directory's owner's. Root is not excepted.
func (w *walker) linkProtected(dir, link place) bool {
	const open = fs.ModeSticky | 0o002
	owner := link.info.Owner.UID
	if owner == w.as.UID || owner == dir.info.Owner.UID || dir.info.Mode&open != open {
		return false
	}
	return w.sysctl("protected_symlinks") != 0
}

func missing(at place) *Access {
	return &Access{Verdict: Missing, At: at.path, Why: say.Textf("%s does not exist", at.path)}
}

// unclear is for what kept semadoctor itself from looking.
func unclear(at place, err error) *Access {
	a := refuse(Unclear, at, say.Textf("%s cannot be looked at (%v)", at.path, err))
	var unseen *Unseen
	if errors.As(err, &unseen) {
		a.Err, a.Why = err, say.Textf("%s cannot be looked at: %s", at.path, unseen.Why)
		return &a
	}
	if a.Err = err; errors.Is(err, fs.ErrPermission) {
		a.Why = say.Textf("semadoctor may not look at %s itself; running it as root would tell", at.path)
	}
	return &a
}

// unknown is for systems without numeric owners, and for their identities.
func unknown(name string) *Access {
	why := say.Textf("who may use %s is not known on this system", name)
	return &Access{Verdict: Unclear, At: name, Why: why, Err: errors.ErrUnsupported}
}
