package host

import (
	"path"
	"strings"
)

// InContainer reports whether files are those of a container, told by what
// Docker and Podman leave in its root, or by the cgroups of its first process. A
// variable of Kubernetes' says it, too: kubernetes is whether it is set.
func InContainer(files Files, kubernetes bool) bool {
	m := marksOf(files)
	return m.boxed || m.pod && kubernetes
}

// marks are what a container is known by.
type marks struct {
	boxed bool // by Docker, Podman or a cgroup
	pod   bool // a service account's secrets, which some hosts have, too
}

// marksOf are the marks of files, looked for once by a Glance.
func marksOf(files Files) marks {
	if g, ok := files.(*Glance); ok {
		return g.markings()
	}
	return findMarks(files)
}

func findMarks(files Files) (m marks) {
	for _, mark := range []string{"/.dockerenv", "/run/.containerenv"} {
		if _, err := files.Lstat(mark); err == nil {
			return marks{boxed: true}
		}
	}
	_, err := files.Lstat("/run/secrets/kubernetes.io")
	m.pod = err == nil
	cgroups, err := files.ReadFile("/proc/1/cgroup")
	if err != nil {
		return m
	}
	for _, word := range []string{"docker", "kubepods", "libpod", "containerd"} {
		m.boxed = m.boxed || strings.Contains(string(cgroups), word)
	}
	return m
}

// VolumeLife is how long what is written to a path lasts, as the mounts of a
// container say: the kubelet's emptyDirs, and Docker's volumes without a name,
// which are 64 digits. "" where they say nothing.
func VolumeLife(files Files, name string) Lifetime {
	root := MountOf(mountsOf(files), name).Root
	switch {
	case strings.Contains(root, "/volumes/kubernetes.io~empty-dir/"):
		return UntilPodGone
	case path.Base(root) == "_data" && nameless(path.Base(path.Dir(root))):
		return UntilRecreated
	}
	return ""
}

// nameless reports whether a volume's name is what Docker makes up: a SHA-256.
func nameless(volume string) bool {
	return len(volume) == 64 && strings.Trim(volume, "0123456789abcdef") == ""
}

// mountsOf are the mounts this process sees, read once by a Glance.
func mountsOf(files Files) []MountPoint {
	if g, ok := files.(*Glance); ok {
		return g.mountPoints()
	}
	data, err := files.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return nil
	}
	return parseMounts(data)
}
