package checks

import _ "embed" // the pages of what only the server can tell

var (
	//go:embed doc/known-bad-version.md
	pageKnownBadVersion string
	//go:embed doc/remote-runners-off.md
	pageRemoteRunnersOff string
	//go:embed doc/runner-duplicates.md
	pageRunnerDuplicates string
	//go:embed doc/runner-inactive.md
	pageRunnerInactive string
	//go:embed doc/task-endpoint-400.md
	pageTaskEndpoint400 string
	//go:embed doc/wrong-base-path.md
	pageWrongBasePath string
)
