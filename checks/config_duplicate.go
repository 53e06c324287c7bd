package checks

import (
	"strings"

	"github.com/semadoctor/semadoctor/internal/jsondoc"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// ConfigDuplicateKey is a key that stands twice; the last one counts.
var ConfigDuplicateKey = &Problem{
	ID: "config-duplicate-key", Title: "A key stands twice in the config", Status: Warn,
	Doc: pageConfigDuplicateKey,
}

// duplicates finds keys that stand twice in one object, without case.
func duplicates(f *runner.File, v runner.Version) []Finding {
	var found []Finding
	walk("", f.Doc, func(pointer string, object *jsondoc.Value) {
		seen := map[string]jsondoc.Member{}
		for _, m := range object.Members {
			key := strings.ToLower(m.Key)
			if first, ok := seen[key]; ok {
				found = append(found, duplicate(f, v, pointer+"/"+jsondoc.Escape(m.Key), first, m))
			}
			seen[key] = m
		}
	})
	return found
}

func duplicate(f *runner.File, v runner.Version, pointer string, first, last jsondoc.Member) Finding {
	a, b := f.Line(first.KeyStart), f.Line(last.KeyStart)
	finding := Finding{
		Problem:  ConfigDuplicateKey,
		Summary:  say.Textf("%s stands twice in %s, on lines %d and %d: the last one counts", runner.Dotted(pointer), f.Path, a, b),
		Evidence: []Evidence{{What: say.Verbatim(runner.Dotted(pointer)), From: f.Origin(pointer, last.Value)}},
		Advice:   []say.Text{say.Textf("take out line %d or line %d", a, b)},
	}
	if first.Value.Kind == jsondoc.Object && last.Value.Kind == jsondoc.Object {
		finding.Summary, finding.Detail = twoObjects(f, v, pointer, a, b)
		finding.Advice = []say.Text{say.Textf("make one of the two: move what stands below line %d into the one on line %d", b, a)}
	}
	return finding
}

// twoObjects: up to 2.18 the decoder merges them, from 2.19 on a generic map
// keeps only the last, of keys that are spelt alike (read in source, 2.10.22
// and 2026).
func twoObjects(f *runner.File, v runner.Version, pointer string, a, b int) (summary, detail say.Text) {
	key := runner.Dotted(pointer)
	if v.Era.Before(runner.E6) {
		return say.Textf("%s stands twice in %s, on lines %d and %d: the two are merged", key, f.Path, a, b),
			say.Textf("Of what both hold, the second one counts. From 2.19 on the second replaces the first, and what only the first holds is lost.")
	}
	return say.Textf("%s stands twice in %s, on lines %d and %d: the second replaces the first", key, f.Path, a, b),
		say.Textf("What only the first holds is not read. Up to 2.18 the two were merged.")
}
