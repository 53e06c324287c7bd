package checks

import (
	"context"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// ComposeStateNotMounted is an identity that goes with the container.
var ComposeStateNotMounted = &Problem{
	ID: "compose-state-not-mounted", Title: "The runner's identity is on no volume", Status: Fail,
	Doc: pageComposeStateNotMounted,
}

// ComposeEmptyVariable is a variable of the compose file that comes to nothing.
var ComposeEmptyVariable = &Problem{
	ID: "compose-empty-variable", Title: "A variable of the compose file is empty", Status: Warn,
	Doc: pageComposeEmptyVariable,
}

// ComposeUserMismatch is a directory of the host that belongs to another user
// than the container's.
var ComposeUserMismatch = &Problem{
	ID: "compose-user-mismatch", Title: "What is mounted belongs to another user than the container's", Status: Fail,
	Doc: pageComposeUserMismatch,
}

// ComposeUnpinnedImage is an image that is another one tomorrow.
var ComposeUnpinnedImage = &Problem{
	ID: "compose-unpinned-image", Title: "The image has no fixed version", Status: Warn,
	Doc: pageComposeUnpinnedImage,
}

// ContainerUserUnknown is a user of a container that has a number and no name there.
var ContainerUserUnknown = &Problem{
	ID: "container-user-unknown", Title: "Nobody in the container has its user's number", Status: Warn,
	Doc: pageContainerUserUnknown,
}

// boxes are what a unit or a compose file gets wrong about the places a runner
// writes to.
func boxes() []*Problem { return []*Problem{UnitSandbox, ComposeUserMismatch, ComposeStateNotMounted} }

// HostContainer finds out whether a compose service gives its runner what it
// needs.
var HostContainer = &Check{
	ID:       "host/container",
	Title:    "The container keeps what the runner needs",
	Problems: []*Problem{ComposeUserMismatch, ComposeStateNotMounted, ComposeEmptyVariable, ContainerUserUnknown, ComposeUnpinnedImage},
	About:    func(t *Target) bool { return t.Install.Container != nil },
	Run:      hostContainer,
}

func hostContainer(ctx context.Context, t *Target) ([]Finding, error) {
	c, cr, err := t.identity(ctx)
	found := slices.Concat(t.emptyVariables(c, cr), t.nameless(c), t.unpinned())
	if t.away(ctx) != nil && !t.Offline {
		found = append(found, note("the server was not asked; semadoctor can ask it in the container: %s", t.inside()))
	}
	if err != nil { // the config says where the identity is; config/… say what is wrong with it
		return append(t.unreadableMount(ctx), found...), t.strange(ctx, nil, nil)
	}
	if mismatch := t.mismatches(c, cr); mismatch != nil {
		return append(mismatch, found...), nil
	}
	return append(t.unkept(c, cr), found...), t.strange(ctx, c, cr)
}

// emptyVariables are the variables of the caller's that come to nothing, of
// those that matter to a runner.
func (t *Target) emptyVariables(c *runner.Config, cr *runner.Credential) []Finding {
	var found []Finding
	var names []string
	s := t.Install.Service
	if s == nil {
		return t.notHandedOn(c, cr)
	}
	for _, u := range s.Unset {
		what := say.Textf("%s is %s", u.For, quoted(u))
		if u.Left == "" {
			what = say.Textf("%s is set to nothing", u.For)
		}
		names = append(names, u.For)
		found = append(found, Finding{
			Problem:  ComposeEmptyVariable,
			Summary:  say.Textf("nothing stands for ${%s} in %s: %s", u.Name, u.At, what),
			Detail:   t.comesToNothing(u),
			Evidence: []Evidence{written(u.At, say.Textf("%s, as written with ${%s}", u.For, u.Name))},
			Advice:   []say.Text{emptyAdvice(s, u.Name)},
		})
	}
	for _, name := range s.Variables() {
		if v, ok := s.Var(name); !ok && v.Passed && strings.HasPrefix(name, "SEMAPHORE_") {
			names = append(names, name)
			found = append(found, notPassed(s, v))
		}
	}
	for i := range found {
		found[i].Explains = suffers(c, cr, names[i])
		found[i].Harmless = len(found[i].Explains) == 0
		if v := t.Install.Env[names[i]]; hides(c, cr, names[i]) && v.V == "" {
			t.unset(c, v.From, &found[i])
		}
	}
	return found
}

// comesToNothing is what an empty variable means, for Semaphore or for Docker: bash has
// a UID of its own, and does not export it.
func (t *Target) comesToNothing(u host.Unset) say.Text {
	if user, _, _ := strings.Cut(u.Left, ":"); u.For == "user" && user == "" {
		return say.Textf("docker compose puts nothing in the place of a variable that is neither in its own environment nor in the .env beside the file; a shell may have UID and not hand it on. Docker takes what is left for root: what the runner writes belongs to root.")
	}
	return say.Textf("docker compose puts nothing in the place of a variable that is neither in its own environment nor in the .env beside the file. For Semaphore a variable that is set to nothing is set: it hides what a config or a default would say.")
}

// written is what stands at a place of a file.
func written(at host.Place, what say.Text) Evidence {
	return Evidence{What: what, From: runner.Origin{File: at.File, Line: at.Line}}
}

// quoted is what is left of a text, if no secret can be in it: a login of a URL,
// or anything in an object.
func quoted(u host.Unset) say.Text {
	if runner.SecretKey(u.For) || strings.ContainsAny(u.Left, "@{") {
		return say.Textf("only a part of what it should be")
	}
	return say.Textf("\"%s\"", u.Left)
}

func emptyAdvice(s *host.Service, name string) say.Text {
	return say.Textf("put %s=… into %s, or take the line out if it is not needed; see what comes out: %s config %s", name, envFileOf(s), s.Compose.Call(), say.Shell(s.Name))
}

// suffers lists what a runner comes to when a variable of its environment is
// empty: the setting is missing, half a URL is none, and where a number is
// wanted nothing is not one.
func suffers(c *runner.Config, cr *runner.Credential, variable string) []*Problem {
	if c == nil {
		return nil
	}
	for _, s := range runner.SettingsOf(c.Era) {
		switch {
		case s.Env != variable:
		case s.Name == runner.ServerURL:
			return append(wants(c, cr, s.Name), EmptyEnvOverrides, URLMalformed)
		default:
			return append(wants(c, cr, s.Name), EmptyEnvOverrides, BadValue, EnvType)
		}
	}
	return nil
}

// hides reports whether a variable that is empty takes a value of the config away
// without which the runner cannot work.
func hides(c *runner.Config, cr *runner.Credential, variable string) bool {
	if c == nil || c.File == nil {
		return false
	}
	for _, s := range runner.SettingsOf(c.Era) {
		if v, _ := (keys{c: c, cr: cr}).text(s.Name); s.Env == variable && wants(c, cr, s.Name) != nil && inFile(c, v) != nil {
			return true
		}
	}
	return false
}

// notPassed is a variable that is only named, for the shell to fill in.
func notPassed(s *host.Service, v host.ServiceVar) Finding {
	return Finding{
		Problem:  ComposeEmptyVariable,
		Summary:  say.Textf("%s is handed on in %s, and there is nothing to hand on", v.Name, v.At),
		Detail:   say.Textf("A name without a value takes its value from the environment of docker compose or from the .env beside the file. It is in neither: the container does not have the variable."),
		Evidence: []Evidence{written(v.At, say.Verbatim(v.Name))},
		Advice:   []say.Text{emptyAdvice(s, v.Name)},
	}
}

// inService is what is to be done about a missing token in the compose file. It
// comes before the advice for a config, and takes the place of the advice to
// register where there is none: what a container writes goes with it.
func (t *Target) inService(c *runner.Config, f Finding) Finding {
	s := t.Install.Service
	if s == nil {
		return t.inContainer(c, f)
	}
	advice := []say.Text{say.Textf("make the runner in the web UI, and below the service in %s put its token into environment: as SEMAPHORE_RUNNER_TOKEN, or into a file that is mounted and that SEMAPHORE_RUNNER_TOKEN_FILE names", s.At)}
	if key, ok := runner.SettingOf(c.Era, runner.PrivateKeyFile); ok && c.Path(runner.PrivateKeyFile).V == "" {
		advice = append(advice, say.Textf("the web UI shows a private key with it: mount that, too, and let %s name it", key.Env))
	}
	if c.File != nil {
		advice = append(advice, f.Advice...)
	}
	f.Advice = advice
	return f
}

func envFileOf(s *host.Service) string { return host.Join(dirOf(s.Compose.File), ".env") }

// unpinned is an image without a version, if one is named at all.
func (t *Target) unpinned() []Finding {
	s := t.Install.Container
	i := runner.ParseImage(s.Image.Text)
	if i.Ref == "" || t.Install.Service != nil && t.Install.Service.Built || i.Pinned() {
		return nil
	}
	f := Finding{
		Problem:  ComposeUnpinnedImage,
		Summary:  say.Textf("the image %s has no fixed version", i.Ref),
		Detail:   say.Textf("The next \"docker compose pull\" may bring a runner that reads other settings, or that the server does not understand: from 2.10.26 on they have other names, from 2.10.28 on the image reads no config file. What is said here is about the newest release."),
		Evidence: []Evidence{written(s.Image.At, say.Verbatim(i.Ref))},
		Advice:   []say.Text{say.Textf("name the release that the server has: image: %s:vX.Y.Z", i.Repo)},
	}
	if t.Install.Service == nil {
		f.Detail = say.Textf("The next pull may bring a runner that reads other settings, or that the server does not understand: from 2.10.26 on they have other names, from 2.10.28 on the image reads no config file. What is said here is about the newest release.")
		f.Advice = []say.Text{say.Textf("name the release that the server has: %s:vX.Y.Z", i.Repo)}
	}
	return []Finding{f}
}
