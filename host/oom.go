package host

import (
	"path"
	"strconv"
	"strings"
)

// OOMKills is how many processes of our own control group the kernel has killed
// because the group had used up its memory; -1 when nobody can say. It is what
// control groups of version 2 tell (Documentation/admin-guide/cgroup-v2.rst).
func OOMKills(files Files) int {
	data, err := files.ReadFile("/proc/self/cgroup")
	if err != nil {
		return -1
	}
	for line := range strings.Lines(string(data)) {
		group, ok := strings.CutPrefix(strings.TrimSpace(line), "0::/")
		if !ok {
			continue
		}
		if events, err := files.ReadFile(path.Join("/sys/fs/cgroup", group, "memory.events")); err == nil {
			return field(string(events), "oom_kill")
		}
	}
	return -1
}

// field is the number behind a word at the beginning of a line; -1 when there is none.
func field(text, name string) int {
	for line := range strings.Lines(text) {
		if key, value, _ := strings.Cut(strings.TrimSpace(line), " "); key == name {
			if n, err := strconv.Atoi(value); err == nil {
				return n
			}
		}
	}
	return -1
}
