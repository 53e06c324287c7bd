package report_test

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/semadoctor/semadoctor/report"
)

// parses demands that a document can be read by who reads its format, and that it
// says what the report says.
func parses(t *testing.T, format, out string, r *report.Report) {
	t.Helper()
	read, ok := map[string]func(string, *report.Report) error{
		"json": readJSON, "jsonl": readJSONL, "junit": readXML, "sarif": readSARIF, "gitlab": readGitLab,
		"nagios": readNagios, "prometheus": readPrometheus, "tap": readTAP,
		"md": readMarkdown, "html": readHTML,
	}[format]
	if !ok {
		return
	}
	if err := read(out, r); err != nil {
		t.Errorf("%s: %v:\n%s", format, err, out)
	}
	if format == "json" {
		valid(t, out)
	}
}

func readJSON(out string, r *report.Report) error {
	var back report.Report
	if err := json.Unmarshal([]byte(out), &back); err != nil {
		return err
	}
	if back.ExitCode != r.ExitCode || back.Verdict != r.Verdict {
		return errors.New("it does not come back")
	}
	return nil
}

// readJSONL puts the report together again from its lines.
func readJSONL(out string, r *report.Report) error {
	back := report.Report{Targets: []report.Target{}}
	var results []report.Result
	for line := range strings.Lines(out) {
		var kind struct{ Type, Target string }
		if err := json.Unmarshal([]byte(line), &kind); err != nil {
			return err
		}
		var into any
		switch kind.Type {
		case "result":
			results = append(results, report.Result{})
			into = &results[len(results)-1]
		case "target":
			back.Targets = append(back.Targets, report.Target{})
			into = &back.Targets[len(back.Targets)-1]
		case "run":
			into = &back
		}
		if err := json.Unmarshal([]byte(line), into); err != nil {
			return err
		}
		if kind.Type == "target" {
			back.Targets[len(back.Targets)-1].Results, results = results, nil
		}
	}
	return same(back, *r)
}

func same(got, want report.Report) error {
	for i := range want.Targets {
		got.Targets[i].Guessed = want.Targets[i].Guessed // is in no JSON
	}
	a, _ := json.Marshal(got)
	b, _ := json.Marshal(want)
	if string(a) != string(b) {
		return fmt.Errorf("%s\nis not\n%s", a, b)
	}
	return nil
}

