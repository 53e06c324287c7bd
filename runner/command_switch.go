package runner

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// A Switch is a change of user on the way to the runner's program, by gosu, sudo and
// their like.
type Switch struct {
	By   string // the program: "sudo"
	User string // as host.LookupUser takes it: NAME, UID, either with :GROUP

	Before []string // NAME=VALUE that are set before it
	Home   bool     // HOME becomes that user's
	Clears bool     // the variables set before usually do not arrive: sudo without -E, su -
}

// becomes looks through a program that goes on as somebody else; false when it is
// none, or does not say as whom or what.
func (c *Command) becomes(program string, words []string) (rest []string, ok bool) {
	s := &Switch{By: program}
	switch program {
	case "gosu", "su-exec": // tianon/gosu, ncopa/su-exec: USER[:GROUP] COMMAND...
		s.Home = true
		rest = s.named(words)
	case "setuidgid", "s6-setuidgid":
		rest = s.named(words)
	case "sudo":
		rest = s.sudo(words)
	case "runuser", "su":
		rest = c.su(s, words)
	case "setpriv":
		rest = s.setpriv(words)
	}
	switch {
	case len(rest) == 0:
		return nil, false
	case s.User == "": // setpriv, for something else than a user
		return rest, true
	}
	if c.Switch != nil && c.Switch.Clears {
		s.Clears = true // what was lost by then stays so
	}
	s.Before, c.Sets, c.Switch = c.Sets, nil, s
	return rest, true
}

func (s *Switch) named(words []string) (rest []string) {
	words = afterFlags(words, nil)
	if len(words) < 2 {
		return nil
	}
	s.User = words[0]
	return words[1:]
}

// sudo (sudo(8)): root unless -u says who; variables go through a policy, env_reset,
// unless -E asks to keep them.
func (s *Switch) sudo(words []string) (rest []string) {
	flags, rest := flagsOf(words, strings.Fields("-u --user -g --group -C --close-from -D --chdir -h --host -p --prompt -R --chroot -r --role -t --type -T --command-timeout -U --other-user"))
	s.User = strings.TrimPrefix(cmp.Or(flags["-u"], flags["--user"], "root"), "#")
	if group := cmp.Or(flags["-g"], flags["--group"]); group != "" {
		s.User += ":" + strings.TrimPrefix(group, "#")
	}
	_, keep := flags["-E"]
	_, some := flags["--preserve-env"]
	s.Home, s.Clears = true, !keep && !some
	return rest
}

// su and runuser (su(1), runuser(1)): with -u a command follows, else it is that
// of -c, a line for a shell, before or behind the user. A login begins with an
// environment of its own.
func (c *Command) su(s *Switch, words []string) (rest []string) {
	valued := strings.Fields("-c --command -g --group -G --supp-group -s --shell -u --user -w --whitelist-environment")
	flags, rest := flagsOf(words, valued)
	if s.User = cmp.Or(flags["-u"], flags["--user"]); s.User != "" {
		return rest
	}
	s.User, s.Home = "root", true
	if len(rest) > 0 {
		s.User = rest[0]
		behind, _ := flagsOf(rest[1:], valued)
		maps.Copy(flags, behind)
	}
	for _, login := range []string{"-", "-l", "--login"} {
		if _, ok := flags[login]; ok {
			s.Clears = true
		}
	}
	return c.shell(cmp.Or(flags["-c"], flags["--command"]), nil)
}

// setpriv (setpriv(1)) leaves variables alone, unless it is told to.
func (s *Switch) setpriv(words []string) (rest []string) {
	flags, rest := flagsOf(words, strings.Fields("--reuid --ruid --euid --regid --rgid --egid --groups --inh-caps --ambient-caps --bounding-set --securebits --pdeathsig --selinux-label --apparmor-profile"))
	_, init := flags["--init-groups"]
	s.User = cmp.Or(flags["--reuid"], flags["--ruid"])
	if group := cmp.Or(flags["--regid"], flags["--rgid"]); group != "" && s.User != "" && !init {
		s.User += ":" + group
	}
	_, s.Clears = flags["--reset-env"]
	return rest
}

// StartedBy makes c what starts the runner. What it sets on the way to the
// program goes before what was set for it. files are those that it sees: who it
// goes on as is looked up there.
func (in *Installation) StartedBy(c *Command, files host.Files) {
	in.Command, in.Config, in.NoConfig = c, c.Config, c.NoConfig
	if c.Dir != "" {
		in.Dir = in.Abs(c.Dir)
	}
	shell := in.prepared(c, files)
	if c.Blank != "" {
		in.Unseen = append(in.Unseen, unseen{Text: say.Textf("a shell fills in %s of the runner's command (%s), and with what is not known", c.Blank, shell.from)})
	}
	config, known := shell.expand(c.Config)
	if in.Config, c.Config = config, config; !known {
		in.Unseen = append(in.Unseen, unseen{Text: say.Textf("a shell puts the path behind --config together (%s), and what comes of it is not known", shell.from)})
	}
	shell.made(c)
}

// prepared does what a command does on the way to its program: it sets variables, and
// becomes somebody else.
func (in *Installation) prepared(c *Command, files host.Files) *shellScope {
	from := Origin{File: c.From.File, Line: c.From.Line}
	shell := newShellScope(in, files, host.Place{File: c.From.File, Line: c.From.Line})
	for _, a := range c.Shell {
		shell.take(a)
	}
	if c.Switch != nil {
		shell.words(c.Switch.Before)
		in.switched(c.Switch, files, from)
	}
	shell.words(c.Sets)
	return shell
}

func (in *Installation) switched(s *Switch, files host.Files, from Origin) {
	as, err := host.LookupUser(files, s.User)
	if err != nil {
		in.Unseen = append(in.Unseen, unseen{say.Textf("%s starts the runner as %s, who cannot be found in /etc/passwd and /etc/group", s.By, s.User), err})
		return
	}
	in.As, in.AsSource = as, say.Verbatim(s.By+" "+s.User)
	if _, home, _ := host.Login(files, as); home != "" && s.Home {
		in.Env.Set("HOME", home, Origin{Env: "HOME", File: from.File, Line: from.Line})
	}
	if lost := in.Env.settings(); s.Clears && len(lost) > 0 {
		in.Unseen = append(in.Unseen, unseen{Text: say.Textf("%s is set, and %s usually does not pass it on: set it behind %s, or let what starts it name the user", strings.Join(lost, ", "), s.By, s.By)})
	}
}

// settings are the names of the variables that could be Semaphore's.
func (e Environment) settings() (names []string) {
	for name := range e {
		if strings.HasPrefix(name, "SEMAPHORE_") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
