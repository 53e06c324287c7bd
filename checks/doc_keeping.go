package checks

import _ "embed" // the pages of the problems

// The pages about what a runner keeps.
var (
	//go:embed doc/disk-full.md
	pageDiskFull string
	//go:embed doc/inodes-full.md
	pageInodesFull string
	//go:embed doc/state-volatile.md
	pageStateVolatile string
	//go:embed doc/tmp-unwritable.md
	pageTmpUnwritable string
)
