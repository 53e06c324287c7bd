// Package report tells a person or a program what the checks found. A report is
// made once: words chosen, secrets taken out, verdict and exit code decided. The
// writers only render it.
package report

import "time"

// Schema is the version of the JSON report.
const Schema = 1

// A Report is one run of semadoctor, in the shape of the JSON report.
type Report struct {
	Schema     int       `json:"schema"`
	Tool       Tool      `json:"tool"`
	StartedAt  time.Time `json:"started_at"`
	DurationMS int64     `json:"duration_ms"`
	Verdict    Verdict   `json:"verdict"`
	ExitCode   int       `json:"exit_code"`
	Counts     Counts    `json:"counts"`
	Targets    []Target  `json:"targets"`
	Stopped    string    `json:"stopped,omitempty"` // "deadline" or a signal's name, when the run was cut short
}

// Tool is the program that wrote the report.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Counts is how many checks came to what, over all targets.
type Counts struct {
	Pass    int `json:"pass"`
	Warn    int `json:"warn"`
	Fail    int `json:"fail"`
	Skip    int `json:"skip"`
	Unknown int `json:"unknown"`

	// Accepted is how many of those that are skipped have looked, and found nothing but
	// what somebody lives with.
	Accepted int `json:"-"`
}

// A Target is one runner installation.
type Target struct {
	Name          string   `json:"name"`
	Config        string   `json:"config"` // "" when there is none
	Era           string   `json:"era"`    // "" when it could not be told
	RunnerVersion string   `json:"runner_version"`
	VersionSource string   `json:"version_source"` // flag, binary, config or unknown
	Guessed       bool     `json:"-"`              // the era is only a guess; an image's tag is config and no guess
	Identity      Identity `json:"identity"`
	Server        string   `json:"server"` // its URL as set; "" when there is none
	Verdict       Verdict  `json:"verdict"`
	RootCauses    []string `json:"root_causes"` // most blocking first
	Results       []Result `json:"results"`
}

// Identity is who the runner runs as.
type Identity struct {
	User   string `json:"user"` // "" when the uid has no name
	UID    int    `json:"uid"`
	GID    int    `json:"gid"`
	Source string `json:"source"` // who says so
}

// A Result is what one check came to.
type Result struct {
	Check      string    `json:"check"`
	Title      string    `json:"title"`
	Status     string    `json:"status"`  // pass, warn, fail, skip or unknown
	Because    string    `json:"because"` // of a skip or an unknown
	DurationMS int64     `json:"duration_ms"`
	Findings   []Finding `json:"findings"`
}

// A Finding is one thing that a check saw.
type Finding struct {
	ID       string     `json:"id"`     // of the problem; "" for a note
	Status   string     `json:"status"` // pass for a note; warn, fail, or skip when it is accepted
	Summary  string     `json:"summary"`
	Detail   string     `json:"detail"`
	CausedBy []string   `json:"caused_by"` // problems found that explain this one
	Evidence []Evidence `json:"evidence"`
	Fix      *Fix       `json:"fix"` // null when only a person can help
	Advice   []string   `json:"advice"`
	Doc      string     `json:"doc"` // URL of the problem's page; "" for a note

	// Accepted is there when somebody lives with the problem for a while: the status is
	// skip then, and it counts for nothing.
	Accepted *Accepted `json:"accepted,omitempty"`
}

// Accepted is the entry of an ignore file by which a finding does not count.
type Accepted struct {
	Until  string `json:"until"` // the last day, as in 2027-03-31
	Reason string `json:"reason"`
	File   string `json:"file"`
	Line   int    `json:"line"`
}

// Evidence is what was seen and where it came from.
type Evidence struct {
	What    string `json:"what"`
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`    // from 1; 0 when there is none
	Pointer string `json:"pointer,omitempty"` // RFC 6901
	Env     string `json:"env,omitempty"`
	Flag    string `json:"flag,omitempty"`
}

// unsafe is the safety of a fix that cannot all be taken back.
const unsafe = "unsafe"

// A Fix is what "semadoctor fix" would do about a finding.
type Fix struct {
	Title  string `json:"title"`
	Safety string `json:"safety"` // safe or unsafe
}

// command is what makes it, for a finding of a status.
func (f Fix) command(status string) string {
	words := "fix"
	if f.Safety == unsafe {
		words += " --unsafe"
	}
	if status == "warn" {
		words += " --warnings"
	}
	return words
}

// label is what a short report calls it.
func (f Fix) label() string {
	if f.Safety == unsafe {
		return "fix --unsafe"
	}
	return "fix"
}
