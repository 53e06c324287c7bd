package host

import (
	"path"
	"regexp"
	"strings"
)

// InContainer reports whether files are those of a container, told by what
// Docker and Podman leave in its root, or by the cgroups of its first process. A
// variable of Kubernetes' says it, too: kubernetes is whether it is set.
func InContainer(files Files, kubernetes bool) bool {
	for _, mark := range []string{"/.dockerenv", "/run/.containerenv"} {
		if _, err := files.Lstat(mark); err == nil {
			return true
		}
	}
	if _, err := files.Lstat("/run/secrets/kubernetes.io"); err == nil && kubernetes {
		return true
	}
	cgroups, err := files.ReadFile("/proc/1/cgroup")
	if err != nil {
		return false
	}
	for _, word := range []string{"docker", "kubepods", "libpod", "containerd"} {
		if strings.Contains(string(cgroups), word) {
			return true
		}
	}
	return false
}

// VolumeLife is how long what is written to a path lasts, as the mounts of a
// container say: the kubelet's emptyDirs, and Docker's volumes without a name,
// which are 64 digits. "" where they say nothing.
func VolumeLife(files Files, name string) Lifetime {
	data, err := files.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return ""
	}
	root := MountOf(ParseMounts(data), name).Root
	switch {
	case strings.Contains(root, "/volumes/kubernetes.io~empty-dir/"):
		return UntilPodGone
	case path.Base(root) == "_data" && regexp.MustCompile(`^[0-9a-f]{64}$`).MatchString(path.Base(path.Dir(root))):
		return UntilRecreated
	}
	return ""
}
