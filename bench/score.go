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
		over("P1", "start-up: --version / hello world", ratios(times[version], times[hello]), "x", 2.6, 2.2),
		over("P2", "offline check, text / hello world", ratios(times[offlineText], times[hello]), "x", 4.0, 3.0),
		over("P3", "offline check, json / text", ratios(times[offlineJSON], times[offlineText]), "x", 1.10, 1.0),
		over("P4", "live check / one curl of /api/ping", ratios(times[live], times[curl]), "x", 0.9, 0.7),
		over("P5", "run: first request later than direct", ms, " ms", 8, 5),
		over("P14", "size, linux/amd64, stripped", bytes, " MB", 12.0, 11.0),
		over("RSS", "peak memory of the offline check", peak, " MiB", 16, 12),
	}
}

func over(id, what string, xs []float64, unit string, bar, stretch float64) row {
	return row{id: id, what: what, unit: unit, got: quantile(xs, 0.5), low: quantile(xs, 0.1), high: quantile(xs, 0.9), bar: bar, stretch: stretch}
}

// ratios are those of each round.
func ratios(a, b series) []float64 {
	rs := make([]float64, len(a.took))
	for i := range rs {
		rs[i] = float64(a.took[i]) / float64(b.took[i])
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
	fmt.Fprintln(t, "row\twhat\tmedian\tp10..p90\tbar\tstretch\tverdict")
	for _, r := range rows {
		fmt.Fprintf(t, "%s\t%s\t%.2f%s\t%.2f..%.2f\t%.2f\t%.2f\t%s\n", r.id, r.what, r.got, r.unit, r.low, r.high, r.bar, r.stretch, r.verdict())
	}
	_ = t.Flush() // a terminal that is gone
}

// printTimes shows the absolute numbers. They hold for this machine at this
// hour only.
func printTimes(w io.Writer, all []series) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "command\tmedian ms\tmin ms\tpeak MiB")
	for _, s := range all {
		ms := func(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
		fmt.Fprintf(t, "%s\t%.2f\t%.2f\t%.1f\n", s.name, ms(quantile(s.took, 0.5)), ms(slices.Min(s.took)), float64(quantile(s.peak, 0.5))/(1<<20))
	}
	_ = t.Flush()
}
