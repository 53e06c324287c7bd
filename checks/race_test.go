//go:build race

package checks_test

// raceEnabled: the detector of races takes ten times as long.
const raceEnabled = true
