package main

import (
	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
)

// watch: Windows has neither signals nor process groups to hand on.
func (s *surgery) watch(*cli.Context, *checks.Target, string) error {
	return usagef("run --watch is not there on Windows")
}
