package report

import (
	"cmp"
	"io"
	"time"

	"github.com/semadoctor/semadoctor/checks"
)

// A Stream renders a report target by target, so that ten thousand of them need
// no more memory than one. Its document is whole after Close.
type Stream interface {
	// Target takes the next target.
	Target(Target) error
	// Close takes what is known at the end only: the report without its targets.
	Close(*Report) error
}

// A Format makes streams of a report.
type Format func(io.Writer, Frame) Stream

// A Frame is what is known of a report before its first target.
type Frame struct {
	Targets   int // how many will come
	StartedAt time.Time
	Spool     func() Spool // where what must come later is kept meanwhile
}

// A Spool keeps what is written to it, to be copied once.
type Spool interface {
	io.Writer
	io.WriterTo
	io.Closer
}

// Writer renders whole reports.
func (f Format) Writer() Writer {
	return func(w io.Writer, r *Report) error {
		s := f(w, Frame{len(r.Targets), r.StartedAt, inMemory})
		for _, t := range r.Targets {
			if err := s.Target(t); err != nil {
				return cmp.Or(err, s.Close(r))
			}
		}
		return s.Close(r)
	}
}

// A Press makes a report target by target: words chosen, secrets taken out,
// verdict and exit code decided once for all its streams.
type Press struct {
	DryRun DryRun // what the run has come to, if it is one; asked for at the end

	m       maker
	report  *Report
	streams []Stream
	errs    []error // of the streams; one that failed gets no more targets
}

// NewPress starts a report.
func NewPress(o Options) *Press {
	r := &Report{Schema: Schema, Tool: Tool{"semadoctor", o.Version}, StartedAt: o.StartedAt.UTC().Truncate(time.Second), Targets: []Target{}}
	if o.Deterministic {
		r.StartedAt = time.Time{}
	}
	return &Press{m: maker{o}, report: r}
}

// Into has the report written in one more format.
func (p *Press) Into(f Format, w io.Writer, targets int, spool func() Spool) {
	p.streams = append(p.streams, f(w, Frame{targets, p.report.StartedAt, spool}))
	p.errs = append(p.errs, nil)
}

// Made is one target, ready for the press.
type Made struct {
	target Target
	counts Counts
}

// Make chooses the words about a target. It may be called side by side; redact
// takes the target's secrets out.
func (p *Press) Make(d checks.Diagnosis, redact func(string) string) Made {
	m := p.m
	m.Redact = redact
	t, c := m.target(d)
	return Made{t, c}
}

// Add takes the next target.
func (p *Press) Add(m Made) {
	p.report.Counts = p.report.Counts.plus(m.counts)
	for i, s := range p.streams {
		if p.errs[i] == nil {
			p.errs[i] = s.Target(m.target)
		}
	}
}

// Close decides verdict and exit code and ends all streams; the errors are
// theirs, nil for those that went well.
func (p *Press) Close(took time.Duration, stopped string) (*Report, []error) {
	p.m.Stopped, p.m.DryRun = stopped, p.DryRun
	r := p.report
	r.DurationMS, r.Stopped = p.m.ms(took), stopped
	r.Verdict = verdict(r.Counts)
	r.ExitCode = p.m.code(r.Counts)
	for i, s := range p.streams {
		p.errs[i] = cmp.Or(p.errs[i], s.Close(r)) // the first: a writer that failed once says it again
	}
	return r, p.errs
}

// Make turns diagnoses into a report.
func Make(ds []checks.Diagnosis, o Options) *Report {
	p := NewPress(o)
	var ts []Target
	for _, d := range ds {
		m := p.Make(d, o.Redact)
		p.Add(m)
		ts = append(ts, m.target)
	}
	r, _ := p.Close(o.Took, o.Stopped)
	r.Targets = append(r.Targets, ts...)
	return r
}
