package report_test

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/semadoctor/semadoctor/report"
	"github.com/semadoctor/semadoctor/say"
)

// few are runners of every verdict, the worst not first.
func few(t *testing.T, lang say.Lang) *report.Report {
	t.Helper()
	r := diagnose(t, filepath.Join(cases, "healthy/e2b.txtar")).report(lang)
	sick := diagnose(t, filepath.Join(cases, "paths/issue1766.txtar")).report(lang)
	r.Targets = append(r.Targets, doubtful("runner-1", report.Unknown), doubtful("runner-2", report.Degraded), sick.Targets[0])
	r.Counts = report.Counts{Pass: 36, Warn: 1, Fail: 3, Skip: 7, Unknown: 1}
	r.Verdict, r.ExitCode, r.Stopped = report.Broken, 1, "the deadline"
	return r
}

// doubtful is a runner on which there is no failure.
func doubtful(name string, v report.Verdict) report.Target {
	note := report.Finding{Status: "pass", Summary: "10.0.0.7:3000 answers after 9 ms"}
	warn := report.Finding{
		ID: "server-clock-differs", Status: "warn", Summary: "the server's clock is 95 s ahead", Detail: "This causes no 401.", Doc: report.DocBase + "server-clock-differs.md",
		Evidence: []report.Evidence{{What: "Date: Mon, 23 Nov 2026 12:01:34 GMT"}}, Advice: []string{"set its clock"},
	}
	result := report.Result{Check: "clock/server", Status: "warn", Findings: []report.Finding{note, warn}}
	if v == report.Unknown {
		result = report.Result{Check: "identity/state", Status: "unknown", Because: "the token file /var/lib/semaphore/token cannot be looked at"}
	}
	return report.Target{
		Name: name, Config: "/etc/semaphore/config.json", Era: "E3", Guessed: true, Identity: report.Identity{UID: 1001, Source: "the case"}, Verdict: v,
		Results: []report.Result{{Check: "config/syntax", Title: "The config can be decoded", Status: "pass"}, result},
	}
}

func TestPageGoldens(t *testing.T) {
	t.Parallel()
	for _, lang := range []say.Lang{say.English, say.Chinese} {
		golden(t, filepath.Join("testdata", "few."+string(lang)+".md"), render(t, report.Markdown(report.Style{Lang: lang}).Writer(), few(t, lang)))
	}
}

// TestPagesOfFleets: however many runners are broken, a page keeps to its length,
// names those that are broken first, and says how many it leaves out.
func TestPagesOfFleets(t *testing.T) {
	t.Parallel()
	const runners = 7000
	r := diagnose(t, filepath.Join(cases, "paths/issue1766.txtar")).report(say.English)
	sick := r.Targets[0]
	well := diagnose(t, filepath.Join(cases, "healthy/e2b.txtar")).report(say.English).Targets[0]
	r.Targets = nil
	for i := range runners {
		sick.Name = fmt.Sprintf("broken-%04d", i)
		well.Name = fmt.Sprintf("well-%04d", i)
		r.Targets = append(r.Targets, well, doubtful(fmt.Sprintf("doubtful-%04d", i), report.Unknown), sick)
	}
	for _, page := range []struct {
		name       string
		format     report.Format
		limit      int
		head, item *regexp.Regexp
	}{
		{"markdown", report.Markdown(report.Style{}), 900 << 10, regexp.MustCompile("(?m)^### . `(\\S+)`"), regexp.MustCompile("(?m)^- . `(\\S+)`: ")},
		{"html", report.HTML(report.Style{}), 8 << 20, regexp.MustCompile(`<h2 class="\w+">. <code>(\S+)</code>`), regexp.MustCompile(`<li>. <code>(\S+)</code>: `)},
	} {
		out := render(t, page.format.Writer(), r)
		if len(out) > page.limit || len(out) < page.limit*9/10 {
			t.Errorf("%s: %d bytes, want nearly %d", page.name, len(out), page.limit)
		}
		for what, found := range map[string]struct {
			all  [][]string
			left *regexp.Regexp
		}{
			"named": {page.item.FindAllStringSubmatch(out, -1), regexp.MustCompile(`not named here, for lack of room: (\d+)`)},
			"told":  {page.head.FindAllStringSubmatch(out, -1), regexp.MustCompile(`left out here, for lack of room: (\d+)`)},
		} {
			left := 0
			if m := found.left.FindStringSubmatch(out); m != nil {
				_, _ = fmt.Sscan(m[1], &left)
			}
			if len(found.all)+left != 2*runners || len(found.all) == 0 || found.all[0][1] != "broken-0000" {
				t.Errorf("%s: %d are %s and %d left out, want %d together, the broken ones first", page.name, len(found.all), what, left, 2*runners)
			}
		}
		if strings.Contains(out, "well-") || !strings.Contains(out, "21000 runners: 7000 healthy, 0 with warnings, 7000 broken, 7000 not known") {
			t.Errorf("%s: those that are well are not only counted", page.name)
		}
	}
}

// TestPageOfOne: too many findings on one runner are left out one by one, and a
// text that is too long is cut.
func TestPageOfOne(t *testing.T) {
	t.Parallel()
	r := diagnose(t, filepath.Join(cases, "paths/issue1766.txtar")).report(say.English)
	long := r.Targets[0].Results[5].Findings[0]
	long.Detail = strings.Repeat("long ", 10_000)
	for range 500 {
		r.Targets[0].Results[5].Findings = append(r.Targets[0].Results[5].Findings, report.Finding{ID: "some-id", Status: "warn", Detail: long.Detail})
	}
	r.Targets[0].Results[5].Findings[0] = long
	out := render(t, report.Markdown(report.Style{}).Writer(), r)
	want := regexp.MustCompile(`findings of this runner that are left out here, for lack of room: \d+`)
	if len(out) > 900<<10 || !want.MatchString(out) || !strings.Contains(out, "root cause: path-collision") || !strings.Contains(out, "long l…\n") {
		t.Errorf("%d bytes, which end in:\n%s", len(out), out[len(out)-1000:])
	}
}

// TestPagePolicy: a browser applies the page's own style sheet, and nothing else.
func TestPagePolicy(t *testing.T) {
	t.Parallel()
	out := render(t, report.HTML(report.Style{Lang: say.Chinese}).Writer(), few(t, say.Chinese))
	_, rest, _ := strings.Cut(out, "<style>")
	sheet, _, _ := strings.Cut(rest, "</style>")
	sum := sha256.Sum256([]byte(sheet))
	want := "content=\"default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'\""
	if !strings.Contains(out, want) || !strings.Contains(out, `<html lang="zh-Hans">`) || strings.Contains(sheet, "url(") || strings.Contains(sheet, "@import") {
		t.Errorf("the page does not begin with %s:\n%s", want, out[:min(len(out), 1000)])
	}
	if _, err := walkHTML(out); err != nil {
		t.Error(err)
	}
}
