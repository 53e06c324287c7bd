package runner

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// logCmp compares what logs say.
func logCmp() cmp.Option { return cmp.AllowUnexported(LogTime{}, Count{}, Told{}) }

func TestTasks(t *testing.T) {
	t.Parallel()
	life := readLog(t, LogOptions{}, contentOf(t, "../testdata/recordings/v2.10.32/log/tasks_trailing_slash.log"))
	tally := life.Tasks
	if tally.Enqueued != 8 && tally.Enqueued != 7 || tally.Again != tally.Enqueued-1 || !cmp.Equal(tally.Repeated, []int64{2147483646}) {
		t.Errorf("tasks = %+v", tally)
	}
	first := tally.Recent[0]
	if first.Enqueued.String() != "2026-11-23T12:17:32Z" || first.Started.String() != "2026-11-23T12:17:37Z" || first.Finished.String() != "2026-11-23T12:17:40Z" || first.State != TaskRemoved || first.Failed || first.Run != 1 {
		t.Errorf("the first run = %+v", first)
	}
	if last := tally.Recent[len(tally.Recent)-1]; last.Run != len(tally.Recent) {
		t.Errorf("the last run = %+v", last)
	}
}

func TestTaskStates(t *testing.T) {
	t.Parallel()
	line := func(sec int, words string) string {
		return fmt.Sprintf("time=\"2026-01-02T15:04:%02dZ\" level=info msg=%q\n", sec, words)
	}
	life := readLog(t, LogOptions{}, line(1, "Task 7 added from queue")+line(2, "Task 7 started")+line(3, "Task 7 dequeued (failed)")+
		line(4, "Task 8 enqueued")+line(5, "Task 8 finished (error)")+line(6, "Task 9 started")+line(7, "Task list is empty"))
	var got []string
	for _, task := range life.Tasks.Recent {
		got = append(got, fmt.Sprint(task.ID, " ", task.State, " ", task.Failed))
	}
	if diff := cmp.Diff([]string{"7 finished true", "8 finished true", "9 started false"}, got); diff != "" {
		t.Errorf("tasks (-want +got):\n%s", diff)
	}
}

// TestTaskAgain: only what comes again within a minute has not been finished for
// the server.
func TestTaskAgain(t *testing.T) {
	t.Parallel()
	for apart, want := range map[time.Duration]int64{time.Second: 1, time.Minute: 1, 61 * time.Second: 0, time.Hour: 0} {
		at := time.Date(2026, 1, 2, 15, 4, 5, 0, time.UTC)
		var log strings.Builder
		for range 2 {
			fmt.Fprintf(&log, "time=%q level=info msg=\"Task 7 enqueued\"\n", at.Format(time.RFC3339))
			at = at.Add(apart)
		}
		if got := readLog(t, LogOptions{}, log.String()).Tasks.Again; got != want {
			t.Errorf("twice, %s apart: again %d, want %d", apart, got, want)
		}
	}
}

func TestSinceUntil(t *testing.T) {
	t.Parallel()
	log := contentOf(t, "../testdata/recordings/v2.10.22/log/h_server_down.log")
	at := func(clock string) time.Time {
		parsed, err := time.Parse(time.RFC3339, "2026-11-23T"+clock+"Z")
		if err != nil {
			t.Fatal(err)
		}
		return parsed
	}
	tests := []struct {
		name  string
		since time.Time
		until time.Time
		want  []Topic
	}{
		{"all", time.Time{}, time.Time{}, []Topic{LogServerUnreachable, LogServerErrors, LogRegistrationFails}},
		{"the first", time.Time{}, at("12:06:15"), []Topic{LogServerUnreachable}},
		{"the middle", at("12:06:17"), at("12:06:19"), []Topic{LogServerErrors}},
		{"the last", at("12:06:26"), time.Time{}, []Topic{LogServerUnreachable}},
		{"afterwards", at("13:00:00"), time.Time{}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			life := readLog(t, LogOptions{Since: tt.since, Until: tt.until}, log)
			if diff := cmp.Diff(tt.want, topicsOf(life)); diff != "" {
				t.Errorf("topics (-want +got):\n%s", diff)
			}
		})
	}
}

func TestMoments(t *testing.T) {
	t.Parallel()
	life := readLog(t, LogOptions{}, contentOf(t, "../testdata/recordings/v2.10.22/log/d_stale_deleted.log"))
	var got []string
	for _, m := range life.Moments {
		got = append(got, fmt.Sprint(m.Deed, m.Topic, " ", m.Code, " ", m.N))
	}
	want := []string{"starts 0 1", "tries 0 1", "registers 0 1", "works 0 1", "starts 0 1", "tries 0 1", "works 0 1", "log-404-loop 404 4"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("moments (-want +got):\n%s", diff)
	}
	loop := life.Moments[7]
	if loop.From.String() != "2026-11-23T12:03:48Z" || loop.Until.String() != "2026-11-23T12:03:51Z" {
		t.Errorf("the loop goes from %s to %s", loop.From, loop.Until)
	}
}

