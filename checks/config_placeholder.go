package checks

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// PlaceholderValue is a text left from documentation or from the web UI.
var PlaceholderValue = &Problem{
	ID: "placeholder-value", Title: "A value is a placeholder", Status: Fail,
	Doc: pagePlaceholderValue,
}

// placeholder is a text that nobody means: <...>, ***, "your runner's token",
// /path/to/..., "changeme", a template or a variable that nobody has filled in.
var placeholder = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(?:<[^<>]*>|\*{3,}|\.{3,}|…|x{4,}|` +
		`your(?:[ _-]|'s ).*|(?:\./|/)?path/to/.*|` +
		`(?:change|replace)[ _-]?(?:me|this)|(?:paste|insert|enter|put)[ _-].*|` +
		`\{\{.*\}\}|\$\{\w+\}|\$\w+)$`)
})

// hostPlaceholder is the same as the host of a URL.
var hostPlaceholder = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(?:https?://)?(?:<[^<>]*>|your[_-]?(?:server|semaphore|host|domain|ip)\b[^/:]*|\{\{.*\}\}|\$\{\w+\}|\*{3,})(?:[:/].*)?$`)
})

func isPlaceholder(s string) bool { return telltale(s) && placeholder().MatchString(s) }

// telltale reports whether a text has in it what placeholders have: letters of
// other alphabets, or one of the words and signs of the patterns above. Without
// them no check of a healthy runner has to compile those, which takes as long as
// all its other questions about the config.
func telltale(s string) bool {
	lower := strings.ToLower(s)
	return strings.ContainsFunc(s, func(r rune) bool { return r >= 0x80 }) || slices.ContainsFunc([]string{
		"<", "***", "...", "xxxx", "your", "path/to/", "change", "replace", "paste", "insert", "enter", "put", "{{", "$",
	}, func(part string) bool { return strings.Contains(lower, part) })
}

// placeholders looks at what says who and where the runner is.
func (k keys) placeholders() []Finding {
	var found []Finding
	for _, n := range []runner.Name{runner.ServerURL, runner.IdentityFile, runner.RunnerToken, runner.RegistrationToken, runner.RegistrationTokenFile, runner.PrivateKeyFile, runner.CAFile} {
		if v, secret := k.text(n); isPlaceholder(v.V) || n == runner.ServerURL && telltale(v.V) && hostPlaceholder().MatchString(v.V) {
			found = append(found, k.placeholder(n, v, secret))
		}
	}
	return found
}

// text is a setting, secret or not.
func (k keys) text(n runner.Name) (v runner.Value[string], secret bool) {
	if s := k.c.Secret(n); s.Set() {
		return runner.Value[string]{V: s.V.Reveal(), From: s.From, Shadows: s.Shadows}, true
	}
	return k.c.Text(n), false
}

func (k keys) placeholder(n runner.Name, v runner.Value[string], secret bool) Finding {
	f := Finding{
		Problem:  PlaceholderValue,
		Summary:  say.Textf("%s is a placeholder: %s", setter(v.From), v.V),
		Detail:   say.Textf("The runner takes the text as it is."),
		Evidence: []Evidence{{What: say.Verbatim(v.V), From: v.From}},
		Advice:   []say.Text{say.Textf("put the real value in its place (%s), or take it out", v.From)},
	}
	if secret {
		f.Summary = say.Textf("%s is a placeholder", setter(v.From))
		f.Evidence[0].What = say.Textf("text left from documentation or from the web UI")
	}
	if f.Explains = leadsTo(n); !k.used(n) {
		f.Status, f.Harmless = Warn, true
		k.dropPlaceholder(v.From, &f)
	}
	return f
}

// dropPlaceholder takes out what the runner does not go by.
func (k keys) dropPlaceholder(from runner.Origin, f *Finding) {
	edits := k.t.dropAt(k.c, from)
	if edits == nil || k.c.Version.Guessed() {
		return
	}
	f.Advice = nil
	f.Fix = &repair.Fix{Title: say.Textf("take %s out", setter(from)), Edits: edits, Safety: repair.Safe}
}

// leadsTo is what a placeholder in a setting shows itself as.
func leadsTo(n runner.Name) []*Problem {
	switch n {
	case runner.ServerURL:
		return []*Problem{URLMalformed, DNSFailure, ConnectionRefused, ConnectionTimeout, ConnectionFailed, ProxyInterferes, NotSemaphore}
	case runner.IdentityFile:
		return []*Problem{StateMissing, TokenMissing, StateDirMissing}
	case runner.RunnerToken:
		return []*Problem{TokenMalformed, RegistrationTokenAsToken, StateStale}
	case runner.RegistrationToken:
		return []*Problem{StateMissing, TokenMissing, RegistrationTokenMissing}
	case runner.PrivateKeyFile:
		return []*Problem{KeyMissing}
	}
	return []*Problem{} // nothing that has a name
}

// used reports whether this runner goes by the setting.
func (k keys) used(n runner.Name) bool {
	switch n {
	case runner.RunnerToken:
		return k.cr.TokenFrom == k.c.Secret(n).From
	case runner.RegistrationToken, runner.RegistrationTokenFile:
		return k.cr.Next == runner.Registers || k.cr.Token.Empty()
	case runner.PrivateKeyFile, runner.CAFile, runner.IdentityFile:
		return k.c.Text(n).Set()
	}
	return true
}
