package checks

import (
	"context"
	"time"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
)

// A Diagnosis is all that was found out about one target.
type Diagnosis struct {
	Target  *Target
	Results []Result
	Causes  Causes
	Version runner.Version // zero when nothing told it
	Config  string         // path of the config that was judged; "" when there is none
	Server  string         // the server's URL as set; "" when there is none
	Ignored *Acceptances   // what an ignore file says; nil when there is none
}

// Diagnose runs the checks on a target and ties their findings together. What
// the files are is looked at once, so that all checks judge the same.
func Diagnose(ctx context.Context, target *Target, cs []*Check) Diagnosis {
	t := target.glancing()
	d := Diagnosis{Target: target, Results: t.wanted(Run(ctx, t, cs), cs)}
	d.Causes = Explain(d.Results)
	rest := &lap{Context: ctx, until: t.Net.Now().Add(aftermath), now: t.Net.Now}
	defer rest.end()
	d.Ignored, _ = t.facts.accepted.of(rest, t, (*Target).findAccepted)
	d.Version, _ = t.Version(rest)
	if f, err := t.File(rest); err == nil {
		d.Config = f.Path
	}
	if c, err := t.Config(rest); err == nil {
		d.Server = runner.NewServer(c).String()
	}
	return d
}

// aftermath is how long what no check has waited for may take: a file that
// does not answer has kept a check waiting already.
const aftermath = time.Second

// glancing is the same target, with the same facts, for one diagnosis.
func (t *Target) glancing() *Target {
	other := *t
	other.Files = host.NewGlance(t.Files)
	return &other
}

// Failed reports whether anything was found that keeps the runner from working.
func (d Diagnosis) Failed() bool { return Worst(d.Results) == Fail }

// Worst is the worst status among results.
func Worst(rs []Result) Status {
	worst := Pass
	for _, r := range rs {
		worst = max(worst, r.Status)
	}
	return worst
}