// TestLately: of what was before the last start nothing is left in Lately.
func TestLately(t *testing.T) {
	t.Parallel()
	life := readLog(t, LogOptions{}, contentOf(t, "../testdata/recordings/v2.10.22/log/h_server_down.log"))
	down, errors := life.Trouble(LogServerUnreachable), life.Trouble(LogServerErrors)
	if down.N != 11 || down.Lately != 1 || errors.N != 4 || errors.Lately != 0 {
		t.Errorf("unreachable %d, lately %d; errors %d, lately %d", down.N, down.Lately, errors.N, errors.Lately)
	}
}

// TestWrapper: the image's wrapper starts the runner, which then says so itself; what
// it installs again and again is never started.
func TestWrapper(t *testing.T) {
	t.Parallel()
	const installs, launches, loads = "Installing additional python dependencies\n", "Starting semaphore runner\n", "Loading config\nValidating config\n"
	tests := []struct {
		name, log string
		starts    int64
		want      []Topic
	}{
		{"up to 2.18", installs + launches + loads + "Runner connected\n" + installs + launches + loads, 2, nil},
		{"from 2.19 on", launches + "Runner connected\n" + launches + "Runner connected\n", 2, nil},
		{"a packet that is not there", installs + installs + "ERROR: No matching distribution found for x\n" + installs, 0, []Topic{LogSetupFails}},
		{"restarted by hand", launches + loads + "Runner connected\n" + loads, 2, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			life := readLog(t, LogOptions{}, tt.log)
			if diff := cmp.Diff(tt.want, topicsOf(life)); diff != "" || life.Starts != tt.starts {
				t.Errorf("%d starts, want %d; topics (-want +got):\n%s", life.Starts, tt.starts, diff)
			}
		})
	}
}

func TestUnknownErrors(t *testing.T) {
	t.Parallel()
	var log strings.Builder
	for i := range 100 {
		fmt.Fprintf(&log, "time=\"2026-01-02T15:04:05Z\" level=error msg=\"the moon is %d miles away\"\n", i)
		fmt.Fprintf(&log, "time=\"2026-01-02T15:04:05Z\" level=warning msg=\"the moon is %d miles away\"\n", i)
	}
	for i := range 2 * keptTold {
		fmt.Fprintf(&log, "time=\"2026-01-02T15:04:05Z\" level=fatal msg=\"%s\"\nlevel=error msg=%s\n", strings.Repeat("x", i), strings.Repeat("y", i))
	}
	log.WriteString("panic: the moon has fallen\n")
	life := readLog(t, LogOptions{}, log.String())
	if diff := cmp.Diff([]Topic{LogRunnerPanics, LogUnknownError}, topicsOf(life)); diff != "" {
		t.Errorf("topics (-want +got):\n%s", diff)
	}
	unknown := life.Trouble(LogUnknownError).Told
	if first := unknown[0]; first.N != 100 || first.Text != `level=error msg="the moon is 0 miles away"` {
		t.Errorf("the first unknown error = %+v", first)
	}
	if len(unknown) != keptTold || life.Untold == 0 {
		t.Errorf("%d kinds are kept, %d lines are not", len(unknown), life.Untold)
	}
}

// TestKeyInLines: of a private key that is spread over lines nothing is kept, however
// short its last line is.
func TestKeyInLines(t *testing.T) {
	t.Parallel()
	const line = "level=error msg=\"%s\"\n"
	key := fmt.Sprintf(line, "-----BEGIN RSA PRIVATE KEY-----") + fmt.Sprintf(line, strings.Repeat("S3CR3Tab", 8)) + fmt.Sprintf(line, "S3CR3T==") +
		fmt.Sprintf(line, "-----END RSA PRIVATE KEY-----") + fmt.Sprintf(line, "something else")
	var said []string
	r := NewLogReader(LogOptions{Each: func(e LogEvent) { said = append(said, e.Text) }})
	_, _ = r.Write([]byte(key))
	for _, told := range r.Life().Trouble(LogUnknownError).Told {
		said = append(said, told.Text)
	}
	if all := strings.Join(said, "\n"); strings.Contains(all, "S3CR3T") || !strings.Contains(all, "something else") {
		t.Errorf("kept of a private key:\n%s", all)
	}
}

