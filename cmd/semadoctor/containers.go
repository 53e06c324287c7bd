package main

import (
	"maps"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/runner"
)

// composeSetups are the runners of a compose file. Its variables are filled in
// from our environment, as docker compose does, and those of its --env-file from ours.
func (a *app) composeSetups(p *patients, ref string) ([]runner.Setup, error) {
	file, service, named := strings.Cut(ref, "#")
	if file = a.inside(p, file); named {
		file += "#" + service
	}
	env := a.Env
	if len(p.envFiles) > 0 {
		env = maps.Clone(env)
		env["COMPOSE_ENV_FILES"] = strings.Join(p.envFiles, ",")
	}
	return runner.ComposeSetups(p.disk, file, env)
}

// manifestSetups are the runners of a Kubernetes manifest.
func (a *app) manifestSetups(p *patients, ref string) ([]runner.Setup, error) {
	file, name, named := strings.Cut(ref, "#")
	if file = a.inside(p, file); named {
		file += "#" + name
	}
	return runner.ManifestSetups(p.disk, file)
}

// boxed reports whether the flags name runners in containers that are only
// described here.
func boxed(c *cli.Context) bool { return len(listOf(c, "compose"))+len(listOf(c, "manifest")) > 0 }
