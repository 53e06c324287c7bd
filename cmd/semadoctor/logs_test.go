package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestInOrder(t *testing.T) {
	t.Parallel()
	want := []string{"runner.log-20261101.gz", "runner.log-20261102", "runner.log.12.gz", "runner.log.2.gz", "runner.log.1", "runner.log"}
	for range 20 {
		got := append([]string{}, want...)
		rand.Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
		inOrder(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("inOrder (-want +got):\n%s", diff)
		}
	}
	given := []string{"b.log", "a.log", "-"}
	inOrder(given)
	if diff := cmp.Diff([]string{"b.log", "a.log", "-"}, given); diff != "" {
		t.Errorf("inOrder of what has no order (-want +got):\n%s", diff)
	}
}

func TestMomentOf(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("", 3600)
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, zone)
	for s, want := range map[string]string{
		"2026-11-22": "2026-11-22T00:00:00+01:00", "2026-11-22 10:30": "2026-11-22T10:30:00+01:00", "2026-11-22T10:30:15": "2026-11-22T10:30:15+01:00",
		"2026-11-22T10:30:00Z": "2026-11-22T10:30:00Z", "10:30": "2026-11-23T10:30:00+01:00", "10:30:15": "2026-11-23T10:30:15+01:00",
		"90m": "2026-11-23T10:30:00+01:00", "3d": "2026-11-20T12:00:00+01:00",
	} {
		if got, err := momentOf(s, now); err != nil || got.Format(time.RFC3339) != want {
			t.Errorf("momentOf(%q) = %s, %v, want %s", s, got.Format(time.RFC3339), err, want)
		}
	}
	for _, s := range []string{"yesterday", "-1h", "25:00", "2026-13-01", "d"} {
		if got, err := momentOf(s, now); err == nil {
			t.Errorf("momentOf(%q) = %s, want an error", s, got)
		}
	}
}

// hostileLogs are logs that somebody else has written.
func hostileLogs(t *testing.T) map[string]string {
	t.Helper()
	dir := t.TempDir()
	write := func(name string, pieces ...func(io.Writer)) string {
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		w := bufio.NewWriterSize(f, 1<<20)
		for _, p := range pieces {
			p(w)
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		return f.Name()
	}
	text := func(s string) func(io.Writer) { return func(w io.Writer) { _, _ = io.WriteString(w, s) } }
	many := func(n int, s string) func(io.Writer) {
		return func(w io.Writer) {
			for range n {
				_, _ = io.WriteString(w, s)
			}
		}
	}
	bomb := func(w io.Writer) {
		z := gzip.NewWriter(w)
		many(200, strings.Repeat("\x00", 1<<20))(z)
		_ = z.Close()
	}
	sick := text("time=\"2026-01-02T15:04:05Z\" level=error msg=\"Checking new jobs error, server returns code 401\"\n")
	long := strings.Repeat("x\x00y", 1<<18)
	return map[string]string{
		"a line of 200 MB":      write("line", sick, many(200<<20/len(long), long), text("\n"), sick),
		"a gzip bomb":           write("bomb.gz", bomb),
		"nothing but escapes":   write("escapes", sick, many(10_000, "level=error msg=\"\x1b[2J\x1b]0;\x07\u202e"+hostileToken+"\"\n")),
		"JSON without end":      write("json", sick, text(strings.Repeat("{\"log\":\"", 1<<20))),
		"deep JSON":             write("deep", sick, text("{\"a\":"+strings.Repeat("[", 1<<20)+"\n")),
		"a million kinds":       write("kinds", sick, func(w io.Writer) { kinds(w) }),
		"the same text for all": write("texts", sick, many(1000, strings.Repeat("the server returned error ", 1000)+"\n")),
		"a key in many lines":   write("key", sick, many(9, "level=error msg=\"-----BEGIN RSA PRIVATE KEY-----\"\n"+strings.Repeat("level=error msg="+strings.Repeat("S3CR3Ta", 9)+"\n", 20))),
	}
}

// kinds writes errors of which no two are alike.
func kinds(w io.Writer) {
	for i := range 200_000 {
		_, _ = io.WriteString(w, "level=error msg=")
		for n := i; n > 0; n /= 26 {
			_, _ = w.Write([]byte{byte('a' + n%26)})
		}
		_, _ = io.WriteString(w, "\n")
	}
}

// TestHostileLogs: whatever somebody has written, logs ends in time, in little
// memory, and nothing of it reaches the terminal raw.
func TestHostileLogs(t *testing.T) {
	t.Parallel()
	for name, file := range hostileLogs(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			scale := filepath.Join(t.TempDir(), "status")
			for _, format := range []string{"table", "json"} {
				cmd := exec.Command("weighed", "logs", "-o", format, file)
				cmd.Env = append(os.Environ(), "NO_COLOR=1", "LC_ALL=C.UTF-8", weighedFile+"="+scale)
				var out, errs bytes.Buffer
				cmd.Stdout, cmd.Stderr = &out, &errs
				began := time.Now()
				_ = cmd.Run() // the exit code says it
				want := 1
				if name == "a gzip bomb" { // no runner says that
					want = 3
				}
				if code := cmd.ProcessState.ExitCode(); code != want {
					t.Fatalf("%s: exit code %d\n%s%s", format, code, out.Bytes(), errs.Bytes())
				}
				if took := time.Since(began); took > 30*time.Second { // a busy machine
					t.Errorf("%s: took %s", format, took)
				}
				clean(t, out.String()+errs.String())
				if peak := peakMemory(t, scale); peak > 32<<10 {
					t.Errorf("%s: %d KiB", format, peak)
				}
			}
		})
	}
}

