package runner

import (
	"errors"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/semadoctor/semadoctor/host"
)

// Tokens of the shapes there are: 32 bytes in base64, and 12 alphanumerics.
const (
	longToken  = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVoxMjM0NTY="
	shortToken = "abcdefGHIJ12"
	idPath     = "/var/lib/semaphore/id"
)

// identityConfig keeps the identity at idPath in every era, and can register.
const identityConfig = `{"web_host":"http://h","runner":{"api_url":"http://h/api","registration_token":"regtoken",
	"config_file":"` + idPath + `","token_file":"` + idPath + `"}}`

// TestCredentialByFile is section 3.1 and 3.3 of the facts: every state of the
// state file (E1-E3) or token file (E4 and later), and what the runner then does.
func TestCredentialByFile(t *testing.T) {
	t.Parallel()
	state := `{"runner_id":3,"token":"` + shortToken + `"}`
	at := func(n node) tree { return tree{idPath: n} }
	data := func(s string) tree { return at(plain(s)) }
	tests := []struct {
		name         string
		files        tree
		legacy       Condition // E1-E3
		early, third Next      // E1 and E2; E3
		modern       Condition // E4 and later
		later        Next
	}{
		{"no directory", tree{}, Missing, Registers, Registers, Missing, Dies},
		{"no file", tree{"/var/lib/semaphore": {mode: fs.ModeDir | 0o755}}, Missing, Registers, Registers, Missing, Dies},
		{"link to nothing", at(node{mode: fs.ModeSymlink | 0o777, data: "gone"}), Missing, Registers, Registers, Missing, Dies},
		{"below a file", tree{"/var/lib/semaphore": plain("x")}, NotAFile, Dies, Dies, NotAFile, Dies},
		{"unreadable", at(node{mode: 0o600, data: state}), Unreadable, Dies, Dies, Unreadable, Dies},
		{"in a closed directory", data(state).with("/var/lib/semaphore", node{mode: fs.ModeDir | 0o700}), Unreadable, Dies, Dies, Unreadable, Dies},
		{"readable by its owner", at(node{mode: 0o600, owner: host.Owner{UID: 1001}, data: state}), Complete, Polls, Polls, WrongFormat, Polls},
		{"directory", at(node{mode: fs.ModeDir | 0o755}), NotAFile, Dies, Dies, NotAFile, Dies},
		{"FIFO", at(node{mode: fs.ModeNamedPipe | 0o644}), NotAFile, Dies, Dies, NotAFile, Dies},
		{"links in a circle", at(node{mode: fs.ModeSymlink | 0o777, data: "id"}), NotAFile, Dies, Dies, NotAFile, Dies},
		{"semadoctor may not look", at(node{hidden: true}), Hidden, "", "", Hidden, ""},
		{"empty", data(""), Empty, Dies, Dies, Empty, Dies},
		{"newline", data(" \n"), Empty, Dies, Dies, Empty, Dies},
		{"garbage", data("garbage"), Corrupt, Dies, Dies, Complete, Polls},
		{"{}", data("{}"), Incomplete, Polls, Registers, Malformed, Polls},
		{"null", data("null"), Incomplete, Polls, Registers, Complete, Polls},
		{"no id", data(`{"token":"` + shortToken + `"}`), Incomplete, Polls, Polls, Malformed, Polls},
		{"no token", data(`{"runner_id":3}`), Incomplete, Polls, Registers, Malformed, Polls},
		{"id is text", data(`{"runner_id":"3","token":"` + shortToken + `"}`), Corrupt, Dies, Dies, Malformed, Polls},
		{"text behind the state", data(state + "x"), Corrupt, Dies, Dies, Malformed, Polls},
		{"state", data(state), Complete, Polls, Polls, WrongFormat, Polls},
		{"state with newline", data(state + "\n"), Complete, Polls, Polls, WrongFormat, Polls},
		{"state over lines", data("{\n" + state[1:]), Complete, Polls, Polls, WrongFormat, Chokes},
		{"state with byte order mark", data("\ufeff" + state), Corrupt, Dies, Dies, Malformed, Polls},
		{"token with a line break in the state", data(`{"runner_id":3,"token":"a\nb"}`), Complete, Chokes, Chokes, WrongFormat, Polls},
		{"token", data(longToken), WrongFormat, Dies, Dies, Complete, Polls},
		{"short token", data(shortToken), WrongFormat, Dies, Dies, Complete, Polls},
		{"token with newline", data(longToken + "\r\n"), WrongFormat, Dies, Dies, Complete, Polls},
		{"two lines", data(longToken + "\n" + longToken), Corrupt, Dies, Dies, Malformed, Chokes},
		{"quoted", data(`"` + longToken + `"`), Corrupt, Dies, Dies, Malformed, Polls},
		{"single quotes", data(`'` + longToken + `'`), Corrupt, Dies, Dies, Malformed, Polls},
		{"with byte order mark", data("\ufeff" + longToken + "\r\n"), Corrupt, Dies, Dies, Malformed, Polls},
		{"a variable", data("TOKEN = x"), Corrupt, Dies, Dies, Malformed, Polls},
		{"NUL bytes", data("abc\x00\x00"), Corrupt, Dies, Dies, Malformed, Chokes},
		{"a config", data(`{"web_host":"http://h"}`), Incomplete, Polls, Registers, Malformed, Polls},
	}
	for _, tt := range tests {
		for _, era := range Eras() {
			t.Run(tt.name+" "+string(era), func(t *testing.T) {
				t.Parallel()
				cr := credential(t, tt.files.with(configPath, plain(identityConfig)), era)
				condition, next := tt.modern, tt.later
				switch {
				case era == E3:
					condition, next = tt.legacy, tt.third
				case era.Legacy():
					condition, next = tt.legacy, tt.early
				}
				if era == E1 && next == Chokes {
					next = Polls // no token is sent
				}
				if cr.Condition != condition || cr.Next != next {
					t.Errorf("NewCredential = %s, next %s (%v), want %s, %s", cr.Condition, cr.Next, cr.Err, condition, next)
				}
			})
		}
	}
}

