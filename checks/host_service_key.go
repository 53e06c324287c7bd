package checks

import (
	"context"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// misspelt are settings that are meant to give the runner variables, and that systemd
// knows under another name.
func (t *Target) misspelt(ctx context.Context) (fs []Finding) {
	keys := []string{"Environment", "EnvironmentFile"}
	u := t.Install.Unit
	for _, e := range u.Entries {
		meant := runner.Likely(e.Key, keys)
		if e.Section != "Service" || meant == "" || meant == e.Key || strings.HasPrefix(e.Key, "X-") || u.Quadlet {
			continue
		}
		var unset []*Problem
		for _, name := range t.given(meant, e.Value) {
			unset = append(unset, t.missed(ctx, name)...)
		}
		fs = append(fs, Finding{
			Problem: UnitCommand, Status: Warn, Explains: unset, Harmless: unset == nil,
			Summary:  say.Textf("systemd ignores %s=, which is none of its settings", e.Key),
			Detail:   say.Textf("What stands there is not set for the runner. The journal says \"Unknown key … ignoring\"."),
			Evidence: []Evidence{{What: say.Textf("%s= is probably meant", meant), From: runner.Origin{File: e.File, Line: e.Line}}},
			Advice:   []say.Text{say.Textf("write %s= in line %d of %s", meant, e.Line, e.File), t.afterwards()},
		})
	}
	return fs
}

// given are the names of the variables that a setting would set.
func (t *Target) given(key, value string) (names []string) {
	lines, err := host.SplitWords(value)
	if key == "EnvironmentFile" {
		var data []byte
		data, err = host.ReadThrough(t.Files, strings.TrimPrefix(value, "-"))
		lines = strings.Split(string(data), "\n")
	}
	if err != nil {
		return nil
	}
	for _, l := range lines {
		if name, _, ok := strings.Cut(strings.TrimSpace(l), "="); ok {
			names = append(names, strings.TrimSpace(name))
		}
	}
	return names
}
