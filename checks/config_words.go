package checks

import (
	"bytes"
	"regexp"
	"strings"
	"sync"

	"github.com/semadoctor/semadoctor/internal/jsondoc"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// wrongAt is about a character that cannot be where it is.
func wrongAt(f *runner.File, e *jsondoc.SyntaxError, finding *Finding) {
	line, col := jsondoc.Pos(f.Data, e.Offset)
	finding.Summary = say.Textf("%s is not JSON at line %d, column %d: %s", f.Path, line, col, e)
	finding.Detail = say.Textf("The runner says \"Could not decode configuration!\" and panics with this text, exit status 2.")
	if e.Offset < len(f.Data) && f.Data[e.Offset] == '/' {
		finding.Detail = say.Textf("%s No version reads comments in JSON, although Semaphore's own documentation shows them.", finding.Detail)
	}
	finding.Evidence = givesUp(f, line)
	finding.Advice = []say.Text{correct(f, e.Offset, line)}
}

// givesUp is the line at which the runner does not read on.
func givesUp(f *runner.File, line int) []Evidence {
	return []Evidence{{What: say.Textf("the runner gives up here"), From: runner.Origin{File: f.Path, Line: line}}}
}

// yamlKey is how a YAML config begins.
var yamlKey = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?:---|[A-Za-z_]+:)`) })

// correct is what a person can do about a line.
func correct(f *runner.File, offset, line int) say.Text {
	switch rest := f.Data[offset:]; {
	case yamlKey().Match(rest) && len(bytes.TrimSpace(f.Data[:offset])) == 0:
		return say.Textf("write it as JSON: YAML is read from 2.19 on, and only from a file called .yaml or .yml")
	case bytes.HasPrefix(rest, []byte("“")), bytes.HasPrefix(rest, []byte("”")):
		return say.Textf("line %d of %s has curly quotes: write straight ones (\")", line, f.Path)
	}
	return say.Textf("correct line %d of %s by hand", line, f.Path)
}

// commented reports whether a comment stands outside of the strings.
func commented(data []byte) bool {
	blanked := blankComments(data)
	return blanked != nil && !bytes.Equal(blanked, data)
}

func emptyConfig(f *runner.File, finding *Finding) {
	finding.Summary = say.Textf("%s is empty", f.Path)
	finding.Detail = say.Textf("The runner says \"Could not decode configuration!\" and panics with \"EOF\", exit status 2.")
	finding.Evidence = []Evidence{{What: say.Textf("%d bytes", len(f.Data)), From: runner.Origin{File: f.Path}}}
	finding.Advice = []say.Text{say.Textf("put the config back from a backup, or write it anew")}
}

// cutShort is about a file that ends before its JSON does.
func cutShort(f *runner.File, finding *Finding) {
	end := len(bytes.TrimRight(f.Data, " \t\r\n"))
	line := f.Line(end)
	finding.Summary = say.Textf("%s is cut short: it ends in line %d with a brace, a bracket or a quote left open", f.Path, line)
	finding.Detail = say.Textf("The runner says \"Could not decode configuration!\" and panics with \"%s\", exit status 2.", f.Err.Error())
	finding.Evidence = givesUp(f, line)
	finding.Advice = []say.Text{say.Textf("put the end back, from a backup if something stood there: line %d is the last one", line)}
}

// notObject is about JSON that is no config. null decodes, and then the runner
// panics over it (read in source, 2.9.1 to 2.10.32).
func notObject(f *runner.File, finding *Finding) {
	words := "json: cannot unmarshal …"
	if strings.HasPrefix(strings.TrimSpace(string(f.Data)), "null") {
		words = "reflect: call of reflect.Value.Field on zero Value"
	}
	finding.Summary = say.Textf("%s is JSON, but not an object: it must begin with {", f.Path)
	finding.Detail = say.Textf("The runner panics with \"%s\", exit status 2.", words)
	finding.Evidence = givesUp(f, 1)
	finding.Advice = []say.Text{say.Textf("put the config back from a backup, or write it anew")}
}