// who is what the tables compare of a Credential.
type who struct {
	ID    int
	Token string
	From  string
	Next  Next
}

// TestCredentialOrigin: where id and token come from when there are several
// places (sections 2.3, 3.1 and 3.3).
func TestCredentialOrigin(t *testing.T) {
	t.Parallel()
	const state = `{"runner_id":3,"token":"file"}`
	const noTokenFile = `{"web_host":"http://h","runner":{"token":"config"}}`
	const both = `{"web_host":"http://h","runner":{"token":"config","token_file":"` + idPath + `"}}`
	env := "environment variable SEMAPHORE_RUNNER_TOKEN"
	id, token := "SEMAPHORE_RUNNER_ID=7", "SEMAPHORE_RUNNER_TOKEN=env"
	tests := []struct {
		name   string
		era    Era
		config string
		file   string // "-": there is none
		env    []string
		want   who
	}{
		{"file", E2b, identityConfig, state, nil, who{3, "file", "token in " + idPath, Polls}},
		{"E1 has no such variables", E1, identityConfig, state, []string{id, token}, who{3, "file", "token in " + idPath, Polls}},
		{"E2a lets the file win", E2a, identityConfig, state, []string{id, token}, who{3, "file", "token in " + idPath, Polls}},
		{"E2a registers all the same", E2a, identityConfig, "-", []string{id, token}, who{0, "", "default", Registers}},
		{"E2a, id alone", E2a, identityConfig, state, []string{id}, who{3, "file", "token in " + idPath, Dies}},
		{"E2b lets the environment win", E2b, identityConfig, state, []string{id, token}, who{7, "env", env, Polls}},
		{"E2b does not look at a bad file then", E2b, identityConfig, "garbage", []string{id, token}, who{7, "env", env, Polls}},
		{"E2b, id 0 is an id", E2b, identityConfig, state, []string{"SEMAPHORE_RUNNER_ID=0", token}, who{0, "env", env, Polls}},
		{"E2b, id alone", E2b, identityConfig, state, []string{id}, who{3, "file", "token in " + idPath, Dies}},
		{"E2b, token alone", E2b, identityConfig, "-", []string{token}, who{0, "", "default", Registers}},
		{"E2b, no number", E2b, identityConfig, state, []string{"SEMAPHORE_RUNNER_ID=x", token}, who{3, "file", "token in " + idPath, Dies}},
		{"E2b, empty id", E2b, identityConfig, state, []string{"SEMAPHORE_RUNNER_ID=", token}, who{3, "file", "token in " + idPath, Polls}},
		{"E3, each by itself: token", E3, identityConfig, state, []string{token}, who{3, "env", env, Polls}},
		{"E3, each by itself: id", E3, identityConfig, state, []string{id}, who{7, "file", "token in " + idPath, Polls}},
		{"E3, token without file", E3, identityConfig, "-", []string{token}, who{0, "env", env, Polls}},
		{"E3, id without file", E3, identityConfig, "-", []string{id}, who{7, "", "default", Registers}},
		{"E3, empty token", E3, identityConfig, state, []string{"SEMAPHORE_RUNNER_TOKEN="}, who{3, "", env, Registers}},
		{"E3, empty id", E3, identityConfig, state, []string{"SEMAPHORE_RUNNER_ID="}, who{3, "file", "token in " + idPath, Dies}},
		{"E3, bad file whatever the environment", E3, identityConfig, "garbage", []string{id, token}, who{0, "", "default", Dies}},
		{"E3, nothing to register with", E3, `{"runner":{"config_file":"` + idPath + `"}}`, "-", nil, who{0, "", "default", Dies}},
		{"E4 trims a file", E4c, identityConfig, " file\r\n", nil, who{0, "file", idPath, Polls}},
		{"E4, file beats environment", E4c, identityConfig, "file", []string{token}, who{0, "file", idPath, Polls}},
		{"E4, an empty file too", E4c, identityConfig, "\n", []string{token}, who{0, "", idPath, Dies}},
		{"E4, no file", E4c, identityConfig, "-", []string{token}, who{0, "env", env, Polls}},
		{"E4 does not trim a variable", E4c, identityConfig, "-", []string{token + "\n"}, who{0, "env\n", env, Chokes}},
		{"E4, empty variable", E4c, identityConfig, "-", []string{"SEMAPHORE_RUNNER_TOKEN="}, who{0, "", env, Dies}},
		{"E4 ignores runner.token", E4c, noTokenFile, "-", nil, who{0, "", "default", Dies}},
		{"E5 does not", E5, noTokenFile, "-", nil, who{0, "config", "runner.token, line 1 of " + configPath, Polls}},
		{"E5, file beats config", E5, both, "file", nil, who{0, "file", idPath, Polls}},
		{"E5, no file", E5, both, "-", nil, who{0, "config", "runner.token, line 1 of " + configPath, Polls}},
		{"E5, environment over config", E5, noTokenFile, "-", []string{token}, who{0, "env", env, Polls}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := config(tt.config)
			if tt.file != "-" {
				m = m.with(idPath, plain(tt.file))
			}
			cr := credential(t, m, tt.era, tt.env...)
			got := who{cr.ID, cr.Token.Reveal(), cr.TokenFrom.String(), cr.Next}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("NewCredential (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCredentialWithoutPath(t *testing.T) {
	t.Parallel()
	for _, era := range Eras() {
		want := Dies
		if era.Legacy() {
			want = Registers // at every start
		}
		cr := credential(t, config(`{"runner":{"registration_token":"regtoken"}}`), era)
		if cr.Condition != NoPath || cr.Next != want {
			t.Errorf("%s: %s, %s, want no path, %s", era, cr.Condition, cr.Next, want)
		}
	}
}

// TestCredentialKeepsUnreadable: a repair must not lose the identity that only
// semadoctor can read.
func TestCredentialKeepsUnreadable(t *testing.T) {
	t.Parallel()
	cr := credential(t, config(identityConfig).with(idPath, node{mode: 0o600, data: longToken}), E4c)
	if string(cr.Data) != longToken || !cr.Token.Empty() || cr.Next != Dies {
		t.Errorf("Data = %q, Token %q, Next %s, want the token in Data only", string(cr.Data), cr.Token.Reveal(), cr.Next)
	}
}

func TestCredentialHidden(t *testing.T) {
	t.Parallel()
	cr := credential(t, config(identityConfig).with(idPath, node{hidden: true}), E4c, "SEMAPHORE_RUNNER_TOKEN=env")
	if cr.Condition != Hidden || !errors.Is(cr.Err, fs.ErrPermission) || cr.Next != "" || cr.Presentable() {
		t.Errorf("hidden file: %s, %v, next %q, presentable %v", cr.Condition, cr.Err, cr.Next, cr.Presentable())
	}
}

// TestPresentable: what is no token stays at home, though the runner would send it.
func TestPresentable(t *testing.T) {
	t.Parallel()
	state := `{"runner_id":3,"token":"` + shortToken + `"}`
	tests := []struct {
		name string
		era  Era
		file string
		env  []string
		want bool
	}{
		{"token", E4c, longToken, nil, true},
		{"state", E2b, state, nil, true},
		{"half a state, as the runner sends it", E2b, `{}`, nil, true},
		{"a config in the state's place", E2b, identityConfig, nil, true}, // id 0 and no token
		{"a config in the token's place", E4c, `{"web_host":"http://h"}`, nil, false},
		{"a state in the token's place", E4c, state, nil, false},
		{"two lines", E4c, "a\nb", nil, false},
		{"the variable is sent as it is", E4c, "-", []string{"SEMAPHORE_RUNNER_TOKEN={x}"}, true},
		{"nothing", E4c, "", nil, false},
		{"to be registered", E3, "{}", nil, false},
	}
	for _, tt := range tests {
		m := config(identityConfig)
		if tt.file != "-" {
			m = m.with(idPath, plain(tt.file))
		}
		if got := credential(t, m, tt.era, tt.env...).Presentable(); got != tt.want {
			t.Errorf("%s in %s: Presentable = %v, want %v", tt.name, tt.era, got, tt.want)
		}
	}
	if (*Credential)(nil).Presentable() {
		t.Error("no credential is presentable")
	}
}

// TestTokenFileIsConfig is section 3.4: the whole config becomes the token.
func TestTokenFileIsConfig(t *testing.T) {
	t.Parallel()
	one := `{"web_host":"http://h","runner":{"token_file":"` + configPath + `"}}`
	for text, want := range map[string]Next{one: Polls, strings.Replace(one, ",", ",\n", 1): Chokes} {
		cr := credential(t, config(text), E4c)
		if cr.Next != want || cr.Condition != Malformed || cr.Presentable() {
			t.Errorf("%s: %s, %s, presentable %v, want malformed, %s, false", text, cr.Condition, cr.Next, cr.Presentable(), want)
		}
	}
}

// TestKey: two credentials have one key if and only if they are one.
func TestKey(t *testing.T) {
	t.Parallel()
	keys := map[string]string{}
	for _, file := range []string{"a-token", "b-token", "a\nb", "", "{}"} {
		key := credential(t, config(identityConfig).with(idPath, plain(file)), E4c).Key()
		if other, ok := keys[key]; ok {
			t.Errorf("%q and %q have the key %q", other, file, key)
		}
		if keys[key] = file; file != "" && strings.Contains(key, file) {
			t.Errorf("the key %q shows %q", key, file)
		}
	}
}

func TestStateBytes(t *testing.T) {
	t.Parallel()
	s := State{RunnerID: 6, Token: shortToken}
	if got, want := string(s.Bytes()), `{"runner_id":6,"token":"abcdefGHIJ12"}`; got != want || len(got) != 38 { // 38: observed 2.9.58
		t.Errorf("Bytes = %s (%d), want %s", got, len(got), want)
	}
	if back, ok := StateIn(s.Bytes()); !ok || back != s {
		t.Errorf("StateIn(Bytes()) = %+v, %v, want %+v", back, ok, s)
	}
}

func TestStateIn(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		`{"runner_id":1,"token":"t"}`: true, `{"runner_id":1,"token":"t","runner":{}}`: true, `{"RUNNER_ID":1,"Token":"t"}`: true,
		`{"runner_id":0,"token":"t"}`: false, `{"runner_id":1,"token":""}`: false, `{"runner_id":-1,"token":"t"}`: false,
		`{"runner_id":1.5,"token":"t"}`: false, `{"runner_id":1,"token":"t"}x`: false, ``: false, `[]`: false,
	} {
		if _, ok := StateIn([]byte(text)); ok != want {
			t.Errorf("StateIn(%s) = %v, want %v", text, ok, want)
		}
	}
}

func TestTokenShape(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		longToken: true, shortToken: true, longToken + "\n": false, longToken[:43]: false, "abc": false,
		strings.Repeat("a", 44): false, "abcdefghij1+": false, "": false,
	} {
		if got := TokenShape(text); got != want {
			t.Errorf("TokenShape(%q) = %v, want %v", text, got, want)
		}
	}
}
