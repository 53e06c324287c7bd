package checktest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/say"
)

// perform does what only a server can, one deed after the other: each is shown,
// done, and judged by what is found then. At last the server has the runners that
// the file says, and taken back, the machine is as it was.
func (c *Case) perform(t *testing.T, cs []*checks.Check, target *checks.Target, n *network, mask func(string, []byte) []byte) {
	ctx := context.Background()
	before := c.Machine.dump()
	j := &repair.Journal{Dir: t.TempDir(), Now: time.Now}
	var told strings.Builder
	var done []*repair.Entry
	tried := map[string]bool{}
	for {
		target = target.Later()
		d := checks.Diagnose(ctx, target, cs)
		all := slices.DeleteFunc(checks.Deeds(target, d.Results, c.wish), func(f checks.Finding) bool { return tried[f.Fix.Title.String()] })
		if len(all) == 0 {
			c.compare(t, "want/after", c.findings(d))
			break
		}
		fix := *all[0].Fix
		tried[fix.Title.String()] = true
		done = append(done, c.deed(t, &told, j, fix, mask)...)
	}
	if text := told.String(); strings.Contains(text, secretMark) {
		t.Errorf("a secret is told:\n%s", text)
	}
	c.compare(t, "want/deeds", told.String())
	c.compare(t, "want/rows", rowsText(n))
	harmless(t, c, n)
	for _, e := range slices.Backward(done) {
		if _, err := e.Undo(c.Machine); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(before, c.Machine.dump()); diff != "" {
		t.Errorf("taking it back left the machine changed (-before +after):\n%s", diff)
	}
}

// deed does one, and tells what it is and what came of it.
func (c *Case) deed(t *testing.T, told *strings.Builder, j *repair.Journal, fix repair.Fix, mask func(string, []byte) []byte) []*repair.Entry {
	plan, err := repair.PlanOf(c.Machine, fix)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(told, "%s\n\tbecause %s\n\tand then %s\n%s", fix.Title, fix.Reason, fix.Final, repair.Diff(say.English, plan, mask))
	e, err := j.Perform(context.Background(), fix, c.Machine, repair.About{})
	if err != nil {
		fmt.Fprintf(told, "refused: %s\n", steady(err.Error()))
		return nil
	}
	return []*repair.Entry{e}
}

// rowsText is what the server has, as case files say it.
func rowsText(n *network) string {
	if n.server == nil {
		return ""
	}
	var b strings.Builder
	for _, row := range n.server.Runners() {
		fmt.Fprintf(&b, "%d active=%t tasks=%d name=%q key=%t\n", row.ID, row.Active, row.MaxParallelTasks, row.Name, row.PublicKey != nil && *row.PublicKey != "")
	}
	return b.String()
}
