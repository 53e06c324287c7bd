package main

import (
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/say"
)

// list is a flag that may be given several times and keeps commas as they are;
// cli's own slices split on commas.
type list struct{ values []string }

// sameList is what cli hands from a flag's one name to its other: both share
// the list, so there is nothing to add.
const sameList = "\x00"

func (l *list) Set(s string) error {
	if s != sameList {
		l.values = append(l.values, s)
	}
	return nil
}

func (l *list) String() string    { return "" }
func (l *list) Serialize() string { return sameList }

func listFlag(name, usage string, aliases ...string) cli.Flag {
	return &cli.GenericFlag{Name: name, Usage: usage, Aliases: aliases, Value: &list{}}
}

func listOf(c *cli.Context, name string) []string {
	if l, ok := c.Generic(name).(*list); ok {
		return l.values
	}
	return nil
}

func langFlag() cli.Flag {
	return &cli.StringFlag{Name: "lang", Usage: "language: `en|zh` (default: from the locale)"}
}

// targetFlags says whose eyes are looked through, and how hard.
func targetFlags(more []cli.Flag) []cli.Flag {
	return append(append(whoseFlags(), lookFlags()...), more...)
}

// whoseFlags says which runners are meant, and how they are started.
func whoseFlags() []cli.Flag {
	return []cli.Flag{
		listFlag("config", "the runner's config `FILE`; a directory or a pattern means every config in it (repeatable; default: what the runner itself finds)", "c"),
		listFlag("unit", "the systemd unit or Quadlet that starts the runner: `NAME|FILE` (repeatable)"),
		listFlag("pid", "the runner that runs as process `N` (repeatable)"),
		listFlag("compose", "a docker compose file, and perhaps one service of it: `FILE[#SERVICE]` (repeatable)"),
		listFlag("manifest", "a Kubernetes manifest, and perhaps one workload of it: `FILE[#NAME]` (repeatable)"),
		&cli.BoolFlag{Name: "all", Usage: "every runner that is set up or runs on this host"},
		&cli.StringFlag{Name: "user", Usage: "the runner's user: `NAME|UID[:GID]` (default: you)"},
		listFlag("env", "one more variable of the runner's environment: `NAME=VALUE` (repeatable)"),
		listFlag("env-file", "variables of the runner's environment, from `FILE`; with --compose, what docker compose would have as its --env-file (repeatable)"),
		&cli.BoolFlag{Name: "clean-env", Usage: "take nothing of your own environment for the runner's"},
		&cli.StringFlag{Name: "cwd", Usage: "the runner's working `DIR` (default: yours)"},
		&cli.StringFlag{Name: "root", Usage: "look at the file system below `DIR` only, and at nothing else of this host"},
		&cli.StringFlag{Name: "runner-version", Usage: "the runner's release or era, like 2.9.58 or E3: `VERSION` (default: ask its program, else guess)"},
		&cli.DurationFlag{Name: "deadline", Usage: "the longest everything may take: `TIME`, like 30s", DefaultText: "no limit"},
		langFlag(),
	}
}

// lookFlags says how hard is looked.
func lookFlags() []cli.Flag {
	return []cli.Flag{
		&cli.BoolFlag{Name: "offline", Usage: "no network at all"},
		&cli.StringFlag{Name: "server-token-file", Usage: "an API token for what only the server knows, in `FILE` (default: $SEMADOCTOR_API_TOKEN)"},
		&cli.BoolFlag{Name: "poll", Usage: "ask as the runner does for tasks, too: the server then takes it for seen, and forgets that it was to clear its cache"},
		listFlag("only", "only these checks, problems or areas: `ID,...`"),
		listFlag("skip", "not these checks, problems or areas: `ID,...`"),
		&cli.DurationFlag{Name: "timeout", Usage: "the longest one check may take: `TIME`", Value: checks.DefaultTimeout},
		listFlag("ntp", "time servers to ask: `HOST[:PORT],...` (default: this host's own)"),
		&cli.DurationFlag{Name: "skew-warn", Usage: "clock offset to warn at: `TIME`", DefaultText: "1s"},
		&cli.DurationFlag{Name: "skew-fail", Usage: "clock offset to fail at: `TIME`", DefaultText: "30s"},
	}
}

