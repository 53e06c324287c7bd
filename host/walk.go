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
	links   int    // followed so far
	through bool   // the way goes on behind the name
	no      Access // what was in the way
}

// walk goes to name as the kernel would go for w.as: it asks every directory
// whether it may be entered before it looks inside, and follows every link. A
// missing last component is a place, anything else missing a refusal.
func (w *walker) walk(name string) (place, *Access) {
	if w.as.UID < 0 && w.as.Unknown == nil {
		return place{}, w.unknown(name)
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
			return next, w.missing(next)
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
		no = w.missing(dir)
	default:
		no = w.enter(dir)
	}
	return dir, no
}

// look says what is at a path whose directory w.as may enter.
func (w *walker) look(name string) (place, *Access) {
	info, err := w.files.Lstat(name)
	return w.placed(name, info, err)
}

// placed is the place at a path of which Lstat says so much.
func (w *walker) placed(name string, info Info, err error) (place, *Access) {
	at := place{path: name, info: info, missing: errors.Is(err, fs.ErrNotExist)}
	switch {
	case at.missing:
		return place{path: name, missing: true}, nil
	case err != nil:
		return at, w.unclear(place{path: name}, err)
	case !info.Owner.Known():
		return at, w.unknown(name)
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
	return w.refuse(NotDir, at, say.Textf("%s is %v, not a directory", at.path, kind(at.info.Mode)))
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
		no = w.refuse(NotFile, link, say.Textf("the symbolic links of %s go round in circles", name))
		no.Err = syscall.ELOOP
		return dir, "", no
	}
	if last := rest == "" || rest == "/"; last && !w.through && w.linkProtected(dir, link) {
		no = w.refuse(Denied, link, say.Textf("%v may not follow the link %s, which %v put into a directory open to all (fs.protected_symlinks)",
			w.as, link.path, link.info.Owner))
		return dir, "", no
	}
	target, err := w.files.Readlink(link.path)
	if err != nil {
		return dir, "", w.unclear(link, err)
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

func (w *walker) missing(at place) *Access {
	return w.refuse(Missing, place{path: at.path}, say.Textf("%s does not exist", at.path))
}

// unclear is for what kept semadoctor itself from looking.
func (w *walker) unclear(at place, err error) *Access {
	why := say.Textf("%s cannot be looked at (%v)", at.path, err)
	var unseen *Unseen
	switch {
	case errors.As(err, &unseen):
		why = say.Textf("%s cannot be looked at: %s", at.path, unseen.Why)
	case errors.Is(err, fs.ErrPermission):
		why = say.Textf("semadoctor may not look at %s itself; running it as root would tell", at.path)
	}
	no := w.refuse(Unclear, at, why)
	no.Err = err
	return no
}

// unknown is for systems without numeric owners, and for their identities; and for what
// is mounted into a container of which the users are not known.
func (w *walker) unknown(name string) *Access {
	why, err := say.Textf("who may use %s is not known on this system", name), errors.ErrUnsupported
	if because := ownerless(w.files, name); !because.IsZero() {
		why, err = say.Textf("who may use %s is not known: %s", name, because), &Unseen{Why: because}
	}
	no := w.refuse(Unclear, place{path: name}, why)
	no.Err = err
	return no
}
