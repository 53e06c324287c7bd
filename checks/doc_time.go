package checks

import _ "embed" // the pages below

var (
	//go:embed doc/clock-unsynchronised.md
	pageClockUnsynchronised string
)