func checkFlags() []cli.Flag {
	return append(reportFlags(),
		&cli.DurationFlag{Name: "wait", Usage: "check again until server, network and clock are well, and known to be, for at most `TIME`; end at once when anything fails that waiting does not cure", DefaultText: "check once"},
		&cli.StringFlag{Name: "exit-style", Usage: "exit codes for `nagios|docker`: 0 to 3, or 0 and 1", DefaultText: "semadoctor's own"},
	)
}

func reportFlags() []cli.Flag {
	return append(outputFlags(reportFormats()),
		&cli.StringFlag{Name: "fail-on", Usage: "the least finding to exit 1 for: `fail|warn|unknown`", Value: "fail"},
	)
}

func outputUsage(formats []string) say.Text {
	return say.Textf("`FORMAT[=FILE]`: %s (repeatable)", strings.Join(formats, ", "))
}

// outputFlags says in which formats, and how they are drawn.
func outputFlags(formats []string) []cli.Flag {
	return []cli.Flag{
		listFlag("output", outputUsage(formats).String(), "o"),
		&cli.StringFlag{Name: "color", Usage: "in colour: `auto|always|never`", Value: "auto"},
		&cli.BoolFlag{Name: "ascii", Usage: "draw with ASCII only"},
		&cli.BoolFlag{Name: "deterministic", Usage: "all times zero, for comparing reports", Hidden: true},
	}
}

func fixFlags() []cli.Flag {
	return []cli.Flag{
		&cli.BoolFlag{Name: "dry-run", Usage: "show what would be changed; exit 5 if anything would, 0 if nothing"},
		&cli.StringFlag{Name: "plan", Usage: "as --dry-run, and write the plan to `FILE`, which holds secrets"},
		&cli.StringFlag{Name: "apply", Usage: "do exactly what the plan in `FILE` says, unless a file has changed since"},
		&cli.BoolFlag{Name: "yes", Aliases: []string{"y"}, Usage: "do not ask"},
		&cli.BoolFlag{Name: "warnings", Usage: "repair warnings too"},
		&cli.BoolFlag{Name: "unsafe", Usage: "also what cannot all be taken back, each step by itself: register again, switch on or delete at the server, go where a redirect leads"},
		&cli.StringFlag{Name: "registration-token-file", Usage: "the server's registration token for --unsafe, in `FILE`; - is standard input (default: the runner's own, or $SEMAPHORE_RUNNER_REGISTRATION_TOKEN)"},
		&cli.BoolFlag{Name: "restart", Usage: "restart the runner's unit when it has been repaired, and wait until it polls"},
		&cli.BoolFlag{Name: "undo", Usage: "take back the last repair, or the one whose ID follows"},
		&cli.BoolFlag{Name: "list", Usage: "list the repairs that can be taken back"},
	}
}

func runFlags() []cli.Flag {
	return []cli.Flag{
		&cli.BoolFlag{Name: "fix", Usage: "repair first, without asking"},
		&cli.BoolFlag{Name: "register", Usage: "register a runner that has no identity first; one that has is left alone"},
		&cli.StringFlag{Name: "registration-token-file", Usage: "the server's registration token for --register, in `FILE`; - is standard input (default: the runner's own, or $SEMAPHORE_RUNNER_REGISTRATION_TOKEN)"},
		&cli.StringFlag{Name: "gate", Usage: "when to refuse to start the runner: `strict|fail|off`", Value: "fail"},
		&cli.DurationFlag{Name: "cache", Usage: "do not check again for `TIME` after all was well, unless a file, a variable or a flag has changed", DefaultText: "always check"},
		&cli.BoolFlag{Name: "watch", Usage: "stay as the runner's parent: hand on signals and output, say why it fails, tell systemd when it is accepted"},
		&cli.StringFlag{Name: "restart", Usage: "with --watch, when to start the runner again: `never|failure|always`", Value: "never"},
		&cli.StringFlag{Name: "listen", Usage: "with --watch, answer /livez, /readyz, /healthz and /metrics at `[HOST]:PORT` (without HOST: for this host alone)"},
	}
}