// TestSample: what is kept of a long line ends with a word.
func TestSample(t *testing.T) {
	t.Parallel()
	if got := sample([]byte("level=error " + strings.Repeat("x", maxSample-20) + " token=S3CR3Tabcdef")); strings.Contains(got, "S3CR3T") || len(got) > maxSample {
		t.Errorf("sample ends in %q", got[len(got)-20:])
	}
}

// TestPieces: a log says the same in pieces of any size.
func TestPieces(t *testing.T) {
	t.Parallel()
	log := contentOf(t, "../testdata/recordings/v2.10.32/log/m_token_is_config.log")
	whole := readLog(t, LogOptions{}, log)
	for _, size := range []int{1, 2, 7, 80, 1000} {
		r := NewLogReader(LogOptions{})
		for at := 0; at < len(log); at += size {
			if _, err := r.Write([]byte(log[at:min(at+size, len(log))])); err != nil {
				t.Fatal(err)
			}
		}
		r.Flush()
		if diff := cmp.Diff(whole, r.Life(), logCmp()); diff != "" {
			t.Errorf("in pieces of %d (-whole +pieces):\n%s", size, diff)
		}
	}
}

// TestReadFrom: a log says the same when it is read by several side by side, and
// when lines lie across the blocks it is read in.
func TestReadFrom(t *testing.T) {
	t.Parallel()
	once := contentOf(t, "../testdata/recordings/v2.10.32/log/h_server_down.log") + contentOf(t, "../testdata/recordings/v2.10.22/log/tasks_trailing_slash.log")
	for name, log := range map[string]string{
		"empty":            "",
		"short":            once,
		"many blocks":      strings.Repeat(once, 2*blocks*blockSize/len(once)),
		"no end":           once + "Could not decode configuration!",
		"a long line":      once + strings.Repeat("x", 3*blockSize) + "Could not decode configuration!\n" + once,
		"a long last line": once + strings.Repeat("x", 3*blockSize),
		"coloured":         strings.Repeat("\x1b[36mrunner |\x1b[0m "+strings.ReplaceAll(once, "\n", "\n\x1b[36mrunner |\x1b[0m "), 100),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := readLog(t, LogOptions{}, log)
			r := NewLogReader(LogOptions{})
			n, err := r.ReadFrom(iotest.HalfReader(strings.NewReader(log)))
			if err != nil || n != int64(len(log)) {
				t.Fatalf("ReadFrom = %d, %v, want %d", n, err, len(log))
			}
			if diff := cmp.Diff(want, r.Life(), logCmp()); diff != "" {
				t.Errorf("written and read (-written +read):\n%s", diff)
			}
		})
	}
}

// TestReadFromAfterWrite: a line may begin in what is written and end in what is
// read, however long it is.
func TestReadFromAfterWrite(t *testing.T) {
	t.Parallel()
	const line = "Could not decode configuration!"
	for name, begun := range map[string]string{"short": line[:9], "whole": line, "too long": line + strings.Repeat(" ", 2*maxLogLine)} {
		rest := strings.TrimPrefix(line, begun) + "\nRunner connected\n"
		want := readLog(t, LogOptions{}, begun+rest)
		r := NewLogReader(LogOptions{})
		_, _ = r.Write([]byte(begun))
		if _, err := r.ReadFrom(strings.NewReader(rest)); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, r.Life(), logCmp()); diff != "" || r.Life().Lines != 2 {
			t.Errorf("%s (-written +read):\n%s", name, diff)
		}
	}
}

