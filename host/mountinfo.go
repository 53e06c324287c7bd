package host

import (
	"path"
	"strconv"
	"strings"
)

// maxMounts is how many mounts parseMounts keeps: the kernel allows a namespace
// 100,000 (fs.mount-max), and no runner has a thousandth of that.
const maxMounts = 10_000

// A MountPoint is one line of proc_pid_mountinfo(5).
type MountPoint struct {
	ID     int    // of the mount; a later line over the same path has another
	Root   string // what of the file system is mounted: "/", "/var/lib/docker/volumes/…"
	At     string // where
	Type   string // "ext4", "overlay", "tmpfs"
	Source string // the device, or a word
}

// parseMounts reads a mountinfo, line by line; a line that is none is passed
// over. github.com/moby/sys/mountinfo does the same on Linux only, and gives up
// at lines above 64 KiB.
func parseMounts(data []byte) []MountPoint {
	var all []MountPoint
	for line := range strings.Lines(string(data)) {
		if len(all) == maxMounts {
			break
		}
		if m, ok := parseMount(line); ok {
			all = append(all, m)
		}
	}
	return all
}

// parseMount reads "36 35 98:0 /root /at options [more ...] - type source super".
func parseMount(line string) (MountPoint, bool) {
	head, tail, ok := strings.Cut(line, " - ")
	fields, fs := strings.Fields(head), strings.Fields(tail)
	if !ok || len(fields) < 6 || len(fs) < 2 {
		return MountPoint{}, false
	}
	id, err := strconv.Atoi(fields[0])
	m := MountPoint{ID: id, Root: unescaped(fields[3]), At: unescaped(fields[4]), Type: unescaped(fs[0]), Source: unescaped(fs[1])}
	return m, err == nil && path.IsAbs(m.At)
}

// unescaped takes back what the kernel does to blanks, backslashes and "#": a
// backslash and three octal digits each (mangle_path).
func unescaped(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+3 < len(s) {
			if c, err := strconv.ParseUint(s[i+1:i+4], 8, 8); err == nil {
				b.WriteByte(byte(c))
				i += 3
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// MountOf is the mount that holds name, which is free of links: the deepest, and
// of two at one place the later.
func MountOf(ms []MountPoint, name string) (best MountPoint) {
	for _, m := range ms {
		if (m.At == name || m.At == "/" || below(name, m.At) != "") && len(m.At) >= len(best.At) {
			best = m
		}
	}
	return best
}
