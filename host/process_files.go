package host

import (
	"path"
	"strings"
)

// Files is the machine as the process sees it: files, when it sees what we see.
// Else it is looked at through the process's root directory, whose mounts are
// there too, and no link leads out of it.
func (p *Process) Files(files Files) Files {
	if p.Root == "" {
		return files
	}
	inside := Files(&View{Base: files, Layers: []Layer{{At: "/", Kind: Bound, Path: p.Root}}})
	if real, ok := files.(interface{ In(dir string) OS }); ok {
		inside = real.In(p.Root)
	}
	return mounted{inside, p.Mounts, p.Container != ""}
}

// In is the part of the machine below dir, for a process that has dir for its
// root directory.
func (o OS) In(dir string) OS { return OS{Root: path.Join("/", o.Root, dir)} }

// mounted are files of which more is known than statfs says: what the mounts
// are made of.
type mounted struct {
	Files
	mounts    []MountPoint
	container bool
}

// Mount implements Files.
func (m mounted) Mount(name string) (Mount, error) {
	real, err := Resolve(m.Files, name)
	if err != nil {
		return Mount{}, err
	}
	mount, err := m.Files.Mount(real)
	if life := MountOf(m.mounts, real).life(m.container); life != "" {
		mount.Life = life
	}
	return mount, err
}

// life is how long what is written to a mount lasts, if it is not the disk's.
// Where they come from tells: the kubelet keeps emptyDir volumes in a directory
// of that name, systemd PrivateTmp= in /tmp/systemd-private-BOOT-UNIT, Docker
// anonymous volumes under 64 digits, and a container's own layer is an overlay.
func (m MountPoint) life(container bool) Lifetime {
	switch {
	case strings.Contains(m.Root, "/volumes/kubernetes.io~empty-dir/"):
		return UntilPodGone
	case strings.Contains(m.Root, "/systemd-private-"):
		return UntilStopped
	case !container:
		return ""
	case m.At == "/" && m.Type == "overlay", m.Type == "tmpfs", anonymous(m.Root):
		return UntilRecreated
	}
	return ""
}

// anonymous reports a volume that nobody named: "/…/volumes/DIGITS/_data".
func anonymous(root string) bool {
	dir, ok := strings.CutSuffix(root, "/_data")
	return ok && path.Base(path.Dir(dir)) == "volumes" && containerID(path.Base(dir)) != ""
}
