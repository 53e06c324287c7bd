package host

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

// Bits of CapEff that let a process do what modes do not (linux/capability.h).
const (
	capOverride = 1 << 1 // CAP_DAC_OVERRIDE
	capRead     = 1 << 2 // CAP_DAC_READ_SEARCH
)

// identity is who the process is: of the four uids and gids in
// proc_pid_status(5) the effective ones.
func (p proc) identity() (Identity, error) {
	data, err := p.files.ReadFile(path.Join(p.dir, "status"))
	if err != nil {
		return Identity{}, err
	}
	status := fieldsOf(data)
	uid, okU := effective(status["Uid"])
	gid, okG := effective(status["Gid"])
	if !okU || !okG {
		return Identity{}, errors.ErrUnsupported
	}
	id := Identity{UID: uid, GID: gid}
	for _, g := range status["Groups"] {
		if n, ok := parseID(g); ok && n != gid {
			id.Groups = append(id.Groups, n)
		}
	}
	if caps := status["CapEff"]; len(caps) == 1 {
		id.Caps = capsOf(caps[0])
	}
	id.Mapped, err = p.mapped()
	return id, err
}

// fieldsOf reads lines of a name, a colon and words.
func fieldsOf(data []byte) map[string][]string {
	all := map[string][]string{}
	for line := range strings.Lines(string(data)) {
		if name, words, ok := strings.Cut(line, ":"); ok {
			all[name] = strings.Fields(words)
		}
	}
	return all
}

func effective(words []string) (int, bool) {
	if len(words) < 2 {
		return 0, false
	}
	return parseID(words[1])
}

func capsOf(hex string) *Caps {
	bits, err := strconv.ParseUint(hex, 16, 64)
	if err != nil {
		return nil
	}
	return &Caps{Override: bits&capOverride != 0, Read: bits&capRead != 0}
}

// mapped are the ids that the process's user namespace knows, as we count them;
// nil when that is our own namespace. Only the map of the uids is read: those of
// the gids are made alike.
func (p proc) mapped() ([]IDRange, error) {
	data, err := p.files.ReadFile(path.Join(p.dir, "uid_map"))
	if errors.Is(err, fs.ErrNotExist) { // a kernel without user namespaces
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	ours, err := p.files.ReadFile("/proc/self/uid_map")
	if err != nil || bytes.Equal(data, ours) {
		return nil, err
	}
	ranges := []IDRange{}
	for line := range strings.Lines(string(data)) {
		words := strings.Fields(line)
		if len(words) != 3 {
			continue
		}
		first, err1 := strconv.ParseInt(words[1], 10, 64)
		count, err2 := strconv.ParseInt(words[2], 10, 64)
		if err1 == nil && err2 == nil {
			ranges = append(ranges, IDRange{int(first), int(count)})
		}
	}
	return ranges, nil
}

// cgroupOf tells from proc_pid_cgroup(5) which unit and which container a
// process belongs to. Of units inside each other, as a user's own are in
// user@1000.service, the innermost counts.
func cgroupOf(data []byte) (unit, container string) {
	for line := range strings.Lines(string(data)) {
		parts := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(parts) != 3 {
			continue
		}
		for part := range strings.SplitSeq(parts[2], "/") {
			if id := containerID(part); id != "" && container == "" {
				container = id
			}
			if strings.HasSuffix(part, ".service") && (parts[1] == "" || parts[1] == "name=systemd") {
				unit = part
			}
		}
	}
	if strings.HasPrefix(unit, "user@") {
		unit = "" // a login session
	}
	return unit, container
}

// containerID finds the 64 hexadecimal digits of Docker, containerd, CRI-O and
// Podman in the name of a cgroup: "docker-….scope", "cri-containerd-….scope",
// "libpod-….scope", or the digits alone.
func containerID(part string) string {
	part = strings.TrimSuffix(part, ".scope")
	if i := strings.LastIndexAny(part, "-:"); i >= 0 {
		part = part[i+1:]
	}
	if len(part) != 64 || strings.Trim(part, "0123456789abcdef") != "" {
		return ""
	}
	return part
}
