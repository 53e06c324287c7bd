// Command bench measures semadoctor against what it must not be slower than.
// Ratios are the score: everything a row compares was timed in one run, round
// by round, in an order that changes, and the number is the median of the
// ratios of each round. Run it as "make bench".
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"strings"
)

func main() {
	rounds := flag.Int("rounds", 41, "how often everything is timed; fleets a third of that")
	warmup := flag.Int("warmup", 3, "rounds before that, not counted")
	seed := flag.Int("seed", 1, "of the order")
	flag.Parse()
	if err := bench(*warmup, *rounds, *seed); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func bench(warmup, rounds, seed int) error {
	dir, err := os.MkdirTemp(memory(), "semadoctor-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	bins, err := build(dir)
	if err != nil {
		return err
	}
	p, err := newPatient(dir)
	if err != nil {
		return err
	}
	defer p.close()
	load := load()
	times, err := bins.time(bins.commands(p), warmup, rounds, seed)
	if err != nil {
		return err
	}
	fleet, err := bins.timeFleets(rounds, seed)
	if err != nil {
		return err
	}
	delays, err := bins.delays(p, warmup, rounds)
	if err != nil {
		return err
	}
	size, err := bins.size()
	if err != nil {
		return err
	}
	fmt.Printf("%s/%s, %d cores, %s, %d rounds, load %s\n\n", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version(), rounds, load)
	printTable(os.Stdout, append(score(times, delays, size), scoreFleet(fleet)...))
	fmt.Printf("\nsemadoctor is %d bytes. What the table compares, on this machine at this hour:\n\n", size)
	printTimes(os.Stdout, append(times, fleet...))
	return nil
}

// timeFleets is for commands that take a hundred times as long as the others.
func (b *binaries) timeFleets(rounds, seed int) ([]series, error) {
	f, remove, err := newFleets()
	if err != nil {
		return nil, err
	}
	defer remove()
	return b.time(b.fleetCommands(f), 1, max(rounds/3, 1), seed)
}

// load is what else runs: the load average before the first round. Above a half
// it is better to wait.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	now, _, _ := strings.Cut(string(text), " ")
	return now
}

// memory is a directory on a file system in memory, if there is one.
func memory() string {
	const shm = "/dev/shm"
	if info, err := os.Stat(shm); err != nil || !info.IsDir() {
		return ""
	}
	return shm
}
