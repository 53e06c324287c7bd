//go:build integration && linux

package main

import (
	"encoding/binary"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/semadoctor/semadoctor/runner"
)

// A disorder is one way in which a runner is set up badly.
type disorder struct {
	name   string
	root   string // the root cause
	first  runner.Era
	last   runner.Era // "": the newest
	unsafe bool       // needs what only a server can do
	args   []string   // for every semadoctor
	asRoot bool       // only root can set it up
	admin  bool       // with an administrator's API token
	broken func(*site)
}

func (l disorder) of(era runner.Era) bool { return era.Within(l.first, l.last) }

// disorders are those of all eras, then of each side of 2.10.26.
func disorders() []disorder {
	return slices.Concat(urlDisorders(), userDisorders(), legacyDisorders(), modernDisorders(), mendedDisorders())
}

// userDisorders are those of a runner that is not started by root. The site is its
// home.
func userDisorders() []disorder {
	all := []disorder{
		{name: "a config of root's", root: "config-unreadable", broken: func(s *site) { s.ofNobody(s.in("identity"), "config.json") }},
		{name: "an identity of root's", root: "state-unreadable", broken: func(s *site) { s.ofNobody(s.in("identity"), "identity") }},
		{name: "a directory of root's", root: "state-dir-unwritable", unsafe: true, broken: func(s *site) {
			s.ofNobody(s.in("keep/identity"), "keep")
		}},
		{name: "a place for tasks of root's", root: "tmp-unwritable", broken: func(s *site) { s.ofNobody(s.in("identity"), "tmp") }},
	}
	for i := range all {
		all[i].first, all[i].args, all[i].asRoot = runner.E1, []string{"--user", "65534:65534"}, true
	}
	return all
}

// ofNobody gives the site to nobody, but for one file or directory. Below a directory
// there is no identity yet.
func (s *site) ofNobody(identity, but string) {
	s.Helper()
	s.put(s.base(), identity)
	if filepath.Dir(identity) == s.dir {
		writeIn(s.T, s.dir, "identity", s.known())
	}
	const mode = 0o755
	if err := os.Chmod(filepath.Dir(s.dir), mode); err != nil { // the test's own, and shut
		s.Fatal(err)
	}
	for _, dir := range []string{s.in("tmp"), filepath.Dir(identity)} {
		if err := os.MkdirAll(dir, mode); err != nil {
			s.Fatal(err)
		}
	}
	const nobody = 65534
	for _, name := range []string{".", "config.json", "identity", "tmp", "keep"} {
		if name == but {
			continue
		}
		if err := os.Chown(s.in(name), nobody, nobody); err != nil && !errors.Is(err, fs.ErrNotExist) {
			s.Fatal(err)
		}
	}
}

