package report

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const manualPage = `# a-problem: A title that is rather long, longer than a narrow terminal

A paragraph that
is broken (example/repo
#12 and more) somewhere.

    a command that is to be copied and is longer than the terminal has cells

- an item of
  two lines
  - one in it, see #1
1. a number, not 2.9.41
  
| what | what ends it | |
|---|---|---|
| a | b ` + "`x \\| y`" + ` | failure |
| a longer thing | the reboot, an update, or anything else that empties the directory | |
`

func TestManual(t *testing.T) {
	t.Parallel()
	tests := []struct {
		cells int
		want  string
	}{
		{0, `# a-problem: A title that is rather long, longer than a narrow terminal

A paragraph that is broken (example/repo #12 and more) somewhere.

    a command that is to be copied and is longer than the terminal has cells

- an item of two lines
  - one in it, see #1
1. a number, not 2.9.41

┌────────────────┬──────────────────────────────────────────────┬─────────┐
│ what           │ what ends it                                 │         │
├────────────────┼──────────────────────────────────────────────┼─────────┤
│ a              │ b ` + "`x | y`" + `                                    │ failure │
│ a longer thing │ the reboot, an update, or anything else that │         │
│                │ empties the directory                        │         │
└────────────────┴──────────────────────────────────────────────┴─────────┘
`},
		{40, `# a-problem: A title that is rather
long, longer than a narrow terminal

A paragraph that is broken (example/repo
#12 and more) somewhere.

    a command that is to be copied and is longer than the terminal has cells

- an item of two lines
  - one in it, see #1
1. a number, not 2.9.41

- a | b ` + "`x | y`" + ` | failure
- a longer thing | the reboot, an
  update, or anything else that empties
  the directory
`},
	}
	for _, tt := range tests {
		got, err := Style{Width: tt.cells}.Manual(manualPage)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("in %d cells (-want +got):\n%s", tt.cells, diff)
		}
	}
}

func TestManualASCII(t *testing.T) {
	t.Parallel()
	got, err := Style{ASCII: true, Color: true}.Manual("# A … title\n| a |\n|---|\n| ± |\n")
	if err != nil {
		t.Fatal(err)
	}
	want := "\x1b[1m# A ... title\x1b[0m\n+----+\n| a  |\n+----+\n| +- |\n+----+\n"
	if diff := cmp.Diff(want, strings.ReplaceAll(got, "\x1b[22m", "\x1b[0m")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
