package runner

// lifeSignatures are what a runner says of itself when all is well, with the
// wrapper of its image and systemd.
func lifeSignatures() []Signature {
	return []Signature{
		{
			ID: "installs", Text: "Installing additional python dependencies",
			Deed: DeedInstalls, Line: "Installing additional python dependencies",
		},
		{
			ID: "launches", Text: "Starting semaphore runner", First: E3,
			Deed: DeedLaunches, Line: "Starting semaphore runner",
		},
		{
			ID: "launches-2.9", Text: "Staring runner...", First: E2a, Last: E3,
			Deed: DeedLaunches, Line: "Staring runner...",
		},
		{
			ID: "loads-config", Text: "Loading config", Like: `^Loading config$`, First: E1, Last: E5b,
			Deed: DeedStarts, Line: "Loading config",
		},
		{
			ID: "validates-config", Text: "Validating config", First: E1, Last: E5b,
			Line: "Validating config",
		},
		{
			// Also when a state file is merely loaded: no proof of anything.
			ID: "tries-e1", Text: "Trying to register on server", First: E1, Last: E2b,
			Deed: DeedTries, Line: `time="2026-01-02T15:04:05Z" level=info msg="Trying to register on server"`,
		},
		{
			ID: "registered-e1", Text: "Runner registered on server", First: E1, Last: E2b,
			Deed: DeedRegistered, Line: `time="2026-01-02T15:04:05Z" level=info msg="Runner registered on server"`,
		},
		{
			ID: "tries-e3", Text: "Attempting to register on the server", First: E3, Last: E4a,
			Deed: DeedTries, Line: `time="2026-01-02T15:04:05Z" level=info msg="Attempting to register on the server"`,
		},
		{
			ID: "registers", Text: "Registering a new runner", First: E3,
			Deed: DeedRegisters, Line: `time="2026-01-02T15:04:05Z" level=info msg="Registering a new runner"`,
		},
		{
			ID: "registers-e5b", Text: "Sending registration request to the server", First: E5b,
			Line: `time="2026-01-02T15:04:05Z" level=debug msg="Sending registration request to the server" context=registration`,
		},
		{
			ID: "works", Text: "The runner has been started", First: E3, Last: E4a,
			Deed: DeedWorks, Line: `time="2026-01-02T15:04:05Z" level=info msg="The runner has been started"`,
		},
		{
			// After the first report that was accepted: it says nothing about polls (C1).
			ID: "connected", Text: "Runner connected", First: E5,
			Deed: DeedConnected, Line: "Runner connected",
		},
		{
			ID: "ended", Text: "Main process exited, code=", Like: `Main process exited, code=[a-z]+, status=\d+`,
			Deed: DeedEnds, Line: "semaphore-runner.service: Main process exited, code=exited, status=2/INVALIDARGUMENT",
		},
	}
}

// panicSignatures are lines with which a process ends, and which no other
// signature knows better.
func panicSignatures() []Signature {
	return []Signature{
		{
			// It comes right after a line of level panic, which says why.
			ID: "panic-entry", Text: "panic: (*logrus.Entry) ", Topic: LogRunnerPanics, First: E4c,
			Line: "panic: (*logrus.Entry) 0x2276fc09ce0",
		},
		{
			ID: "nil-pointer", Text: "invalid memory address or nil pointer dereference", Topic: LogRunnerPanics,
			Causes: []string{"known-bad-version", "url-malformed"}, First: E4b,
			Line: "panic: runtime error: invalid memory address or nil pointer dereference",
		},
		{
			// Go names the program, and means the directory that it was to start in.
			ID: "not-a-directory", Text: "panic: fork/exec ", Like: `: (?:not a directory|no such file or directory)$`, Topic: LogRunnerPanics, Causes: []string{},
			Line: "panic: fork/exec /usr/bin/ansible-playbook: not a directory",
		},
		{
			ID: "fork-exec", Text: "panic: fork/exec ", Topic: LogRunnerPanics, Causes: []string{"program-missing", "unit-sandbox"},
			Line: "panic: fork/exec /usr/bin/ansible-playbook: permission denied",
		},
		{
			ID: "nil-channel", Text: "close of nil channel", Topic: LogRunnerPanics, Causes: []string{"known-bad-version"}, First: E5,
			Line: "panic: close of nil channel",
		},
		{
			ID: "concurrent-map", Text: "concurrent map ", Topic: LogRunnerPanics, Causes: []string{"known-bad-version"},
			Line: "fatal error: concurrent map writes",
		},
		{
			ID: "unknown-app", Text: "panic: unknown app", Topic: LogRunnerPanics, Causes: []string{"known-bad-version"},
			Line: "panic: unknown app",
		},
		{
			ID: "unregister", Text: "encountered error while unregistering runner", Like: `server returned code (\d+)`, Topic: LogRunnerPanics,
			Causes: []string{"known-bad-version"}, First: E3, Last: E6,
			Line: "panic: encountered error while unregistering runner; server returned code 401",
		},
		{
			ID: "state-json", Text: "panic: invalid character ", Topic: LogRunnerPanics,
			Causes: []string{"path-collision", "state-corrupt", "state-wrong-format", "config-syntax"},
			Line:   "panic: invalid character 'g' looking for beginning of value",
		},
		{
			ID: "state-short", Text: "panic: unexpected end of JSON input", Topic: LogRunnerPanics,
			Causes: []string{"state-empty", "state-corrupt"}, First: E1, Last: E3,
			Line: "panic: unexpected end of JSON input",
		},
		{
			ID: "state-denied", Text: ": permission denied", Like: `^panic: (?:open|stat) `, Topic: LogRunnerPanics,
			Causes: []string{"state-unreadable", "unit-sandbox", "compose-user-mismatch"}, First: E1, Last: E3,
			Line: "panic: open /var/lib/semaphore/runner_state.json: permission denied",
		},
		{
			ID: "state-directory", Text: ": is a directory", Like: `^panic: read `, Topic: LogRunnerPanics,
			Causes: []string{"config-not-a-file", "not-a-file"},
			Line:   "panic: read /etc/semaphore: is a directory",
		},
		{
			// With OOMPolicy=stop, which is the default, the runner goes with a task that takes too much.
			ID: "killed-for-memory", Text: "Failed with result 'oom-kill'", Topic: LogRunnerPanics, Causes: []string{},
			Line: "semaphore-runner.service: Failed with result 'oom-kill'.",
		},
		{
			ID: "dies-of-memory", Text: "fatal error: runtime: ", Topic: LogRunnerPanics, Causes: []string{"connection-leak"},
			Line: "fatal error: runtime: out of memory",
		},
	}
}
