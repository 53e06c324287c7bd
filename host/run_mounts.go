package host

import (
	"encoding/json"
	"path"
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

// volume is one of -v: SOURCE:TARGET:OPTIONS, or a target alone.
func (l *runLoader) volume(f runFlag) {
	source, target, opts, ok := shortVolume(f.value)
	if !ok || !path.IsAbs(target) {
		l.r.Refused = append(l.r.Refused, Refusal{Why: say.Textf("the volume %q is not SOURCE:/TARGET", f.value), At: f.at})
		return
	}
	m := ServiceMount{Kind: VolumeMount, Source: source, Target: path.Clean(target), At: f.at, Raw: f.value}
	for o := range strings.SplitSeq(opts, ",") {
		m.ReadOnly, m.NoCopy = m.ReadOnly || o == "ro", m.NoCopy || o == "nocopy"
		if o == "U" {
			m.Chowned = &Owner{}
		}
	}
	if isPath(source) {
		m.Kind, m.Source, m.Made = BindMount, l.path(source), l.r.By == Docker
	}
	l.add(m)
}

// path is one of this machine, as the command means it.
func (l *runLoader) path(name string) string {
	if path.IsAbs(name) {
		return path.Clean(name)
	}
	return path.Join(l.by.Dir, name)
}

// add refuses a place that the engine does not make.
func (l *runLoader) add(m ServiceMount) {
	if m.Kind == BindMount && !m.Made {
		if _, err := Stat(l.by.Files, m.Source); gone(err) {
			l.r.Refused = append(l.r.Refused, Refusal{
				Why: say.Textf("%s is to be mounted, and is not there", m.Source), At: m.At, Make: making(m.Source),
			})
			return
		}
	}
	l.r.Mounts = append(l.r.Mounts, m)
}

// making is how what is to be mounted comes to be there.
func making(source string) say.Text {
	if path.Ext(source) == ".sock" {
		return say.Textf("start what listens there, such as: systemctl enable --now podman.socket")
	}
	return say.Textf("make it, for the container's user: install -d -o 1001 -g 0 -m 0750 %s", say.Shell(source))
}

// mount is one of --mount: type=bind,src=…,dst=….
func (l *runLoader) mount(f runFlag) {
	m := ServiceMount{Kind: VolumeMount, At: f.at}
	for o := range strings.SplitSeq(f.value, ",") {
		name, value, set := strings.Cut(o, "=")
		switch name {
		case "type":
			m.Kind = MountKind(value)
		case "source", "src":
			m.Source = value
		case "destination", "dst", "target":
			m.Target = path.Clean(value)
		case "readonly", "ro":
			m.ReadOnly = !set || UnitTruth(value)
		case "tmpfs-mode":
			m.Mode = octal(value, 0o1777)
		case "volume-subpath", "subpath":
			m.Subpath = value
		case "volume-nocopy":
			m.NoCopy = !set || UnitTruth(value)
		case "U", "chown":
			if !set || UnitTruth(value) {
				m.Chowned = &Owner{}
			}
		}
	}
	if path.IsAbs(m.Target) {
		l.add(l.settled(m))
	}
}

// settled gives a mount what its kind says of it.
func (l *runLoader) settled(m ServiceMount) ServiceMount {
	switch m.Kind {
	case BindMount:
		m.Source = l.path(m.Source)
	case TmpfsMount:
		if m.Mode == 0 {
			m.Mode = 0o1777
		}
	case VolumeMount:
	default:
		m.Kind = ContentMount // image, glob, devpts: nothing of it is known
	}
	return m
}

// secret is one of Podman's --secret: NAME, with where it comes to lie or which
// variable it is.
func (l *runLoader) secret(f runFlag) {
	name, opts, _ := strings.Cut(f.value, ",")
	m := ServiceMount{Kind: ContentMount, Source: name, Target: "/run/secrets/" + name, At: f.at, Mode: 0o444, There: true, ReadOnly: true}
	variable, target := false, ""
	for o := range strings.SplitSeq(opts, ",") {
		switch key, value, _ := strings.Cut(o, "="); key {
		case "type":
			variable = value == "env"
		case "target":
			target = value
		case "mode":
			m.Mode = octal(value, m.Mode)
		case "uid":
			m.Owner.UID, _ = parseID(value)
		case "gid":
			m.Owner.GID, _ = parseID(value)
		}
	}
	switch {
	case variable && target == "":
		target = name
		fallthrough
	case variable:
		l.r.Hidden = append(l.r.Hidden, HiddenVar{Name: target, Source: say.Textf("the secret %s", name), At: f.at})
		return
	case path.IsAbs(target):
		m.Target = path.Clean(target)
	case target != "":
		m.Target = path.Join("/run/secrets", target)
	}
	l.r.Mounts = append(l.r.Mounts, m)
}

// userns is who the container's users are. Of what has a plan of its own nothing is
// known.
func (l *runLoader) userns(f runFlag) {
	mode, opts, _ := strings.Cut(f.value, ":")
	switch {
	case mode == "host" && l.r.By == Docker:
		l.r.ids = nil
	case mode == "host" || mode == "" || mode == "nomap" && l.by.As.UID == 0:
	case mode == "keep-id" && l.by.As.UID != 0:
		kept, given := l.by.As.Owner(), false
		for o := range strings.SplitSeq(opts, ",") {
			key, value, _ := strings.Cut(o, "=")
			id, ok := parseID(value)
			switch {
			case key == "uid" && ok:
				kept.UID, given = id, true
			case key == "gid" && ok:
				kept.GID = id
			}
		}
		l.r.ids = rootlessIDs(l.by.Files, l.by.As, &kept)
		if !given && l.r.User.Text == "" {
			l.r.Unseen = append(l.r.Unseen, say.Textf("--userns=keep-id (%s) without a user: who the image's own user is then is not known", f.at))
		}
	default:
		l.r.Unseen = append(l.r.Unseen, say.Textf("--userns=%s (%s): who the container's users are on this machine is not known", f.value, f.at))
	}
}

// jsonWords is a list of words in JSON.
func jsonWords(s string) (words []string, ok bool) {
	err := json.Unmarshal([]byte(s), &words)
	return words, err == nil
}
