package report

import "github.com/semadoctor/semadoctor/checks"

// A Verdict sums up a target or a run.
type Verdict string

// The verdicts.
const (
	Healthy  Verdict = "healthy"  // nothing above pass
	Degraded Verdict = "degraded" // works, with warnings
	Broken   Verdict = "broken"   // something failed
	Unknown  Verdict = "unknown"  // nothing failed, and something could not be found out
)

// Exit codes of semadoctor, the same in every format.
const (
	ExitOK       = 0
	ExitFindings = 1   // problems found
	ExitUsage    = 2   // wrong usage
	ExitUnknown  = 3   // could not find out, and found no failure
	ExitStopped  = 4   // by --deadline or a signal
	ExitChanges  = 5   // fix --dry-run: something would be changed
	ExitGate     = 120 // run: the gate refused to start the runner
	ExitCannot   = 126 // run: the runner cannot be executed
	ExitNotFound = 127 // run: the runner is not there
)

// FailOn is the least status that makes a run fail.
type FailOn string

// The thresholds of --fail-on.
const (
	FailOnFail    FailOn = "fail"
	FailOnWarn    FailOn = "warn"
	FailOnUnknown FailOn = "unknown" // anything that is not pass or skip
)

// An ExitStyle maps exit codes for programs that have rules of their own.
type ExitStyle string

// The styles of --exit-style; any other is semadoctor's own.
const (
	ExitNagios ExitStyle = "nagios" // 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN
	ExitDocker ExitStyle = "docker" // 0 healthy, 1 unhealthy; 2 is reserved there
)

// Of is a code of semadoctor's own in a style. Nagios takes wrong usage and what was
// stopped for UNKNOWN; what is not known to be healthy is not, for Docker.
func (s ExitStyle) Of(code int, c Counts) int {
	switch {
	case s == ExitDocker:
		return min(code, 1)
	case s != ExitNagios:
		return code
	case code == ExitFindings && c.Fail > 0:
		return 2
	case code == ExitFindings && c.Unknown > 0:
		return 3
	case code == ExitFindings, code == ExitOK && c.Warn > 0:
		return 1
	case code == ExitOK:
		return 0
	}
	return 3
}

// A DryRun is what fix --dry-run has come to.
type DryRun string

// The ends of a dry run.
const (
	NotDry      DryRun = ""
	NothingToDo DryRun = "nothing to do"
	WouldChange DryRun = "would change"
	NotPlanned  DryRun = "not planned" // of some runner it could not be found out
)

// code is what the program exits with.
func (o Options) code(c Counts) int {
	code := exitCode(c, o.FailOn, o.Stopped != "")
	switch {
	case o.Stopped != "" || o.DryRun == NotDry:
	case o.DryRun == WouldChange:
		code = ExitChanges
	case o.DryRun == NotPlanned:
		code = ExitUnknown
	default:
		code = ExitOK
	}
	return o.ExitStyle.Of(code, c)
}

// verdict sums up statuses. A skipped check makes it neither better nor worse,
// but when there is nothing else, nothing was found out.
func verdict(c Counts) Verdict {
	switch {
	case c.Fail > 0:
		return Broken
	case c.Unknown > 0, c.Pass+c.Warn+c.Accepted == 0:
		return Unknown
	case c.Warn > 0:
		return Degraded
	}
	return Healthy
}

// exitCode is decided here and nowhere else.
func exitCode(c Counts, on FailOn, stopped bool) int {
	switch {
	case stopped:
		return ExitStopped
	case c.Fail > 0, c.Warn > 0 && on != FailOnFail, c.Unknown > 0 && on == FailOnUnknown:
		return ExitFindings
	case verdict(c) == Unknown:
		return ExitUnknown
	}
	return ExitOK
}

func (c *Counts) add(s checks.Status) {
	switch s {
	case checks.Pass:
		c.Pass++
	case checks.Warn:
		c.Warn++
	case checks.Fail:
		c.Fail++
	case checks.Skip:
		c.Skip++
	case checks.Unknown:
		c.Unknown++
	}
}
