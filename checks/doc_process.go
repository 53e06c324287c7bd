package checks

import _ "embed" // the pages of the problems

// The pages about the process and what is around it.
var (
	//go:embed doc/env-not-forwarded.md
	pageEnvNotForwarded string
	//go:embed doc/connection-leak.md
	pageConnectionLeak string
	//go:embed doc/home-missing.md
	pageHomeMissing string
	//go:embed doc/program-missing.md
	pageProgramMissing string
)
