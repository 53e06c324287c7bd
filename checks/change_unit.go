package checks

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
)

// ofUnit reports whether a value stands in a unit or a drop-in of it, which a package
// or a person may own.
func (t *Target) ofUnit(from runner.Origin) bool {
	u := t.Install.Unit
	return u != nil && (from.File == u.Path || slices.Contains(u.DropIns, from.File))
}

// envOfOthers reports whether another unit is handed an environment file, too: the
// server's, say, which wants the registration token that this runner does not need.
func (t *Target) envOfOthers(file string) bool {
	return slices.ContainsFunc(host.FindUnits(t.machine(), file), func(name string) bool {
		u := t.Install.Unit
		return u == nil || name != u.Name && !slices.Contains(u.Aliases, name)
	})
}

// unitVariable lets the unit have a variable with another value, in a drop-in that is
// read after what sets it now. nil where the drop-in is there already, or systemd would
// not read the value as it is, or a password may be in it: all may read a drop-in. others
// are further lines of it.
func (t *Target) unitVariable(name, value string, others ...string) []repair.Edit {
	if strings.ContainsAny(value, "\"'\\\r\n@") {
		return nil
	}
	return t.unitLine(name, append([]string{`Environment="` + name + "=" + strings.ReplaceAll(value, "%", "%%") + `"`}, others...)...)
}

// unitUnset takes a variable from the runner, wherever the unit has it from.
func (t *Target) unitUnset(name string) []repair.Edit {
	return t.unitLine(name, "UnsetEnvironment="+name)
}

func (t *Target) unitLine(name string, lines ...string) []repair.Edit {
	file, edits := t.dropInOf(strings.ToLower(name), lines...)
	if _, err := host.Stat(t.machine(), file); !t.Install.Unit.Known || !errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return edits
}

// dropInOf is a drop-in of ours, by what it is about: in /etc/systemd/system, or where
// the user whose unit it is has such files.
func (t *Target) dropInOf(about string, lines ...string) (file string, edits []repair.Edit) {
	u := t.Install.Unit
	dir, owner := path.Join("/etc/systemd/system", u.Name+".d"), host.Owner{}
	if u.Manager != nil {
		dir, owner = path.Join(u.Manager.Own(), u.Name+".d"), u.Manager.As.Owner()
	}
	file = path.Join(dir, "semadoctor-"+about+".conf")
	text := "# Written by semadoctor fix.\n[Service]\n" + strings.Join(lines, "\n") + "\n"
	return file, []repair.Edit{
		repair.MakeDir{Path: dir, Mode: 0o755, Owner: owner},
		repair.WriteNew{File: file, Data: []byte(text), Mode: 0o644, Owner: owner},
	}
}
