package checks

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"github.com/semadoctor/semadoctor/internal/jsondoc"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// ConfigSyntax is a config the runner cannot decode.
var ConfigSyntax = &Problem{
	ID: "config-syntax", Title: "The config cannot be decoded", Status: Fail,
	Doc:      pageConfigSyntax,
	CausedBy: []*Problem{ConfigClobbered},
}

// ConfigDecodes finds out whether the config means something to the runner.
var ConfigDecodes = &Check{
	ID:       "config/syntax",
	Title:    "The config can be decoded",
	Problems: []*Problem{ConfigClobbered, ConfigSyntax, ConfigDuplicateKey},
	Requires: []*Check{ConfigReadable},
	Run:      configDecodes,
}

func configDecodes(ctx context.Context, t *Target) ([]Finding, error) {
	f, err := t.File(ctx)
	if errors.Is(err, runner.ErrNotRead) {
		return nil, NotApplicable("the runner reads no config file (--no-config)")
	}
	if err != nil {
		return nil, err
	}
	if clobbered, ok := t.clobbered(ctx, f); ok {
		return one(clobbered)
	}
	if f.Err != nil {
		return one(syntaxFinding(f))
	}
	v, err := t.Version(ctx)
	if err != nil {
		return nil, err
	}
	return append(duplicates(f, v), trailing(f)...), nil
}

// syntaxFinding says where the runner's decoder gives up, and mends what can be
// mended without losing a value.
func syntaxFinding(f *runner.File) Finding {
	finding := Finding{Problem: ConfigSyntax}
	switch e := (*jsondoc.SyntaxError)(nil); {
	case f.YAML:
		wrongYAML(f, &finding)
	case errors.Is(f.Err, io.EOF):
		emptyConfig(f, &finding)
	case errors.Is(f.Err, io.ErrUnexpectedEOF):
		cutShort(f, &finding)
	case errors.As(f.Err, &e):
		wrongAt(f, e, &finding)
	default:
		notObject(f, &finding)
	}
	if f.YAML {
		return finding
	}
	if mended, how := mendJSON(f.Data); mended != nil {
		finding.Advice = nil
		finding.Fix = &repair.Fix{
			Title:  say.Textf("make %s valid JSON: %s", f.Path, how),
			Edits:  []repair.Edit{repair.Rewrite{File: f.Path, Data: mended}},
			Safety: repair.Safe,
		}
	}
	return finding
}

// trailing tells about text that the runner never looks at.
func trailing(f *runner.File) []Finding {
	rest := strings.TrimSpace(string(f.Data[f.Doc.End:]))
	if rest == "" {
		return nil
	}
	line, col := jsondoc.Pos(f.Data, f.Doc.End)
	if f.YAML {
		return []Finding{note("the second YAML document, from line %d of %s on, is ignored by the runner", line, f.Path)}
	}
	return []Finding{note("text after the first JSON value, from line %d, column %d of %s on, is ignored by the runner", line, col, f.Path)}
}

// walk visits every object of a document.
func walk(pointer string, v *jsondoc.Value, visit func(string, *jsondoc.Value)) {
	if v.Kind == jsondoc.Object {
		visit(pointer, v)
	}
	for _, m := range v.Members {
		if in := m.Value; in.Kind == jsondoc.Object || in.Kind == jsondoc.Array {
			walk(pointer+"/"+jsondoc.Escape(m.Key), in, visit)
		}
	}
	for i, e := range v.Elems {
		walk(pointer+"/"+itoa(i), e, visit)
	}
}

// valid reports whether the runner's decoder takes data.
func valid(data []byte) bool {
	var raw json.RawMessage
	return json.Unmarshal(data, &raw) == nil && strings.HasPrefix(strings.TrimSpace(string(raw)), "{")
}
