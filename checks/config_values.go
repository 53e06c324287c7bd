package checks

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/semadoctor/semadoctor/internal/jsondoc"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// BadValue is a value of a type on which the runner panics.
var BadValue = &Problem{
	ID: "bad-value", Title: "A value the runner panics on", Status: Fail,
	Doc:      pageBadValue,
	CausedBy: []*Problem{KubernetesServiceEnv, ComposeEmptyVariable},
}

// ConfigValues finds out whether the runner can take every value.
var ConfigValues = &Check{
	ID:       "config/values",
	Title:    "Every value is one the runner can take",
	Problems: []*Problem{KubernetesServiceEnv, EnvType, BadValue},
	Requires: []*Check{ConfigDecodes},
	Run:      configValues,
}

func configValues(ctx context.Context, t *Target) ([]Finding, error) {
	c, err := t.Config(ctx)
	if err != nil {
		return nil, err
	}
	var found []Finding
	for _, m := range c.Mismatches {
		if m.From.Env != "" {
			found = append(found, badVariable(c, m))
		} else {
			found = append(found, badValue(m))
		}
	}
	for _, b := range c.Broken {
		if isServiceLink(b) {
			found = append(found, serviceLink(b))
		}
		found = append(found, brokenRule(c, b))
	}
	return found, nil
}

// brokenRule was observed on 2.9.37 and 2.10.32.
func brokenRule(c *runner.Config, b runner.Broken) Finding {
	s, v := b.Setting, b.Value
	f := Finding{
		Problem:  BadValue,
		Summary:  say.Textf("%s must match %s, and is %q", setter(v.From), s.Rule, v.V),
		Detail:   say.Textf("The runner panics with \"value of field '%s' is not valid: %s (Must match regex: '%s')\", exit status 2.", s.Field, v.V, s.Rule),
		Evidence: []Evidence{{What: say.Verbatim(s.Key()), From: v.From}},
		Advice:   []say.Text{say.Textf("set %s to %s, or do not set it at all", setter(v.From), goodValue(s))},
	}
	switch {
	case !v.Set():
		f.Summary = say.Textf("%s is not set, and must match %s", s.Key(), s.Rule)
		f.Advice = []say.Text{say.Textf("add \"%s\": \"%s\" to %s: the runner opens no database, and insists on its name all the same", s.Key(), goodValue(s), configPath(c))}
	case s.Name == runner.Dialect && strings.Contains(v.V, "bolt"):
		f.Detail = say.Textf("%s BoltDB is gone from 2.19 on; the config is one for an older version.", f.Detail)
	}
	f.Alone = !isServiceLink(b)
	return f
}

// goodValue is what a runner does without.
func goodValue(s runner.Setting) string {
	if s.Default == "" {
		return "bolt" // the dialect in 2.9.19 to 2.9.40
	}
	return s.Default
}

func badValue(m runner.Mismatch) Finding {
	return Finding{
		Problem:  BadValue,
		Alone:    true,
		Summary:  say.Textf("%s must be %s, and is %s", m.Setting.Key(), wanted(m.Setting.Kind), got(m)),
		Detail:   say.Textf("The runner says \"Could not decode configuration!\" and panics with \"json: cannot unmarshal …\", exit status 2."),
		Evidence: []Evidence{{What: say.Verbatim(m.Setting.Key()), From: m.From}},
		Advice:   []say.Text{say.Textf("in line %d of %s, %s", m.From.Line, m.From.File, instead(m))},
	}
}

// jsonList is a list as people write one, a,b, as Semaphore reads it.
func jsonList(text string) string {
	words := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,;[]\"'", r) })
	if len(words) == 0 {
		words = []string{"a", "b"}
	}
	list, _ := json.Marshal(words) // texts always can be
	return string(list)
}

// badVariable does not show what an object holds: there may be secrets in it.
func badVariable(c *runner.Config, m runner.Mismatch) Finding {
	f := Finding{
		Problem:  EnvType,
		Summary:  say.Textf("%s must be %s, and is %s", m.From, wanted(m.Setting.Kind), m.Got),
		Detail:   say.Textf("The runner panics with \"invalid character … looking for beginning of value\", exit status 2."),
		Evidence: []Evidence{{What: say.Verbatim(m.Setting.Key()), From: m.From}},
		Advice:   []say.Text{say.Textf("write %s as JSON, or do not set it at all", m.From.Env)},
	}
	if c.Era.Legacy() {
		f.Problem, f.Alone = BadValue, true
	}
	switch m.Setting.Kind {
	case runner.Number:
		f.Detail = say.Textf("The runner panics with \"strconv.Atoi: parsing %s: invalid syntax\", exit status 2. A variable that is set overrides the file, even when it is set to nothing.", m.Got)
		f.Advice = []say.Text{say.Textf("set %s to a whole number, or do not set it at all", m.From.Env)}
	case runner.List:
		text := c.Install.Env[m.From.Env].V
		f.Advice = []say.Text{say.Textf("write %s as JSON: %s", m.From.Env, jsonList(text))}
		if c.Install.Unit != nil && strings.HasPrefix(text, "[") && !strings.Contains(text, "]") { // semaphoreui/semaphore#2464
			f.Detail = say.Textf("It ends too early: to systemd a blank is the end of an assignment that is not in quotes. The runner panics with \"unexpected end of JSON input\", exit status 2.")
			f.Advice = []say.Text{say.Textf("put the whole assignment in single quotes: Environment='%s=[\"A\", \"B\"]'", m.From.Env)}
		}
	case runner.Object, runner.Map:
		f.Summary = say.Textf("%s must be %s, and is not JSON", m.From, wanted(m.Setting.Kind))
	}
	return f
}

// wanted names a kind of setting.
func wanted(k runner.Kind) say.Text {
	switch k {
	case runner.Number:
		return say.Textf("a whole number")
	case runner.Truth:
		return say.Textf("true or false")
	case runner.List:
		return say.Textf("a list of texts")
	case runner.Map:
		return say.Textf("an object of texts")
	case runner.Object:
		return say.Textf("an object")
	}
	return say.Textf("a text")
}

// got names what stands in the file instead.
func got(m runner.Mismatch) say.Text {
	switch kind := jsondoc.Kind(m.Got); {
	case kind == jsondoc.Number && m.Setting.Kind == runner.Number:
		return say.Textf("another number")
	case kind == jsondoc.Number:
		return say.Textf("a number")
	case kind == jsondoc.Bool:
		return say.Textf("true or false")
	case kind == jsondoc.Array && m.Setting.Kind == runner.List:
		return say.Textf("a list of something else")
	case kind == jsondoc.Array:
		return say.Textf("a list")
	case kind == jsondoc.Object && m.Setting.Kind == runner.Map:
		return say.Textf("an object of something else")
	case kind == jsondoc.Object:
		return say.Textf("an object")
	}
	return say.Textf("a text")
}

// instead says how to write it.
func instead(m runner.Mismatch) say.Text {
	switch k := m.Setting.Kind; {
	case k == runner.Text:
		return say.Textf("write the value in quotes")
	case m.Got == string(jsondoc.String) && (k == runner.Number || k == runner.Truth):
		return say.Textf("write the value without quotes")
	}
	return say.Textf("write %s", wanted(m.Setting.Kind))
}
