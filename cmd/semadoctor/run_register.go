package main

import (
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/repair"
)

// registerFlags refuses what does not go together with run --register.
func registerFlags(c *cli.Context) error {
	switch {
	case c.IsSet("registration-token-file") && !c.Bool("register"):
		return usagef("--registration-token-file is for --register: nothing else registers a runner")
	case c.Bool("register") && c.Bool("offline"):
		return usagef("--register and --offline do not go together: it is the server that registers a runner")
	}
	return nil
}

// withoutIdentity are the problems of a runner that has never been registered, or has
// lost what it was known by. One that has an identity which the server does not
// accept is for a person to look at: the server may be another.
func withoutIdentity() []*checks.Problem {
	return []*checks.Problem{checks.StateMissing, checks.StateEmpty, checks.TokenMissing}
}

// wantedByRun are what run repairs: with --fix failures whose repair can be taken
// back; with --register that a runner has no identity, and nothing else that only a
// server can mend.
func (s *surgery) wantedByRun(f checks.Finding) bool {
	if f.Fix != nil && f.Fix.Safety == repair.Unsafe {
		return s.c.Bool("register") && f.Fix.Deed != nil && slices.Contains(withoutIdentity(), f.Problem)
	}
	return s.c.Bool("fix") && f.Status == checks.Fail
}
