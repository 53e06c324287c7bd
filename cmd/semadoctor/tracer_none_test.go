//go:build !integration || !linux

package main

// otherPrograms: nobody traces this build.
func otherPrograms() map[string]func() { return nil }
