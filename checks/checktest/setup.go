package checktest

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
)

// setup is the case's runner on files of its machine.
func (c *Case) setup(files host.Files) (runner.Setup, error) {
	if c.Compose != "" || c.Manifest != "" {
		return c.contained(files)
	}
	var s runner.Setup
	var err error
	switch {
	case c.Unit != "":
		s, err = runner.UnitSetup(files, c.Unit)
	case c.PID != 0:
		s, err = runner.ProcessSetup(files, c.PID)
	default:
		in := c.Install
		return runner.Setup{Name: in.Config, Install: &in, Files: files}, nil
	}
	if err != nil {
		return s, err
	}
	if s.Again = c.setup; c.Install.Version.Source != "" {
		s.Install.Version = c.Install.Version
	}
	if s.Files == nil {
		s.Files = files
	}
	return s, nil
}

// exec answers for the commands of this host that a case knows: systemctl show and
// journalctl.
func (c *Case) exec() host.Exec {
	if len(c.Show) == 0 {
		return nil
	}
	return func(_ context.Context, cmd host.Command) (host.Output, error) {
		switch path.Base(cmd.Path) {
		case "systemctl":
			return host.Output{Stdout: []byte(strings.Join(c.Show, "\n") + "\n")}, nil
		case "journalctl":
			return c.journalctl()
		}
		return host.Output{}, errors.New("no such program")
	}
}

// contained is the runner of a compose file or manifest. "env:" is then the
// environment of docker compose.
func (c *Case) contained(files host.Files) (s runner.Setup, err error) {
	env := map[string]string{}
	for name, v := range c.Install.Env {
		env[name] = v.V
	}
	var found []runner.Setup
	if c.Compose != "" {
		found, err = runner.ComposeSetups(files, c.Compose, env)
	} else {
		found, err = runner.ManifestSetups(files, c.Manifest)
	}
	if err == nil && len(found) != 1 {
		err = fmt.Errorf("%d runners found, want 1", len(found))
	}
	if err != nil {
		return s, err
	}
	if c.Install.Version.Text != "" {
		found[0].Install.Version = c.Install.Version
	}
	return found[0], nil
}
