package repair

import (
	"io/fs"
	"path"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// ErrLink reports a symbolic link that a fix must not follow: it belongs to
// somebody other than root and leads to what is not theirs. Whoever may write
// in the runner's directory could else have root hand them any file. It is the
// rule of nginx's "disable_symlinks if_not_owner".
var ErrLink = say.Errorf("the link's owner does not own what it leads to")

// target is the path an edit of what name contains acts on.
func (d *Draft) target(name string) (string, error) {
	real, err := d.follow(name)
	if err != nil {
		return "", err
	}
	return d.twin(real), nil
}

// follow is what all links of name lead to, if they may be followed.
func (d *Draft) follow(name string) (string, error) {
	seen := &linkLog{Files: flat{d}}
	real, err := host.Resolve(seen, name)
	if err != nil {
		return "", err
	}
	owner, err := d.ownerOf(real)
	if err != nil {
		return "", err
	}
	for _, link := range seen.links {
		info, err := flat{d}.Lstat(link)
		if err != nil {
			return "", err
		}
		if info.Owner.UID != 0 && info.Owner.UID != owner.UID {
			err := say.Errorf("link of uid %d to %s of uid %d: %w", info.Owner.UID, real, owner.UID, ErrLink)
			return "", &fs.PathError{Op: "follow", Path: link, Err: err}
		}
	}
	return real, nil
}

// ownerOf is the owner of name or, when it is yet to be made, of the directory
// that it will be made in.
func (d *Draft) ownerOf(name string) (host.Owner, error) {
	for {
		info, err := flat{d}.Lstat(name)
		if err == nil || !missing(err) || name == "/" {
			return info.Owner, err
		}
		name = path.Dir(name)
	}
}

// linkLog notes the links that host.Resolve follows.
type linkLog struct {
	host.Files
	links []string
}

// Readlink implements host.Files.
func (l *linkLog) Readlink(name string) (string, error) {
	l.links = append(l.links, name)
	return l.Files.Readlink(name)
}
