package main

import (
	"fmt"
	"os/exec"
	"time"
)

// delays is by how much later the runner's first request comes when it is
// started by "semadoctor run", round by round. Who goes first alternates.
func (b *binaries) delays(p *patient, warmup, rounds int) ([]time.Duration, error) {
	direct := []string{b.poller, p.url + firstRequest}
	gated := append([]string{b.semadoctor, "run", "--config", p.config, "--runner-version", patientVersion, "--"}, direct...)
	return b.compareStarts(p, direct, gated, warmup, rounds)
}

// compareStarts is by how much later the runner's first request comes with one command
// than with the other.
func (b *binaries) compareStarts(p *patient, direct, gated []string, warmup, rounds int) ([]time.Duration, error) {
	var late []time.Duration
	for round := range warmup + rounds {
		var took [2]time.Duration
		for i := range took {
			which := (i + round) % 2
			argv := direct
			if which == 1 {
				argv = gated
			}
			var err error
			if took[which], err = b.first(p, argv); err != nil {
				return nil, err
			}
		}
		if round >= warmup {
			late = append(late, took[1]-took[0])
		}
	}
	return late, nil
}

// first is how long after the start of a command the runner's first request
// comes. The start and the arrival are on one clock: the server is in this
// process.
func (b *binaries) first(p *patient, argv []string) (time.Duration, error) {
	for start := time.Now(); time.Since(start) < 20*time.Millisecond; { // awake, see bench/timer
	}
	cmd := exec.Command(argv[0], argv[1:]...)
	cmd.Env = b.quiet()
	start := time.Now()
	out, err := cmd.CombinedOutput()
	if err != nil {
		return 0, fmt.Errorf("%s: %w\n%s", argv[0], err, out)
	}
	select {
	case t := <-p.arrived:
		return t.Sub(start), nil
	default:
		return 0, fmt.Errorf("%v sent no request", argv)
	}
}
