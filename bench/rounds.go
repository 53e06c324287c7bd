package main

import (
	"bytes"
	"fmt"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// The commands that are timed, in the order of their results.
const (
	hello = iota
	version
	offlineText
	offlineJSON
	live
	curl
	liveTLS
	curlTLS
	fiveRequests
)

// A series is what one command did, round by round.
type series struct {
	name string
	took []time.Duration // on the clock
	cpu  []time.Duration // of processor: what else runs makes it no longer
	peak []int64         // bytes
}

// A command is a whole process to time.
type command struct {
	name string
	argv []string
}

func (b *binaries) commands(p *patient) []command {
	of := func(config string, more ...string) []string {
		return append([]string{b.semadoctor, "check", "--config", config, "--runner-version", patientVersion}, more...)
	}
	check := func(more ...string) []string { return of(p.config, more...) }
	ask := func(more ...string) []string {
		return append([]string{b.curl, "-q", "-fsS", "--noproxy", "*", "--max-time", "5"}, more...)
	}
	return []command{
		hello:       {"hello world", []string{b.hello}},
		version:     {"semadoctor --version", []string{b.semadoctor, "--version"}},
		offlineText: {"semadoctor check --offline -o text", check("--offline", "-o", "text")},
		offlineJSON: {"semadoctor check --offline -o json", check("--offline", "-o", "json")},
		live:        {"semadoctor check -o text", check("--skip", "clock/ntp", "-o", "text")},
		curl:        {"curl /api/ping", ask(p.url + "/api/ping")},
		liveTLS:     {"semadoctor check -o text, https", of(p.secure, "--env", "SSL_CERT_FILE="+p.bundle, "--skip", "clock/ntp", "-o", "text")},
		curlTLS:     {"curl /api/ping, https", ask("--cacert", p.bundle, p.https+"/api/ping")},

		fiveRequests: {"floor: ask 5 times", []string{b.floor, p.url + "/api/ping", "5"}},
	}
}

// quiet is the environment of everything that is measured: nothing of ours.
func (b *binaries) quiet() []string {
	return []string{"HOME=" + b.dir, "XDG_CACHE_HOME=" + b.dir, "PATH=/usr/bin:/bin", "LC_ALL=C"}
}

// time lets the timer run all commands.
func (b *binaries) time(commands []command, warmup, rounds, seed int) ([]series, error) {
	var in, out, errs bytes.Buffer
	for _, c := range commands {
		in.WriteString(strings.Join(c.argv, "\t") + "\n")
	}
	cmd := exec.Command(b.timer, filepath.Join(b.dir, "output"), strconv.Itoa(warmup), strconv.Itoa(rounds), strconv.Itoa(seed))
	cmd.Env, cmd.Stdin, cmd.Stdout, cmd.Stderr = b.quiet(), &in, &out, &errs
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("%w\n%s", err, errs.Bytes())
	}
	all := make([]series, len(commands))
	for i, c := range commands {
		all[i].name = c.name
	}
	for line := range strings.Lines(out.String()) {
		var i int
		var took, cpu, peak int64
		if _, err := fmt.Sscan(line, &i, &took, &cpu, &peak); err != nil {
			return nil, fmt.Errorf("timer said %q: %w", line, err)
		}
		s := &all[i]
		s.took, s.cpu, s.peak = append(s.took, time.Duration(took)), append(s.cpu, time.Duration(cpu)), append(s.peak, peak)
	}
	return all, nil
}