func readXML(out string, _ *report.Report) error {
	d := xml.NewDecoder(strings.NewReader(out))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// found are the problems that were found, a word each time, and the checks that
// could not find out.
func found(r *report.Report) (ids, unknown []string) {
	for _, target := range r.Targets {
		for _, res := range target.Results {
			if res.Status == "unknown" {
				unknown = append(unknown, res.Check)
			}
			for _, f := range res.Findings {
				if f.ID != "" {
					ids = append(ids, f.ID)
				}
			}
		}
	}
	return ids, unknown
}

// accepted is how many findings somebody lives with.
func accepted(r *report.Report) (n int) {
	for _, target := range r.Targets {
		for _, res := range target.Results {
			for _, f := range res.Findings {
				if f.Accepted != nil {
					n++
				}
			}
		}
	}
	return n
}

func readSARIF(out string, r *report.Report) error {
	var doc struct {
		Version string
		Runs    []struct {
			Tool struct {
				Driver struct {
					Rules []struct{ ID string }
				}
			}
			Invocations []struct {
				ExitCode                   int
				ToolExecutionNotifications []any
			}
			Results []struct {
				RuleID       string
				RuleIndex    int
				Level        string
				Fingerprints map[string]string `json:"partialFingerprints"`
				Suppressions []any
				Locations    []struct {
					Physical *struct {
						Region struct{ StartLine int }
					} `json:"physicalLocation"`
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(out), &doc); err != nil {
		return err
	}
	run := doc.Runs[0]
	ids, unknown := found(r)
	if doc.Version != "2.1.0" || run.Results == nil || run.Invocations[0].ExitCode != r.ExitCode || len(run.Invocations[0].ToolExecutionNotifications) != len(unknown) {
		return errors.New("the frame is wrong")
	}
	prints, suppressed := map[string]bool{}, 0
	for i, res := range run.Results {
		suppressed += len(res.Suppressions)
		if res.RuleID != ids[i] || run.Tool.Driver.Rules[res.RuleIndex].ID != ids[i] {
			return fmt.Errorf("result %d is of %s, want %s", i, res.RuleID, ids[i])
		}
		if p := res.Locations[0].Physical; p != nil && p.Region.StartLine < 1 {
			return fmt.Errorf("result %d has no line", i)
		}
		prints[res.Fingerprints["semadoctor/v1"]] = true
	}
	if len(prints) != len(ids) || suppressed != accepted(r) {
		return fmt.Errorf("%d fingerprints of %d results, %d suppressed", len(prints), len(ids), suppressed)
	}
	return nil
}

func readGitLab(out string, r *report.Report) error {
	var issues []struct {
		Description string
		Check       string `json:"check_name"`
		Fingerprint string
		Severity    string
		Location    struct {
			Path  string
			Lines struct{ Begin int }
		}
	}
	if err := json.Unmarshal([]byte(out), &issues); err != nil {
		return err
	}
	ids, unknown := found(r)
	ids = ids[:len(ids)-accepted(r)]
	prints := map[string]bool{}
	for _, i := range issues {
		prints[i.Fingerprint] = true
		if i.Location.Path == "" || i.Location.Lines.Begin < 1 || !strings.HasPrefix(i.Description, i.Check) ||
			!slices.Contains([]string{"info", "minor", "major", "critical"}, i.Severity) {
			return fmt.Errorf("GitLab does not take %+v", i)
		}
	}
	if n := len(ids) + len(unknown); len(issues) != n || len(prints) != n || issues == nil {
		return fmt.Errorf("%d findings with %d fingerprints, want %d", len(issues), len(prints), n)
	}
	return nil
}

// nagiosLine is the first line as the plugin guidelines have it.
var nagiosLine = regexp.MustCompile(`^SEMADOCTOR (OK|WARNING|CRITICAL|UNKNOWN) - [^|]* \|( [a-z]+=[0-9.]+s?(;[0-9]*){2};0(;0)?| [a-z]+=[0-9.]+s?;[0-9]*;[0-9]*;0)+$`)

func readNagios(out string, r *report.Report) error {
	first, rest, _ := strings.Cut(out, "\n")
	m := nagiosLine.FindStringSubmatch(first)
	want := map[report.Verdict]string{report.Healthy: "OK", report.Degraded: "WARNING", report.Broken: "CRITICAL", report.Unknown: "UNKNOWN"}[r.Verdict]
	if m == nil || m[1] != want {
		return fmt.Errorf("the first line is no %s", want)
	}
	if strings.Contains(rest, "|") {
		return errors.New("numbers begin in a later line")
	}
	return nil
}

// metricLine is a sample of the text format.
var metricLine = regexp.MustCompile(`^([a-z_]+)(\{([a-z]+="([^"\\]|\\[\\n"])*",?)*\})? [-+0-9.e]+$`)

func readPrometheus(out string, r *report.Report) error {
	var name string
	declared, samples, seen := map[string]bool{}, map[string]int{}, map[string]bool{}
	for line := range strings.Lines(out) {
		line = strings.TrimSuffix(line, "\n")
		if rest, ok := strings.CutPrefix(line, "# TYPE "); ok {
			name, _, _ = strings.Cut(rest, " ")
			if declared[name] {
				return fmt.Errorf("%s is declared twice", name)
			}
			declared[name] = true
		} else if !strings.HasPrefix(line, "# HELP ") {
			m := metricLine.FindStringSubmatch(line)
			if m == nil || m[1] != name {
				return fmt.Errorf("%q is no sample of %s", line, name)
			}
			series, _, _ := strings.Cut(line, "} ")
			if seen[series] {
				return fmt.Errorf("%s is there twice", series)
			}
			samples[name]++
			seen[series] = true
		}
	}
	if n := samples["semadoctor_target_healthy"]; n != len(r.Targets) {
		return fmt.Errorf("%d targets of %d: %v", n, len(r.Targets), slices.Sorted(maps.Keys(declared)))
	}
	return nil
}

// tapLine is a test point.
var tapLine = regexp.MustCompile(`^(not )?ok ([0-9]+) - ([^#\\]|\\[#\\])*( # SKIP .+)?$`)

func readTAP(out string, r *report.Report) error {
	lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	points, bad, inside := 0, 0, false
	for _, line := range lines[1:] {
		switch {
		case line == "  ---", line == "  ...":
			inside = !inside
		case inside, strings.HasPrefix(line, "# "):
		case line == fmt.Sprintf("1..%d", points):
		default:
			points++
			m := tapLine.FindStringSubmatch(line)
			if m == nil || m[2] != fmt.Sprint(points) {
				return fmt.Errorf("%q is not test point %d", line, points)
			}
			if m[1] != "" {
				bad++
			}
		}
	}
	if lines[0] != "TAP version 14" || inside || bad != r.Counts.Fail+r.Counts.Unknown {
		return fmt.Errorf("%d are not ok, want %d", bad, r.Counts.Fail+r.Counts.Unknown)
	}
	return nil
}
