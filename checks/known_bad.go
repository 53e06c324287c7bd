package checks

import (
	"context"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// KnownBadVersion is a release with a defect that hits this set-up.
var KnownBadVersion = &Problem{
	ID: "known-bad-version", Title: "The release has a defect that hits this runner", Status: Warn,
	Doc: pageKnownBadVersion,
}

// A defect is one of a release. Nearly every release has some: here are those of
// which it can be seen that they hit a set-up, and that nothing else finds.
type defect struct {
	server  bool                    // it is the server's, whose release only an API token tells
	from    release                 // the first that has it
	until   release                 // the first that has not
	setting runner.Name             // that has to be on to be hit; "": no matter
	rows    func([]runner.Row) bool // of those that may be the runner's; nil: no matter
	says    say.Text
	so      say.Text // what that means for the runner; zero: it is said already
	upgrade say.Text
}

// A release is major, minor and patch.
type release [3]int

func defects() []defect {
	return []defect{
		{
			from: release{2, 10, 27}, until: release{2, 10, 28},
			says:    say.Textf("any error of the network ends it with a crash"),
			so:      say.Textf("The server restarts, or a name once does not resolve, and the runner is gone, with the task it runs (SIGSEGV)."),
			upgrade: say.Textf("upgrade the runner to 2.10.28 or later: config and token stay as they are"),
		}, {
			from: release{2, 18, 0}, until: release{2, 18, 25},
			says:    say.Textf("before 2.18.25 runners of 2.18 leave a TCP connection open at every poll"),
			so:      say.Textf("After hours or days every request fails with \"cannot assign requested address\" or \"too many open files\", until the runner is restarted. With which release of 2.18 this began is not known."),
			upgrade: say.Textf("upgrade the runner to 2.18.25 or later; until then restart it from time to time"),
		}, {
			from: release{2, 19, 8}, until: release{2, 19, 13},
			setting: runner.OneOff,
			says:    say.Textf("it does not end after its task, though one_off is set"),
			so:      say.Textf("What starts a new runner for each task waits for ever."),
			upgrade: say.Textf("upgrade the runner past 2.19.12"),
		}, {
			server: true, from: release{2, 10, 26}, until: release{2, 10, 29},
			rows:    unlimited,
			says:    say.Textf("it gives no task to a runner that registered by itself"),
			so:      say.Textf("Such a runner has max_parallel_tasks 0, and servers of 2.10.26 to 2.10.28 look for one that has less than that to do."),
			upgrade: say.Textf("upgrade the server to 2.10.31 or later, or set the runner's max parallel tasks above 0 in the web UI"),
		}, {
			server: true, from: release{2, 10, 29}, until: release{2, 10, 31},
			says:    say.Textf("it starts no task on any runner"),
			so:      say.Textf("Servers of 2.10.29 and 2.10.30 look for a runner that has something to do already. Tasks wait for ever."),
			upgrade: say.Textf("upgrade the server to 2.10.31 or later"),
		}, {
			server: true, from: release{2, 14, 8}, until: release{2, 14, 9},
			says:    say.Textf("tasks for runners stay waiting"),
			upgrade: say.Textf("upgrade the server past 2.14.8"),
		},
	}
}

// unlimited reports rows that all have what a runner of 2.10.26 and later
// registers with when its config sets no limit.
func unlimited(rows []runner.Row) bool {
	for _, row := range rows {
		if row.Parallel != 0 {
			return false
		}
	}
	return len(rows) > 0
}

// knownBad are the defects of the runner's release, and of the server's as far as
// an API token has told it.
func (t *Target) knownBad(ctx context.Context, p *runner.Probe, v runner.Version) ([]Finding, error) {
	c, err := t.Config(ctx)
	if err != nil {
		return nil, err
	}
	server, ours := runner.Version{}, rows{}
	if r, err := t.Record(ctx); err == nil && r != nil { // server/record says what went wrong
		server = r.Release
		ours, _ = t.rows(ctx, p, r) // whether one of them is off is not the question
	}
	var found []Finding
	for _, d := range defects() {
		of := v
		if d.server {
			of = server
		}
		if d.in(of) && (d.setting == "" || c.Truth(d.setting)) && (d.rows == nil || d.rows(ours.all)) {
			found = append(found, d.finding(c, p, of))
		}
	}
	return found, nil
}

// in reports a release that has the defect; one that is a guess has not.
func (d *defect) in(v runner.Version) bool {
	guessed := !d.server && v.Guessed()
	return !guessed && v.AtLeast(d.from[0], d.from[1], d.from[2]) && !v.AtLeast(d.until[0], d.until[1], d.until[2])
}

func (d *defect) finding(c *runner.Config, p *runner.Probe, v runner.Version) Finding {
	f := Finding{
		Problem: KnownBadVersion,
		Summary: say.Textf("the runner is %s: %s", v.Name(), d.says),
		Detail:  d.so,
		Advice:  []say.Text{d.upgrade},
	}
	if d.server {
		f.Summary = say.Textf("the server is %s: %s", v.Number(), d.says)
		f.Evidence = []Evidence{{What: say.Textf("it says to the API token that it is %s", v.Text), From: p.Server.Given.From}}
	}
	if d.setting != "" {
		f.Evidence = []Evidence{{What: say.Textf("%s is %s", d.setting, c.Text(d.setting).V), From: c.Text(d.setting).From}}
	}
	return f
}
