package report_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/semadoctor/semadoctor/report"
	"github.com/semadoctor/semadoctor/say"
)

// hostileWords are what means something somewhere: to Markdown, to HTML, to GitHub
// and GitLab.
func hostileWords() []string {
	return []string{
		"@octocat", "@", "(@all)", "#1", "#", "# x", "a/b#1", "GH-26", "gh-1", "!1", "%1", `%"v 1"`, "&1", "~bug", "^alert#1", "$1", "$`x`$",
		"|", "||", "a|b", `\|`, `\`, `\\`, "`", "``", "```", "a`b", "*", "**", "_", "__x__", "~~", "[x](http://evil.test)", "![x](//evil.test)", "[", "]", "[ ]",
		"<script>alert(1)</script>", "</details>", "<!--", "-->", "<b", ">", "> x", "&lt;", "&#64;", "<a@evil.test>", "https://evil.test/x", "www.evil.test", "o@evil.test",
		"- ", "+", "+ x", "-", "---", "===", "=", "1.", "1)", "12. x", ":x:", ":+1:", "::", "12:34:56", "/close", "/approve", `"`, "'", "('", "',.", "{+x+}", "{{x}}",
		"\n", "\r\n# x", "\n\n- y", "\t", "    x", "\x1b[31m", "\u202e", "\u2028", "\u00a0", "\u3000", "\u200b", "中文", "，", "。@all", "é", "a", "b c", " ", "  ",
	}
}

func hostileText(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(hostileWords()), 1, 8).Draw(t, "words"), "")
}

// hostileReport says in every place of a report what somebody else has chosen.
func hostileReport(text func() string) *report.Report {
	target := func(verdict report.Verdict, status string) report.Target {
		say := func() string { return report.Clean(text()) }
		find := func(id, status string, by ...string) report.Finding {
			return report.Finding{
				ID: id, Status: status, Summary: say(), Detail: say(), CausedBy: by, Doc: report.DocBase + "some-id.md",
				Evidence: []report.Evidence{{What: say(), File: say(), Line: 3, Pointer: say(), Env: say(), Flag: say()}},
				Fix:      &report.Fix{Title: say(), Safety: "safe"}, Advice: []string{say(), say()},
			}
		}
		lived := find("accepted-id", "skip")
		lived.Accepted = &report.Accepted{Until: "2027-03-31", Reason: say(), File: say(), Line: 3}
		t := report.Target{
			Name: say(), Config: say(), Era: "E2b", RunnerVersion: say(), VersionSource: "flag",
			Identity: report.Identity{User: say(), UID: 1, Source: say()}, Server: say(), Verdict: verdict, RootCauses: []string{},
			Results: []report.Result{
				{Check: "config/keys", Title: say(), Status: status, Findings: []report.Finding{find("some-id", status), find("other-id", status, "some-id"), find("", "pass")}},
				{Check: "server/url", Title: say(), Status: "unknown", Because: say()},
				{Check: "server/tls", Title: say(), Status: "skip", Because: say()},
				{Check: "paths/tmp", Title: say(), Status: "skip", Findings: []report.Finding{lived}},
				{Check: "clock/ntp", Title: say(), Status: "pass"},
				{Check: "clock/server", Title: say(), Status: "pass", Findings: []report.Finding{find("", "pass")}},
			},
		}
		if verdict == report.Broken {
			t.RootCauses = []string{"some-id"}
		}
		return t
	}
	r := &report.Report{Tool: report.Tool{Name: "semadoctor", Version: "1.2.3"}, Verdict: report.Broken, ExitCode: 1, Stopped: "a signal"}
	r.Targets = []report.Target{target(report.Degraded, "warn"), target(report.Broken, "fail")}
	return r
}

// TestHostileMarkdown: whatever a text says, outside of code it has no sign that
// means something, and every line is one of ours.
func TestHostileMarkdown(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		lang := rapid.SampledFrom([]say.Lang{say.English, say.Chinese}).Draw(t, "lang")
		doc := render(t, report.Markdown(report.Style{Lang: lang, ASCII: rapid.Bool().Draw(t, "ascii")}).Writer(), hostileReport(func() string { return hostileText(t) }))
		if err := readMarkdown(doc, &report.Report{ExitCode: 1}); err != nil && lang == say.English {
			t.Error(err)
		}
		if err := tameMarkdown(doc); err != nil {
			t.Error(err)
		}
	})
}

// readMarkdown demands lines of ours alone.
func readMarkdown(out string, r *report.Report) error {
	if !strings.HasSuffix(out, fmt.Sprintf(", exit code %d\n\n", r.ExitCode)) {
		return errors.New("it does not end in the exit code")
	}
	return tameMarkdown(out)
}

func tameMarkdown(doc string) error {
	for line := range strings.Lines(doc) {
		if why := wildMarkdown(strings.TrimSuffix(line, "\n")); why != "" {
			return fmt.Errorf("%s in %q", why, line)
		}
	}
	return nil
}

// TestMarkdownSaysItAll: what a reader sees is the text, but for blanks.
func TestMarkdownSaysItAll(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := report.Clean(hostileText(t))
		r := &report.Report{Targets: []report.Target{{Results: []report.Result{{Status: "warn", Findings: []report.Finding{{ID: "some-id", Status: "warn", Summary: text}}}}}}}
		said := ""
		for _, line := range strings.Split(render(t, report.Markdown(report.Style{}).Writer(), r), "\n") {
			if inner, ok := strings.CutPrefix(line, "**"); ok {
				said = seenMarkdown(strings.TrimSuffix(inner, "**"))
			}
		}
		if got, want := strings.Fields(said), strings.Fields(text); !slices.Equal(got, want) {
			t.Errorf("%q is shown as %q", text, said)
		}
	})
}