// urlDisorders have an identity that the server accepts, and something else that is
// wrong.
func urlDisorders() []disorder {
	identified := func(url func(*site) string, change func(string) string) func(*site) {
		return func(s *site) {
			s.put(url(s), writeIn(s.T, s.dir, "identity", s.known()))
			if change != nil {
				writeIn(s.T, s.dir, "config.json", change(s.text()))
			}
		}
	}
	well := (*site).base
	return []disorder{
		{name: "a slash at the end", root: "url-trailing-slash", first: runner.E1, broken: identified(func(s *site) string { return s.base() + "/" }, nil)},
		{name: "a blank around the URL", root: "url-malformed", first: runner.E1, broken: identified(func(s *site) string { return " " + s.base() }, nil)},
		{name: "api where it does not belong", root: "url-api-suffix", first: runner.E1, broken: identified((*site).wrongAPI, nil)},
		{name: "a comment", root: "config-syntax", first: runner.E1, broken: identified(well, func(t string) string {
			return strings.Replace(t, "{\n", "{ // the runner of this host\n", 1)
		})},
		{name: "a comma too many", root: "config-syntax", first: runner.E1, broken: identified(well, func(t string) string { return strings.Replace(t, "\n  },", ",\n  },", 1) })},
		{name: "a comma too few", root: "config-syntax", first: runner.E1, broken: identified(well, func(t string) string { return strings.Replace(t, "\n  },", "\n  }", 1) })},
		{name: "a byte order mark", root: "config-syntax", first: runner.E1, broken: identified(well, func(t string) string { return "\ufeff" + t })},
		{name: "UTF-16", root: "config-syntax", first: runner.E1, broken: identified(well, utf16LE)},
		{name: "a scheme twice", root: "url-malformed", first: runner.E1, broken: identified(func(s *site) string { return "http://" + s.base() }, nil)},
		{name: "redirected", root: "redirects", first: runner.E1, unsafe: true, broken: identified(func(s *site) string { return s.based(s.redirected()) }, nil)},
		{name: "another path", root: "wrong-base-path", first: runner.E1, unsafe: true, broken: identified(func(s *site) string { return s.based(s.url + "/elsewhere") }, nil)},
		{name: "a token that is gone", root: "state-stale", first: runner.E1, unsafe: true, broken: func(s *site) {
			identity := `{"runner_id":7777,"token":"AbCdEfGhIjKl"}`
			if !s.legacy() {
				identity = patientToken
			}
			s.put(s.base(), writeIn(s.T, s.dir, "identity", identity))
		}},
	}
}

// wrongAPI is the URL without /api where the era must have it, and with it where it
// must not.
func (s *site) wrongAPI() string {
	if s.legacy() {
		return s.url
	}
	return s.url + "/api"
}

func legacyDisorders() []disorder {
	all := []disorder{
		{name: "state is config", root: "path-collision", broken: func(s *site) { s.put(s.base(), s.config()) }},
		{name: "state is config, relative", root: "path-collision", broken: func(s *site) { s.put(s.base(), "config.json") }},
		{name: "state is a link to the config", root: "path-collision", broken: func(s *site) {
			s.put(s.base(), s.in("state.json"))
			s.link(os.Symlink, "state.json")
		}},
		{name: "state is another name of the config", root: "path-collision", broken: func(s *site) {
			s.put(s.base(), s.in("state.json"))
			s.link(os.Link, "state.json")
		}},
		{name: "no directory for the state", root: "state-dir-missing", broken: func(s *site) { s.put(s.base(), s.in("runner/state.json")) }},
		{name: "an empty state", root: "state-empty", broken: func(s *site) { s.put(s.base(), writeIn(s.T, s.dir, "identity", "")) }},
		{name: "half a state", root: "state-corrupt", broken: func(s *site) {
			s.put(s.base(), writeIn(s.T, s.dir, "identity", `{"runner_id":3,"tok`))
		}},
		{name: "no registration token", root: "state-missing", unsafe: true, broken: func(s *site) {
			s.put(s.base(), s.in("identity"))
			writeIn(s.T, s.dir, "config.json", strings.Replace(s.text(), `"registration_token": "`+realToken+`"`, `"registration_token": ""`, 1))
		}},
	}
	for i := range all {
		all[i].first, all[i].last = runner.E1, runner.E3
	}
	return append(all,
		disorder{name: "the token of another runner", root: "state-stale", first: runner.E2b, last: runner.E3, unsafe: true, broken: func(s *site) {
			state, _ := runner.StateIn([]byte(s.known()))
			state.Token = "AbCdEfGhIjKl"
			s.put(s.base(), writeIn(s.T, s.dir, "identity", string(state.Bytes())))
		}},
		disorder{name: "a state in a comment's company", root: "state-corrupt", first: runner.E1, last: runner.E3, broken: func(s *site) {
			s.put(s.base(), writeIn(s.T, s.dir, "identity", "\ufeff"+s.known()))
		}},
	)
}

