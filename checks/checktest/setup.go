package checktest

import (
	"context"
	"errors"
	"path"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
)

// setup is the case's runner on files of its machine.
func (c *Case) setup(files host.Files) (runner.Setup, error) {
	if c.Unit == "" {
		in := c.Install
		return runner.Setup{Name: in.Config, Install: &in, Files: files}, nil
	}
	s, err := runner.UnitSetup(files, c.Unit)
	if err != nil {
		return s, err
	}
	s.Install.Version, s.Again = c.Install.Version, c.setup
	if s.Files == nil {
		s.Files = files
	}
	return s, nil
}

// exec answers for the commands of this host that a case knows: systemctl show.
func (c *Case) exec() host.Exec {
	if len(c.Show) == 0 {
		return nil
	}
	return func(_ context.Context, cmd host.Command) (host.Output, error) {
		if path.Base(cmd.Path) != "systemctl" {
			return host.Output{}, errors.New("no such program")
		}
		return host.Output{Stdout: []byte(strings.Join(c.Show, "\n") + "\n")}, nil
	}
}
