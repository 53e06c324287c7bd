//go:build nodemo

package main

import "github.com/urfave/cli/v2"

// demoCommands: a released program has none.
func (a *app) demoCommands() []*cli.Command { return nil }
