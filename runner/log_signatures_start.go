package runner

// startSignatures are about what is to start a runner, and does not come to it: the
// command, systemd, the engine of a container, the script of the image.
func startSignatures() []Signature {
	return []Signature{
		{
			ID: "help", Text: "  semaphore runner [command]", Topic: LogWrongCommand, Causes: []string{"unit-without-start"}, First: E3,
			Line: "  semaphore runner [command]",
		},
		{
			ID: "unknown-command", Text: `" for "semaphore`, Like: `unknown command ".*" for "semaphore`, Topic: LogWrongCommand, Causes: []string{"unit-command"},
			Line: `Error: unknown command "/etc/semaphore/config.json" for "semaphore"`,
		},
		{
			// The wrapper of the image installs requirements.txt at every start (S9).
			ID: "pip-version", Text: "ERROR: Could not find a version that satisfies the requirement", Topic: LogSetupFails,
			Line: "ERROR: Could not find a version that satisfies the requirement no-such-package (from versions: none)",
		},
		{
			ID: "pip-package", Text: "ERROR: No matching distribution found for ", Topic: LogSetupFails,
			Line: "ERROR: No matching distribution found for no-such-package",
		},
		{
			ID: "pip-install", Text: "ERROR: Could not install packages due to an OSError", Topic: LogSetupFails,
			Line: "ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '/opt/semaphore'",
		},
		{
			ID: "pip-file", Text: "ERROR: Could not open requirements file", Topic: LogSetupFails,
			Line: "ERROR: Could not open requirements file: [Errno 13] Permission denied: '/etc/semaphore/requirements.txt'",
		},
		{
			ID: "pip-line", Text: "ERROR: Invalid requirement: ", Topic: LogSetupFails,
			Line: "ERROR: Invalid requirement: 'pywinrm=0.4': Expected end or semicolon (after name and no valid version specifier)",
		},
		{
			// "ERROR: Failed building wheel for …" is not the end: older pips then try setup.py.
			ID: "pip-build", Text: "ERROR: Failed to build ", Topic: LogSetupFails,
			Line: "ERROR: Failed to build installable wheels for some pyproject.toml based projects (pymssql)",
		},
		{
			ID: "pip-build-22", Text: "ERROR: Could not build wheels for ", Topic: LogSetupFails,
			Line: "ERROR: Could not build wheels for pymssql, which is required to install pyproject.toml-based projects",
		},
		{
			// Of a newer release's command line, or of another program's (observed 2.9.58, 2.10.22, 2.10.32).
			ID: "unknown-flag", Text: "unknown flag: --", Like: `^(?:Error: )?unknown flag: --`, Topic: LogWrongCommand, Causes: []string{"unit-command"},
			Line: "Error: unknown flag: --register",
		},
		{
			ID: "systemd-step", Text: "Failed at step ", Like: `Failed at step [A-Z_0-9]+ spawning `, Topic: LogWrongCommand, Causes: []string{"unit-command", "unit-sandbox"},
			Line: "semaphore-runner.service: Failed at step EXEC spawning /usr/bin/semaphore: No such file or directory",
		},
		{
			ID: "systemd-environment", Text: "Failed to load environment files: ", Topic: LogWrongCommand, Causes: []string{"unit-command"},
			Line: "semaphore-runner.service: Failed to load environment files: No such file or directory",
		},
		{
			// Semaphore's images are of one architecture each that has a tag (semaphoreui/semaphore#1064).
			ID: "exec-format", Text: "exec format error", Like: `^(?:exec /|exec \"/|standard_init_linux\.go)`, Topic: LogWrongCommand, Causes: []string{},
			Line: "exec /sbin/tini: exec format error",
		},
		{
			ID: "wrapper", Text: "runner-wrapper: ", Like: `runner-wrapper: .*(?:not found|No such file|[Pp]ermission denied|syntax error)`, Topic: LogWrongCommand, Causes: []string{},
			Line: "/usr/local/bin/runner-wrapper: exec: line 24: /usr/local/bin/semaphore: not found",
		},
	}
}
