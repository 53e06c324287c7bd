package checks_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/checks/checktest"
	"github.com/semadoctor/semadoctor/say"
)

// TestChinesePages: every page is there in Chinese, says of which English page it is a
// translation, and is built as that one: the same headings, items, rows, code and words
// in backticks. Who changes a page changes both; -update then writes down that they
// agree.
func TestChinesePages(t *testing.T) {
	t.Parallel()
	pages := map[string]bool{}
	for _, c := range checks.Builtin() {
		for _, p := range c.Problems {
			if pages[p.ID+".md"] {
				continue // found by another check, too
			}
			pages[p.ID+".md"] = true
			t.Run(p.ID, func(t *testing.T) {
				t.Parallel()
				sealed(t, p)
				if diff := cmp.Diff(buildOf(p.Doc), buildOf(p.Page(say.Chinese))); diff != "" {
					t.Errorf("the pages do not agree (-English +Chinese):\n%s", diff)
				}
			})
		}
	}
	entries, err := os.ReadDir(filepath.Join("doc", "zh"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !pages[e.Name()] {
			t.Errorf("doc/zh/%s is about no problem", e.Name())
		}
	}
}

// sealed holds the first line of a Chinese page to the English page.
func sealed(t *testing.T, p *checks.Problem) {
	t.Helper()
	file := filepath.Join("doc", "zh", p.ID+".md")
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(p.Doc))
	want := fmt.Sprintf("[//]: # (of %s)\n", hex.EncodeToString(sum[:4]))
	first, text, _ := strings.Cut(string(page), "\n")
	if first+"\n" == want {
		return
	}
	if !checktest.Updating() {
		t.Errorf("%s translates an older page: read it again beside doc/%s.md, then go test ./checks -run TestChinesePages -update", file, p.ID)
		return
	}
	if !strings.HasPrefix(first, "[//]: ") {
		text = string(page)
	}
	if err := os.WriteFile(file, []byte(want+text), 0o644); err != nil {
		t.Fatal(err)
	}
}

var (
	codeWords  = regexp.MustCompile("`[^`]+`")
	headings   = regexp.MustCompile(`(?m)^#+ `)
	items      = regexp.MustCompile(`(?m)^ *(?:-|\d+\.) `)
	tableRows  = regexp.MustCompile(`(?m)^\|`)
	codeBlocks = regexp.MustCompile(`\n\n {4,}\S`)
)

// A build is what two languages of a page have in common.
type build struct {
	Headings, Items, Rows, Code int
	Words                       []string // in backticks, in order of the alphabet
}

func buildOf(page string) build {
	count := func(re *regexp.Regexp) int { return len(re.FindAllString(page, -1)) }
	b := build{count(headings), count(items), count(tableRows), count(codeBlocks), nil}
	for _, w := range codeWords.FindAllString(page, -1) {
		b.Words = append(b.Words, strings.Join(strings.Fields(w), " "))
	}
	slices.Sort(b.Words)
	return b
}
