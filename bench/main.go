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
	rounds := flag.Int("rounds", 41, "how often everything is timed; fleets and logs a third of that")
	warmup := flag.Int("warmup", 3, "rounds before that, not counted")
	seed := flag.Int("seed", 1, "of the order")
	part := flag.String("part", "", "only `one|fleet|far|logs|run`: commands that take milliseconds, many configs, servers, long logs, a runner that is watched")
	flag.Parse()
	if err := bench(*part, *warmup, *rounds, *seed); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func bench(part string, warmup, rounds, seed int) error {
	dir, err := os.MkdirTemp(memory(), "semadoctor-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	bins, err := build(dir)
	if err != nil {
		return err
	}
	load := load()
	var rows []row
	var times []series
	for _, p := range []struct {
		name string
		time func(warmup, rounds, seed int) ([]row, []series, error)
	}{{"one", bins.timeOne}, {"fleet", bins.timeFleets}, {"far", bins.timeFar}, {"logs", bins.timeLogs}, {"run", bins.timeRun}} {
		if part != "" && part != p.name {
			continue
		}
		r, t, err := p.time(warmup, rounds, seed)
		if err != nil {
			return err
		}
		rows, times = append(rows, r...), append(times, t...)
	}
	fmt.Printf("%s/%s, %d cores, %s, %d rounds, load %s\n\n", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version(), rounds, load)
	printTable(os.Stdout, rows)
	fmt.Printf("\nWhat the table compares, on this machine at this hour:\n\n")
	printTimes(os.Stdout, times)
	return nil
}

// timeOne is for commands about one runner, and for the program itself.
func (b *binaries) timeOne(warmup, rounds, seed int) ([]row, []series, error) {
	p, err := newPatient(b.dir)
	if err != nil {
		return nil, nil, err
	}
	defer p.close()
	times, err := b.time(b.commands(p), warmup, rounds, seed)
	if err != nil {
		return nil, nil, err
	}
	delays, err := b.delays(p, warmup, rounds)
	if err != nil {
		return nil, nil, err
	}
	size, err := b.size()
	return score(times, delays, size), times, err
}

// timeFleets is for commands that take a hundred times as long as the others.
func (b *binaries) timeFleets(_, rounds, seed int) ([]row, []series, error) {
	f, remove, err := newFleets()
	if err != nil {
		return nil, nil, err
	}
	defer remove()
	times, err := b.time(b.fleetCommands(f), 1, max(rounds/3, 1), seed)
	if err != nil {
		return nil, nil, err
	}
	return scoreFleet(times), times, nil
}

// timeFar is for commands that are many requests.
func (b *binaries) timeFar(_, rounds, seed int) ([]row, []series, error) {
	f, stop, err := newFar()
	if err != nil {
		return nil, nil, err
	}
	defer stop()
	times, err := b.time(b.farCommands(f), 1, max(rounds/3, 1), seed)
	if err != nil {
		return nil, nil, err
	}
	return scoreFar(times), times, nil
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
