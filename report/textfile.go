package report

import (
	"bytes"
	"cmp"
	"io"
	"time"
)

// Prometheus writes gauges for the textfile collector of node_exporter: written to
// a FILE.prom, they are there as a whole, as it demands, and without times of their own.
func Prometheus() Format {
	return func(w io.Writer, f Frame) Stream {
		s := &metricStream{m: NewMetrics(w), started: f.StartedAt}
		for _, name := range families() {
			s.families = append(s.families, kept{name, f.Spool()})
		}
		return s
	}
}

// metricStream keeps the samples of each name: they have to stand together.
type metricStream struct {
	m        Metrics
	started  time.Time
	families []kept
	buf      bytes.Buffer // of the samples of one target
}

type kept struct {
	family
	samples Spool
}

// Target implements Stream.
func (s *metricStream) Target(t Target) error {
	for _, f := range s.families {
		s.buf.Reset()
		for _, sample := range f.of(t) {
			sample.write(&s.buf, f.name)
		}
		if _, err := s.buf.WriteTo(f.samples); err != nil {
			return err
		}
	}
	return nil
}

// Close implements Stream.
func (s *metricStream) Close(r *Report) error {
	var errs []error
	for _, f := range s.families {
		s.m.declare("gauge", f.name, f.help)
		_, err := f.samples.WriteTo(s.m.b)
		errs = append(errs, err, f.samples.Close())
	}
	s.m.sums(r, s.started.Add(time.Duration(r.DurationMS)*time.Millisecond))
	s.m.Gauge("semadoctor_build_info", "Which semadoctor it was.", Sample{[]string{"version", r.Tool.Version}, 1})
	return cmp.Or(append(errs, s.m.Flush())...)
}
