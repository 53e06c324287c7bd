//go:build !linux

package host

import (
	"os"
	"path/filepath"
)

// info says what name is; its attributes are not known on this system.
func (o OS) info(name string) (Info, error) {
	return in(o, "lstat", name, noFollow, func(t tree, name string) (Info, error) {
		fi, err := t.Lstat(name)
		if err != nil {
			return Info{}, err
		}
		return infoOf(fi), nil
	})
}

// ACL is always nil: this system's ACLs are not the kernel's of Linux.
func (o OS) ACL(name string) ([]byte, error) {
	_, err := o.Lstat(name)
	return nil, err
}

// Mount is always the zero Mount: nothing is known here.
func (o OS) Mount(name string) (Mount, error) {
	_, err := Stat(o, name)
	return Mount{}, err
}

func readPlain(name string) ([]byte, error) { return readRegular(whole{}, name) }

// readSeen implements seenReader; package os looks again.
func (o OS) readSeen(name string) ([]byte, error) { return o.ReadFile(name) }

// grabLink is a symbolic link and where it points: here a link cannot be opened.
func grabLink(t tree, name string) (Grabbed, error) {
	seen, err := t.Lstat(name)
	if err != nil {
		return Grabbed{}, err
	}
	target, err := t.Readlink(name)
	if err != nil {
		return Grabbed{}, err
	}
	again, err := t.Lstat(name)
	if err == nil && !os.SameFile(seen, again) {
		err = ErrSwapped
	}
	return Grabbed{Info: infoOf(seen), Link: filepath.ToSlash(target)}, err
}
