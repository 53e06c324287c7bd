package host

import (
	"io/fs"
	"path"
	"strconv"
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

// CanRemove reports whether as may take name, which is clean, out of its
// directory, or give it another name there. A link at its end is not followed.
func CanRemove(files Files, name string, as Identity) Access {
	w := walker{files: files, as: as}
	dir, no := w.into(path.Dir(name))
	if no != nil {
		return *no
	}
	at, no := w.look(path.Join(dir.path, path.Base(name)))
	switch {
	case no != nil:
		return *no
	case at.missing:
		return *w.missing(at)
	}
	return w.removal(dir, at)
}

// removal is may_delete of fs/namei.c.
func (w *walker) removal(dir, at place) Access {
	if no := w.changeable(dir); no != nil {
		return *no
	}
	if a := w.grant(dir, create); !a.OK() {
		return a
	}
	switch {
	case dir.info.Append:
		return *w.refuse(Immutable, dir, say.Textf("%s may only be appended to (chattr +a)", dir.path))
	case at.info.Append:
		return *w.refuse(Immutable, at, say.Textf("%s may only be appended to (chattr +a)", at.path))
	case at.info.Immutable:
		return *w.refuse(Immutable, at, say.Textf("%s is immutable (chattr +i)", at.path))
	case w.stuck(dir, at):
		return *w.refuse(Denied, at, say.Textf("%v may not remove %s, which belongs to %v, from the sticky directory %s", w.as, at.path, at.info.Owner, dir.path))
	}
	return Access{Verdict: Granted, At: at.path, Info: at.info}
}

// stuck is check_sticky of fs/namei.c.
func (w *walker) stuck(dir, at place) bool {
	return dir.info.Mode&fs.ModeSticky != 0 && at.info.Owner.UID != w.as.UID && dir.info.Owner.UID != w.as.UID &&
		!w.as.over(at.info.Owner).Owner
}

// planted is may_create_in_sticky of fs/namei.c: who opens a file with O_CREAT in
// a sticky directory that others may write to, must not find somebody else's
// there, unless it is the directory's owner's. Root is not excepted.
func (w *walker) planted(file place) *Access {
	dir, no := w.look(path.Dir(file.path))
	if no != nil {
		return no
	}
	level, owner := w.sysctl("protected_regular"), file.info.Owner.UID
	switch mode := dir.info.Mode; {
	case mode&fs.ModeSticky == 0, level == 0, owner == dir.info.Owner.UID, owner == w.as.UID:
		return nil
	case mode&0o002 != 0, mode&0o020 != 0 && level >= 2:
		return w.refuse(Denied, file, say.Textf("%v may not write %s, which %v put into a sticky directory that others may write to (fs.protected_regular)", w.as, file.path, file.info.Owner))
	}
	return nil
}

// sysctl reads one of fs.protected_*. Where it cannot be read it is taken to be
// 1, as systemd sets them (sysctl.d/50-default.conf).
func (w *walker) sysctl(name string) int {
	data, err := w.files.ReadFile("/proc/sys/fs/" + name)
	if err != nil {
		return 1
	}
	n, err := strconv.Atoi(strings.TrimSpace(string(data)))
	if err != nil {
		return 1
	}
	return n
}
