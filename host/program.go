package host

import (
	"path"
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

// FindProgram finds an executable as execvp(3) does for as: the first on the
// PATH that it may run. Granted says where; Denied that there are only such as
// it may not run; Unclear that we could not look everywhere. Entries of the PATH
// that are not absolute are passed over: Go's programs refuse what they find
// there.
func FindProgram(files Files, pathVar, name string, as Identity) Access {
	none := Access{Verdict: Missing, At: name, Why: say.Textf("%s is not on the PATH", name)}
	for _, dir := range strings.Split(pathVar, ":") {
		if !path.IsAbs(dir) {
			continue
		}
		switch a := CanRun(files, path.Join(dir, name), as); {
		case a.OK():
			return a
		case a.Verdict == Unclear, a.Verdict != Missing && a.Verdict != NotDir && none.Verdict == Missing:
			none = a
		}
	}
	return none
}

// CanRun reports whether as may execute the file name. Root, too, needs an "x"
// somewhere in the mode.
func CanRun(files Files, name string, as Identity) Access {
	w := walker{files: files, as: as}
	file, no := w.file(name)
	if no != nil {
		return *no
	}
	cannot := *w.refuse(Denied, file, say.Textf("%v cannot run %s (%s)", as, file.path, ls(file.info.Mode, file.info.Owner, false)))
	if file.info.Mode&0o111 == 0 {
		return cannot
	}
	if no := w.permit(file, search); no != nil {
		if no.Verdict == Unclear {
			return *no
		}
		return cannot
	}
	switch mount, err := files.Mount(file.path); {
	case err != nil:
		return *w.unclear(file, err)
	case mount.NoExec:
		return *w.refuse(Denied, file, say.Textf("%s is on a file system that is mounted noexec", file.path))
	}
	return Access{Verdict: Granted, At: file.path, Info: file.info}
}

// HomeOf is the home directory that /etc/passwd gives a uid; "" when it gives
// none.
func HomeOf(files Files, uid int) (string, error) {
	entries, err := readColons(files, "/etc/passwd", 6)
	for _, e := range entries {
		if id, ok := userOf(e); ok && id.UID == uid {
			return e[5], nil
		}
	}
	return "", err
}
