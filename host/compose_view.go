package host

import (
	"errors"
	"io/fs"
	"path"
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

// View is the file system that the container will see: the image, and over it what
// is mounted. files are those of this machine. The error is about a mount with which
// the container is not started.
func (c *Container) View(files Files, image *Sketch) (*View, error) {
	if g, ok := files.(Guard); ok && c.By == Podman { // who tells Docker what to do is not its root
		g.IDs = c.ids
		files = g
	}
	base := *image
	base.Life, base.ReadOnly = UntilRecreated, c.ReadOnly
	v := &View{Base: &base}
	for _, m := range c.Mounts {
		l, err := c.layer(m, files, &base)
		if err != nil {
			return nil, err
		}
		l.At = mountPoint(&base, m.Target)
		l.ReadOnly = m.ReadOnly
		v.Layers = append(v.Layers, l)
	}
	return v, nil
}

// mountPoint is where a mount comes to lie: the image's links are followed, as
// far as they are known.
func mountPoint(image Files, target string) string {
	rest := ""
	for dir := target; ; dir = path.Dir(dir) {
		if real, err := Resolve(image, dir); err == nil || dir == "/" {
			return path.Join("/", real, rest)
		}
		rest = path.Join(path.Base(dir), rest)
	}
}

func (c *Container) layer(m ServiceMount, files Files, image *Sketch) (Layer, error) {
	switch m.Kind {
	case BindMount:
		return c.bind(m, files)
	case VolumeMount:
		return c.volume(m, files, image), nil
	case TmpfsMount:
		root := Info{Mode: fileMode(m.Mode), Owner: m.Owner}
		return Layer{Kind: Empty, Root: root, Life: UntilStopped}, nil
	}
	s := &Sketch{Why: say.Textf("what %s mounts there is not visible from here", c.By), Known: map[string]Drawn{}}
	if m.Data != nil || m.There {
		s.Known["/"] = DrawnFile(fileMode(m.Mode), m.Owner.UID, m.Owner.GID, m.Data)
	}
	return Layer{Kind: Bound, From: s, Path: "/"}, nil
}

// fileMode is a mode as chmod writes it.
func fileMode(mode int) fs.FileMode {
	m := fs.FileMode(mode & 0o777)
	if mode&0o1000 != 0 {
		m |= fs.ModeSticky
	}
	if mode&0o2000 != 0 {
		m |= fs.ModeSetgid
	}
	return m
}

// bind is a place of this machine. A source that is missing is made by Docker: a
// directory of root's, even where a file is meant. Podman makes none.
func (c *Container) bind(m ServiceMount, files Files) (Layer, error) {
	var unseen *Unseen
	real, err := Resolve(files, m.Source)
	if err == nil {
		_, err = files.Lstat(real)
	}
	switch {
	case err == nil:
		return Layer{Kind: Bound, From: files, Path: real, IDs: c.ids, Owner: m.Chowned}, nil
	case errors.Is(err, fs.ErrNotExist) && m.Made:
		return Layer{Kind: Empty, Root: Info{Mode: 0o755}}, nil
	case errors.Is(err, fs.ErrNotExist):
		return Layer{}, m.At.wrong("%s does not exist, and %s does not make it: the service will not start", m.Source, string(c.By))
	case errors.As(err, &unseen):
		return Layer{Kind: Bound, From: &Sketch{Why: unseen.Why}, Path: "/"}, nil
	case errors.Is(err, fs.ErrPermission):
		why := say.Textf("semadoctor may not look at %s, which is mounted there; running it as root would tell", m.Source)
		return Layer{Kind: Bound, From: &Sketch{Why: why}, Path: "/"}, nil
	}
	return Layer{}, m.At.wrong("%w", err)
}

// volume is a volume's content where Docker keeps it, if that can be seen. Of
// one that cannot only this is known: over a directory of the image a new
// volume gets what is in there, with owners and modes, unless nocopy is said
// (docs.docker.com, engine/storage/volumes). Directories stay; files may be others.
func (c *Container) volume(m ServiceMount, files Files, image *Sketch) Layer {
	if place := c.Place(m); place != "" {
		real, err := Resolve(files, place)
		if err == nil {
			_, err = files.Lstat(real)
		}
		if err == nil {
			return Layer{Kind: Bound, From: files, Path: real, IDs: c.ids, Owner: m.Chowned}
		}
	}
	s := &Sketch{Why: say.Textf("what is in the volume %s is not visible from here", m.name()), Known: map[string]Drawn{}}
	if m.Source == "" {
		s.Life = UntilRecreated
	}
	for name, d := range image.Known {
		if rest, in := strings.CutPrefix(name, m.Target); in && d.Info.Mode.IsDir() && !m.NoCopy && (rest == "" || rest[0] == '/') {
			s.Known[path.Join("/", rest)] = d
		}
	}
	return Layer{Kind: Bound, From: s, Path: "/"}
}

// Place is where on this machine lies what a container has mounted: for a volume, where
// the engine keeps it. It is "" for what has no place here.
func (c *Container) Place(m ServiceMount) string {
	switch {
	case m.Kind == BindMount:
		return m.Source
	case m.Kind == VolumeMount && m.Source != "" && m.Subpath == "":
		return path.Join(c.volumes, m.Source, "_data")
	}
	return ""
}

// name is what people call a volume.
func (m ServiceMount) name() string {
	switch {
	case m.Source == "":
		return "(" + m.Target + ")"
	case m.Key != "":
		return m.Key
	}
	return m.Source
}
