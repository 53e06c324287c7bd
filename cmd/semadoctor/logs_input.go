package main

import (
	"context"
	"errors"
	"io"
	"path"
	"regexp"
	"slices"
	"strconv"
	"sync"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// A logSource is a file, standard input, or a command that shows a journal.
type logSource struct {
	name  string // what it is called
	file  string // its path; "" when it is none
	open  func(context.Context) (io.ReadCloser, error)
	shown bool // by a command, which name is
	live  bool // what it holds comes as it is said: it is read line by line
}

func (s logSource) origin() runner.Origin {
	if s.shown {
		return runner.Origin{Flag: s.name}
	}
	return runner.Origin{File: s.name}
}

func namesOf(sources []logSource) (all []string) {
	for _, s := range sources {
		all = append(all, s.name)
	}
	return all
}

// logSources are what the command line names, oldest first: files, - for standard
// input, or nothing and a unit.
func (a *app) logSources(c *cli.Context, t *checks.Target) ([]logSource, error) {
	files := c.Args().Slice()
	switch {
	case len(files) == 0 && len(listOf(c, "unit")) > 0:
		return a.journalSource(c, t)
	case len(files) == 0 && a.TTY.In:
		return nil, usagef("logs needs a FILE, - for standard input, or --unit NAME")
	case len(files) == 0:
		files = []string{"-"}
	}
	inOrder(files)
	var sources []logSource
	for _, f := range files {
		sources = append(sources, a.logSource(c, f))
	}
	if !c.Bool("follow") {
		return sources, nil
	}
	return sources, sources[len(sources)-1].follow(c)
}

// logSource is a file of the command line, or - for standard input.
func (a *app) logSource(c *cli.Context, file string) logSource {
	if file == "-" {
		stdin := func(ctx context.Context) (io.ReadCloser, error) {
			return io.NopCloser(host.UntilDone(ctx, a.Stdin)), nil
		}
		return logSource{name: "standard input", open: stdin}
	}
	root, name := c.String("root"), a.abs(file)
	if root != "" {
		name = path.Join("/", slashed(file))
	}
	open := func(ctx context.Context) (io.ReadCloser, error) { return host.OpenLog(ctx, root, name) }
	return logSource{name: file, file: name, open: open}
}

// follow has the source read for ever.
func (s *logSource) follow(c *cli.Context) error {
	if c.String("root") != "" {
		return usagef("--follow is for what is written now, and below --root nothing is")
	}
	s.live = true
	info, err := host.Stat(host.OS{}, s.file)
	if name := s.file; err == nil && info.Mode.IsRegular() { // a pipe goes on by itself
		s.open = func(ctx context.Context) (io.ReadCloser, error) { return host.Follow(ctx, name) }
	}
	return nil
}

// journalSource is the journal of the unit that is the target.
func (a *app) journalSource(c *cli.Context, t *checks.Target) ([]logSource, error) {
	u := t.Install.Unit
	switch {
	case c.String("root") != "":
		return nil, usagef("the journal of this host is not that of --root: name a FILE")
	case u == nil || !u.Known:
		return nil, usagef("--unit names a file, and systemd knows no journal of it: name a FILE, or the unit")
	}
	var more []string
	if c.Bool("follow") {
		more = []string{"--follow", "--lines=all"}
	}
	cmd, err := runner.JournalCommand(host.OS{}, u.Unit, more...)
	if err != nil {
		return nil, err
	}
	open := func(ctx context.Context) (io.ReadCloser, error) { return a.Pipe(ctx, cmd) }
	return []logSource{{name: runner.JournalName(u.Unit), open: open, shown: true, live: c.Bool("follow")}}, nil
}

// spare refuses a report in the place of a log.
func (l *listening) spare() error {
	for _, o := range l.outs {
		for _, s := range l.sources {
			if o.file != "" && s.file != "" && sameFile(s.file, l.abs(o.file)) {
				return usagef("-o %s=%s: that is the log", o.format, o.file)
			}
		}
	}
	return nil
}

func sameFile(a, b string) bool {
	x, errX := host.Stat(host.OS{}, a)
	y, errY := host.Stat(host.OS{}, b)
	return errX == nil && errY == nil && x.SameFile(y)
}

// readLogs reads all sources, one after the other, and tells how far the lines of
// each go. One that cannot be read is an error, and the others are read all the same.
func readLogs(ctx context.Context, log *runner.LogReader, sources []logSource) ([]checks.LogPart, error) {
	var parts []checks.LogPart
	var errs []error
	for _, s := range sources {
		if err := s.read(ctx, log); err != nil && ctx.Err() == nil {
			errs = append(errs, err)
		}
		parts = append(parts, checks.LogPart{From: s.origin(), Until: log.Life().Lines})
	}
	return parts, errors.Join(errs...)
}

func (s logSource) read(ctx context.Context, log *runner.LogReader) error {
	f, err := s.open(ctx)
	if err != nil {
		return err
	}
	defer log.Flush()
	unpacked, err := host.Unpack(f)
	switch {
	case err != nil:
	case s.live:
		_, err = io.Copy(struct{ io.Writer }{log}, unpacked) // line by line, as they come
	default:
		_, err = log.ReadLog(ctx, unpacked)
	}
	if err != nil {
		err = say.Errorf("read log %s: %w", s.name, err)
	}
	return errors.Join(err, f.Close())
}

// rotated is the name of a log that was put away: runner.log.1, runner.log.2.gz,
// runner.log-20261123, runner.log-20261123.gz.
var rotated = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(.*?)(?:\.(\d{1,5})|[-.](\d{8}(?:-?\d+)?|\d{4}-\d{2}-\d{2}.*?))(?:\.gz)?$`)
})

// inOrder puts the oldest first where names tell: the highest number, or the
// earliest date, and what is written to at the end. A shell that expands
// runner.log* has it the other way round.
func inOrder(files []string) {
	type age struct {
		base, date string
		number     int // 0 is the log itself
	}
	ageOf := func(name string) age {
		m := rotated().FindStringSubmatch(name)
		if m == nil {
			return age{base: name, date: "~"} // behind every date
		}
		n, _ := strconv.Atoi(m[2])
		if m[3] != "" {
			return age{m[1], m[3], 0}
		}
		return age{m[1], "~", n}
	}
	slices.SortStableFunc(files, func(x, y string) int {
		a, b := ageOf(x), ageOf(y)
		switch {
		case a.base != b.base:
			return 0
		case a.date != b.date:
			if a.date < b.date {
				return -1
			}
			return 1
		}
		return b.number - a.number
	})
}
