package checktest

import (
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"golang.org/x/tools/txtar"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// A Case is one case file.
type Case struct {
	Path    string
	Archive *txtar.Archive
	Machine *Machine
	Install runner.Installation
	PID     int      // "pid:", the process that is the runner
	Unit    string   // "unit:", the systemd unit that starts the runner
	Show    []string // "systemctl: NAME=VALUE" each, what systemd says of the unit
	bare    bool     // "programs: none": a unit's machine has no git, ssh and ansible either
	Compose string   // "compose: FILE[#SERVICE]": what the runner is made from
	Server  string   // "server:", what answers; "" means nobody is there
	Rows    []string // "row: ID TOKEN" each
	Clock   time.Duration
	NTP     string // "ntp:": "", "silent", or "named silent"
	Kernel  string // "kernel: unsynchronised", or how well it says the clock is kept, like "12ms"; "": it does not say
	API     string // "api-token: good|user|wrong", what the user has given
	Poll    bool   // "poll: yes", the user has asked for it
	Unsafe  string // "unsafe: yes|wrong", also what cannot all be taken back; with which registration token
	Offline bool
	Fixes   string // "fix: warnings": which findings are repaired
	Causes  int    // "causes: N": root causes that are expected at most, 1 unless said
	Useless bool   // "useless: yes": a repair is offered that cannot be made, or does not help
	Details bool   // "details: yes": what the runner does because of it is compared too

	Restarted *checks.Restart // "restarted: works|fault|unseen WORDS": what came of starting it anew

	Peers []runner.Installation // "peer: CONFIG UID:GID" each: other runners of this machine

	Log     string // "log: FILE" of the machine: what the runner has said
	Journal string // "journal: FILE" of the machine: likewise, as the unit's journal has it

	Way       bool      // "way: yes": how far it is to the server is compared, too
	Addresses []address // "address: IP [refused|silent]" each, of the server; 10.0.0.7 unless said

	Manifest string // "manifest: FILE[#NAME]": what the runner is made from
}

// Parse reads a case. The lines before the first file say how the runner is
// started and what is around it, a KEY: VALUE each.
func Parse(file string, a *txtar.Archive) (*Case, error) {
	c := &Case{Path: file, Archive: a, Machine: newMachine(), Causes: 1}
	c.Install = runner.Installation{Env: runner.Environment{}, Dir: "/", AsSource: "the case"}
	for _, f := range a.Files {
		if strings.HasPrefix(f.Name, "/") {
			if err := c.file(f); err != nil {
				return nil, fmt.Errorf("%s: file %q: %w", file, f.Name, err)
			}
		}
	}
	for n, line := range strings.Split(string(a.Comment), "\n") {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		key, value, _ := strings.Cut(line, ":")
		if err := c.header(key, strings.TrimSpace(value)); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, n+1, err)
		}
	}
	if c.Unit != "" && !c.bare {
		c.equip()
	}
	return c, nil
}

// equip puts what tasks need onto the machine: a unit's case is seldom about it.
func (c *Case) equip() {
	for _, name := range []string{"/usr/bin/git", "/usr/bin/ssh", "/usr/bin/ansible-playbook"} {
		if c.Machine.nodes[name] == nil {
			c.Machine.put(name, &node{Snapshot: repair.Snapshot{Mode: 0o755}})
		}
	}
}

func (c *Case) header(key, value string) (err error) {
	switch key {
	case "config":
		c.Install.Config = value
	case "command":
		c.command(value)
	case "programs":
		c.bare = value == "none"
	case "pid":
		c.PID, err = strconv.Atoi(value)
	case "manifest":
		c.Manifest = value
	case "compose":
		c.Compose = value
	case "cwd":
		c.Install.Dir = value
	case "as":
		c.Install.As, err = identity(value)
	case "version":
		c.Install.Version, err = runner.ParseVersion(value)
		c.Install.Version.Source = runner.FromFlag
	case "env":
		name, v, _ := strings.Cut(value, "=")
		c.Install.Env.Set(name, unescape(v), runner.Origin{Env: name})
	case "unit":
		c.Unit = value
	case "systemctl":
		c.Show = append(c.Show, value)
	case "restarted":
		err = c.restarted(value)
	case "log":
		c.Log = value
	case "journal":
		c.Journal = value
	case "peer":
		err = c.peer(value)
	case "server":
		c.Server = value
	case "way":
		c.Way = value == "yes"
	case "address":
		err = c.address(value)
	case "row":
		c.Rows = append(c.Rows, value)
	case "clock":
		c.Clock, err = time.ParseDuration(value)
	case "kernel":
		c.Kernel = value
	case "ntp":
		c.NTP = value
	case "api-token":
		c.API = map[string]string{"good": apiToken, "user": userToken}[value]
		if c.API == "" {
			c.API = "S3CR3T-" + value
		}
	case "poll":
		c.Poll = value == "yes"
	case "unsafe":
		c.Unsafe = map[string]string{"yes": registrationToken, "wrong": secretMark + "-wrong"}[value]
	case "offline":
		c.Offline = value == "yes"
	case "fix":
		c.Fixes = value
	case "causes":
		c.Causes, err = strconv.Atoi(value)
	case "useless":
		c.Useless = value == "yes"
	case "details":
		c.Details = value == "yes"
	case "mount":
		c.mount(value)
	case "immutable":
		c.Machine.nodes[value].info.Immutable = true
	default:
		return fmt.Errorf("unknown key %q", key)
	}
	return err
}

