package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"
)

// A row is one bar, and how we stand.
type row struct {
	id, what     string
	unit         string // behind each number
	got          float64
	low, high    float64 // a tenth of the rounds lies below, a tenth above
	cpu          float64 // got, in time of processor; 0 when there is none
	bar, stretch float64
}

func (r row) verdict() string {
	switch {
	case r.got <= r.stretch:
		return "stretch"
	case r.got <= r.bar:
		return "met"
	}
	return "MISSED"
}

// score holds the measurements against the bars.
func score(times []series, delays []time.Duration, size int64) []row {
	ms := make([]float64, len(delays))
	for i, d := range delays {
		ms[i] = float64(d) / float64(time.Millisecond)
	}
	peak := make([]float64, len(times[offlineText].peak))
	for i, b := range times[offlineText].peak {
		peak[i] = float64(b) / (1 << 20)
	}
	bytes := []float64{float64(size) / 1e6}
	return []row{
		compare("P1", "start-up: --version / hello world", times[version], times[hello], 2.6, 2.2),
		compare("P2", "offline check, text / hello world", times[offlineText], times[hello], 4.0, 3.0),
		compare("P3", "offline check, json / text", times[offlineJSON], times[offlineText], 1.10, 1.0),
		compare("P4", "live check / one curl of /api/ping", times[live], times[curl], 0.9, 0.7),
		// The bars of P4 were set where a Go program that asks five times took 0.52
		// of the time of curl; where it takes more, so does every Go program.
		compare("", "  the same / five requests of net/http", times[live], times[fiveRequests], 0.9/0.52, 0.7/0.52),
		compare("P4s", "  the same over https, the system's bundle", times[liveTLS], times[curlTLS], 0.5, 0.35),
		sum("P5", "run: first request later than direct", ms, " ms", 8, 5),
		// The bars of P5 were set where hello world takes 1.5 ms.
		sum("", "  the same / hello world", inTermsOf(ms, times[hello].took), "x", 8/1.5, 5/1.5),
		sum("P14", "size, linux/amd64, stripped", bytes, " MB", 12.0, 11.0),
		sum("RSS", "peak memory of the offline check", peak, " MiB", 16, 12),
	}
}

// sum makes a row of all that was measured.
func sum(id, what string, xs []float64, unit string, bar, stretch float64) row {
	return row{id: id, what: what, unit: unit, got: quantile(xs, 0.5), low: quantile(xs, 0.1), high: quantile(xs, 0.9), bar: bar, stretch: stretch}
}

// compare makes a row of one command in terms of another.
func compare(id, what string, a, b series, bar, stretch float64) row {
	r := sum(id, what, ratios(a.took, b.took), "x", bar, stretch)
	r.cpu = quantile(ratios(a.cpu, b.cpu), 0.5)
	return r
}

// inTermsOf is how often the median of ds, in ms, goes into each of xs.
func inTermsOf(xs []float64, ds []time.Duration) []float64 {
	unit := float64(quantile(ds, 0.5)) / float64(time.Millisecond)
	rs := slices.Clone(xs)
	for i := range rs {
		rs[i] /= unit
	}
	return rs
}

// ratios are those of each round.
func ratios(a, b []time.Duration) []float64 {
	rs := make([]float64, len(a))
	for i := range rs {
		rs[i] = float64(a[i]) / float64(b[i])
	}
	return rs
}

// quantile is the element at q of the way through the sorted ones, 0 of none.
func quantile[T cmp.Ordered](xs []T, q float64) T {
	if len(xs) == 0 {
		var zero T
		return zero
	}
	sorted := slices.Sorted(slices.Values(xs))
	return sorted[int(q*float64(len(sorted)-1)+0.5)]
}

func printTable(w io.Writer, rows []row) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "row\twhat\tmedian\tp10..p90\tcpu\tbar\tstretch\tverdict")
	for _, r := range rows {
		cpu := "-"
		if r.cpu > 0 {
			cpu = fmt.Sprintf("%.2fx", r.cpu)
		}
		fmt.Fprintf(t, "%s\t%s\t%.2f%s\t%.2f..%.2f\t%s\t%.2f\t%.2f\t%s\n", r.id, r.what, r.got, r.unit, r.low, r.high, cpu, r.bar, r.stretch, r.verdict())
	}
	_ = t.Flush() // a terminal that is gone
}

// printTimes shows the absolute numbers. They hold for this machine at this
// hour only.
func printTimes(w io.Writer, all []series) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "command\tmedian ms\tmin ms\tcpu ms\tpeak MiB")
	for _, s := range all {
		ms := func(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
		fmt.Fprintf(t, "%s\t%.2f\t%.2f\t%.2f\t%.1f\n", s.name, ms(quantile(s.took, 0.5)), ms(slices.Min(s.took)), ms(quantile(s.cpu, 0.5)), float64(quantile(s.peak, 0.5))/(1<<20))
	}
	_ = t.Flush()
}
