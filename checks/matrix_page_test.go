package checks_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/semadoctor/semadoctor/checks/checktest"
	"github.com/semadoctor/semadoctor/runner"
)

// TestMatrixPage keeps docs/matrix.md: go test ./checks -run TestMatrixPage -update.
func TestMatrixPage(t *testing.T) {
	t.Parallel()
	file := filepath.Join("..", "docs", "matrix.md")
	page := matrixPage()
	if checktest.Updating() {
		if err := os.WriteFile(file, page, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(page), string(got)); diff != "" {
		t.Errorf("docs/matrix.md is stale; run go test ./checks -run TestMatrixPage -update (-want +got):\n%s", diff)
	}
}

// matrixPage is what TestMatrix demands, for people.
func matrixPage() []byte {
	var b bytes.Buffer
	b.WriteString(matrixHead)
	for _, w := range passages() {
		if w.cause != "" {
			fmt.Fprintf(&b, "| %s | [`%s`](problems/%[2]s.md)", w.name, w.cause)
			if w.passes {
				b.WriteString("; up to 2.19 a warning, and whether the token is accepted is not known: it is not sent after a redirect")
			}
			b.WriteString(" |\n")
		}
	}
	var tables, ways []string
	for _, w := range passages() {
		switch table := w.table(); {
		case w.cause != "":
		case slices.Contains(tables, table):
			ways[slices.Index(tables, table)] += "; " + w.name
		default:
			tables, ways = append(tables, table), append(ways, strings.ToUpper(w.name[:1])+w.name[1:])
		}
	}
	for i, table := range tables {
		fmt.Fprintf(&b, "\n## %s\n\n%s", ways[i], table)
	}
	return b.Bytes()
}

// table has the eras that meet alike in one row and one column.
func (w passage) table() string {
	var b strings.Builder
	servers := alike(func(server runner.Era) string { return w.column(server) })
	b.WriteString("| runner | its token |")
	for _, s := range servers {
		fmt.Fprintf(&b, " server %s |", s)
	}
	b.WriteString("\n|---|---|" + strings.Repeat("---|", len(servers)) + "\n")
	for _, era := range alike(func(era runner.Era) string { return w.rows(era, servers) }) {
		b.WriteString(strings.ReplaceAll(w.rows(era.first, servers), "ERA", era.String()))
	}
	return b.String()
}

func (w passage) column(server runner.Era) string {
	var all []string
	for _, era := range runner.Eras() {
		for _, token := range tokenStates() {
			all = append(all, fmt.Sprint(encounter{era, server, token, w}.want()))
		}
	}
	return strings.Join(all, " ")
}

func (w passage) rows(era runner.Era, servers []span) string {
	var b strings.Builder
	for _, token := range tokenStates() {
		fmt.Fprintf(&b, "| ERA | %s |", token)
		for _, s := range servers {
			cell := "-"
			if roots := (encounter{era, s.first, token, w}).want(); len(roots) > 0 {
				cell = "`" + strings.Join(roots, "`, `") + "`"
			}
			fmt.Fprintf(&b, " %s |", cell)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// A span is some eras in a row.
type span struct{ first, last runner.Era }

func (s span) String() string {
	if s.first == s.last {
		return string(s.first)
	}
	return fmt.Sprintf("%s-%s", s.first, s.last)
}

// alike are the eras of which something is the same, put together.
func alike(of func(runner.Era) string) []span {
	var all []span
	for _, era := range runner.Eras() {
		if n := len(all); n > 0 && of(all[n-1].first) == of(era) {
			all[n-1].last = era
			continue
		}
		all = append(all, span{era, era})
	}
	return all
}

const matrixHead = `# Who meets whom

What semadoctor says of every runner that shows its token to every server, every
way. A test has them all meet (` + "`go test ./checks -run TestMatrix`" + `), at servers that
answer as the releases do. ` + "`-`" + ` is a runner that is well.

E1 is 2.9.1 to 2.9.40, E2a 2.9.40-beta, E2b up to 2.9.60, E3 up to 2.10.25, E4a 2.10.26,
E4b 2.10.27, E4c the rest of 2.10, E5 2.11 to 2.17, E5b 2.18, E6 2.19, E7 2.20.

Some ways end before it matters who meets whom. A runner that has no token is told
that as well.

| way | root cause |
|---|---|
`
