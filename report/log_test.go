package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/semadoctor/semadoctor/say"
)

// someLog is a log with one of everything.
func someLog() *Log {
	return &Log{
		Schema: LogSchema, Document: "log", Tool: Tool{"semadoctor", "1.0.0"}, Verdict: Broken, ExitCode: ExitFindings, Counts: Counts{Fail: 1},
		Log: LogLife{
			Sources: []string{"runner.log.1", "runner.log"}, Lines: 1234, Bytes: 99999, From: "2026-01-02T15:04:05Z", Until: "2026-01-03T15:04:05Z",
			Eras:   LogEras{First: "E3", Last: "E3", From: "2.9.64", To: "2.10.25-beta", Says: "The runner has been started", Changed: true},
			Starts: 2, Registrations: 1, LeftOut: 7,
			Moments: []LogMoment{
				{From: "2026-01-02T15:04:05Z", Until: "2026-01-02T15:04:05Z", Lines: 1, Deed: "starts", Text: "a process starts"},
				{From: "2026-01-03T15:04:00Z", Until: "2026-01-03T15:04:05Z", Lines: 6, ID: "log-404-loop", Code: 404, Text: "the server answers the runner 404", Line: "level=error"},
			},
			Tasks: LogTasks{Enqueued: 3, Finished: 2, Failed: 1, Again: 1, Recent: []LogTask{
				{ID: 7, Run: 1, State: "removed", Enqueued: "2026-01-02T16:00:00Z", Started: "2026-01-02T16:00:01Z", Finished: "2026-01-02T16:00:02Z"},
				{ID: 7, Run: 2, State: "finished", Failed: true, Enqueued: "2026-01-02T16:00:03Z"},
				{ID: 8, Run: 1, State: "dequeued", Enqueued: "2026-01-02T17:00:00Z"},
			}},
		},
		Targets: []Target{{Name: "runner.log", Results: []Result{{Check: "log/lifecycle", Status: "fail", Findings: []Finding{{
			ID: "log-404-loop", Status: "fail", Summary: "the server answers the runner 404: 6 times", Evidence: []Evidence{{What: "level=error", File: "runner.log"}},
		}}}}}},
	}
}

const wantLogTable = `runner.log.1
runner.log
  lines: 1234, 2026-01-02T15:04:05Z to 2026-01-03T15:04:05Z
  the words of 2.9.64 to 2.10.25-beta, and before that of another version
  starts: 2, registrations: 1
+----------------------+-------+-----------------------------------+
| when                 | lines | what the runner says              |
+----------------------+-------+-----------------------------------+
| 2026-01-02T15:04:05Z | 1     | a process starts                  |
| ...                  |       | 7 more                            |
| 2026-01-03T15:04:00Z | 6     | the server answers the runner 404 |
| 2026-01-03T15:04:05Z |       |                                   |
+----------------------+-------+-----------------------------------+
3 tasks enqueued, 2 finished, 1 of those failed
  task 7, finished and reported: enqueued 2026-01-02T16:00:00Z, started
  2026-01-02T16:00:01Z, finished 2026-01-02T16:00:02Z
  task 7, run 2, failed: enqueued 2026-01-02T16:00:03Z
  task 8, dequeued: enqueued 2026-01-02T17:00:00Z

x fail  log-404-loop
  the server answers the runner 404: 6 times
    level=error (runner.log)
  to do: semadoctor explain log-404-loop

broken (1 fail, 0 warn, 0 unknown, 0 pass, 0 skip)
`

const wantLogText = `moment 2026-01-02T15:04:05Z starts 1: a process starts
moment 2026-01-03T15:04:00Z log-404-loop 6: the server answers the runner 404
task 7 removed: enqueued 2026-01-02T16:00:00Z, started 2026-01-02T16:00:01Z, finished 2026-01-02T16:00:02Z
task 7 failed: enqueued 2026-01-02T16:00:03Z
task 8 dequeued: enqueued 2026-01-02T17:00:00Z
fail log-404-loop runner.log: the server answers the runner 404: 6 times
said log-404-loop: level=error
broken: 1 fail, 0 warn, 0 unknown, 0 pass, 0 skip
`

func TestLogFormats(t *testing.T) {
	t.Parallel()
	style := Style{ASCII: true, Lang: say.English}
	for name, tt := range map[string]struct {
		write LogWriter
		want  string
	}{
		"table": {LogTable(style), wantLogTable},
		"text":  {LogText(style), wantLogText},
	} {
		var b bytes.Buffer
		if err := tt.write(&b, someLog()); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tt.want, b.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestLogJSON(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := LogJSON(&b, someLog()); err != nil {
		t.Fatal(err)
	}
	var got Log
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(someLog(), &got); diff != "" {
		t.Errorf("what was read back (-want +got):\n%s", diff)
	}
}

// TestLogNarrow: no line is wider than the terminal.
func TestLogNarrow(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := LogTable(Style{Width: 40, ASCII: true})(&b, someLog()); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(b.String()) {
		if len(strings.TrimRight(line, "\n")) > 40 {
			t.Errorf("too wide: %q", line)
		}
	}
}
