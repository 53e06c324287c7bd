package main

import (
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// logSpan is what --since and --until ask for.
func (a *app) logSpan(c *cli.Context) (runner.LogOptions, error) {
	o := runner.LogOptions{Now: a.Net.Now()}
	var err error
	if o.Since, err = momentOf(c.String("since"), o.Now); err != nil {
		return o, usagef("--since %s: %w", c.String("since"), err)
	}
	if o.Until, err = momentOf(c.String("until"), o.Now); err != nil {
		return o, usagef("--until %s: %w", c.String("until"), err)
	}
	if !o.Since.IsZero() && !o.Until.IsZero() && o.Until.Before(o.Since) {
		return o, usagef("--until is before --since")
	}
	return o, nil
}

// momentOf reads a date with or without a time, a time of today, or how long ago
// something was. Without an offset it is this host's time.
func momentOf(s string, now time.Time) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04", time.DateOnly} {
		if t, err := time.ParseInLocation(layout, s, now.Location()); err == nil {
			return t, nil
		}
	}
	for _, layout := range []string{time.TimeOnly, "15:04"} {
		if t, err := time.Parse(layout, s); err == nil {
			y, m, d := now.Date()
			return time.Date(y, m, d, t.Hour(), t.Minute(), t.Second(), 0, now.Location()), nil
		}
	}
	ago, err := span(s)
	if err != nil || ago < 0 {
		return time.Time{}, say.Errorf("neither a date like 2006-01-02 15:04, nor a time like 15:04, nor a span like 90m or 3d")
	}
	return now.Add(-ago), nil
}

// span is a duration, which may be in days.
func span(s string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(s, "d"); ok {
		n, err := strconv.Atoi(days)
		return time.Duration(n) * 24 * time.Hour, err
	}
	return time.ParseDuration(s)
}
