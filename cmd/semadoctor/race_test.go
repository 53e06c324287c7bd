//go:build race

package main

// raceEnabled: the detector of races takes most of the memory.
const raceEnabled = true
