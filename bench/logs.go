package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// logSize is how long each log is, in bytes.
const logSize = 200_000_000

// recordedLogs are those of real runners, from the directory in which "make bench"
// runs.
const recordedLogs = "testdata/recordings/*/log/*.log"

// logs are two long logs, each packed as logrotate does, too: the recorded ones
// over and over, and tasks that are well.
type logs struct{ sick, well, patterns string }

// grepPatterns are thirty errors of runners, for grep to count: the catalogue of
// semadoctor has more, and says more about each.
func grepPatterns() []string {
	return []string{
		"server returns code 401", "server returns code 404", "server returns code 5[0-9][0-9]", "server returned code 40[14]",
		"the server returned error 400", "the server returned error ?404", "the server returned error ?401", "the server returned error 5[0-9][0-9]",
		"can not retrieve runner token", "can not retrieve registration token", "registration token cannot be empty",
		"runner token file required", "runner registration failed", "can not store token to the file",
		"Could not decode configuration!", "Cannot Find configuration!", "connection refused", "no such host",
		"certificate signed by unknown authority", "certificate has expired", "server gave HTTP response to HTTPS client",
		"unsupported protocol scheme", "first path segment in URL cannot contain colon", "invalid header field value",
		"invalid character '.' looking for beginning of (value|object key string)", "Error making request: ?<nil>",
		"no runners available", "permission denied", "is a directory", "panic: (runtime error|unknown app)",
	}
}

// newLogs writes them into dir.
func newLogs(dir string) (*logs, error) {
	l := &logs{filepath.Join(dir, "sick.log"), filepath.Join(dir, "well.log"), filepath.Join(dir, "patterns")}
	if err := os.WriteFile(l.patterns, []byte(strings.Join(grepPatterns(), "\n")+"\n"), 0o600); err != nil {
		return nil, err
	}
	recorded, err := recordings()
	if err != nil {
		return nil, err
	}
	i := 0
	for name, more := range map[string]func() []byte{
		l.sick: func() []byte { return recorded },
		l.well: func() []byte { i++; return wellTask(i) },
	} {
		if err := writeLog(name, more); err != nil {
			return nil, err
		}
	}
	return l, nil
}

func recordings() (all []byte, err error) {
	files, err := filepath.Glob(recordedLogs)
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("no %s: run it where go.mod is", recordedLogs)
	}
	for _, f := range files {
		var b []byte
		if b, err = os.ReadFile(f); err != nil {
			break
		}
		all = append(all, b...)
	}
	return all, err
}

// wellTask is what syslog has of a runner of 2.10 that has done a task. One line
// in a thousand is one of trouble.
func wellTask(i int) []byte {
	var b []byte
	for k, what := range []string{"enqueued", "dequeued", "started", "finished (success)", "removed from running list"} {
		at := time.Date(2026, 1, 1, 0, 0, 7*i+k, 0, time.UTC)
		b = fmt.Appendf(b, "%s host semaphore[812]: time=%q level=info msg=\"Task %d %s\"\n", at.Format(time.Stamp), at.Format(time.RFC3339), i, what)
	}
	if i%200 == 0 {
		b = fmt.Appendf(b, "Jan  1 00:00:00 host semaphore[812]: Error making request: Get \"http://h:3000/api/runners/1\": dial tcp 192.0.2.1:3000: connect: connection refused\n")
	}
	return b
}

// writeLog writes a log and the same packed.
func writeLog(name string, more func() []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := os.Create(name + ".gz")
	if err != nil {
		return err
	}
	defer z.Close()
	plain, packed := bufio.NewWriter(f), gzip.NewWriter(z)
	both := io.MultiWriter(plain, packed)
	for n := 0; n < logSize; {
		m, err := both.Write(more())
		if err != nil {
			return err
		}
		n += m
	}
	if err := packed.Close(); err != nil {
		return err
	}
	return plain.Flush()
}

// The commands about logs, in the order of their results.
const (
	logsSick = iota
	grepSick
	logsWell
	grepWell
	logsSickPacked
	grepSickPacked
	logsWellPacked
	grepWellPacked
)

func (b *binaries) logCommands(l *logs) ([]command, error) {
	shell, err := exec.LookPath("sh")
	if err != nil {
		return nil, err
	}
	// Who finds something exits 1, which is no failure here.
	run := func(line string) []string { return []string{shell, "-c", line + "; test $? -le 1"} }
	read := func(file string) []string { return run(b.semadoctor + " logs -o text " + file) }
	grep := func(file string) []string { return run("grep -cE -f " + l.patterns + " " + file) }
	zgrep := func(file string) []string { return run("zcat " + file + " | grep -cE -f " + l.patterns) }
	return []command{
		logsSick:       {"semadoctor logs, recorded logs", read(l.sick)},
		grepSick:       {"grep -cE, the same", grep(l.sick)},
		logsWell:       {"semadoctor logs, healthy tasks", read(l.well)},
		grepWell:       {"grep -cE, the same", grep(l.well)},
		logsSickPacked: {"semadoctor logs, recorded logs, gzip", read(l.sick + ".gz")},
		grepSickPacked: {"zcat | grep -cE, the same", zgrep(l.sick + ".gz")},
		logsWellPacked: {"semadoctor logs, healthy tasks, gzip", read(l.well + ".gz")},
		grepWellPacked: {"zcat | grep -cE, the same", zgrep(l.well + ".gz")},
	}, nil
}

// timeLogs is for logs of 200 MB.
func (b *binaries) timeLogs(_, rounds, seed int) ([]row, []series, error) {
	dir, remove, err := onDisk()
	if err != nil {
		return nil, nil, err
	}
	defer remove()
	l, err := newLogs(dir)
	if err != nil {
		return nil, nil, err
	}
	commands, err := b.logCommands(l)
	if err != nil {
		return nil, nil, err
	}
	times, err := b.time(commands, 1, max(rounds/3, 1), seed)
	if err != nil {
		return nil, nil, err
	}
	return scoreLogs(times), times, nil
}

// scoreLogs holds logs against their bars.
func scoreLogs(times []series) []row {
	return []row{
		compare("P11", "logs, 200 MB of recorded logs / grep -cE", times[logsSick], times[grepSick], 0.8, 0.6),
		compare("", "  200 MB of healthy tasks / grep -cE", times[logsWell], times[grepWell], 0.8, 0.6),
		sum("P12", "peak memory of that, recorded logs", mib(times[logsSick]), " MiB", 16, 10),
		sum("", "  healthy tasks", mib(times[logsWell]), " MiB", 16, 10),
		compare("P13", "logs, recorded, gzip / zcat | grep -cE", times[logsSickPacked], times[grepSickPacked], 0.7, 0.5),
		compare("", "  healthy tasks, gzip / the same", times[logsWellPacked], times[grepWellPacked], 0.7, 0.5),
	}
}
