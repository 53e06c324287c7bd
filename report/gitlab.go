package report

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
)

// GitLab writes a Code Quality report: a list of findings, empty when there are
// none. GitLab shows neither the name of a check nor what explains what, so the
// description says both; it keeps two reports apart by fingerprints. Paths below
// base are relative to it.
func GitLab(base Base) Format {
	return func(w io.Writer, _ Frame) Stream { return &gitlabStream{b: bufio.NewWriter(w), base: base} }
}

type gitlabStream struct {
	b      *bufio.Writer
	base   Base
	n      int
	prints prints
}

type (
	gitlabIssue struct {
		Description string      `json:"description"`
		Check       string      `json:"check_name"`
		Fingerprint string      `json:"fingerprint"`
		Severity    string      `json:"severity"`
		Location    gitlabPlace `json:"location"`
	}
	gitlabPlace struct {
		Path  string      `json:"path"`
		Lines gitlabLines `json:"lines"`
	}
	gitlabLines struct {
		Begin int `json:"begin"`
	}
)

// Target implements Stream.
func (s *gitlabStream) Target(t Target) error {
	for _, res := range t.Results {
		if res.Status == "unknown" {
			if err := s.issue(t, res.Check, "info", res.Because, spotOf(t, Finding{})); err != nil {
				return err
			}
		}
		for _, f := range res.Findings {
			if f.ID == "" || f.Accepted != nil { // which GitLab could not show as accepted
				continue
			}
			if err := s.issue(t, f.ID, gitlabSeverity(f), message(f), spotOf(t, f)); err != nil {
				return err
			}
		}
	}
	return nil
}

// gitlabSeverity: a root cause weighs more than what it explains.
func gitlabSeverity(f Finding) string {
	switch {
	case f.Status == "fail" && len(f.CausedBy) == 0:
		return "critical"
	case f.Status == "fail":
		return "major"
	case f.Status == "warn":
		return "minor"
	}
	return "info"
}

func (s *gitlabStream) issue(t Target, id, severity, words string, at spot) error {
	at.file = cmp.Or(at.file, t.Name, "semaphore-runner") // GitLab takes nothing without a path
	path, _ := s.base.relative(at.file)
	b, err := json.MarshalIndent(gitlabIssue{
		Description: id + ": " + words, Check: id, Fingerprint: s.prints.of(id, t.Name, at.file), Severity: severity,
		Location: gitlabPlace{path, gitlabLines{max(at.line, 1)}},
	}, jsonIndent, jsonIndent)
	if err != nil {
		return fmt.Errorf("write report for GitLab: %w", err)
	}
	sep := ",\n"
	if s.n == 0 {
		sep = "[\n"
	}
	s.n++
	fmt.Fprintf(s.b, "%s%s%s", sep, jsonIndent, b)
	return nil // what could not be written is known at the end
}

// Close implements Stream.
func (s *gitlabStream) Close(*Report) error {
	end := "\n]\n"
	if s.n == 0 {
		end = "[]\n"
	}
	_, _ = s.b.WriteString(end)
	return s.b.Flush()
}
