package runner

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/semadoctor/semadoctor/internal/literals"
)

// wrappings are what may bring a line of a log.
func wrappings(t *testing.T) map[string]func(string) string {
	t.Helper()
	return map[string]func(string) string{
		"plain":      func(l string) string { return l + "\n" },
		"windows":    func(l string) string { return l + "\r\n" },
		"half":       func(l string) string { return l },
		"compose":    func(l string) string { return "runner-1  | " + l + "\n" },
		"compose -t": func(l string) string { return "runner-1  | 2026-01-02T15:04:05.123456789Z " + l + "\n" },
		"colour":     func(l string) string { return "\x1b[36mrunner-1  |\x1b[0m " + l + "\n" },
		"CRI":        func(l string) string { return "2026-01-02T15:04:05.123456789+00:00 stderr F " + l + "\n" },
		"kubectl":    func(l string) string { return "[pod/runner-0/runner] " + l + "\n" },
		"syslog":     func(l string) string { return "Jan  2 15:04:05 host semaphore[812]: " + l + "\n" },
		"RFC 5424":   func(l string) string { return "<30>1 2026-01-02T15:04:05.123Z host semaphore 812 - - " + l + "\n" },
		"short-iso":  func(l string) string { return "2026-01-02T15:04:05+0000 host semaphore[812]: " + l + "\n" },
		"docker": func(l string) string {
			return wrapped(t, "log", l+"\n", "stream", "stderr", "time", "2026-01-02T15:04:05.1Z")
		},
		"journal": func(l string) string {
			return wrapped(t, "MESSAGE", l, "_PID", "812", "__REALTIME_TIMESTAMP", "1767366245000000")
		},
		"journal of bytes": func(l string) string {
			list, err := json.Marshal(map[string]any{"MESSAGE": numbers(l), "__REALTIME_TIMESTAMP": "1767366245000000"})
			if err != nil {
				t.Fatal(err)
			}
			return string(list) + "\n"
		},
	}
}

func numbers(s string) (list []int) {
	for _, b := range []byte(s) {
		list = append(list, int(b))
	}
	return list
}

func wrapped(t *testing.T, members ...string) string {
	t.Helper()
	m := map[string]string{}
	for i := 0; i < len(members); i += 2 {
		m[members[i]] = members[i+1]
	}
	b, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return string(b) + "\n"
}

// TestSignatures reads the line of each signature, however it is brought, and
// demands the topic of the signature, the signature itself, and nothing else.
func TestSignatures(t *testing.T) {
	t.Parallel()
	troubles := 0
	for _, s := range Signatures() {
		if s.Topic != "" {
			troubles++
		}
		for how, wrap := range wrappings(t) {
			t.Run(s.ID+"/"+how, func(t *testing.T) {
				t.Parallel()
				checkSignature(t, s, wrap(s.Line))
			})
		}
	}
	if troubles < 30 {
		t.Errorf("%d signatures of trouble, want at least 30", troubles)
	}
}

func checkSignature(t *testing.T, want Signature, log string) {
	t.Helper()
	var events []LogEvent
	life := readLog(t, LogOptions{Now: time.Date(2026, 1, 3, 0, 0, 0, 0, time.UTC), Each: func(e LogEvent) { events = append(events, e) }}, log)
	topics := topicsOf(life)
	switch {
	case len(events) != 1 || events[0].Signature == nil || events[0].Signature.ID != want.ID:
		t.Fatalf("%q says %+v, want %s alone", log, events, want.ID)
	case want.Topic == "" && len(topics) > 0 || want.Topic != "" && len(topics) != 1:
		t.Errorf("%q is about %v, want %q", log, topics, want.Topic)
	case want.Topic != "" && topics[0] != want.Topic.of(events[0].Code):
		t.Errorf("%q is about %s, want %s", log, topics[0], want.Topic.of(events[0].Code))
	case strings.Contains(want.Like, `(\d+)`) && events[0].Code < 400:
		t.Errorf("%q names the status %d", log, events[0].Code)
	}
	if dated := regexp.MustCompile(`2026-01-02T15:04:05|Jan  2|1767366245`).MatchString(log); dated && events[0].At.String() != "2026-01-02T15:04:05Z" {
		t.Errorf("%q was said at %s", log, events[0].At)
	}
}

// TestSignatureTable holds the table to what it promises.
func TestSignatureTable(t *testing.T) {
	t.Parallel()
	ids := map[string]bool{}
	if n := len(theCatalogue().owners); n > literals.Most {
		t.Errorf("%d texts, and a search takes %d", n, literals.Most)
	}
	for _, s := range Signatures() {
		switch {
		case ids[s.ID]:
			t.Errorf("two signatures are called %s", s.ID)
		case len(s.Text) < 10:
			t.Errorf("%s: %q is shorter than ten bytes, and slows all others", s.ID, s.Text)
		case !strings.Contains(s.Line, s.Text):
			t.Errorf("%s: its line does not contain its text", s.ID)
		case s.First != "" && !s.First.Known() || s.Last != "" && !s.Last.Known() || s.Last != "" && s.Last.Before(s.First):
			t.Errorf("%s: eras %s to %s", s.ID, s.First, s.Last)
		case s.Topic != "" && s.Topic != byStatus && s.Topic != registrationStatus && !slices.Contains(LogTopics(), s.Topic):
			t.Errorf("%s: there is no topic %s", s.ID, s.Topic)
		}
		ids[s.ID] = true
	}
}

// TestOtherForms reads what a runner of 2.10.32 says about a deleted runner as the
// other writers of logrus write it.
func TestOtherForms(t *testing.T) {
	t.Parallel()
	for name, log := range map[string]string{
		"terminal":         "ERRO[0001] error status code                             action=\"send request\" context=\"checking new jobs\" error=\"the server returned an error404\" type=action\n",
		"coloured":         "\x1b[31mERRO\x1b[0m[0001] error status code                             \x1b[31maction\x1b[0m=\"send request\" \x1b[31mcontext\x1b[0m=\"checking new jobs\" \x1b[31merror\x1b[0m=\"the server returned an error404\" \x1b[31mtype\x1b[0m=action\n",
		"brackets":         "[ERROR][0045] error status code action=\"send request\" context=\"checking new jobs\" error=\"the server returned an error404\" type=action\n",
		"JSON":             `{"action":"send request","context":"checking new jobs","error":"the server returned an error404","level":"error","msg":"error status code","time":"2026-01-02T15:04:05Z","type":"action"}` + "\n",
		"JSON in docker":   `{"log":"{\"action\":\"send request\",\"context\":\"checking new jobs\",\"error\":\"the server returned an error404\",\"level\":\"error\",\"msg\":\"error status code\",\"type\":\"action\"}\n","stream":"stderr","time":"2026-01-02T15:04:05.1Z"}` + "\n",
		"terminal, docker": fmt.Sprintf("{%q:%q}\n", "log", "ERRO[0001] error status code  error=\"the server returned an error404\"\n"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			life := readLog(t, LogOptions{}, log)
			trouble := life.Trouble(LogLoop404)
			if trouble == nil || len(life.Troubles) != 1 || trouble.Told[0].Signature.ID != "poll-status-e4" || trouble.Told[0].Code != 404 {
				t.Errorf("%s is about %+v", log, life.Troubles)
			}
		})
	}
}
