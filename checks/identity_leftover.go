package checks

import (
	"context"
	"net/http"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/internal/jsondoc"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// RegistrationTokenAsToken is the token to register with in the place of the one
// that registering gives.
var RegistrationTokenAsToken = &Problem{
	ID: "registration-token-as-token", Title: "A registration token stands where the runner's token belongs", Status: Fail,
	Doc:      pageRegistrationTokenAsToken,
	CausedBy: []*Problem{PlaceholderValue},
}

// RegistrationTokenWeak is a registration token that others know, or can guess.
var RegistrationTokenWeak = &Problem{
	ID: "registration-token-weak", Title: "The registration token can be guessed", Status: Warn,
	Doc: pageRegistrationTokenWeak,
}

// RegistrationTokenLeftBehind is a registration token that nobody needs any more.
var RegistrationTokenLeftBehind = &Problem{
	ID: "registration-token-left-behind", Title: "The registration token was left where the runner is registered", Status: Warn,
	Doc: pageRegistrationTokenLeftBehind,
}

const (
	// oneTime begins the registration tokens of 2.18.7 and later that hold for one
	// runner and one hour.
	oneTime = "smrs_"
	// fileToken is where a registration token may stand, though no runner from
	// 2.10.26 on reads it there.
	fileToken = "/runner/registration_token"
	// typedToken is where the command line that the web UI offers leaves what was
	// typed.
	typedToken = "/tmp/config.runner.stdin"
)

// registrationAsToken judges the token of a runner from 2.10.26 on. What the
// server accepts is a token; of the shape alone nothing follows, but it explains
// why the server knows no such token.
func (t *Target) registrationAsToken(ctx context.Context, c *runner.Config, cr *runner.Credential) []Finding {
	from, same := t.asRegistration(c, cr.Token)
	once, formed := strings.HasPrefix(cr.Token.Reveal(), oneTime), runner.TokenShape(cr.Token.Reveal())
	switch {
	case cr.Next != runner.Polls || cr.Condition == runner.WrongFormat || cr.Condition == runner.Malformed:
		return nil
	case formed && !same:
		return nil
	}
	answer := t.answer(ctx)
	if answer == http.StatusOK || answer == http.StatusNoContent {
		return nil
	}
	f := Finding{
		Problem:  RegistrationTokenAsToken,
		Detail:   say.Textf("The server answers it 404 \"Runner not found\", once a second, for ever. A registration token only serves to register, which gives the runner a token of its own."),
		Evidence: []Evidence{{What: say.Textf("token %s", cr.Token), From: cr.TokenFrom}},
		Advice:   append([]say.Text{say.Textf("take it out there (%s)", cr.TokenFrom)}, t.registerAdvice(c)...),
	}
	switch {
	case once:
		f.Summary = say.Textf("the runner's token (%s) is a one-time registration token (%s…)", origin(cr), oneTime)
	case same:
		f.Summary = say.Textf("the runner's token (%s) is the registration token (%s)", origin(cr), from)
	case answer == http.StatusNotFound:
		f.Summary = say.Textf("the server does not know the runner's token (%s), which has not the form of one: 44 characters of base64, or 12 letters and digits", origin(cr))
		f.Advice = append([]say.Text{say.Textf("see whether the whole token is there, as the web UI showed it; if it is the registration token, take it out there (%s)", cr.TokenFrom)}, t.registerAdvice(c)...)
	default:
		return nil
	}
	if once || same {
		t.registeringWith(ctx, c, cr, cr.Token, &f)
	} else {
		t.registering(ctx, c, cr, &f)
	}
	return []Finding{f}
}

// answer is the status of what the server says to the token; 0 when it was not
// asked, or is not Semaphore.
func (t *Target) answer(ctx context.Context) int {
	if t.Offline {
		return 0
	}
	p, err := t.Probe(ctx)
	if err != nil || !p.Token.Answered() || p.Token.Status == http.StatusNotFound && !p.Unknown() {
		return 0
	}
	return p.Token.Status
}

// asRegistration reports where the registration token stands that is the same as
// token.
func (t *Target) asRegistration(c *runner.Config, token runner.Secret) (runner.Origin, bool) {
	for _, v := range t.registrationTokens(c) {
		if v.V.Equal(token) {
			return v.From, true
		}
	}
	return runner.Origin{}, false
}

// registrationTokens are those that stand somewhere here, read by the runner or
// not.
func (t *Target) registrationTokens(c *runner.Config) []runner.Value[runner.Secret] {
	vs := []runner.Value[runner.Secret]{c.Secret(runner.RegistrationToken)}
	if c.File != nil {
		for _, pointer := range []string{fileToken, "/runner_registration_token"} {
			if v := textAt(c, pointer); v != nil {
				vs = append(vs, runner.Value[runner.Secret]{V: t.Secrets.New(v.Text), From: c.File.Origin(pointer, v)})
			}
		}
	}
	if u := c.Path(runner.RegistrationTokenFile); u.V != "" && host.CanRead(t.Files, u.V, t.Install.As).OK() {
		data, _ := t.Files.ReadFile(t.real(u.V))
		vs = append(vs, runner.Value[runner.Secret]{V: t.Secrets.New(strings.TrimSpace(string(data))), From: runner.Origin{File: u.V}})
	}
	var set []runner.Value[runner.Secret]
	for _, v := range vs {
		if !v.V.Empty() {
			set = append(set, v)
		}
	}
	return set
}

// textAt is a text in the config that is not empty.
func textAt(c *runner.Config, pointer string) *jsondoc.Value {
	if c.File == nil {
		return nil
	}
	if v := c.File.Doc.Find(pointer); v != nil && v.Kind == jsondoc.String && v.Text != "" {
		return v
	}
	return nil
}

// weakTokens judges the registration token that this runner would use.
func (t *Target) weakTokens(c *runner.Config) []Finding {
	for _, v := range t.registrationTokens(c) {
		weak := weakness(v.V.Reveal())
		if weak.IsZero() {
			continue
		}
		return []Finding{{
			Problem:  RegistrationTokenWeak,
			Summary:  weak,
			Detail:   say.Textf("Who has it and reaches the server can register a runner there, and is given tasks with the keys that belong to them."),
			Evidence: []Evidence{{What: say.Textf("registration token %s", v.V), From: v.From}},
			Advice:   []say.Text{say.Textf("set runner_registration_token of the server (SEMAPHORE_RUNNER_REGISTRATION_TOKEN) to a random text, and here too if it is still needed: openssl rand -base64 32")},
		}}
	}
	return nil
}

// weakness is what makes a registration token easy to guess; zero when nothing does.
// Of a placeholder, config/keys says it.
func weakness(token string) say.Text {
	const sample, least = "H1wDyorbg6gTSwJlVwle2Fne", 16
	switch {
	case isPlaceholder(token):
	case token == sample:
		return say.Textf("the registration token is the one of Semaphore's sample files, which everybody knows")
	case token == "null":
		return say.Textf("the registration token is the word null, as templates write it that find nothing")
	case len(token) < least:
		return say.Textf("the registration token has %d characters: whoever tries will find it", len(token))
	}
	return say.Text{}
}
