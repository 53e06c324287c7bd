package checks

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// stateVolume is what a volume for a runner's identity is called.
const stateVolume = "semaphore_runner"

// addVolume keeps the directory of the identity in a volume of the service's: one that
// the image has for its user, so that Docker makes the volume that user's.
func (t *Target) addVolume(u runner.Use, dir string, f *Finding) {
	s := t.Install.Service
	known, err := host.Stat(t.Files, dir)
	if err != nil || !known.Mode.IsDir() || !host.CanFill(t.Files, dir, t.Install.As).OK() || s.At.Pointer == "" || s.Compose.Declares(stateVolume) {
		return
	}
	volume := stateVolume + ":" + dir
	mount := repair.Edit(repair.AppendYAML{File: s.At.File, Pointer: s.At.Pointer + "/volumes", Value: volume})
	if m, ok := s.MountAt(dir); ok && m.Target == dir {
		if m.Raw != dir || m.At.Pointer == "" {
			return // two mounts cannot be at one place
		}
		mount = repair.SetYAML{File: m.At.File, Pointer: m.At.Pointer, Value: &volume}
	}
	edits := t.feasible(
		mount,
		repair.SetYAML{File: s.At.File, Pointer: "/volumes/" + stateVolume},
	)
	if edits == nil {
		return
	}
	name, call, at := path.Base(u.Path.V), s.Compose.Call(), say.Shell(s.Name+":"+u.Path.V)
	f.Fix = &repair.Fix{
		Title: say.Textf("keep %s in a volume, %s, in %s", dir, stateVolume, s.At.File), Edits: edits, Safety: repair.Safe,
		First: say.Textf("if the container has an identity already, save it (%s cp %s .), and put it back when the container is made anew (%s cp %s %s && %s restart %s)",
			call, at, call, say.Shell(name), at, call, say.Shell(s.Name)),
	}
	f.Advice = []say.Text{f.Fix.First}
}

// writableMount takes "ro" off the mount that is there for the identity alone. One for
// a whole config directory may be meant to stay as it is.
func (t *Target) writableMount(u runner.Use, f *Finding) {
	s := t.Install.Service
	if s == nil {
		return
	}
	real := t.real(u.Path.V)
	m, ok := s.MountAt(real)
	if !ok || !m.ReadOnly || m.At.Pointer == "" || m.Target != real && m.Target != path.Dir(real) || within(m.Target, "/etc") {
		return
	}
	e := repair.Edit(repair.DropYAML{File: m.At.File, Pointer: m.At.Pointer + "/read_only"})
	if m.Raw != "" {
		text := withoutRO(m.Raw)
		e = repair.SetYAML{File: m.At.File, Pointer: m.At.Pointer, Value: &text}
	}
	if edits := t.feasible(e); edits != nil && !strings.Contains(m.Raw, "$") {
		f.Fix = &repair.Fix{Title: say.Textf("mount %s so that it can be written, in line %d of %s", m.Target, m.At.Line, m.At.File), Edits: edits, Safety: repair.Safe}
		f.Advice = t.Restart()
	}
}

// withoutRO is SOURCE:TARGET:OPTIONS without the option ro.
func withoutRO(volume string) string {
	at := strings.LastIndexByte(volume, ':')
	opts := slices.DeleteFunc(strings.Split(volume[at+1:], ","), func(o string) bool { return o == "ro" })
	if len(opts) == 0 {
		return volume[:at]
	}
	return volume[:at+1] + strings.Join(opts, ",")
}

// settleOwner gives what Docker has made, or root has put there, to the container's
// user, if it is empty or a runner's by its content.
func (t *Target) settleOwner(c *runner.Config, cr *runner.Credential, u runner.Use, a host.Access, f *Finding) {
	_, mounted := t.Install.Container.MountAt(a.At)
	_, ours := t.beside(a.At)
	switch as := t.Install.As; {
	case !mounted:
		t.imagesUser(f)
		return
	case !ours || a.Info.Owner.UID != 0 || as.Root():
		return
	case a.Info.Mode.IsDir() && t.heldBy(a.At):
		edits := []repair.Edit{repair.Chown{Path: a.At, Owner: as.Owner()}, repair.Chmod{Path: a.At, Mode: a.Info.Mode.Perm() | 0o700}}
		f.Fix = &repair.Fix{Title: say.Textf("give the directory %s to %s", a.At, as), Edits: edits, Safety: repair.Safe}
	case a.Info.Mode.IsRegular() && a.Info.Links < 2 && (u.Role == runner.ConfigRole || t.pathVouched(c, u.Path)) && t.keepsSecret(c, cr, u, a.At, a.Info):
		want := mayRead
		if u.Role == c.IdentityRole() && needsWrite(c, cr) {
			want = mayWrite
		}
		f.Fix = t.openFile(a.At, a, want)
	default:
		return
	}
	f.Advice = t.Restart()
}

// heldBy reports whether all that a directory holds is the container's user's already.
func (t *Target) heldBy(dir string) bool {
	names, err := t.Files.ReadDir(dir)
	return err == nil && !slices.ContainsFunc(names, func(n string) bool {
		info, err := t.Files.Lstat(path.Join(dir, n))
		return err != nil || info.Owner.UID != t.Install.As.UID
	})
}

// imagesUser takes "user:" out, with which the image's own directories cannot be used,
// if nothing that is mounted belongs to that user.
func (t *Target) imagesUser(f *Finding) {
	s := t.Install.Service
	if s == nil {
		return
	}
	for _, m := range s.Mounts {
		if info, err := t.Files.Lstat(t.real(m.Target)); err != nil || m.Kind == host.BindMount && info.Owner.UID == t.Install.As.UID && info.Mode&fs.ModeType != fs.ModeSymlink {
			return
		}
	}
	if edits := t.feasible(repair.DropYAML{File: s.User.At.File, Pointer: s.User.At.Pointer}); s.User.At.Pointer != "" && edits != nil {
		f.Fix = &repair.Fix{Title: say.Textf("take user: out of line %d of %s: the image runs as 1001:0 by itself", s.User.At.Line, s.User.At.File), Edits: edits, Safety: repair.Safe}
		f.Advice = t.Restart()
	}
}
