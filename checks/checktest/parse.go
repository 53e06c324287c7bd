package checktest

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// A Case is one case file.
type Case struct {
	Path    string
	Archive *txtar.Archive

	// How the runner is started.
	Machine  *Machine
	Install  runner.Installation
	PID      int      // "pid:", the process that is the runner
	Unit     string   // "unit:", the systemd unit that starts the runner
	Show     []string // "systemctl: NAME=VALUE" each, what systemd says of the unit
	Compose  string   // "compose: FILE[#SERVICE]": what the runner is made from
	Manifest string   // "manifest: FILE[#NAME]": what the runner is made from
	bare     bool     // "programs: none": a unit's machine has no git, ssh and ansible either

	// What is around it.
	Peers     []runner.Installation // "peer: CONFIG UID:GID" each: other runners of this machine
	Server    string                // "server:", what answers; "" means nobody is there
	Rows      []string              // "row: ID TOKEN" each
	Addresses []address             // "address: IP [refused|silent]" each, of the server; 10.0.0.7 unless said
	Clock     time.Duration         // "clock:", how far the true time is ahead of the machine's
	NTP       string                // "ntp:": "", "silent", or "named silent"
	Kernel    string                // "kernel: unsynchronised", or how well it says the clock is kept, like "12ms"; "": it does not say
	Log       string                // "log: FILE" of the machine: what the runner has said
	Journal   string                // "journal: FILE" of the machine: likewise, as the unit's journal has it
	Restarted *checks.Restart       // "restarted: works|fault|unseen WORDS": what came of starting it anew

	// What the user has asked for, and what is compared.
	API     string // "api-token: good|user|wrong", what the user has given
	Poll    bool   // "poll: yes"
	Unsafe  string // "unsafe: yes|wrong", also what cannot all be taken back; with which registration token
	Offline bool   // "offline: yes"
	Fixes   string // "fix: warnings": which findings are repaired
	Causes  int    // "causes: N": root causes that are expected at most, 1 unless said
	Useless bool   // "useless: yes": a repair is offered that cannot be made, or does not help
	Details bool   // "details: yes": what the runner does because of it is compared too
	Way     bool   // "way: yes": how far it is to the server is compared, too
}

// Parse reads a case. The lines before the first file say how the runner is
// started and what is around it, a KEY: VALUE each.
func Parse(file string, a *txtar.Archive) (*Case, error) {
	c := &Case{Path: file, Archive: a, Machine: newMachine(), Causes: 1}
	c.Install = runner.Installation{Env: runner.Environment{}, Dir: "/", AsSource: say.Verbatim("the case")}
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

func (c *Case) header(key, value string) error {
	for _, read := range []func(key, value string) (known bool, err error){c.patient, c.surroundings, c.wanted} {
		if known, err := read(key, value); known {
			return err
		}
	}
	return fmt.Errorf("unknown key %q", key)
}

// patient is how the runner is started, and on what machine.
func (c *Case) patient(key, value string) (known bool, err error) {
	switch key {
	case "config":
		c.Install.Config = value
	case "command":
		c.command(value)
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
	case "pid":
		c.PID, err = strconv.Atoi(value)
	case "unit":
		c.Unit = value
	case "systemctl":
		c.Show = append(c.Show, value)
	case "programs":
		c.bare = value == "none"
	case "compose":
		c.Compose = value
	case "manifest":
		c.Manifest = value
	case "mount":
		c.mount(value)
	case "immutable":
		c.Machine.nodes[value].info.Immutable = true
	default:
		return false, nil
	}
	return true, err
}

// surroundings are what answers the runner, and what is known of it besides.
func (c *Case) surroundings(key, value string) (known bool, err error) {
	switch key {
	case "peer":
		err = c.peer(value)
	case "server":
		c.Server = value
	case "row":
		c.Rows = append(c.Rows, value)
	case "address":
		err = c.address(value)
	case "clock":
		c.Clock, err = time.ParseDuration(value)
	case "ntp":
		c.NTP = value
	case "kernel":
		c.Kernel = value
	case "log":
		c.Log = value
	case "journal":
		c.Journal = value
	case "restarted":
		err = c.restarted(value)
	default:
		return false, nil
	}
	return true, err
}

// wanted is what the user has asked for, and what the test is to look at.
func (c *Case) wanted(key, value string) (known bool, err error) {
	switch key {
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
	case "way":
		c.Way = value == "yes"
	default:
		return false, nil
	}
	return true, err
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
