package checks

import _ "embed" // the pages of the problems

// The pages of what compose files get wrong.
var (
	//go:embed doc/container-user-unknown.md
	pageContainerUserUnknown string
	//go:embed doc/compose-empty-variable.md
	pageComposeEmptyVariable string
	//go:embed doc/compose-state-not-mounted.md
	pageComposeStateNotMounted string
	//go:embed doc/compose-unpinned-image.md
	pageComposeUnpinnedImage string
	//go:embed doc/compose-user-mismatch.md
	pageComposeUserMismatch string
	//go:embed doc/url-local-in-container.md
	pageURLLocalInContainer string
)