func modernDisorders() []disorder {
	collided := func(name string, link func(old, new string) error) func(*site) {
		return func(s *site) {
			s.put(s.base(), name)
			if link != nil {
				s.link(link, name)
			}
		}
	}
	all := []disorder{
		{name: "token file is config", root: "path-collision", unsafe: true, broken: func(s *site) { s.put(s.base(), s.config()) }},
		{name: "token file is config, relative", root: "path-collision", unsafe: true, broken: collided("config.json", nil)},
		{name: "token file is a link to the config", root: "path-collision", unsafe: true, broken: collided("token", os.Symlink)},
		{name: "token file is another name of the config", root: "path-collision", unsafe: true, broken: collided("token", os.Link)},
		{name: "no directory for the token", root: "state-dir-missing", unsafe: true, broken: func(s *site) { s.put(s.base(), s.in("runner/token")) }},
		{name: "never registered", root: "state-missing", unsafe: true, broken: func(s *site) { s.put(s.base(), s.in("token")) }},
		{name: "an empty token file", root: "state-empty", unsafe: true, broken: func(s *site) { s.put(s.base(), writeIn(s.T, s.dir, "token", "\n")) }},
		{name: "no token file", root: "token-missing", unsafe: true, broken: func(s *site) {
			s.put(s.base(), s.in("token"))
			writeIn(s.T, s.dir, "config.json", strings.Replace(s.text(), `"token_file": "`+s.in("token")+`"`, "", 1))
		}},
		{name: "the state of 2.10.25", root: "state-wrong-format", broken: func(s *site) {
			s.put(s.base(), writeIn(s.T, s.dir, "token", `{"runner_id":1,"token":"`+s.known()+`"}`))
		}},
		{name: "a token in quotes", root: "token-malformed", broken: func(s *site) {
			s.put(s.base(), writeIn(s.T, s.dir, "token", `"`+s.known()+"\"\r\n"))
		}},
		{name: "the keys of 2.10.25", root: "legacy-key", broken: func(s *site) {
			state := writeIn(s.T, s.dir, "state.json", `{"runner_id":1,"token":"`+s.known()+`"}`)
			writeIn(s.T, s.dir, "config.json", `{"runner": {"api_url": "`+s.url+`/api", "config_file": "`+state+`"}, "tmp_path": "`+s.in("tmp")+`"}`)
		}},
	}
	for i := range all {
		all[i].first = runner.E4a
	}
	// The server of 2.10.26-beta cannot list its runners: it panics.
	return append(all, disorder{name: "not active", root: "runner-inactive", first: runner.E4b, unsafe: true, admin: true, broken: func(s *site) {
		s.put(s.base(), writeIn(s.T, s.dir, "token", s.alone()))
	}}, disorder{name: "a token that is gone, with an API token", root: "state-stale", first: runner.E4b, unsafe: true, admin: true, broken: func(s *site) {
		s.put(s.base(), writeIn(s.T, s.dir, "token", patientToken))
	}}, disorder{name: "a token where nobody reads it", root: "token-ignored", first: runner.E4a, last: runner.E4c, broken: func(s *site) {
		writeIn(s.T, s.dir, "config.json", `{"web_host": "`+s.url+`", "runner": {"token": "`+s.known()+`"}, "tmp_path": "`+s.in("tmp")+`"}`)
	}})
}

// link makes a name lead to the config, by a symbolic link or a hard one.
func (s *site) link(how func(old, name string) error, name string) {
	s.Helper()
	if err := how(s.config(), s.in(name)); err != nil {
		s.Fatal(err)
	}
}

// alone is known, on a server that has no other runner.
func (s *site) alone() string {
	s.Helper()
	own := *s.server
	own.T = s.T
	var rows []struct{ ID int }
	own.call(s.T, "GET", "/runners", "", &rows, http.StatusOK)
	for _, row := range rows {
		own.call(s.T, "DELETE", "/runners/"+strconv.Itoa(row.ID), "", nil, http.StatusNoContent)
	}
	return s.known()
}

// utf16LE is text as some editors save it.
func utf16LE(text string) string {
	out := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(text)) {
		out = binary.LittleEndian.AppendUint16(out, unit)
	}
	return string(out)
}
