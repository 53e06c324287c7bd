package checktest

import (
	"strconv"
	"strings"

	"github.com/semadoctor/semadoctor/host"
)

// identity reads "UID:GID [NAME]".
func identity(s string) (host.Identity, error) {
	ids, name, _ := strings.Cut(s, " ")
	owner, err := ownerOf(ids)
	return host.Identity{Name: name, UID: owner.UID, GID: owner.GID}, err
}

func ownerOf(s string) (host.Owner, error) {
	u, g, _ := strings.Cut(s, ":")
	uid, err := strconv.Atoi(u)
	if err != nil {
		return host.Owner{}, err
	}
	gid, err := strconv.Atoi(g)
	return host.Owner{UID: uid, GID: gid}, err
}

// unescape lets a case put a newline into a variable.
func unescape(s string) string { return strings.ReplaceAll(s, `\n`, "\n") }

// mount reads "/path WORD...", each the type of a file system or one of those of
// mountWord.
func (c *Case) mount(s string) {
	words := strings.Fields(s)
	m := host.Mount{Type: "ext4", Space: plenty()}
	for _, w := range words[1:] {
		mountWord(&m, w)
	}
	c.Machine.mounts[words[0]] = m
}

// mountWord is ro, noexec, how long a file system lasts (tmpfs, container, pod,
// service), what is left on it (full, nearlyfull, noinodes, fewinodes, mute), or
// its type.
func mountWord(m *host.Mount, w string) {
	switch w {
	case "ro":
		m.ReadOnly = true
	case "noexec":
		m.NoExec = true
	case "tmpfs":
		m.Type, m.Life = w, host.UntilReboot
	case "container":
		m.Type, m.Life = "overlay", host.UntilRecreated
	case "pod":
		m.Life = host.UntilPodGone
	case "service":
		m.Life = host.UntilStopped
	case "full":
		m.Space.Free = 0
	case "nearlyfull":
		m.Space.Free = 99 << 20
	case "noinodes":
		m.Space.FreeInodes = 0
	case "fewinodes":
		m.Space.FreeInodes = 5000
	case "mute":
		m.Space = nil
	default:
		m.Type = w
	}
}
