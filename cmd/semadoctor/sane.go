package main

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/report"
	"github.com/semadoctor/semadoctor/say"
)

// sane refuses flags that would silently mean something else: "--root $MNT"
// with MNT unset must not repair this host.
func sane(c *cli.Context) error {
	for _, f := range c.Command.Flags {
		if err := saneFlag(c, f); err != nil {
			return err
		}
	}
	if warn, fail := c.Duration("skew-warn"), c.Duration("skew-fail"); warn > 0 && fail > 0 && fail < warn {
		return usagef("--skew-fail %s is less than --skew-warn %s", fail, warn)
	}
	if c.IsSet("wait") && c.Bool("offline") {
		return usagef("--wait waits for the network, and --offline uses none")
	}
	for _, name := range []string{"restart", "listen"} {
		if c.Command.Name == "run" && c.IsSet(name) && !c.Bool("watch") { // fix has a --restart of its own
			return usagef("--%s is for who stays with the runner: it needs --watch", name)
		}
	}
	if err := saneTimeServers(c); err != nil {
		return err
	}
	return words(c)
}

func saneFlag(c *cli.Context, f cli.Flag) error {
	name := f.Names()[0]
	if !c.IsSet(name) {
		return nil
	}
	switch f.(type) {
	case *cli.StringFlag:
		if c.String(name) == "" {
			return usagef("--%s needs a value", name)
		}
	case *cli.GenericFlag:
		if slices.Contains(listOf(c, name), "") {
			return usagef("--%s needs a value", name)
		}
	case *cli.DurationFlag:
		if c.Duration(name) <= 0 {
			return usagef("--%s %s: want more than nothing, such as %s", name, c.Duration(name), time.Second)
		}
	}
	return nil
}

// words checks the flags that take one word of a few. Of several that are wrong the
// same is said each time.
func words(c *cli.Context) error {
	flags := enumerations(c.Command.Name)
	for _, name := range slices.Sorted(maps.Keys(flags)) {
		if v, known := c.String(name), flags[name]; v != "" && !slices.Contains(known, v) {
			return usagef("--%s %s: want one of %s", name, v, strings.Join(known, ", "))
		}
	}
	return nil
}

// enumerations are the flags of a command that take one word of a few, and which.
func enumerations(command string) map[string][]string {
	flags := map[string][]string{
		"lang":       {string(say.English), string(say.Chinese)},
		"color":      {"auto", "always", "never"},
		"fail-on":    {string(report.FailOnFail), string(report.FailOnWarn), string(report.FailOnUnknown)},
		"gate":       {"strict", "fail", "off"},
		"exit-style": {string(report.ExitNagios), string(report.ExitDocker)},
	}
	if command == "run" {
		flags["restart"] = []string{"never", "failure", "always"}
	}
	return flags
}
