package checks

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// rows are those of a server's rows that may be this runner's. No server lists
// tokens, so which one it is has to be concluded.
type rows struct {
	all   []runner.Row // may be ours
	name  string       // that the runner gave when it registered, "" when none
	known bool         // the server accepts the runner's token: one of them is ours
	by    say.Text     // how they were told from the others; zero: not at all
	sure  bool         // there is one, and it is the runner's
}

// rows leaves out the rows that cannot be ours: another project's, those that
// nobody has registered with yet, and those of other names where one has the name
// of the config, which goes into the row at registration (2.18+).
func (t *Target) rows(ctx context.Context, p *runner.Probe, r *runner.Record) (rows, error) {
	c, err := t.Config(ctx)
	if err != nil {
		return rows{}, err
	}
	rs := rows{name: c.Text(runner.RunnerName).V, known: p.Token.Answered() && p.Token.Status == http.StatusNoContent}
	project := c.Text(runner.ProjectID).V
	rs.all = slices.DeleteFunc(slices.Clone(r.Rows), func(row runner.Row) bool {
		return row.Registered != nil && !*row.Registered || project != "" && (row.Project == nil || itoa(*row.Project) != project)
	})
	named := slices.DeleteFunc(slices.Clone(rs.all), func(row runner.Row) bool { return row.Name != rs.name })
	if rs.name != "" && len(named) > 0 {
		rs.all, rs.by = named, say.Textf("by its name %s", rs.name)
	}
	rs.single(int(t.live.own.Load()), say.Textf("by its registration, which semadoctor has seen"))
	if r.List.Answered() {
		rs.single(rs.polled(p, r, t.told(r.List)), say.Textf("by its poll, which the server has noted"))
	}
	return rs, rs.undecided()
}

// single leaves the one row that is known to be the runner's, if it is there.
func (rs *rows) single(id int, by say.Text) {
	if i := slices.IndexFunc(rs.all, func(row runner.Row) bool { return row.ID == id }); i >= 0 && rs.known {
		rs.all, rs.by, rs.sure = rs.all[i:i+1], by, true
	}
}

// justNow is how far apart the polls of two runners are at most that both poll
// every second, and what a request may take.
const justNow = 30 * time.Second

// polled is the row that a poll of our own shows to be the runner's: servers note
// each (2.14+), and no other row that it can be was noted near it. The list must be
// younger than the poll, the poll the newest thing in it, and its answer no cache's.
// It is 0 when nobody has polled, or when it cannot be told.
func (rs rows) polled(p *runner.Probe, r *runner.Record, listed time.Time) int {
	x := p.Poll
	if !x.Answered() || x.Status != http.StatusOK || x.Header.Get("Age") != "" || r.List.Sent.Before(x.Sent.Add(x.Took)) {
		return 0
	}
	var newest runner.Row
	for _, row := range rs.all {
		if row.Touched != nil && (newest.Touched == nil || row.Touched.After(*newest.Touched)) {
			newest = row
		}
	}
	if newest.Touched == nil || listed.Sub(*newest.Touched).Abs() > justNow {
		return 0
	}
	for _, row := range rs.all {
		if row.Touched != nil && row.ID != newest.ID && newest.Touched.Sub(*row.Touched) < justNow {
			return 0
		}
	}
	return newest.ID
}

// undecided is why it cannot be told whether the runner is active.
func (rs rows) undecided() error {
	off := rs.off()
	switch {
	case !rs.known || len(off) == 0 && len(rs.all) > 0, len(off) == len(rs.all) && len(off) > 0:
		return nil
	case len(rs.all) == 0:
		return CannotTell(nil, "the server accepts the runner's token and lists no runner it could be")
	}
	return CannotTell(nil, "of the %d runners that this one can be not all are active (off: %s), and the server does not tell which it is, for it lists no tokens; compare in the web UI", len(rs.all), say.List(shown(off)))
}

// off are the rows that are not active.
func (rs rows) off() []runner.Row {
	return slices.DeleteFunc(slices.Clone(rs.all), func(row runner.Row) bool { return row.Active == nil || *row.Active })
}

