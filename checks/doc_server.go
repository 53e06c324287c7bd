package checks

import _ "embed" // the pages of what only the server can tell

var (
	//go:embed doc/task-endpoint-400.md
	pageTaskEndpoint400 string
	//go:embed doc/wrong-base-path.md
	pageWrongBasePath string
)