// TestLogsCutOff: of a packed log whose end is lost nobody says that it is well.
func TestLogsCutOff(t *testing.T) {
	t.Parallel()
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	for range 1000 {
		_, _ = io.WriteString(z, "time=\"2026-01-02T15:04:05Z\" level=info msg=\"The runner has been started\"\n")
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "runner.log.1.gz")
	for cut, want := range map[int]int{0: 0, 1: 3, packed.Len() / 2: 3} {
		put(t, file, packed.String()[:packed.Len()-cut])
		out, err := exec.Command("semadoctor", "logs", "-o", "text", file).CombinedOutput()
		code := 0
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			code = exit.ExitCode()
		}
		if code != want || want == 3 && !strings.Contains(string(out), "not all of the log could be read") {
			t.Errorf("%d bytes short: exit code %d, want %d\n%s", cut, code, want, out)
		}
	}
}

// TestFollowLogs: what is said while a log is followed is told on stderr, once, and
// a signal ends it with the whole report.
func TestFollowLogs(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("skipped: Windows has no signal that ends a program as this test wants it to end")
	}
	log := filepath.Join(t.TempDir(), "runner.log")
	put(t, log, "time=\"2026-01-02T15:04:05Z\" level=info msg=\"The runner has been started\"\n")
	cmd := exec.Command("semadoctor", "logs", "--follow", "-o", "text", log)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	var out bytes.Buffer
	cmd.Stdout = &out
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	watchdog := time.AfterFunc(30*time.Second, func() { _ = cmd.Process.Kill() })
	defer watchdog.Stop()
	said := bufio.NewScanner(stderr)
	expect := func(want string) {
		t.Helper()
		if !said.Scan() || said.Text() != want {
			t.Fatalf("stderr said %q, want %q", said.Text(), want)
		}
	}
	expect("2026-01-02T15:04:05Z it begins to ask for tasks")
	loop := strings.Repeat("time=\"2026-01-02T15:04:06Z\" level=error msg=\"Encountered error while checking for new jobs; server returned code 404\"\n", 3)
	appendTo(t, log, loop)
	expect("2026-01-02T15:04:06Z the server answers the runner 404")
	if err := os.Rename(log, log+".1"); err != nil {
		t.Fatal(err)
	}
	put(t, log, "time=\"2026-01-02T15:04:07Z\" level=info msg=\"Task 7 enqueued\"\n")
	expect("2026-01-02T15:04:07Z task 7: enqueued")
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if said.Scan() {
		t.Errorf("stderr said %q at the end", said.Text())
	}
	_ = cmd.Wait() // the exit code says it
	if code := cmd.ProcessState.ExitCode(); code != 4 || !strings.Contains(out.String(), "fail log-404-loop "+log+": the server answers the runner 404: 3 times") || !strings.Contains(out.String(), "task 7 enqueued") {
		t.Errorf("exit code %d, stdout:\n%s", code, out.String())
	}
}

func appendTo(t *testing.T, name, text string) {
	t.Helper()
	f, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString(text); err != nil {
		t.Fatal(err)
	}
}