// restarted is a restart that went well, or not, or nobody knows.
func (c *Case) restarted(value string) error {
	how, words, _ := strings.Cut(value, " ")
	said := say.Verbatim(words)
	switch c.Restarted = (&checks.Restart{}); how {
	case "works":
		c.Restarted.Works = said
	case "fault":
		c.Restarted.Fault = said
	case "unseen":
		c.Restarted.Unseen = said
	default:
		return fmt.Errorf("no way for a restart to go: %q", how)
	}
	return nil
}

// command is how the runner is started: it says which config it reads, if any.
func (c *Case) command(line string) {
	cmd := runner.ParseCommand(strings.Fields(line), runner.Origin{Flag: "command line"})
	c.Install.Command, c.Install.NoConfig = cmd, cmd.NoConfig
	if cmd.Config != "" {
		c.Install.Config = cmd.Config
	}
}

// peer reads "CONFIG UID:GID [NAME]". All else is as with the first runner.
func (c *Case) peer(s string) (err error) {
	config, as, _ := strings.Cut(s, " ")
	in := c.Install
	in.Config = config
	in.As, err = identity(as)
	c.Peers = append(c.Peers, in)
	return err
}

// unescape lets a case put a newline into a variable.
func unescape(s string) string { return strings.ReplaceAll(s, `\n`, "\n") }

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

// file reads "/path [MODE [UID:GID]]"; a path that ends in a slash is a
// directory; "/path -> target [UID:GID]" a symbolic, "/path = target" a hard link.
func (c *Case) file(f txtar.File) error {
	words := strings.Fields(f.Name)
	name := path.Clean(words[0])
	n := &node{Snapshot: repair.Snapshot{Data: f.Data, Mode: 0o644}}
	if strings.HasSuffix(words[0], "/") {
		n.Data, n.Mode = nil, fs.ModeDir|0o755
	}
	switch {
	case len(words) >= 3 && words[1] == "->":
		n.Data, n.Mode, n.link = nil, fs.ModeSymlink|0o777, words[2]
		if len(words) > 3 && words[3] == deleted {
			n.link += " " + deleted
		} else if len(words) > 3 {
			owner, err := ownerOf(words[3])
			if err != nil {
				return err
			}
			n.Owner = owner
		}
	case len(words) == 3 && words[1] == "=":
		n = &node{Snapshot: c.Machine.nodes[words[2]].Snapshot, ino: c.Machine.nodes[words[2]].ino}
	case len(words) > 1:
		if err := n.attributes(words[1:]); err != nil {
			return err
		}
	}
	c.Machine.put(name, n)
	return nil
}

func (n *node) attributes(words []string) error {
	mode, err := strconv.ParseUint(words[0], 8, 12)
	if err != nil {
		return err
	}
	n.Mode = n.Mode.Type() | fs.FileMode(mode&0o777)
	for bit, special := range map[uint64]fs.FileMode{0o1000: fs.ModeSticky, 0o2000: fs.ModeSetgid, 0o4000: fs.ModeSetuid} {
		if mode&bit != 0 {
			n.Mode |= special
		}
	}
	if len(words) > 1 {
		if n.Owner, err = ownerOf(words[1]); err != nil {
			return err
		}
	}
	for _, w := range words[2:] {
		if moment, ok := strings.CutPrefix(w, "changed="); ok {
			if n.info.ModTime, err = time.Parse(time.RFC3339, moment); err != nil {
				return err
			}
			continue
		}
		switch w {
		case "nonl": // txtar ends every file with a newline; the runner's have none
			n.Data = []byte(strings.TrimSuffix(string(n.Data), "\n"))
		case "nul":
			n.Data = []byte(strings.ReplaceAll(string(n.Data), "\n", "\x00"))
		case "denied":
			n.denied = true
		case "crlf":
			n.Data = []byte(strings.ReplaceAll(string(n.Data), "\n", "\r\n"))
		case "bom":
			n.Data = append([]byte("\xef\xbb\xbf"), n.Data...)
		case "utf16":
			n.Data = utf16LE(string(n.Data))
		case "huge":
			n.Data = append(n.Data, make([]byte, host.MaxFile+1)...)
		case "fifo":
			n.Data, n.Mode = nil, fs.ModeNamedPipe|n.Mode.Perm()
		default:
			return fmt.Errorf("unknown attribute %q", w)
		}
	}
	return nil
}

// utf16LE is a text as Windows editors save it.
func utf16LE(s string) []byte {
	out := []byte("\xff\xfe")
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}
