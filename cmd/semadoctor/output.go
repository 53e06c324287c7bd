package main

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/report"
	"github.com/semadoctor/semadoctor/say"
)

// output is one -o: a format, and where it goes ("" is stdout).
type output struct{ format, file string }

// style is how the terminal takes what is written for people.
func (a *app) style(c *cli.Context, toFile bool) report.Style {
	s := report.Style{Width: a.width(), ASCII: c.Bool("ascii") || a.asciiOnly(), Lang: a.language(c), Color: a.color(c.String("color"), a.TTY.Out)}
	if toFile {
		s.Width, s.Color = 0, c.String("color") == "always"
	}
	return s
}

// pageStyle is the style of what is UTF-8 wherever it is read.
func (a *app) pageStyle(c *cli.Context) report.Style {
	return report.Style{ASCII: c.Bool("ascii"), Lang: a.language(c)}
}

func (a *app) language(c *cli.Context) say.Lang {
	if l := c.String("lang"); l != "" {
		return say.ParseLang(l)
	}
	return a.lang()
}

// format is a format of a report, or nil.
func (a *app) format(c *cli.Context, o output) report.Format {
	switch o.format {
	case "table":
		return report.Table(a.style(c, o.file != ""))
	case "text":
		return report.Text()
	case "json":
		return report.JSON()
	case "jsonl":
		return report.JSONL()
	case "junit":
		return report.JUnit()
	case "sarif":
		return report.SARIF(report.Base(a.Dir), a.problems())
	case "github":
		return report.GitHub()
	case "gitlab":
		return report.GitLab(report.Base(a.Dir))
	case "nagios":
		return report.Nagios()
	case "prometheus":
		return report.Prometheus()
	case "tap":
		return report.TAP()
	case "markdown":
		return report.Markdown(a.pageStyle(c))
	case "html":
		return report.HTML(a.pageStyle(c))
	}
	return nil
}

// problems are those of all checks.
func (a *app) problems() (all []*checks.Problem) {
	for _, c := range a.checks {
		all = append(all, c.Problems...)
	}
	return all
}

// reportFormats are the formats of a report, settingsFormats those of "config".
func reportFormats() []string {
	return []string{"table", "text", "json", "jsonl", "junit", "sarif", "github", "gitlab", "nagios", "prometheus", "tap", "markdown", "html"}
}
func settingsFormats() []string { return []string{"table", "text", "json"} }

// formatsOf are the formats of a command that has any.
func formatsOf(command string) []string {
	if command == "config" {
		return settingsFormats()
	}
	return reportFormats()
}

// outputs reads -o. stdout takes one document only.
func (a *app) outputs(c *cli.Context, formats []string) ([]output, error) {
	var outs []output
	stdout := 0
	for _, v := range commas(listOf(c, "output")) {
		format, file, to := strings.Cut(v, "=")
		o := output{format, file}
		if !slices.Contains(formats, format) {
			return nil, usagef("-o %s: the formats are %s", format, strings.Join(formats, ", "))
		}
		if to && file == "" {
			return nil, usagef("-o %s=: want a file behind the equals sign", format)
		}
		if file == "" {
			stdout++
		} else if slices.ContainsFunc(outs, func(p output) bool { return p.file != "" && a.abs(p.file) == a.abs(file) }) {
			return nil, usagef("-o: two formats cannot go to one file, %s", file)
		}
		outs = append(outs, o)
	}
	if stdout > 1 {
		return nil, usagef("-o: only one format can go to stdout, write the others as FORMAT=FILE")
	}
	if len(outs) == 0 {
		outs = []output{{format: "table"}}
	}
	return outs, nil
}

// write writes one output that is there as a whole.
func (a *app) write(ctx context.Context, o output, render func(io.Writer) error) error {
	w, f, err := a.open(ctx, o)
	if err != nil {
		return err
	}
	if err = render(w); f != nil {
		err = f.finish(err)
	}
	return err
}
