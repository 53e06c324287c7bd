package main

import (
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/runner"
)

// composeSetups are the runners of a compose file. Its variables are filled in
// from our environment, as docker compose does.
func (a *app) composeSetups(p *patients, ref string) ([]runner.Setup, error) {
	file, service, named := strings.Cut(ref, "#")
	if file = a.inside(p, file); named {
		file += "#" + service
	}
	return runner.ComposeSetups(p.disk, file, a.Env)
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
