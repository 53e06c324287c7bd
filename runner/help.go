package runner

import (
	"regexp"
	"strings"
)

// eraOfHelp tells the era of a build without a version from what it can do: the
// newest that has all its commands and flags, and no others. ask runs the
// program. The zero Era means that it did not help.
//
// Commands: none up to 2.9.60; start and unregister from 2.9.64; register and
// setup from 2.10.26-beta (observed 2.9.37, 2.9.58, 2.10.22, 2.10.32). Flags:
// --no-config from 2.10.26-beta, --log-level and --stdin-registration-token from
// 2.10.27 (observed 2.10.32), "start --register" after 2.15.0
// (semaphoreui/semaphore#3175), --registration-token-file in 2.18, --auto-register
// in 2026 (read in source).
func eraOfHelp(ask func(args ...string) (string, error)) Era {
	said := func(args ...string) string {
		out, err := ask(append(args, "--help")...)
		if err != nil {
			return ""
		}
		return out
	}
	top := said("runner")
	switch {
	case !strings.Contains(top, "semaphore runner"): // something else answers
		return ""
	case !hasCommand(top, "start"):
		return E2b
	case !hasCommand(top, "register"):
		return E3
	}
	register := said("runner", "register")
	switch {
	case !strings.Contains(register, "--stdin-registration-token"):
		return E4a
	case strings.Contains(register, "--registration-token-file"):
		return Newest
	case strings.Contains(said("runner", "start"), "--register"):
		return E5
	}
	return E4c
}

// hasCommand reports whether a help text lists a command.
func hasCommand(help, name string) bool {
	return regexp.MustCompile(`(?m)^  ` + name + ` `).MatchString(help)
}
