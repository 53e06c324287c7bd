//go:build integration && linux

package main

import (
	"strings"

	"github.com/semadoctor/semadoctor/runner"
)

// mendedDisorders are those in which what is lost stands somewhere else: in a backup,
// in a copy of the state, between quotes.
func mendedDisorders() []disorder {
	overwritten := func(identity func(*site) string) func(*site) {
		return func(s *site) {
			s.put(s.base(), s.config())
			writeIn(s.T, s.dir, "config.json.bak", s.text())
			writeIn(s.T, s.dir, "config.json", identity(s))
		}
	}
	quoted := func(write func(url string) string) func(*site) {
		return func(s *site) { s.put(write(s.base()), writeIn(s.T, s.dir, "identity", s.known())) }
	}
	return []disorder{
		{name: "a config that the state has overwritten", root: "config-clobbered", first: runner.E3, last: runner.E3, broken: overwritten((*site).known)},
		{name: "a config that the token has overwritten", root: "config-clobbered", first: runner.E4a, broken: overwritten((*site).known)},
		{name: "a bare token, and a copy of the state", root: "state-wrong-format", first: runner.E1, last: runner.E3, broken: func(s *site) {
			state, _ := runner.StateIn([]byte(s.known()))
			writeIn(s.T, s.dir, "identity.old", string(state.Bytes()))
			s.put(s.base(), writeIn(s.T, s.dir, "identity", state.Token))
		}},
		{name: "a line break in the state's token", root: "token-malformed", first: runner.E2a, last: runner.E3, broken: func(s *site) {
			state, _ := runner.StateIn([]byte(s.known()))
			state.Token += "\n"
			s.put(s.base(), writeIn(s.T, s.dir, "identity", string(state.Bytes())))
		}},
		{name: "quotes around the URL", root: "url-malformed", first: runner.E1, broken: quoted(func(url string) string { return "'" + url + "'" })},
		{name: "a slash too few", root: "url-malformed", first: runner.E1, broken: quoted(func(url string) string { return strings.Replace(url, "://", ":/", 1) })},
		{name: "a scheme too many", root: "url-malformed", first: runner.E1, broken: quoted(func(url string) string { return "http://" + url })},
	}
}
