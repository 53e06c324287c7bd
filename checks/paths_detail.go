package checks

import (
	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// collisionDetail says what a runner of this era does with two of its files in
// one place. All of it was observed on 2.9.37, 2.9.40-beta, 2.9.58, 2.9.64,
// 2.10.22 and 2.10.32, the keys of E5 read in source.
func (t *Target) collisionDetail(c *runner.Config, cr *runner.Credential, p pair) say.Text {
	switch {
	case p.unread(c, cr):
		return say.Textf("The runner works, because the environment says who it is. Without that it overwrites this one file, or every poll is refused.")
	case p.combined(c):
		return say.Textf("The file is a config and a state in one. Runners up to 2.10.25 work with that as long as the token stays in it; without it, this one file is overwritten or every poll is refused.")
	case p.a.Role == runner.ConfigRole && p.b.Role == runner.StateRole:
		return guessed(c, t.stateIsConfig(c), say.Textf("Runners of 2.9.41 to 2.9.60 do not overwrite it: they take the config for their state, send an empty token, and every poll is answered 401."))
	case p.a.Role == runner.ConfigRole && p.b.Role == runner.TokenRole:
		return tokenIsConfig(c.Era)
	case p.a.Role == runner.TokenRole && p.b.Role == runner.KeyRole:
		return say.Textf("\"runner register\" writes the private key and then the token over it: results get through, and every poll fails with \"can not read private key\" or \"invalid private key\". With a key from the web UI in this place, the key's text is taken for the token, which no request can carry.")
	case p.b.Role == runner.KeyRole:
		return say.Textf("\"runner register\" writes the private key there first and destroys what the file held, even when the registration then fails.")
	}
	return say.Textf("What the runner writes for one of the two destroys the other.")
}

func (t *Target) stateIsConfig(c *runner.Config) say.Text {
	switch {
	case c.Era == runner.E1:
		return say.Textf("A runner of this version takes the config for its state, asks for the tasks of runner 0, is answered 404, takes that for an empty list and idles in silence. It never registers and logs no error.")
	case c.Era == runner.E2a:
		return say.Textf("A runner of this version takes the config for its state, asks for the tasks of runner 0 with an empty token, and is answered 404 every second. It logs \"Runner registered on server\", but never registers.")
	case c.Era == runner.E2b:
		return say.Textf("A runner of this version takes the config for its state, asks for the tasks of runner 0 with an empty token, and is answered 401 every second, for ever. It logs \"Runner registered on server\", but never registers.")
	case c.Secret(runner.RegistrationToken).V.Empty():
		return say.Textf("A runner of this version finds no token there and no registration token either, and panics with \"registration token cannot be empty\". With one it would overwrite this config with {\"runner_id\",\"token\"}.")
	case !host.CanOverwrite(t.Files, c.File.Path, t.Install.As).OK():
		return say.Textf("A runner of this version registers at every start and tries to write its state over this config. It may not, and does not notice: it works, and every start adds one more runner on the server. If it ever may, the settings are gone.")
	}
	return say.Textf("A runner of this version registers at its next start and overwrites this config with {\"runner_id\",\"token\"}. It works until it is restarted; then the server's URL and the registration token are gone and it panics with \"registration token cannot be empty\".")
}

// tokenIsConfig: registering always panics in E4a (read in source), and then
// writes nothing.
func tokenIsConfig(era runner.Era) say.Text {
	start := say.Textf("\"runner start\" takes the whole config for the token: of several lines it cannot be sent (\"invalid header field value\"), of one line it is sent to the server, secrets and all, and answered 404.")
	if era == runner.E4a {
		return start
	}
	return say.Textf("\"runner register\" replaces this config with the token, and no command can read it after that. %s", start)
}

// guessed adds what a neighbouring era does where the era is only a guess.
func guessed(c *runner.Config, detail, neighbour say.Text) say.Text {
	if !c.Version.Guessed() {
		return detail
	}
	return say.Textf("%s %s (The version was guessed from the config; --runner-version tells it.)", detail, neighbour)
}
