//go:build !linux

package main

// watchedPrograms: run --watch is tested on Linux.
func watchedPrograms() map[string]func() { return nil }
