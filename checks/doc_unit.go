package checks

import _ "embed" // the pages of the problems

var (
	//go:embed doc/unit-command.md
	pageUnitCommand string
	//go:embed doc/unit-disabled.md
	pageUnitDisabled string
	//go:embed doc/unit-reload-kills.md
	pageUnitReloadKills string
	//go:embed doc/unit-restart-failed.md
	pageUnitRestartFailed string
	//go:embed doc/unit-restart-loop.md
	pageUnitRestartLoop string
	//go:embed doc/unit-sandbox.md
	pageUnitSandbox string
	//go:embed doc/unit-without-start.md
	pageUnitWithoutStart string
)
