package report_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mattn/go-runewidth"
	"pgregory.net/rapid"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/checks/checktest"
	"github.com/semadoctor/semadoctor/report"
	"github.com/semadoctor/semadoctor/say"
)

const cases = "../testdata/cases"

// writers are all formats.
func writers() map[string]report.Writer {
	return map[string]report.Writer{
		"table":  report.Table(report.Style{}).Writer(),
		"ascii":  report.Table(report.Style{ASCII: true, Width: 60}).Writer(),
		"color":  report.Table(report.Style{Color: true}).Writer(),
		"text":   report.Text().Writer(),
		"json":   report.JSON().Writer(),
		"junit":  report.JUnit().Writer(),
		"github": report.GitHub().Writer(),

		"jsonl":      report.JSONL().Writer(),
		"sarif":      report.SARIF("/etc/semaphore", []*checks.Problem{{ID: "path-collision", Title: "Two files are one", Doc: "# A page\n", Status: checks.Fail}}).Writer(),
		"gitlab":     report.GitLab("/etc/semaphore").Writer(),
		"nagios":     report.Nagios().Writer(),
		"prometheus": report.Prometheus().Writer(),
		"tap":        report.TAP().Writer(),
		"md":         report.Markdown(report.Style{}).Writer(),
		"html":       report.HTML(report.Style{}).Writer(),
	}
}

// timeless are the checks whose words are the same on every run.
func timeless() []*checks.Check {
	return slices.DeleteFunc(checks.Builtin(), func(c *checks.Check) bool { return c == checks.ClockNTP })
}

// diagnosed is a case, judged.
type diagnosed struct {
	d      checks.Diagnosis
	redact func(string) string
}

func diagnose(t *testing.T, file string) diagnosed {
	t.Helper()
	target, secrets := checktest.Load(t, file).Target(t)
	return diagnosed{checks.Diagnose(t.Context(), target, timeless()), secrets.Redact}
}

// report is the case's report, all times zero.
func (d diagnosed) report(lang say.Lang) *report.Report {
	return report.Make([]checks.Diagnosis{d.d}, report.Options{
		Version: "1.2.3", Lang: lang, FailOn: report.FailOnFail, Redact: d.redact, StartedAt: time.Now(), Deterministic: true,
	})
}

func render(t rapid.TB, w report.Writer, r *report.Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := w(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestGoldens(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"paths/issue1766", "healthy/e2b"} {
		r := diagnose(t, filepath.Join(cases, name+".txtar")).report(say.English)
		for format, w := range writers() {
			golden(t, filepath.Join("testdata", filepath.Base(name)+"."+format), render(t, w, r))
		}
	}
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if checktest.Updating() { // the diff is reviewed as text a user will read
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

// TestEveryCaseInEveryFormat demands of every case: no secret in any format, a
// document that parses, the exit code of the report in it, and no line wider
// than the terminal.
func TestEveryCaseInEveryFormat(t *testing.T) {
	t.Parallel()
	for _, file := range checktest.Files(t, cases) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			d := diagnose(t, file)
			r := d.report(say.English)
			for format, w := range writers() {
				out := render(t, w, r)
				if strings.Contains(out, "S3CR3T") {
					t.Errorf("%s shows a secret:\n%s", format, out)
				}
				if strings.ContainsAny(strings.ReplaceAll(out, "\x1b[", ""), "\x00\x07\x08\x1b\r") {
					t.Errorf("%s lets control characters through: %q", format, out)
				}
				parses(t, format, out, r)
			}
			for _, lang := range []say.Lang{say.English, say.Chinese} {
				narrow(t, d.report(lang), lang)
			}
		})
	}
}

// cells is how wide a line is on a terminal whose font is not of East Asia.
func cells(line string) int {
	c := runewidth.Condition{StrictEmojiNeutral: true}
	return c.StringWidth(line)
}

func narrow(t *testing.T, r *report.Report, lang say.Lang) {
	t.Helper()
	for _, w := range []int{24, 40, 60, 80, 132} {
		out := render(t, report.Table(report.Style{Width: w, Lang: lang}).Writer(), r)
		for _, line := range strings.Split(out, "\n") {
			if got := cells(line); got > w {
				t.Errorf("a line of %d cells on a terminal of %d: %s", got, w, line)
			}
		}
	}
}

// TestManyTargets: of more targets than a person reads, a table shows those that
// are not well, and counts the others. Programs get all.
func TestManyTargets(t *testing.T) {
	t.Parallel()
	r := diagnose(t, filepath.Join(cases, "healthy/e2b.txtar")).report(say.English)
	sick := diagnose(t, filepath.Join(cases, "paths/issue1766.txtar")).report(say.English)
	well := r.Targets[0]
	r.Targets = append(slices.Repeat([]report.Target{well}, 20), sick.Targets[0])
	out := render(t, report.Table(report.Style{}).Writer(), r)
	if n := strings.Count(out, well.Server); n != 1 || !strings.Contains(out, sick.Targets[0].RootCauses[0]) {
		t.Errorf("%d targets are shown, want the one that is sick:\n%s", n, out)
	}
	if want := "21 runners: 20 healthy, 0 with warnings, 1 broken, 0 not known\n"; !strings.HasSuffix(out, want) {
		t.Errorf("the table does not end in %q:\n%s", want, out)
	}
	var doc report.Report
	if err := json.Unmarshal([]byte(render(t, report.JSON().Writer(), r)), &doc); err != nil || len(doc.Targets) != 21 {
		t.Errorf("JSON has %d targets (%v), want 21", len(doc.Targets), err)
	}
	r.Targets = r.Targets[:20]
	if n := strings.Count(render(t, report.Table(report.Style{}).Writer(), r), well.Server); n != 20 {
		t.Errorf("of 20 targets %d are shown, want all", n)
	}
}
