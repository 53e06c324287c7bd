package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// fleets are directories of configs of healthy runners.
type fleets struct{ small, large string }

const (
	smallFleet = 1_000
	largeFleet = 10_000
)

// newFleets makes them on a disk: a state on a file system in memory is a finding
// that everyone of them would have.
func newFleets() (f *fleets, remove func(), err error) {
	dir, remove, err := onDisk()
	if err != nil {
		return nil, nil, err
	}
	f = &fleets{filepath.Join(dir, "small"), filepath.Join(dir, "large")}
	for name, n := range map[string]int{f.small: smallFleet, f.large: largeFleet} {
		if err := writeFleet(name, n); err != nil {
			remove()
			return nil, nil, err
		}
	}
	return f, remove, nil
}

func onDisk() (dir string, remove func(), err error) {
	base, err := os.UserCacheDir()
	if err != nil {
		return "", nil, err
	}
	if err := os.MkdirAll(base, 0o700); err != nil {
		return "", nil, err
	}
	dir, err = os.MkdirTemp(base, "semadoctor-bench-")
	return dir, func() { os.RemoveAll(dir) }, err
}

// writeFleet writes configs of some 400 bytes, and beside their directory the
// states.
func writeFleet(dir string, n int) error {
	states, tmp := dir+"-states", dir+"-tmp"
	for _, d := range []string{dir, states, tmp} {
		if err := os.Mkdir(d, 0o700); err != nil {
			return err
		}
	}
	for i := range n {
		state := filepath.Join(states, fmt.Sprintf("runner-%05d.json", i))
		config := fmt.Appendf(nil, `{
  "runner": {
    "registration_token": "registration-token-%05d",
    "api_url": "http://semaphore.example.com:3000/api",
    "config_file": %q
  },
  "tmp_path": %q,
  "port": ":3000",
  "git_client": "cmd_git",
  "dialect": "bolt"
}
`, i, state, tmp)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("runner-%05d.json", i)), config, 0o600); err != nil {
			return err
		}
		if err := os.WriteFile(state, fmt.Appendf(nil, `{"runner_id":%d,"token":"%012d"}`, i+1, i), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// The commands of a fleet, in the order of their results.
const (
	floorLarge = iota
	fleetSmall
	fleetLarge
	fleetJSON
)

func (b *binaries) fleetCommands(f *fleets) []command {
	check := func(dir, format string) []string {
		return []string{b.semadoctor, "check", "--config", dir, "--runner-version", patientVersion, "--offline", "-o", format}
	}
	return []command{
		floorLarge: {fmt.Sprintf("floor: read and decode %d", largeFleet), []string{b.floor, f.large}},
		fleetSmall: {fmt.Sprintf("semadoctor check of %d, text", smallFleet), check(f.small, "text")},
		fleetLarge: {fmt.Sprintf("semadoctor check of %d, text", largeFleet), check(f.large, "text")},
		fleetJSON:  {fmt.Sprintf("semadoctor check of %d, json", largeFleet), check(f.large, "json")},
	}
}

// scoreFleet holds a fleet against its bars.
func scoreFleet(times []series) []row {
	scaled := series{took: make([]time.Duration, len(times[fleetSmall].took)), cpu: make([]time.Duration, len(times[fleetSmall].cpu))}
	for i := range scaled.took {
		scaled.took[i], scaled.cpu[i] = 10*times[fleetSmall].took[i], 10*times[fleetSmall].cpu[i]
	}
	grown := mib(times[fleetLarge])
	for i, small := range mib(times[fleetSmall]) {
		grown[i] /= small
	}
	return []row{
		compare("P7", "fleet of 10,000, text / floor", times[fleetLarge], times[floorLarge], 3.0, 2.0),
		compare("", "  the same, json / floor", times[fleetJSON], times[floorLarge], 10, 3.0),
		sum("P8", "peak memory of that, text", mib(times[fleetLarge]), " MiB", 32, 20),
		sum("", "  the same, json", mib(times[fleetJSON]), " MiB", 32, 20),
		sum("", "  text / that of 1,000", grown, "x", 1.2, 1.1),
		compare("P9", "time of 10,000 / ten times 1,000", times[fleetLarge], scaled, 1.05, 1.0),
	}
}

// mib is the peak memory of a command, round by round.
func mib(s series) []float64 {
	all := make([]float64, len(s.peak))
	for i, b := range s.peak {
		all[i] = float64(b) / (1 << 20)
	}
	return all
}
