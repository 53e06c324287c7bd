package host

import (
	"path"
	"strings"
)

// quadletSection is the section of a .container file that Podman makes a command of.
const quadletSection = "Container"

// RunWords is the command that Podman's generator makes of a Quadlet, as far as it
// matters to a runner (podman-systemd.unit(5), 5.5): each word stands where it comes
// from. The words hold specifiers, which are filled in later.
func (u *Unit) RunWords(files Files) []RunWord {
	q := quadlet{files: files, u: u, dir: path.Dir(u.Path)}
	name := "systemd-%N"
	if u.Instance() != "" {
		name = "systemd-%p_%i"
	}
	if e, ok := u.Last(quadletSection, "ContainerName"); ok {
		name = e.Value
	}
	q.words = []RunWord{{"podman", Place{File: u.Path}}, {"run", Place{File: u.Path}}}
	q.flag("--name", name, Place{File: u.Path})
	q.flag("--replace", "true", Place{File: u.Path})
	q.flag("--sdnotify", q.ready(), Place{File: u.Path})
	for _, k := range quadletKeys() {
		q.take(k)
	}
	q.user()
	for _, e := range u.List(quadletSection, "PodmanArgs") {
		q.rest(e)
	}
	image, _ := u.Last(quadletSection, "Image")
	q.words = append(q.words, RunWord{q.image(image.Value), placeOfEntry(image)})
	if e, ok := u.Last(quadletSection, "Exec"); ok {
		q.rest(e)
	}
	return q.words
}

type quadlet struct {
	files Files
	u     *Unit
	dir   string
	words []RunWord
}

// A quadletKey is a key of [Container] that is a flag of "podman run".
type quadletKey struct {
	key, flag string
	kind      quadletKind
}

type quadletKind int

const (
	quadletOne   quadletKind = iota // the last counts
	quadletAll                      // each is one flag
	quadletWords                    // each word of each is one flag
)

func quadletKeys() []quadletKey {
	return []quadletKey{
		{"EnvironmentFile", "--env-file", quadletAll}, {"Environment", "--env", quadletWords}, {"EnvironmentHost", "--env-host", quadletOne},
		{"Volume", "--volume", quadletAll}, {"Mount", "--mount", quadletAll}, {"Tmpfs", "--tmpfs", quadletAll}, {"Secret", "--secret", quadletAll},
		{"Network", "--network", quadletAll}, {"Pod", "--pod", quadletOne}, {"UserNS", "--userns", quadletOne}, {"RemapUsers", "--userns", quadletOne},
		{"GroupAdd", "--group-add", quadletAll}, {"WorkingDir", "--workdir", quadletOne}, {"Entrypoint", "--entrypoint", quadletOne},
		{"ReadOnly", "--read-only", quadletOne}, {"ReadOnlyTmpfs", "--read-only-tmpfs", quadletOne}, {"UIDMap", "--uidmap", quadletAll},
		{"GIDMap", "--gidmap", quadletAll}, {"SubUIDMap", "--subuidname", quadletOne}, {"SubGIDMap", "--subgidname", quadletOne},
		{"AddCapability", "--cap-add", quadletWords}, {"DropCapability", "--cap-drop", quadletWords},
	}
}

func placeOfEntry(e UnitEntry) Place { return Place{File: e.File, Line: e.Line} }

func (q *quadlet) flag(name, value string, at Place) {
	q.words = append(q.words, RunWord{name + "=" + value, at})
}

// take makes flags of one key.
func (q *quadlet) take(k quadletKey) {
	es := q.u.List(quadletSection, k.key)
	if k.kind == quadletOne && len(es) > 1 {
		es = es[len(es)-1:]
	}
	for _, e := range es {
		values := []string{e.Value}
		if k.kind == quadletWords {
			values, _ = SplitWords(e.Value)
		}
		for _, v := range values {
			q.flag(k.flag, q.value(k.key, v), placeOfEntry(e))
		}
	}
}

// value is what a key's value means: paths are as seen from the file, and other
// Quadlets are what Podman calls what they make.
func (q *quadlet) value(key, v string) string {
	switch key {
	case "EnvironmentFile":
		return q.path(v)
	case "Volume":
		source, rest, ok := strings.Cut(v, ":")
		switch {
		case ok && strings.HasSuffix(source, ".volume"):
			return q.made(source, "VolumeName") + ":" + rest
		case ok && strings.HasPrefix(source, "."):
			return q.path(source) + ":" + rest
		}
	case "Network", "Pod":
		name, rest, opts := strings.Cut(v, ":")
		if strings.HasSuffix(name, ".network") || strings.HasSuffix(name, ".pod") {
			name = q.made(name, key+"Name")
		}
		if opts {
			name += ":" + rest
		}
		return name
	case "RemapUsers":
		return "remap"
	}
	return v
}

// path is a path as the file means it. One that begins with a specifier is absolute.
func (q *quadlet) path(v string) string {
	if path.IsAbs(v) || strings.HasPrefix(v, "%") {
		return v
	}
	return path.Join(q.dir, v)
}

// made is what another Quadlet makes: what it is told to call it, or "systemd-" and its
// own name.
func (q *quadlet) made(file, key string) string {
	name := strings.TrimSuffix(file, path.Ext(file))
	if e, ok := q.other(file, key); ok {
		return e.Value
	}
	return "systemd-" + name
}

// other is a setting of a Quadlet in the same directory.
func (q *quadlet) other(file, key string) (e UnitEntry, ok bool) {
	name := path.Join(q.dir, file)
	data, err := ReadThrough(q.files, name)
	if err != nil {
		return e, false
	}
	es, err := parseUnit(name, data)
	section := strings.TrimPrefix(path.Ext(file), ".")
	o := &Unit{Entries: es}
	if err != nil || section == "" {
		return e, false
	}
	return o.Last(strings.ToUpper(section[:1])+section[1:], key)
}

// image is a name, or what an .image or .build file calls it.
func (q *quadlet) image(v string) string {
	switch path.Ext(v) {
	case ".image":
		if e, ok := q.other(v, "Image"); ok {
			return e.Value
		}
	case ".build":
		if e, ok := q.other(v, "ImageTag"); ok {
			return e.Value
		}
	}
	return v
}

// ready is who tells systemd that the container is ready.
func (q *quadlet) ready() string {
	switch e, _ := q.u.Last(quadletSection, "Notify"); {
	case e.Value == "healthy":
		return "healthy"
	case UnitTruth(e.Value):
		return "container"
	}
	return "conmon"
}

// user is User= with Group=.
func (q *quadlet) user() {
	e, ok := q.u.Last(quadletSection, "User")
	group, grouped := q.u.Last(quadletSection, "Group")
	switch {
	case ok && grouped:
		q.flag("--user", e.Value+":"+group.Value, placeOfEntry(e))
	case ok:
		q.flag("--user", e.Value, placeOfEntry(e))
	}
}

// rest are words as they stand.
func (q *quadlet) rest(e UnitEntry) {
	words, _ := SplitWords(e.Value)
	for _, w := range words {
		q.words = append(q.words, RunWord{w, placeOfEntry(e)})
	}
}
