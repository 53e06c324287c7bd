package checks

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// URLMissing is a runner that nobody told where its server is.
var URLMissing = &Problem{
	ID: "url-missing", Title: "No server URL is set", Status: Fail,
	Doc:      pageURLMissing,
	CausedBy: append(unread(), ConfigClobbered),
}

// URLMalformed is a server URL that is no URL.
var URLMalformed = &Problem{
	ID: "url-malformed", Title: "The server URL is not a URL", Status: Fail,
	Doc:      pageURLMalformed,
	CausedBy: []*Problem{PlaceholderValue, ComposeEmptyVariable},
}

// URLTrailingSlash is a server URL that ends in a slash.
var URLTrailingSlash = &Problem{
	ID: "url-trailing-slash", Title: "The server URL ends in a slash", Status: Fail,
	Doc: pageURLTrailingSlash,
}

// URLAPISuffix is /api where it must not be, or none where it must.
var URLAPISuffix = &Problem{
	ID: "url-api-suffix", Title: "The server URL has /api where it must not, or lacks it", Status: Fail,
	Doc: pageURLAPISuffix,
}

// ServerURL finds out whether the server's URL is one the runner can use.
var ServerURL = &Check{
	ID:       "server/url",
	Title:    "The server URL has the form this version needs",
	Problems: []*Problem{URLMissing, URLMalformed, URLTrailingSlash, URLAPISuffix, URLLocalInContainer, URLPlainHTTP},
	Requires: []*Check{ConfigDecodes, ConfigValues},
	Run:      serverURL,
}

func serverURL(ctx context.Context, t *Target) ([]Finding, error) {
	c, err := t.Config(ctx)
	if err != nil {
		return nil, err
	}
	s := runner.NewServer(c)
	switch {
	case errors.Is(s.Err, runner.ErrNoURL):
		return one(urlMissing(c, s))
	case s.Err != nil:
		return one(t.urlMalformed(c, s))
	}
	var found []Finding
	if s.Slash() {
		found = append(found, t.mendURL(c, s, t.slash(ctx, c, s)))
	}
	if s.WrongAPI() {
		found = append(found, t.mendURL(c, s, apiSuffix(c, s)))
	}
	found = append(found, t.localInContainer(ctx, s)...)
	return append(found, t.plainHTTP(ctx, s)...), nil
}

// slash is about one too many. Some proxies take it out, like nginx with a path in
// its proxy_pass: there the runner is well as long as they do.
func (t *Target) slash(ctx context.Context, c *runner.Config, s *runner.Server) Finding {
	f := Finding{
		Problem: URLTrailingSlash,
		Summary: say.Textf("the server URL ends in a slash, or has two in a row: %s", s),
		Detail:  slashDetail(c.Version),
	}
	if t.Offline {
		return f
	}
	if p, err := t.asked(ctx); err == nil && p.Accepted() {
		f.Status = Warn
		f.Detail = say.Textf("A proxy in front of the server takes it out, and the runner works. Semaphore itself answers 301, with which it would not.")
	}
	return f
}

// slashDetail was observed on 2.9.58, 2.10.22 and 2.10.32: one task ran 7 to 8
// times in 45 s. 2.20 is read in source, 2026.
func slashDetail(v runner.Version) say.Text {
	switch {
	case v.Era.Before(runner.E7):
		return say.Textf("The server answers 301, which turns the runner's PUT and POST into GET: registering fails, and results never reach the server, so that one task is run again and again. Nothing is logged about it.")
	case v.Guessed():
		return say.Textf("The server answers 301. Up to 2.19 that turns the runner's PUT and POST into GET: results never reach the server, and one task is run again and again. From 2.20 on the runner says \"runner API redirects are not allowed\".")
	}
	return say.Textf("The server answers 301, and the runner refuses it: \"runner API redirects are not allowed\".")
}

func apiSuffix(c *runner.Config, s *runner.Server) Finding {
	if c.Era.Legacy() {
		return Finding{
			Problem: URLAPISuffix,
			Summary: say.Textf("runner.api_url must end in /api: %s", s),
			Detail:  say.Textf("Without it the server answers with its web page: \"invalid character '<' looking for beginning of value\"."),
		}
	}
	return Finding{
		Problem: URLAPISuffix,
		Summary: say.Textf("web_host must end before /api: %s", s),
		Detail:  say.Textf("From 2.10.26 on the runner adds /api/internal/runners by itself; the server answers 404 \"Not Found\" to the doubled path."),
	}
}

// mendURL rewrites the URL where it stands in the config.
func (t *Target) mendURL(c *runner.Config, s *runner.Server, f Finding) Finding {
	f.Evidence = []Evidence{{What: say.Verbatim(s.String()), From: s.Given.From}}
	return t.setServer(c, s, f, s.Mended())
}

