//go:build linux && !integration

package main

import "syscall"

// What is tried of run --watch where tests must be fast: some signals, one of each
// kind, two eras, and a semadoctor in haste. The tests behind -tags integration try all.

// watchdoctor is the program that stays with a runner.
const watchdoctor = "hastydoctor"

func triedSignals() []syscall.Signal {
	return []syscall.Signal{syscall.SIGHUP, syscall.SIGTERM, syscall.SIGUSR1, syscall.SIGSEGV, syscall.SIGTSTP, syscall.SIGWINCH, 40}
}

func triedEras() []string { return []string{"E1", "E4c"} }
