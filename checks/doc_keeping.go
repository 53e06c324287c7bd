package checks

import _ "embed" // the pages of the problems

// The pages about what a runner keeps.
var (
	//go:embed doc/disk-full.md
	pageDiskFull string
	//go:embed doc/identity-shared.md
	pageIdentityShared string
	//go:embed doc/inodes-full.md
	pageInodesFull string
	//go:embed doc/key-format.md
	pageKeyFormat string
	//go:embed doc/key-missing.md
	pageKeyMissing string
	//go:embed doc/key-not-configured.md
	pageKeyNotConfigured string
	//go:embed doc/key-unreadable.md
	pageKeyUnreadable string
	//go:embed doc/registration-token-as-token.md
	pageRegistrationTokenAsToken string
	//go:embed doc/registration-token-left-behind.md
	pageRegistrationTokenLeftBehind string
	//go:embed doc/registration-token-weak.md
	pageRegistrationTokenWeak string
	//go:embed doc/state-volatile.md
	pageStateVolatile string
	//go:embed doc/tmp-unwritable.md
	pageTmpUnwritable string
)
