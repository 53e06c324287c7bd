package checks

import _ "embed" // the pages of the problems

// The pages about what a runner's log tells.
var (
	//go:embed doc/log-400-loop.md
	pageLog400Loop string
	//go:embed doc/log-401-loop.md
	pageLog401Loop string
	//go:embed doc/log-404-loop.md
	pageLog404Loop string
	//go:embed doc/log-config-refused.md
	pageLogConfigRefused string
	//go:embed doc/log-identity-not-stored.md
	pageLogIdentityNotStored string
	//go:embed doc/log-key-unusable.md
	pageLogKeyUnusable string
	//go:embed doc/log-not-semaphore.md
	pageLogNotSemaphore string
	//go:embed doc/log-panic.md
	pageLogPanic string
	//go:embed doc/log-registers-again.md
	pageLogRegistersAgain string
	//go:embed doc/log-registration-fails.md
	pageLogRegistrationFails string
	//go:embed doc/log-server-errors.md
	pageLogServerErrors string
	//go:embed doc/log-server-unreachable.md
	pageLogServerUnreachable string
	//go:embed doc/log-setup-fails.md
	pageLogSetupFails string
	//go:embed doc/log-task-cannot-run.md
	pageLogTaskCannotRun string
	//go:embed doc/log-task-runs-again.md
	pageLogTaskRunsAgain string
	//go:embed doc/log-tls-fails.md
	pageLogTLSFails string
	//go:embed doc/log-token-unusable.md
	pageLogTokenUnusable string
	//go:embed doc/log-unknown-error.md
	pageLogUnknownError string
	//go:embed doc/log-url-unusable.md
	pageLogURLUnusable string
	//go:embed doc/log-wrong-command.md
	pageLogWrongCommand string
)
