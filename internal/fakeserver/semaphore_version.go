package fakeserver

import (
	"fmt"
	"strings"
)

// eraOf is the era of a release the fake can be, or "". Boundaries: the tags
// of v2.9.1 to v2.10.32; v2.10.26 and v2.10.27 are broken in ways of their own
// and not imitated; v2.10.33 and later of v2.10 are taken for E4c.
func eraOf(version string) string {
	var minor, patch int
	number, suffix, _ := strings.Cut(strings.TrimPrefix(version, "v"), "-")
	if n, err := fmt.Sscanf(number, "2.%d.%d", &minor, &patch); n != 2 || err != nil {
		return ""
	}
	switch n := minor*1000 + patch; {
	case n == 9_040 && suffix == "beta":
		return "E2a"
	case n >= 9_001 && n <= 9_040:
		return "E1"
	case n > 9_040 && n <= 9_060:
		return "E2b"
	case n > 9_060 && n <= 10_025:
		return "E3"
	case n >= 10_028 && n < 11_000:
		return "E4c"
	}
	return ""
}

// versionLine is what `semaphore version` prints: commit and date follow the
// number from v2.9.91 on.
func versionLine(version, era string) string {
	var minor, patch int
	_, _ = fmt.Sscanf(strings.TrimPrefix(version, "v"), "2.%d.%d", &minor, &patch) // eraOf has parsed it
	if strings.Count(version, "-") >= 2 || minor*1000+patch < 9_091 {
		return version
	}
	if era == "E4c" {
		return version + "-f33944e0-1795434763"
	}
	return version + "-e44910d-1721658299"
}

// runnerHelp is what the bare `semaphore runner` prints since E3: recorded for
// v2.10.32, and without its newer commands and flags for E3.
func runnerHelp(era string) string {
	commands := "  start       Run in runner mode\n  unregister  Unregister runner from the server\n"
	if era == "E4c" {
		commands = "  register    Register runner on the server\n  setup       Perform interactive setup\n" + commands
	}
	return "Run in runner mode\n\nUsage:\n  semaphore runner [flags]\n  semaphore runner [command]\n\n" +
		"Available Commands:\n" + commands +
		"\nFlags:\n  -h, --help   help for runner\n\nGlobal Flags:\n" + globalFlags(era) +
		"\nUse \"semaphore runner [command] --help\" for more information about a command.\n"
}

func globalFlags(era string) string {
	if era != "E4c" {
		return "      --config string   Configuration file path\n"
	}
	return "      --config string      Configuration file path\n" +
		"      --log-level string   Log level: DEBUG, INFO, WARN, ERROR, FATAL, PANIC\n" +
		"      --no-config          Don't use configuration file\n"
}
