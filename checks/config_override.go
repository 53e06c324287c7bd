package checks

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/semadoctor/semadoctor/internal/jsondoc"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// ShadowedValue is a value in the config that the environment overrides with
// another.
var ShadowedValue = &Problem{
	ID: "shadowed-value", Title: "The environment overrides a different value", Status: Warn,
	Doc: pageShadowedValue,
}

// EmptyEnvOverrides is a variable that is set to nothing, and so takes a value
// of the config away.
var EmptyEnvOverrides = &Problem{
	ID: "empty-env-overrides", Title: "An empty variable takes a value away", Status: Fail,
	Doc:      pageEmptyEnvOverrides,
	CausedBy: []*Problem{ComposeEmptyVariable},
}

// overrides are the settings that stand in the config with one value and in the
// environment with another. Up to 2.9.18 no variable is read; Shadows are empty
// then.
func (t *Target) overrides(c *runner.Config, cr *runner.Credential) []Finding {
	var found []Finding
	for _, s := range runner.SettingsOf(c.Era) {
		v, _ := keys{c: c, cr: cr}.text(s.Name)
		in := inFile(c, v)
		if in == nil || alike(s.Kind, in, v.V) {
			continue
		}
		switch env := c.Install.Env[s.Env]; {
		case env.V != "":
			found = append(found, shadowed(c, s, env, in))
		case s.Default == "" || s.Name == runner.TmpPath:
			found = append(found, t.blanked(c, cr, s, env, in))
		}
	}
	return found
}

// inFile is what the config says of a value that the environment has overridden;
// nil when it says nothing.
func inFile(c *runner.Config, v runner.Value[string]) *jsondoc.Value {
	at := slices.IndexFunc(v.Shadows, func(o runner.Origin) bool { return o.Pointer != "" })
	if at < 0 || c.File == nil {
		return nil
	}
	in := c.File.Doc.Find(v.Shadows[at].Pointer)
	if in == nil || vacant(in) {
		return nil
	}
	return in
}

// alike reports whether the text of a variable means what stands in the config.
func alike(k runner.Kind, in *jsondoc.Value, text string) bool {
	switch k {
	case runner.Number:
		a, errA := strconv.Atoi(in.Text)
		b, errB := strconv.Atoi(text)
		return errA == nil && errB == nil && a == b
	case runner.Truth:
		return (in.Text == "true") == slices.Contains([]string{"1", "true", "yes"}, strings.ToLower(text))
	case runner.List, runner.Object, runner.Map:
		doc, err := jsondoc.Parse([]byte(text))
		return err == nil && doc.JSON() == in.JSON()
	}
	return in.Text == text
}

func shadowed(c *runner.Config, s runner.Setting, env runner.Value[string], in *jsondoc.Value) Finding {
	from := c.File.Origin(s.Pointer, in)
	f := Finding{
		Problem: ShadowedValue,
		Summary: say.Textf("%s overrides %s with another value", env.From, from),
		Detail:  say.Textf("The environment goes before the config, in every version that reads both. Whoever edits the config will see no effect."),
		Evidence: []Evidence{
			{What: say.Textf("%s, which counts", valueOf(s, env.V)), From: env.From},
			{What: say.Textf("%s, which does not", valueOf(s, in.Text)), From: from},
		},
		Advice: []say.Text{say.Textf("keep one of the two, or make them the same")},
	}
	return f
}

// valueOf is a value as it may be shown: no secret, and no more than a line.
func valueOf(s runner.Setting, text string) say.Text {
	switch {
	case s.Secret, runner.SecretKey(s.Key()):
		return say.Textf("a secret")
	case s.Kind == runner.Object: // which may hold secrets of its own
		return say.Textf("another value")
	case strings.Contains(text, "@"): // a URL may have a password in it
		if u, err := url.Parse(text); err == nil {
			return say.Verbatim(runner.ShownURL(u))
		}
		return say.Textf("another value")
	case text == "" || strings.ContainsAny(text, "\r\n"):
		return say.Textf("another value")
	}
	return say.Verbatim(text)
}

// blanked was observed on 2.10.32: a variable counts by being there.
func (t *Target) blanked(c *runner.Config, cr *runner.Credential, s runner.Setting, env runner.Value[string], in *jsondoc.Value) Finding {
	from := c.File.Origin(s.Pointer, in)
	f := Finding{
		Problem:  EmptyEnvOverrides,
		Summary:  say.Textf("%s is set to nothing, and takes %s away", env.From, from),
		Detail:   say.Textf("A variable counts by being set, to whatever: the runner goes on as if the config had no such value."),
		Evidence: []Evidence{{What: say.Textf("\"\""), From: env.From}, {What: say.Verbatim(s.Key()), From: from}},
		Explains: wants(c, cr, s.Name),
		Advice:   []say.Text{say.Textf("take %s out of the environment, or give it its value: NAME= and NAME: \"\" in a unit, an env file or a compose file set it", s.Env)},
	}
	if f.Explains == nil {
		f.Status, f.Harmless = Warn, true
		return f
	}
	t.unset(c, env.From, &f)
	return f
}

// unset takes an empty variable out of what starts the runner.
func (t *Target) unset(c *runner.Config, from runner.Origin, f *Finding) {
	edits := t.dropAt(c, from)
	if t.Install.Unit != nil && t.ofUnit(from) {
		edits = t.unitUnset(from.Env)
	}
	if edits == nil {
		return
	}
	f.Fix = &repair.Fix{Title: say.Textf("take %s out", from), Edits: edits, Safety: repair.Safe}
	f.Advice = t.Restart()
}
