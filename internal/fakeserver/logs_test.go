package fakeserver

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// notReplayed are the recorded logs no scenario repeats, and why.
func notReplayed() map[string]string {
	return map[string]string{"tasks_trailing_slash": "the fake runner has no tasks"}
}

// TestLogs runs the fake runner against the fake server in every recorded
// scenario and demands the recorded log and the recorded requests.
func TestLogs(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(recordingsDir + "/*/log/*.log")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != 65 {
		t.Errorf("found %d logs, want 65: the test must see all of them", len(files))
	}
	all := scenarios()
	for _, file := range files {
		version := filepath.Base(filepath.Dir(filepath.Dir(file)))
		name := strings.TrimSuffix(filepath.Base(file), ".log")
		t.Run(version+"/"+name, func(t *testing.T) {
			t.Parallel()
			if why, ok := notReplayed()[name]; ok {
				t.Skip("skipped: " + why)
			}
			key := regexp.MustCompile(`^(u_upgraded_server_).*`).ReplaceAllString(name, "$1")
			scenario, ok := all[key]
			if !ok {
				t.Fatalf("no scenario repeats %s", name)
			}
			m := newMachine(t, recordedVersions()[version], serverEra(version, name))
			scenario(m)
			compareLog(t, m, file)
			compareRequests(t, m, strings.TrimSuffix(strings.Replace(file, "/log/", "/http/", 1), ".log")+".jsonl")
		})
	}
}

func compareLog(t *testing.T, m *machine, file string) {
	t.Helper()
	recorded, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(logLines(string(recorded)), logLines(m.log())); diff != "" {
		t.Errorf("log (-recorded +got):\n%s", diff)
	}
}

// logLines leaves out what cannot be the same twice: times, ports, addresses
// in memory, stack frames and empty lines.
func logLines(log string) []string {
	replace := func(s, pattern, with string) string {
		return regexp.MustCompile(pattern).ReplaceAllString(s, with)
	}
	log = replace(log, `time="[-0-9T:]+(Z|[-+][0-9:]+)"`, "time=T")
	log = replace(log, `(127\.0\.0\.1|localhost):\d+`, "$1:P")
	log = replace(log, `0x[0-9a-f]+`, "0x")
	var lines []string
	inTrace := false
	for _, line := range strings.Split(log, "\n") {
		switch {
		case strings.HasPrefix(line, "goroutine "):
			inTrace = true
		case line == "Loading config":
			inTrace = false
		}
		if !inTrace && line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// compareRequests compares the kinds of requests in the order of their first
// appearance: recordings are cut, so numbers cannot be compared.
func compareRequests(t *testing.T, m *machine, file string) {
	t.Helper()
	var want []string
	if _, err := os.Stat(file); err == nil {
		for _, e := range readExchanges(t, file) {
			if strings.HasPrefix(e.ReqHeaders.Get("User-Agent"), "Go-http-client") {
				want = append(want, kind(Request{Method: e.Method, Path: e.Path, Header: e.ReqHeaders, Body: e.ReqBody}))
			}
		}
	}
	var got []string
	for _, r := range m.seen {
		got = append(got, kind(r))
	}
	if diff := cmp.Diff(firsts(want), firsts(got)); diff != "" {
		t.Errorf("requests (-recorded +got):\n%s", diff)
	}
}

func kind(r Request) string {
	words := []string{r.Method, r.Path}
	for name, values := range r.Header {
		if slices.Contains([]string{"Accept-Encoding", "User-Agent"}, name) {
			continue
		}
		if name != "Content-Length" && values[0] != "" {
			values = []string{"given"}
		}
		if name == "Content-Length" && r.Method == "POST" {
			values = []string{"given"} // the registration token may be longer
		}
		words = append(words, name+"="+values[0])
	}
	slices.Sort(words[2:])
	token := regexp.MustCompile(`"registration_token":"[^"]*"`)
	return strings.Join(append(words, token.ReplaceAllString(r.Body, `"registration_token":""`)), " ")
}

func firsts(list []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
