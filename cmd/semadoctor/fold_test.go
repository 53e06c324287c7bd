package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/mattn/go-runewidth"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/say"
)

// TestHelpFits: no line of any help, nor of the list of checks, is wider than a
// terminal, and nothing of it is lost.
func TestHelpFits(t *testing.T) {
	t.Parallel()
	for _, cells := range []int{0, 40, 72, 200} {
		for _, args := range [][]string{{"--help"}, {"check", "--help"}, {"fix", "--help"}, {"run", "--help"}, {"config", "--help"}, {"explain", "--help"}, {"checks", "--help"}, {"checks"}, {"check", "--help", "--lang=zh"}, {"fix", "--lang", "zh", "--help"}, {"checks", "--lang=zh"}} {
			var out, errs bytes.Buffer
			w := &world{Stdout: &out, Stderr: &errs, Cells: cells}
			if code := Main(w, checks.Builtin(), append([]string{"semadoctor"}, args...)); code != 0 || errs.Len() > 0 {
				t.Errorf("%v: exit code %d, %s", args, code, errs.String())
			}
			most := cells
			if cells == 0 || cells > helpCells && slices.Contains(args, "--help") {
				most = helpCells
			}
			for line := range strings.Lines(out.String()) {
				if n := cellsOf(line); n > most {
					t.Errorf("%v: %d cells, %d are there: %s", args, n, most, line)
				}
			}
			if text := strings.Join(strings.Fields(out.String()), " "); len(args) == 1 && args[0] == "--help" && !strings.Contains(text, "root causes; change nothing fix ") {
				t.Errorf("something is missing:\n%s", out.String())
			}
		}
	}
}

func cellsOf(line string) int {
	c := runewidth.Condition{StrictEmojiNeutral: true}
	return c.StringWidth(strings.TrimSuffix(line, "\n"))
}

// TestPagesFit: no line of any page is wider than the terminal, but for code, which is
// there to be copied, and nothing of it is lost.
func TestPagesFit(t *testing.T) {
	t.Parallel()
	for _, lang := range []say.Lang{say.English, say.Chinese} {
		for _, cells := range []int{0, 40, 72, 200} {
			for _, c := range checks.Builtin() {
				for _, p := range c.Problems {
					pageFits(t, p, lang, cells)
				}
			}
		}
	}
}

func pageFits(t *testing.T, p *checks.Problem, lang say.Lang, cells int) {
	t.Helper()
	var out, errs bytes.Buffer
	w := &world{Stdout: &out, Stderr: &errs, Cells: cells}
	if code := Main(w, checks.Builtin(), []string{"semadoctor", "explain", p.ID, "--lang", string(lang)}); code != 0 || errs.Len() > 0 {
		t.Errorf("explain %s: exit code %d, %s", p.ID, code, errs.String())
	}
	if cells == 0 {
		cells = 80
	}
	page := p.Page(lang)
	for line := range strings.Lines(out.String()) {
		code := strings.HasPrefix(line, "    ") && strings.Contains(page, "\n"+line)
		if n := cellsOf(line); n > cells && !code {
			t.Errorf("explain %s in %s: %d cells, %d are there: %s", p.ID, lang, n, cells, line)
		}
	}
	if strings.Contains(page, "\n|") {
		return // tables are drawn
	}
	if got := squeezed(out.String()); !strings.Contains(got, squeezed(page)) {
		t.Errorf("explain %s in %s, %d cells: something is missing:\n%s", p.ID, lang, cells, out.String())
	}
}

// squeezed is text without blanks and line feeds.
func squeezed(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}
