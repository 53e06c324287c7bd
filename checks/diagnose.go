package checks

import (
	"context"

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
}

// Diagnose runs the checks on a target and ties their findings together.
func Diagnose(ctx context.Context, t *Target, cs []*Check) Diagnosis {
	d := Diagnosis{Target: t, Results: t.wanted(Run(ctx, t, cs), cs)}
	d.Causes = Explain(d.Results)
	d.Version, _ = t.Version(ctx)
	if f, err := t.File(ctx); err == nil {
		d.Config = f.Path
	}
	if c, err := t.Config(ctx); err == nil {
		d.Server = runner.NewServer(c).String()
	}
	return d
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
