package fakeserver

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
)

// exitFake is the status for a request the fake cannot serve: EX_SOFTWARE,
// which no Semaphore uses.
const exitFake = 70

// SemaphoreMain is a `semaphore` executable: version, runner, runner start and
// runner register, as far as the release has them. args are without the program's
// name. These variables steer the fake:
//
//	FAKE_SEMAPHORE_VERSION   the release to be, default 2.9.58
//	FAKE_SEMAPHORE_POLLS     stop with status 0 after so many polls, or so many
//	                         failed attempts to register; default: never
//	FAKE_SEMAPHORE_INTERVAL  time between two polls, a Go duration, default 1s;
//	                         attempts to register are five times as far apart
//
// Without FAKE_SEMAPHORE_POLLS a runner runs until its process is killed.
func SemaphoreMain(args, env []string, stdin io.Reader, stdout, stderr io.Writer) int {
	c := command{env: lookupIn(env), stdin: stdin, stdout: stdout, stderr: stderr}
	if err := c.configure(); err != nil {
		fmt.Fprintln(stderr, "fake semaphore:", err)
		return exitFake
	}
	if err := c.parse(args); err != nil {
		return c.usageError(err)
	}
	return c.dispatch()
}

// lookupIn looks up in an environment like os.Environ; the first of two wins.
func lookupIn(env []string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		for _, e := range env {
			if k, v, ok := strings.Cut(e, "="); ok && k == name {
				return v, true
			}
		}
		return "", false
	}
}

// A command is one command line.
type command struct {
	env            func(string) (string, bool)
	stdin          io.Reader
	stdout, stderr io.Writer

	version string
	era     string
	runner  Runner

	words     []string // what is not a flag
	help      bool
	stdinFlag bool
}

func (c *command) configure() error {
	c.version = "2.9.58"
	if v, _ := c.env("FAKE_SEMAPHORE_VERSION"); v != "" {
		c.version = v
	}
	if c.era = eraOf(c.version); c.era == "" {
		return fmt.Errorf("no fake of version %s (FAKE_SEMAPHORE_VERSION)", c.version)
	}
	c.runner = Runner{Era: c.era, Env: c.env, Stdout: c.stdout, Stderr: c.stderr}
	if v, _ := c.env("FAKE_SEMAPHORE_POLLS"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil {
			return fmt.Errorf("read FAKE_SEMAPHORE_POLLS: %w", err)
		}
		c.runner.Cycles = n
	}
	return c.configureInterval()
}

func (c *command) configureInterval() error {
	v, _ := c.env("FAKE_SEMAPHORE_INTERVAL")
	if v == "" {
		return nil
	}
	d, err := time.ParseDuration(v)
	if err != nil {
		return fmt.Errorf("read FAKE_SEMAPHORE_INTERVAL: %w", err)
	}
	if d <= 0 {
		return fmt.Errorf("read FAKE_SEMAPHORE_INTERVAL: %s is not positive", v)
	}
	c.runner.Interval, c.runner.RetryInterval = d, 5*d
	return nil
}

// parse takes flags anywhere, as cobra does. Semaphore has few: --config, and
// from E4 on --no-config, --log-level and --stdin-registration-token.
func (c *command) parse(args []string) error {
	for len(args) > 0 {
		name, value, inline := strings.Cut(args[0], "=")
		args = args[1:]
		if c.takesValue(name) && !inline {
			if len(args) == 0 {
				return fmt.Errorf("flag needs an argument: %s", name)
			}
			value, args = args[0], args[1:]
		}
		if err := c.word(name, value); err != nil {
			return err
		}
	}
	if len(c.words) > 0 && !slices.Contains([]string{"runner", "version"}, c.words[0]) {
		return fmt.Errorf("unknown command %q for \"semaphore\"", c.words[0])
	}
	return nil
}

func (c *command) takesValue(flag string) bool {
	return flag == "--config" || flag == "--log-level" && c.internal()
}

// internal says whether the release has the flags that came with E4.
func (c *command) internal() bool { return c.era == "E4c" }

// word takes one flag, or a word that is none.
func (c *command) word(name, value string) error {
	switch {
	case name == "--config":
		c.runner.Config = value
	case name == "--log-level" && c.internal():
		c.runner.Debug = strings.EqualFold(value, "debug")
	case name == "--no-config" && c.internal():
		c.runner.NoConfig = true
	case name == "--stdin-registration-token" && c.internal():
		c.stdinFlag = true
	case name == "-h", name == "--help":
		c.help = true
	case strings.HasPrefix(name, "-"):
		return fmt.Errorf("unknown flag: %s", name)
	default:
		c.words = append(c.words, name)
	}
	return nil
}

// usageError prints an error twice: cobra does, and then Semaphore.
func (c *command) usageError(err error) int {
	fmt.Fprintf(c.stderr, "Error: %v\n", err)
	if strings.HasPrefix(err.Error(), "unknown command") {
		fmt.Fprintln(c.stderr, "Run 'semaphore --help' for usage.")
	} else {
		fmt.Fprintf(c.stderr, "Usage:\n  semaphore [flags]\n\nFlags:\n%s\n", globalFlags(c.era))
	}
	fmt.Fprintln(c.stderr, err)
	return 1
}

func (c *command) dispatch() int {
	subcommands := c.era == "E3" || c.internal()
	line := strings.Join(c.words, " ")
	switch {
	case c.help || len(c.words) == 0:
		fmt.Fprint(c.stdout, runnerHelp(c.era))
		return exitOK
	case c.words[0] == "version":
		fmt.Fprintln(c.stdout, versionLine(c.version, c.era))
		return exitOK
	case !subcommands, line == "runner start":
		return c.runner.Run(context.Background())
	case line == "runner register" && c.internal():
		return c.register()
	}
	fmt.Fprint(c.stdout, runnerHelp(c.era)) // of the bare runner command, and status 0
	return exitOK
}

func (c *command) register() int {
	if c.stdinFlag {
		data, err := io.ReadAll(c.stdin)
		if err != nil {
			fmt.Fprintf(c.stderr, "panic: %v\n", err)
			return exitPanic
		}
		token := string(data)
		c.runner.StdinToken = &token
	}
	return c.runner.Register(context.Background())
}