// splitCode cuts a line into what is outside of code and what is inside, in turn,
// as CommonMark does: a code span ends at as many backticks as it begins with.
func splitCode(line string) (parts []string, whole bool) {
	for {
		at := strings.IndexByte(line, '`')
		if at < 0 {
			return append(parts, line), true
		}
		fence := ticks(line[at:])
		end := at + len(fence)
		for end < len(line) && ticks(line[end:]) != fence {
			end += max(1, len(ticks(line[end:])))
		}
		if end >= len(line) {
			return append(parts, line), false
		}
		parts = append(parts, line[:at], line[at+len(fence):end])
		line = line[end+len(fence):]
	}
}

func ticks(s string) string { return s[:len(s)-len(strings.TrimLeft(s, "`"))] }

// codeTag is code with a pipe in it.
var codeTag = regexp.MustCompile(`<code>((?:[^<>&|` + "`" + `*_\[\]@#/\\]|&#\d+;)+)</code>`)

// What our lines look like when their code is out: words have none of these signs.
var (
	mdWords = "[^<>\\[\\]{}*_`#@|\\\\~&$^/]*"
	mdLink  = `\[` + mdWords + `\]\(` + regexp.QuoteMeta(report.DocBase) + `[a-z0-9-]+\.md\)`
	mdLines = regexp.MustCompile(`^(?:` + strings.Join([]string{
		`#{2,4} ` + mdWords, `\*\*` + mdWords + `\*\*`, `- ` + `(?:` + mdWords + `|` + mdLink + `)*`, mdWords,
		`(?:\| ` + mdWords + ` ){3}\|`, `\|(?: --- \|)+`, `<details><summary>\d+ pass, \d+ skip</summary>`, `</details>`,
	}, "|") + `)$`)
	mdReference = regexp.MustCompile(`www\.|(?i:gh-\d)|!\w|%["\w]|:[-+a-z]+:`)
	mdBegins    = regexp.MustCompile(`^(?:[-+=:\s]|\d+[.)](?:\s|$))`)
)

// wildMarkdown says what is wrong with a line, if anything.
func wildMarkdown(line string) string {
	parts, whole := splitCode(line)
	if !whole {
		return "a code span without end"
	}
	outside := ""
	for i, part := range parts {
		if i%2 == 0 {
			outside += part
		} else if outside += "C"; strings.Contains(part, "|") {
			return "a pipe in code"
		}
	}
	outside = codeTag.ReplaceAllString(outside, "C")
	switch {
	case !mdLines.MatchString(outside):
		return "a sign that is not ours"
	case mdReference.MatchString(outside) && !strings.Contains(outside, report.DocBase):
		return "a reference"
	case mdBegins.MatchString(strings.TrimPrefix(outside, "- ")):
		return "a beginning that means something"
	}
	return ""
}

// seenMarkdown is a line as a reader sees it.
func seenMarkdown(line string) string {
	parts, _ := splitCode(line)
	seen := ""
	for i, part := range parts {
		switch {
		case i%2 == 0:
			seen += html.UnescapeString(codeTag.ReplaceAllString(part, "$1"))
		case strings.HasPrefix(part, " ") && strings.HasSuffix(part, " ") && strings.Trim(part, " ") != "":
			seen += part[1 : len(part)-1]
		default:
			seen += part
		}
	}
	return seen
}

// TestHostileHTML: whatever a text says, the page is well-formed, has the elements
// and attributes that it always has, and links to nothing but our own pages.
func TestHostileHTML(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := hostileText(t)
		doc := render(t, report.HTML(report.Style{}).Writer(), hostileReport(func() string { return text }))
		seen, err := walkHTML(doc)
		if err != nil {
			t.Fatalf("%v in the page:\n%s", err, doc)
		}
		if want := strings.Join(strings.Fields(report.Clean(text)), " "); !strings.Contains(strings.Join(strings.Fields(seen), " "), want) {
			t.Errorf("%q is not on the page:\n%s", want, seen)
		}
	})
}

// readHTML reads a page strictly.
func readHTML(out string, r *report.Report) error {
	text, err := walkHTML(out)
	if err == nil && !strings.Contains(text, fmt.Sprintf(", exit code %d\n", r.ExitCode)) {
		err = errors.New("the exit code is not on it")
	}
	return err
}

// walkHTML gives back the text of a page that is well-formed, of the elements and
// attributes that a page has.
func walkHTML(doc string) (string, error) {
	elements := strings.Fields("html head meta title style body main h1 h2 h3 p strong ul li code a details summary table thead tbody tr th td")
	var text strings.Builder
	d := xml.NewDecoder(strings.NewReader(doc))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return text.String(), nil
		}
		if err != nil {
			return "", err
		}
		switch token := token.(type) {
		case xml.CharData:
			text.Write(token)
		case xml.Comment, xml.ProcInst:
			return "", fmt.Errorf("a %T", token)
		case xml.StartElement:
			if !slices.Contains(elements, token.Name.Local) {
				return "", fmt.Errorf("an element %s", token.Name.Local)
			}
			for _, a := range token.Attr {
				if !harmless(a) {
					return "", fmt.Errorf("an attribute %s=%q", a.Name.Local, a.Value)
				}
			}
		}
	}
}

// harmless reports whether an attribute leads nowhere but to our own pages.
func harmless(a xml.Attr) bool {
	if a.Name.Local == "href" {
		return strings.HasPrefix(a.Value, report.DocBase)
	}
	return slices.Contains(strings.Fields("lang class scope charset name content http-equiv"), a.Name.Local)
}
