//go:build unix

// Command timer runs commands round by round, each round in another order, and
// writes down how long each took and how much memory it had.
//
// It is a program of its own because of that memory: the kernel charges what
// the parent has to the child until it calls exec, so that a large parent
// reports its own size as the floor. This one has as little as bench/hello.
//
//	timer OUTPUT WARMUP ROUNDS SEED < COMMANDS
//
// A line of COMMANDS is one command, its words separated by tabs, the program
// with its whole path. What they write goes to the file OUTPUT: it should be on
// a file system in memory, and not be the null device, for which some programs
// do less. A line of the result is: index of the command, nanoseconds on the
// clock, nanoseconds of processor, peak bytes. A command that does not exit 0
// ends it all.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "timer:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 4 {
		return errors.New("want OUTPUT WARMUP ROUNDS SEED")
	}
	var n [3]int
	for i, a := range args[1:] {
		var err error
		if n[i], err = strconv.Atoi(a); err != nil {
			return err
		}
	}
	commands, err := read()
	if err != nil {
		return err
	}
	out := bufio.NewWriter(os.Stdout)
	if err := rounds(out, args[0], commands, n[0], n[1], uint64(n[2])); err != nil {
		return err
	}
	return out.Flush()
}

// rounds writes down all but the first rounds.
func rounds(out io.Writer, output string, commands [][]string, warmup, count int, seed uint64) error {
	order := rand.New(rand.NewPCG(seed, 0))
	for round := range warmup + count {
		wake(output, commands)
		for _, i := range order.Perm(len(commands)) {
			took, usage, err := measure(output, commands[i])
			if err != nil {
				return err
			}
			if round >= warmup {
				fmt.Fprintln(out, i, took.Nanoseconds(), usage.Utime.Nano()+usage.Stime.Nano(), maxRSS(usage))
			}
		}
	}
	return nil
}

func read() ([][]string, error) {
	var commands [][]string
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		commands = append(commands, strings.Split(in.Text(), "\t"))
	}
	return commands, in.Err()
}

// wake wakes the processor: a command that is timed after a pause seems up to
// 0.7 ms slower, and it would always be the first of a round.
func wake(output string, commands [][]string) {
	for start := time.Now(); time.Since(start) < 20*time.Millisecond; {
	}
	for range 2 {
		_, _, _ = measure(output, commands[0]) // thrown away
	}
}

// measure runs one command.
func measure(output string, argv []string) (took time.Duration, usage syscall.Rusage, err error) {
	f, err := os.OpenFile(output, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return 0, usage, err
	}
	defer f.Close()
	stdin, err := os.Open(os.DevNull)
	if err != nil {
		return 0, usage, err
	}
	defer stdin.Close()
	attr := &syscall.ProcAttr{Env: os.Environ(), Files: []uintptr{stdin.Fd(), f.Fd(), f.Fd()}}
	var status syscall.WaitStatus
	start := time.Now()
	pid, err := syscall.ForkExec(argv[0], argv, attr)
	if err != nil {
		return 0, usage, fmt.Errorf("%s: %w", argv[0], err)
	}
	for {
		if _, err = syscall.Wait4(pid, &status, 0, &usage); !errors.Is(err, syscall.EINTR) {
			break
		}
	}
	took = time.Since(start)
	if err == nil && status.ExitStatus() != 0 {
		text, _ := os.ReadFile(output) // for the message only
		err = fmt.Errorf("%s: exit status %d\n%s", strings.Join(argv, " "), status.ExitStatus(), text)
	}
	return took, usage, err
}

// maxRSS is in bytes on macOS, and in KiB elsewhere.
func maxRSS(u syscall.Rusage) int64 {
	if runtime.GOOS == "darwin" {
		return int64(u.Maxrss)
	}
	return int64(u.Maxrss) << 10
}