// setServer proposes a URL. What is said of it has no password in it.
func (t *Target) setServer(c *runner.Config, s *runner.Server, f Finding, to string) Finding {
	shown := to
	if u, err := url.Parse(to); err == nil {
		shown = runner.ShownURL(u)
	}
	setting, _ := runner.SettingOf(c.Era, runner.ServerURL)
	from := s.Given.From
	switch edits := t.setAt(c, from, to); {
	case edits != nil && from.Env != "":
		f.Fix = &repair.Fix{Title: say.Textf("set %s to %s", t.standsAt(from), shown), Edits: edits, Safety: repair.Safe}
		f.Advice = append(f.Advice, t.Restart()...)
	case edits != nil:
		f.Fix = &repair.Fix{Title: say.Textf("set %s to %s", setting.Key(), shown), Edits: edits, Safety: repair.Safe}
	case from.Pointer != "":
		f.Advice = append(f.Advice, say.Textf("in line %d of %s, set %s to %s", from.Line, from.File, setting.Key(), shown))
	default:
		f.Advice = append(f.Advice, say.Textf("set %s to %s", from, shown))
	}
	return f
}

// setter is what sets a value, as its owner calls it.
func setter(from runner.Origin) say.Text {
	if from.Pointer != "" {
		return say.Verbatim(runner.Dotted(from.Pointer))
	}
	return from.Text()
}

func urlMissing(c *runner.Config, s *runner.Server) Finding {
	setting, _ := runner.SettingOf(c.Era, runner.ServerURL)
	f := Finding{
		Problem: URLMissing,
		Summary: say.Textf("no server URL is set: %s is missing or empty", c.Calls(setting)),
		Detail:  say.Textf("The runner asks a server without a name and says \"unsupported protocol scheme\", again and again."),
		Advice:  []say.Text{say.Textf("set %s to %s", c.Calls(setting), exampleURL(c.Era))},
	}
	if s.Given.From.Env != "" {
		f.Summary = say.Textf("no server URL is set: %s is set to nothing, which counts", s.Given.From)
		f.Advice = []say.Text{say.Textf("set %s to %s, or do not set it", s.Given.From, exampleURL(c.Era))}
	}
	if s.Given.Set() {
		f.Evidence = []Evidence{{What: say.Textf("\"\""), From: s.Given.From}}
	}
	for _, from := range misnamed(c) {
		f.Advice = append(f.Advice, say.Textf("%s is not read by this version", from))
	}
	return f
}

// misnamed lists where a URL stands under a name that means it elsewhere: in
// other versions, on the server, or in guides alone (semaphoreui/semaphore#3175).
func misnamed(c *runner.Config) (all []runner.Origin) {
	setting, _ := runner.SettingOf(c.Era, runner.ServerURL)
	for _, name := range []string{"SEMAPHORE_RUNNER_API_URL", "SEMAPHORE_WEB_ROOT", "SEMAPHORE_WEB_HOST", "SEMAPHORE_SERVER_URL"} {
		if v := c.Install.Env[name]; v.V != "" && name != setting.Env {
			all = append(all, v.From)
		}
	}
	for _, pointer := range []string{"/runner/api_url", "/web_host", "/runner/web_host", "/server"} {
		if c.File == nil || pointer == setting.Pointer {
			continue
		}
		if v := c.File.Doc.Find(pointer); v != nil && v.Text != "" {
			all = append(all, c.File.Origin(pointer, v))
		}
	}
	return all
}

func exampleURL(era runner.Era) string {
	if era.Legacy() {
		return "http://HOST:3000/api"
	}
	return "http://HOST:3000"
}

// urlMalformed mends what leaves nothing to choose.
func (t *Target) urlMalformed(c *runner.Config, s *runner.Server) Finding {
	f := Finding{
		Problem:  URLMalformed,
		Summary:  say.Textf("the server URL %q is not one a runner can use: %s", s.String(), s.Err),
		Detail:   malformedDetail(s),
		Evidence: []Evidence{{What: say.Textf("%q", s.String()), From: s.Given.From}},
	}
	if trimmed, ok := s.Trimmed(); ok {
		return t.setServer(c, s, f, trimmed)
	}
	f.Advice = []say.Text{say.Textf("write it with scheme, host and port: %s", likelyURL(s))}
	return f
}

// likelyURL is what was probably meant, for a person to look at; or an example.
func likelyURL(s *runner.Server) string {
	meant, _, _ := strings.Cut(strings.TrimSpace(s.String()), "#")
	meant, _, _ = strings.Cut(meant, "?")
	if !strings.Contains(meant, ":/") {
		meant = "http://" + meant
	}
	guess := runner.Server{Given: runner.Value[string]{V: meant}, Era: s.Era}
	mended, ok := guess.Trimmed()
	if u, err := url.Parse(mended); !ok || err != nil || u.Port() == "" || u.User != nil {
		return exampleURL(s.Era)
	}
	return mended
}

func malformedDetail(s *runner.Server) say.Text {
	switch text, crashes := s.Complaint(); {
	case crashes && s.Era.Before(runner.E6):
		return say.Textf("The runner crashes while it reads its config, with \"invalid memory address or nil pointer dereference\", exit status 2 (observed on 2.10.32 with an address and port).")
	case crashes:
		return say.Textf("The runner panics while it reads its config, with what it finds wrong with the URL.")
	case text != "":
		return say.Textf("The runner says \"%s\", again and again; it does not exit.", text)
	}
	return say.Textf("The runner asks another path than it means to, and understands none of the answers.")
}