// inactive is sure when every row that may be the runner's is off.
func (t *Target) inactive(rs rows, p *runner.Probe, v runner.Version) []Finding {
	off := rs.off()
	if !rs.known || len(off) == 0 || len(off) < len(rs.all) {
		return nil
	}
	f := Finding{
		Problem: RunnerInactive,
		Summary: say.Textf("the runner is registered and not active: %s", rowName(off[0])),
		Detail:  say.Textf("It polls and is answered as if all were well, and is never given a task: where no other runner is active, tasks end with \"no runners available\"."),
		Advice:  []say.Text{activate(p, off[0])},
	}
	for _, row := range off[:min(len(off), maxShown)] {
		f.Evidence = append(f.Evidence, Evidence{What: say.Textf("the server lists %s with active: false", rowName(row)), From: p.Server.Given.From})
	}
	if len(off) > 1 {
		f.Advice = []say.Text{say.Textf("switch on the one that is this runner in the web UI")}
		f.Summary = say.Textf("the runner is registered and not active: none of the %d runners that it can be is", len(off))
	} else {
		f.Fix = t.activation(off[0])
	}
	if !rs.by.IsZero() {
		f.Evidence = append(f.Evidence, Evidence{What: say.Textf("told %s", rs.by), From: p.Server.Given.From})
	}
	if v.Era.Within(runner.E4a, runner.E5) {
		f.Detail = say.Textf("%s Up to 2.17 a runner that registers by itself is not active until somebody switches it on.", f.Detail)
	}
	return []Finding{f}
}

// activate is what switches a row on (observed 2.10.32).
func activate(p *runner.Probe, row runner.Row) say.Text {
	at := runner.ShownURL(p.Server.URL)
	if !p.Server.Era.Legacy() {
		at += "/api"
	}
	return say.Textf("switch it on in the web UI, or: printf 'Authorization: Bearer %%s' \"$API_TOKEN\" | curl -sS -H @- -d '{\"active\":true}' %s", say.Shell(at+"/runners/"+itoa(row.ID)+"/active"))
}

// leftAfter is how long a runner may be silent before its row is taken for a
// leftover, where another has its name. Semaphore calls it offline after two
// minutes (2.19, source); a host may take longer to come back.
const leftAfter = time.Hour

// leftRows are rows with the name this runner registers with, none before 2.18,
// of which some have been silent for long. Servers that do not tell who was seen
// last (before 2.14) leave it open.
func (t *Target) leftRows(ctx context.Context, rs rows, p *runner.Probe, r *runner.Record) []Finding {
	now, count := t.told(r.List), 0
	var left []runner.Row
	for _, row := range r.Rows {
		if row.Name != rs.name || row.Registered != nil && !*row.Registered {
			continue
		}
		if count++; row.Tells && (row.Touched == nil || now.Sub(*row.Touched) > leftAfter) {
			left = append(left, row)
		}
	}
	if count < 2 || len(left) == 0 {
		return nil
	}
	f := Finding{
		Problem: RunnerDuplicates,
		Summary: say.Textf("%d runners on the server have the name %s, and %d of them have not asked for tasks for an hour", count, rs.name, len(left)),
		Detail:  say.Textf("A runner that does not keep its identity registers anew at each start and leaves its old row. Servers before 2.19 give tasks to such rows, and those stay \"starting\"."),
		Advice:  []say.Text{say.Textf("when it is known that nobody uses them, delete the old rows in the web UI")},
	}
	if rs.name == "" {
		f.Summary = say.Textf("%d runners on the server have no name, and %d of them have not asked for tasks for an hour", count, len(left))
	}
	for _, row := range left[:min(len(left), maxShown)] {
		f.Evidence = append(f.Evidence, Evidence{What: lastSeen(row), From: p.Server.Given.From})
	}
	t.clearing(ctx, rs, left, &f)
	return []Finding{f}
}

// maxShown is how many rows are named at most.
const maxShown = 10

func lastSeen(row runner.Row) say.Text {
	if row.Touched == nil {
		return say.Textf("%s was never seen", rowName(row))
	}
	return say.Textf("%s was last seen %s", rowName(row), row.Touched.UTC().Format(time.RFC3339))
}

// shown are rows for people, the first few of them.
func shown(list []runner.Row) []say.Text {
	var all []say.Text
	for _, row := range list[:min(len(list), maxShown)] {
		all = append(all, rowName(row))
	}
	if more := len(list) - maxShown; more > 0 {
		all = append(all, say.Textf("%d more", more))
	}
	return all
}

func rowName(row runner.Row) say.Text {
	const enough = 60
	name := []rune(row.Name)
	if len(name) == 0 {
		return say.Textf("runner %d", row.ID)
	}
	return say.Textf("runner %d (%s)", row.ID, string(name[:min(len(name), enough)]))
}
