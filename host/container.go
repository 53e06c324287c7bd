package host

import "strings"

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
