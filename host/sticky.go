package host

import (
	"io/fs"
	"path"
	"strconv"
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

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
