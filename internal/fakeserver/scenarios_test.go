package fakeserver

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
)

// scenarios repeat what the recorder did, step by step (the notes in the
// README of each version). Each step is one start or registration.
func scenarios() map[string]func(*machine) {
	return map[string]func(*machine){
		"healthy":           healthy,
		"a_state_is_config": stateIsConfig,
		"b_dir_unwritable":  dirUnwritable,
		"b1_dir_missing":    dirMissing,
		"c_state_deleted":   func(m *machine) { m.start(0); m.remove(m.statePath()); m.start(0) },
		"c_token_deleted": func(m *machine) {
			m.register(0)
			m.start(0)
			m.remove(m.statePath())
			m.start(2)
			m.register(0)
		},
		"d_stale_deleted":    staleDeleted,
		"d2_token_mismatch":  func(m *machine) { m.server.AddRunner(1, "right"); m.store("someothertoken"); m.start(0) },
		"d2_bogus_token":     func(m *machine) { m.register(0); m.store("bogustoken"); m.start(0) },
		"e_wrong_regtoken":   wrongRegistrationToken,
		"f_no_api":           func(m *machine) { m.configureURL(m.base, m.statePath()); firstThenValid(m) },
		"f_with_api":         func(m *machine) { m.configure(m.base+"/api", m.statePath()); firstThenValid(m) },
		"f2_trailing_slash":  trailingSlash,
		"f3_no_scheme":       noScheme,
		"h_server_down":      serverDown,
		"i3_self_signed":     selfSigned,
		"i4_redirect_301":    redirect301,
		"j_inactive":         func(m *machine) { m.register(0); m.start(0); m.start(0); m.start(0) },
		"m_token_is_config":  tokenIsConfig,
		"x_server_v2.9.58":   firstThenValid,
		"x_server_v2.10.22":  firstThenValid,
		"x_server_v2.10.32":  firstThenValid,
		"u_upgraded_server_": func(m *machine) { m.credential("oldtoken"); m.start(0) },
	}
}

func healthy(m *machine) {
	if m.legacy() {
		m.start(0)
		m.start(0)
		return
	}
	m.register(0)
	m.start(0)
	m.start(0)
	debug := m.runner()
	debug.Debug, debug.Cycles = true, 6
	m.run("start --log-level DEBUG", 0, debug.Run)
	code := SemaphoreMain([]string{"runner", "--config", m.configPath()},
		[]string{"FAKE_SEMAPHORE_VERSION=2.10.32"}, nil, &m.out, &m.out)
	if code != 0 {
		m.t.Errorf("the bare runner command exited with %d, want 0", code)
	}
}

func stateIsConfig(m *machine) {
	m.configure(m.base, m.configPath())
	before := m.read(m.configPath())
	if m.era == "E3" {
		m.start(0)
		want := `{"runner_id":1,"token":"` + m.server.Runners()[0].Token + `"}`
		if got := m.read(m.configPath()); got != want {
			m.t.Errorf("config after start 1 = %s, want %s", got, want)
		}
		m.start(2)
		m.start(2)
		return
	}
	for range 3 {
		m.start(0)
	}
	if got := m.read(m.configPath()); got != before || len(m.server.Runners()) != 0 {
		m.t.Errorf("config = %s and %d rows, want it unchanged and none", got, len(m.server.Runners()))
	}
}

// dirUnwritable uses /sys: nothing can be created there, not even by root, and
// the error is that of a directory without permission.
func dirUnwritable(m *machine) {
	const state = "/sys/runner_token.txt"
	if err := os.WriteFile(state, nil, 0o644); !os.IsPermission(err) {
		m.t.Skipf("skipped: writing to /sys is %v here, not a permission error", err)
	}
	m.configure(m.base, state)
	unwritable(m)
	text := strings.ReplaceAll(m.out.String(), state, "/var/lib/semaphore/runner_token.txt")
	m.out = *bytes.NewBufferString(text)
}

