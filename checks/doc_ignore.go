package checks

import _ "embed" // the pages of the problems

// The pages about ignore files.
var (
	//go:embed doc/ignore-expired.md
	pageIgnoreExpired string
	//go:embed doc/ignore-malformed.md
	pageIgnoreMalformed string
	//go:embed doc/ignore-untrusted.md
	pageIgnoreUntrusted string
	//go:embed doc/ignore-unused.md
	pageIgnoreUnused string
)
