package checks

import (
	"context"
	"strings"

	"github.com/semadoctor/semadoctor/internal/jsondoc"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// LegacyKey is a key that only older versions read.
var LegacyKey = &Problem{
	ID: "legacy-key", Title: "A key that only older versions read", Status: Fail,
	Doc: pageLegacyKey,
}

// FutureKey is a key that only newer versions read.
var FutureKey = &Problem{
	ID: "future-key", Title: "A key that only newer versions read", Status: Warn,
	Doc: pageFutureKey,
}

// TokenIgnored is a token in the config of a version that does not read it there.
var TokenIgnored = &Problem{
	ID: "token-ignored", Title: "The token in the config is not read", Status: Fail,
	Doc: pageTokenIgnored,
}

// RegistrationTokenIgnored is a registration token where no version from 2.10.26
// on reads it.
var RegistrationTokenIgnored = &Problem{
	ID: "registration-token-ignored", Title: "The registration token in the config is not read", Status: Fail,
	Doc:      pageRegistrationTokenIgnored,
	CausedBy: []*Problem{LegacyKey}, // the whole config is one for an older version
}

// ConfigKeys finds out whether what stands in the config is read at all.
var ConfigKeys = &Check{
	ID:       "config/keys",
	Title:    "Every key of the config is one that this version reads",
	Problems: []*Problem{LegacyKey, TokenIgnored, RegistrationTokenIgnored, PlaceholderValue, UnknownKey, FutureKey, ServerOnlyKey},
	Requires: []*Check{ConfigDecodes},
	Run:      configKeys,
}

func configKeys(ctx context.Context, t *Target) ([]Finding, error) {
	c, cr, err := t.identity(ctx)
	if err != nil {
		return nil, err
	}
	k := keys{t, c, cr}
	found := k.placeholders()
	if c.File == nil {
		return found, nil
	}
	for _, object := range []string{"", "/runner", "/runner/connection"} {
		v := c.File.Doc.Find(object)
		if v == nil {
			continue
		}
		for _, m := range v.Members {
			if f, ok := k.judge(object+"/"+jsondoc.Escape(m.Key), m); ok {
				found = append(found, f)
			}
		}
	}
	return append(found, k.serverOnly()...), nil
}

// keys judges the keys of one config, by what the runner is in want of.
type keys struct {
	t  *Target
	c  *runner.Config
	cr *runner.Credential
}

// judge is about one member of the config, of its runner object or of its
// connection. An empty value sets nothing under any name.
func (k keys) judge(pointer string, m jsondoc.Member) (Finding, bool) {
	rows := runner.SettingsAt(pointer)
	switch {
	case vacant(m.Value), remark(m.Key):
	case !runner.KnownKey(pointer):
		if strings.EqualFold(pointer, "/token") && k.c.Era.Legacy() {
			return Finding{}, false // a config that is a state as well
		}
		return k.unknown(pointer, m), true
	case len(rows) == 0, k.read(rows):
	case strings.EqualFold(pointer, configToken) && !k.c.Era.Legacy():
		return k.tokenIgnored(pointer, m), true
	case strings.EqualFold(pointer, "/runner/registration_token"):
		return k.registrationTokenIgnored(pointer, m), true
	case rows[len(rows)-1].Last.Before(k.c.Era) && rows[len(rows)-1].Last != "":
		return k.legacy(pointer, m, rows[len(rows)-1]), true
	case k.c.Era.Before(runner.E6) && k.runners(pointer):
		return k.future(pointer, m, rows[0]), true
	}
	return Finding{}, false
}

// read reports whether this version reads a key.
func (k keys) read(rows []runner.Setting) bool {
	for _, s := range rows {
		if k.c.Era.Within(s.First, s.Last) {
			return true
		}
	}
	return false
}

// runners reports whether a key is the runner's and not the server's too: the
// web_host that a legacy runner has from its server's config means nothing to
// it, unless it is all there is.
func (k keys) runners(pointer string) bool {
	return strings.Count(pointer, "/") > 1 || strings.EqualFold(pointer, "/web_host") && k.c.Text(runner.ServerURL).V == ""
}

// vacant is a value that sets nothing.
func vacant(v *jsondoc.Value) bool {
	return v.Kind == jsondoc.Null || v.Kind == jsondoc.String && v.Text == "" ||
		(v.Kind == jsondoc.Object || v.Kind == jsondoc.Array) && len(v.Members)+len(v.Elems) == 0
}

// remark is a key that people put comments or YAML's anchors under.
func remark(key string) bool {
	lower := strings.ToLower(key)
	for _, begins := range []string{"_", "//", "#", "$", "x-", "comment"} {
		if strings.HasPrefix(lower, begins) {
			return true
		}
	}
	return false
}

// about is what all findings about a key have in common: it explains what the
// runner is in want of, and warns where it is in want of nothing.
func (k keys) about(p *Problem, pointer string, m jsondoc.Member, sets runner.Name) Finding {
	f := Finding{
		Problem:  p,
		Evidence: []Evidence{{What: say.Verbatim(runner.Dotted(pointer)), From: k.c.File.Origin(pointer, m.Value)}},
		Explains: wants(k.c, k.cr, sets),
	}
	if f.Explains == nil {
		f.Status, f.Harmless = Warn, true
	}
	return f
}
