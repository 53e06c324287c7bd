package checks

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// activation switches on the one row that the runner can be.
func (t *Target) activation(row runner.Row) *repair.Fix {
	return &repair.Fix{
		Title:  say.Textf("switch on %s at the server", rowName(row)),
		Safety: repair.Unsafe,
		Deed: t.ordering(func(ctx context.Context, w *runner.Wire, p *runner.Probe) error {
			return runner.Activate(ctx, w, p, t.APIToken, row.ID)
		}),
		Final: say.Textf("the runner stays active, until somebody switches it off at the server"),
	}
}

// clearing proposes to delete the rows that earlier registrations have left, if it
// is known which one is in use. Rows without a name may be anybody's: those are
// left to a person, and so is all where it cannot be told.
func (t *Target) clearing(ctx context.Context, rs rows, left []runner.Row, f *Finding) {
	switch {
	case rs.name == "":
		f.Advice = append(f.Advice, say.Textf("semadoctor deletes none of them: rows without a name may be runners of other hosts"))
		return
	case !rs.sure && !t.Poll:
		f.Advice = append(f.Advice, say.Textf("or let semadoctor find out which of them this runner is, and delete the others: semadoctor fix --unsafe --warnings --poll"))
		return
	case !rs.sure || slices.ContainsFunc(left, func(row runner.Row) bool { return row.ID == rs.all[0].ID }):
		f.Advice = append(f.Advice, say.Textf("semadoctor deletes none of them: it cannot be told which one this runner is"))
		return
	case t.Peers.named(ctx, t, rs.name):
		f.Advice = append(f.Advice, say.Textf("semadoctor deletes none of them: another runner of this host has the name %s, too", rs.name))
		return
	}
	own := rs.all[0]
	others := slices.DeleteFunc(slices.Clone(left), func(row runner.Row) bool { return earlier(row, own) })
	if len(others) > 0 {
		f.Advice = append(f.Advice, say.Textf("semadoctor does not delete %s: another project's, or started by a webhook when there is something to do", say.List(shown(others))))
	}
	if left = slices.DeleteFunc(slices.Clone(left), func(row runner.Row) bool { return !earlier(row, own) }); len(left) == 0 {
		return
	}
	f.Fix = &repair.Fix{
		Title:  say.Textf("delete %s at the server, and keep %s, which is this runner", say.List(dated(left)), rowName(own)),
		Safety: repair.Unsafe,
		Deed:   t.deletion(left),
		Final:  say.Textf("the rows are gone, and their tokens with them: a runner that still has one of them must register anew"),
	}
}

// earlier reports whether a row can be what an earlier registration of a runner has
// left. A runner with a webhook is silent until it is called.
func earlier(row, own runner.Row) bool {
	same := row.Project == own.Project || row.Project != nil && own.Project != nil && *row.Project == *own.Project
	return same && row.Webhook == ""
}

// deletion deletes rows one by one and says where it stopped. One that somebody
// else has deleted meanwhile is deleted.
func (t *Target) deletion(left []runner.Row) repair.Deed {
	return t.ordering(func(ctx context.Context, w *runner.Wire, p *runner.Probe) error {
		for i, row := range left {
			err := runner.DeleteRow(ctx, w, p, t.APIToken, row.ID)
			if gone := (*runner.Refusal)(nil); errors.As(err, &gone) && gone.Status == http.StatusNotFound {
				continue
			}
			if err != nil && i > 0 {
				return errors.Join(err, errPartly)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// errPartly reports a deed that was begun and not ended.
var errPartly = errors.New("some of it was done")

// dated are rows for people, each with when it was seen: what is deleted is listed
// first.
func dated(list []runner.Row) (all []say.Text) {
	for _, row := range list {
		text := say.Textf("%s, never seen", rowName(row))
		if row.Touched != nil {
			text = say.Textf("%s, last seen %s", rowName(row), row.Touched.UTC().Format(time.RFC3339))
		}
		all = append(all, text)
	}
	return all
}
