package checks

import (
	"errors"
	"io"

	"github.com/semadoctor/semadoctor/internal/jsondoc"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// wrongYAML is about a YAML config that the runner cannot decode (2.19 and
// later, read in source, 2026). Only a person mends it: YAML can be written in
// many ways, and its comments are allowed.
func wrongYAML(f *runner.File, finding *Finding) {
	line := 1
	if e := (*jsondoc.SyntaxError)(nil); errors.As(f.Err, &e) {
		line = f.Line(e.Offset)
	}
	finding.Detail = say.Textf("The runner says \"Could not decode configuration!\" and panics, exit status 2.")
	finding.Evidence = givesUp(f, line)
	finding.Advice = []say.Text{say.Textf("correct line %d of %s by hand", line, f.Path)}
	switch {
	case errors.Is(f.Err, io.EOF):
		emptyConfig(f, finding)
		finding.Detail = say.Textf("There is nothing in it that a runner could work with.")
	case errors.Is(f.Err, runner.ErrNotObject):
		finding.Summary = say.Textf("%s is YAML, but not a mapping: it must hold keys with values", f.Path)
		finding.Advice = []say.Text{say.Textf("put the config back from a backup, or write it anew")}
	default:
		finding.Summary = say.Textf("%s is not YAML that the runner can read, at line %d: %s", f.Path, line, f.Err)
	}
}