func dirMissing(m *machine) {
	path := "srv/b1_dir_missing/nodir/token"
	if m.legacy() {
		path = "srv/b1_dir_missing/nodir/sub/runner.json"
	}
	m.configure(m.base, filepath.Join(m.root, path))
	if m.legacy() {
		unwritable(m)
		return
	}
	m.register(2)
	m.start(2)
}

// unwritable: every attempt to register leaves a row.
func unwritable(m *machine) {
	if m.legacy() {
		m.start(0)
		m.start(0)
	} else {
		m.register(2)
		m.register(2)
		m.start(2)
	}
	if got := len(m.server.Runners()); got != 2 {
		m.t.Errorf("%d rows after two attempts, want 2", got)
	}
}

func staleDeleted(m *machine) {
	if m.legacy() {
		m.start(0)
	} else {
		m.register(0)
	}
	m.server.DeleteRunner(1)
	m.start(0)
}

func wrongRegistrationToken(m *machine) {
	if m.legacy() {
		m.write(m.configPath(), strings.Replace(m.read(m.configPath()), registrationToken, "WRONG", 1))
		m.startFor(3, 0)
		return
	}
	m.env["SEMAPHORE_RUNNER_REGISTRATION_TOKEN"] = "WRONG"
	m.register(2)
	m.env["SEMAPHORE_RUNNER_REGISTRATION_TOKEN"] = ""
	m.register(2)
	delete(m.env, "SEMAPHORE_RUNNER_REGISTRATION_TOKEN")
	m.register(2)
}

// firstThenValid is an attempt to register that fails, and then a start with a
// valid credential.
func firstThenValid(m *machine) {
	firstAttempt(m, 1)
	m.credential("valid")
	m.start(0)
}

// firstAttempt is a runner without a credential that does not get one.
func firstAttempt(m *machine, attempts int) {
	m.remove(m.statePath())
	if m.legacy() {
		m.startFor(attempts, 0)
		return
	}
	m.register(2)
}

func trailingSlash(m *machine) {
	if m.legacy() {
		m.configureURL(m.base+"/api/", m.statePath())
	} else {
		m.configureURL(m.base+"/", m.statePath())
	}
	firstThenValid(m)
}

func noScheme(m *machine) {
	bare := strings.TrimPrefix(m.base, "http://")
	m.configure(bare, m.statePath())
	firstAttempt(m, 1)
	if !m.legacy() {
		m.start(2)
		return
	}
	m.configure(strings.Replace(bare, "127.0.0.1", "localhost", 1), m.statePath())
	firstThenValid(m)
}

func serverDown(m *machine) {
	listening := m.base
	m.listen(Status(502, BadGatewayPage))
	badGateway := m.base
	m.configure(deafPort, m.statePath())
	firstAttempt(m, 2)
	m.credential("valid")
	m.start(0)
	m.configure(badGateway, m.statePath())
	m.start(0)
	firstAttempt(m, 2)
	m.configure("http://no-such-host.invalid:3000", m.statePath())
	m.client = noSuchHost()
	firstAttempt(m, 1)
	if !m.legacy() {
		m.store("valid")
		m.startFor(3, 0)
	}
	m.base = listening
}

func selfSigned(m *machine) {
	trusting := m.listenTLS(m.server)
	m.configure(m.base, m.statePath())
	firstThenValid(m)
	m.client = trusting
	m.start(0)
}

func redirect301(m *machine) {
	m.client = m.listenTLS(m.server)
	m.listen(Redirect301(m.base))
	m.configure(m.base, m.statePath())
	firstThenValid(m)
}

func tokenIsConfig(m *machine) {
	m.server.opts.NewToken = func() string { return "Lrx3Cm7DzglwxfiiCVMBvOtoxqmNylJf37Bgbq+eRxU=" }
	m.configure(m.base, m.configPath())
	m.start(0)
	m.register(0)
	if got := m.read(m.configPath()); got != "Lrx3Cm7DzglwxfiiCVMBvOtoxqmNylJf37Bgbq+eRxU=" {
		m.t.Errorf("config after register = %s, want the token", got)
	}
	m.start(2)
	m.register(2)
}