// TestReadLogErrors: what was read before an error counts.
func TestReadLogErrors(t *testing.T) {
	t.Parallel()
	log := contentOf(t, "../testdata/recordings/v2.9.58/log/a_state_is_config.log")
	broken := errors.New("the disk is gone")
	r := NewLogReader(LogOptions{})
	if _, err := r.ReadFrom(io.MultiReader(strings.NewReader(log), iotest.ErrReader(broken))); !errors.Is(err, broken) {
		t.Errorf("ReadFrom = %v, want %v", err, broken)
	}
	if r.Life().Trouble(LogLoop401) == nil {
		t.Error("what was read before the error is lost")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.ReadLog(ctx, strings.NewReader(log)); !errors.Is(err, context.Canceled) {
		t.Errorf("ReadLog = %v, want %v", err, context.Canceled)
	}
}

func TestLast(t *testing.T) {
	t.Parallel()
	r := NewLogReader(LogOptions{Keep: 3})
	for i := range 5 {
		fmt.Fprintf(r, "line %d\n", i)
	}
	if diff := cmp.Diff([]string{"line 2", "line 3", "line 4"}, r.Last()); diff != "" {
		t.Errorf("last lines (-want +got):\n%s", diff)
	}
}

// TestBounded: a log without end, and a line without one, need no memory that
// grows. Not parallel: it measures the heap.
func TestBounded(t *testing.T) {
	r := NewLogReader(LogOptions{Keep: 20})
	long := []byte(strings.Repeat("level=error \x1b[31m\x00", 4<<10))
	var before, after runtime.MemStats
	for i := range 2000 {
		if i == 200 {
			runtime.GC()
			runtime.ReadMemStats(&before)
		}
		_, _ = r.Write(long)
		fmt.Fprintf(r, "\ntime=\"2026-01-02T15:04:05Z\" level=error msg=%q\nlevel=info msg=\"Task %d enqueued\"\npanic: %x\nLoading config\n", strings.Repeat("z", i), i, i*i)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 4<<20 {
		t.Errorf("the reader has grown by %d bytes", grown)
	}
	life := r.Life()
	if len(life.Moments) != keptMoments || life.Left == 0 || len(life.Tasks.Recent) != keptTasks || life.Lines != 4*2000+2000 {
		t.Errorf("%d moments, %d left out, %d tasks, %d lines", len(life.Moments), life.Left, len(life.Tasks.Recent), life.Lines)
	}
}

// FuzzLogReader: no log makes the reader panic or disagree with itself.
func FuzzLogReader(f *testing.F) {
	for _, s := range Signatures() {
		f.Add([]byte(s.Line+"\n"), 7)
	}
	f.Add([]byte(`{"MESSAGE":[76,111,97,100],"__REALTIME_TIMESTAMP":"1"}`+"\r\n\x1b[31mERRO\x1b[0m[0001] x\n\xff\xfe"), 3)
	f.Add([]byte("{\"log\":\"{\\\"level\\\":\\\"error\\\",\\\"msg\\\":\\\"\\\\ud83d\\\"}\\n\"}\n<1>2026-01-02 15:04:05,1+0100 stdout P x\n[pod/x] 1 [\n| a | b"), 1)
	f.Fuzz(func(t *testing.T, log []byte, size int) {
		now := time.Date(2026, 1, 3, 0, 0, 0, 0, time.UTC)
		whole, pieces := NewLogReader(LogOptions{Now: now}), NewLogReader(LogOptions{Now: now})
		_, _ = whole.Write(log)
		whole.Flush()
		for rest := log; len(rest) > 0; {
			n := min(max(size, 1), len(rest))
			_, _ = pieces.Write(rest[:n])
			rest = rest[n:]
		}
		pieces.Flush()
		if diff := cmp.Diff(whole.Life(), pieces.Life(), logCmp()); diff != "" {
			t.Errorf("in pieces of %d (-whole +pieces):\n%s", size, diff)
		}
	})
}

// TestLogTimeOffsets: of all offsets two digits can write, those count that
// time.Parse takes, and for as much.
func TestLogTimeOffsets(t *testing.T) {
	t.Parallel()
	for i := range 2 * 100 * 100 {
		s := fmt.Sprintf("2024-02-29T23:59:59%c%02d:%02d", "+-"[i%2], i/2/100, i/2%100)
		want, err := time.Parse(time.RFC3339, s)
		got, n := parseLogTime([]byte(s))
		if (err == nil) != (n == len(s)) || err == nil && got.Time().Unix() != want.Unix() {
			t.Errorf("parseLogTime(%q) = %s, %d, want %s, %v", s, got, n, want, err)
		}
	}
}

// FuzzLogTime holds parseLogTime against the standard library.
func FuzzLogTime(f *testing.F) {
	for _, s := range []string{"2026-01-02T15:04:05Z", "2024-02-29T23:59:59.123+01:00", "2026-12-31T00:00:00-11:30", "2024-02-29T23:59:59.123+24:00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want, err := time.Parse(time.RFC3339, s)
		if err != nil || want.Year() < 2002 || want.Format(time.RFC3339Nano) != s {
			return // time.Parse takes hours of one digit, too
		}
		got, n := parseLogTime([]byte(s))
		var days dayBook
		for range 2 { // the second time it knows the day
			if again, m := days.parse([]byte(s)); again != got || m != n {
				t.Errorf("dayBook.parse(%q) = %s, %d, want %s, %d", s, again, m, got, n)
			}
		}
		if n != len(s) || got.Time().Unix() != want.Unix() || got.String() != want.Truncate(time.Second).Format(time.RFC3339) {
			t.Errorf("parseLogTime(%q) = %s, %d, want %s, %d", s, got, n, want, len(s))
		}
	})
}
