package main

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"syscall"
	"time"

	"github.com/semadoctor/semadoctor/checks"
)

// watchedPrograms are runners for the tests of run --watch.
func watchedPrograms() map[string]func() {
	return map[string]func(){"signalled": signalled, "orphaning": orphaning, "hastydoctor": hastydoctor}
}

// hastydoctor is semadoctor with less patience, for runners that poll ten times as
// often.
func hastydoctor() {
	w := realWorld()
	w.Times = watchTimes{
		settle: 300 * time.Millisecond, doubt: 600 * time.Millisecond, eager: 100 * time.Millisecond, patient: 200 * time.Millisecond,
		pulse: 3 * time.Second, silent: 200 * time.Millisecond,
		steady: time.Minute, backoff: 100 * time.Millisecond, longest: time.Minute,
	}
	os.Exit(Main(w, checks.Builtin(), os.Args))
}

// orphaning is a program that has a hundred grandchildren whose parents end before
// them, each in a session of its own, and then does as signalled does.
func orphaning() {
	start := func(args ...string) {
		cmd := exec.Command(os.Args[0], args...)
		cmd.Args[0], cmd.Path = "orphaning", "/proc/self/exe"
		if _, err := os.Stat(cmd.Path); err != nil { // an image without /proc
			cmd.Path = "/orphaning"
		}
		cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
		if err := cmd.Start(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	switch {
	case len(os.Args) == 1:
		for range 20 {
			start("parent")
		}
		signalled()
	case os.Args[1] == "parent":
		for range 5 {
			start("orphan")
		}
	}
}

// signalled is a program that says which signals it gets, and ends with status 3 at
// the one that SIGNALLED_UNTIL names.
func signalled() {
	until, _ := strconv.Atoi(os.Getenv("SIGNALLED_UNTIL"))
	signals := make(chan os.Signal, 100)
	for _, s := range everySignal() {
		signal.Notify(signals, s)
	}
	fmt.Println("ready")
	for s := range signals {
		n := int(s.(syscall.Signal))
		fmt.Println(n)
		if n == until {
			os.Exit(3)
		}
	}
}

// everySignal is what a process can catch, but for what Go and the C library keep for
// themselves and what tells of children and pipes.
func everySignal() []syscall.Signal {
	var all []syscall.Signal
	for n := syscall.Signal(1); n <= 64; n++ {
		switch n {
		case syscall.SIGKILL, syscall.SIGSTOP, syscall.SIGURG, syscall.SIGPROF, syscall.SIGCHLD, syscall.SIGPIPE, 32, 33, 34:
		default:
			all = append(all, n)
		}
	}
	return all
}
