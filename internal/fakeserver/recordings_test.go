package fakeserver

import (
	"bufio"
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const recordingsDir = "../../testdata/recordings"

// An exchange is one line of a recording; see the README of the recordings.
type exchange struct {
	TLS         bool        `json:"tls"`
	Method      string      `json:"method"`
	Host        string      `json:"host"`
	Path        string      `json:"path"`
	ReqHeaders  http.Header `json:"req_headers"`
	ReqBody     string      `json:"req_body"`
	Status      int         `json:"status"`
	RespHeaders http.Header `json:"resp_headers"`
	RespBody    string      `json:"resp_body"`
	ProxyError  string      `json:"proxy_error"`
	ServerError string      `json:"server_error"`
}

// An event is what the recorder did to the server in the middle of a
// recording, without leaving an exchange: the notes in the version's README.
type event struct {
	line int // before which line, from 1
	do   func(*Server)
}

func deleteOne(s *Server) { s.DeleteRunner(1) }

func mismatchedRow(s *Server) { s.AddRunner(1, "the-token-of-row-1") }

// events are keyed by version/scenario.
func events(name string) []event {
	return map[string][]event{
		"v2.9.37/d_stale_deleted":    {{10, deleteOne}},
		"v2.9.58/d_stale_deleted":    {{10, deleteOne}},
		"v2.10.22/d_stale_deleted":   {{10, deleteOne}},
		"v2.10.32/d_stale_deleted":   {{2, deleteOne}},
		"v2.9.58/d2_token_mismatch":  {{1, mismatchedRow}},
		"v2.10.22/d2_token_mismatch": {{1, mismatchedRow}},
		"v2.10.32/j_inactive": {
			{10, func(s *Server) { s.SetActive(1, true) }},
			{16, func(s *Server) { s.SetActive(1, false) }},
		},
	}[name]
}

// recordedVersions are the releases recorded, and their eras.
func recordedVersions() map[string]string {
	return map[string]string{"v2.9.37": "E1", "v2.9.58": "E2b", "v2.10.22": "E3", "v2.10.32": "E4c"}
}

// serverEra is the era of the server in a recording: that of the directory,
// unless the scenario is x_server_<version>.
func serverEra(version, scenario string) string {
	if other, ok := strings.CutPrefix(scenario, "x_server_"); ok {
		version = other
	}
	return recordedVersions()[version]
}

func readExchanges(t *testing.T, file string) []exchange {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var list []exchange
	sc := bufio.NewScanner(bytes.NewReader(data))
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		var e exchange
		if err := json.Unmarshal(sc.Bytes(), &e); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		list = append(list, e)
	}
	if len(list) == 0 {
		t.Fatalf("%s holds no exchange", file)
	}
	return list
}

// TestRecordings replays every exchange recorded from a real server.
func TestRecordings(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(recordingsDir + "/*/http/*.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != 62 {
		t.Errorf("found %d recordings, want 62: the test must see all of them", len(files))
	}
	for _, file := range files {
		version := filepath.Base(filepath.Dir(filepath.Dir(file)))
		scenario := strings.TrimSuffix(filepath.Base(file), ".jsonl")
		t.Run(version+"/"+scenario, func(t *testing.T) {
			t.Parallel()
			replayFile(t, version, scenario, readExchanges(t, file))
		})
	}
}

func replayFile(t *testing.T, version, scenario string, list []exchange) {
	r := newReplay(t, serverEra(version, scenario), list)
	todo := events(version + "/" + scenario)
	for i, e := range list {
		for len(todo) > 0 && todo[0].line == i+1 {
			todo[0].do(r.server)
			todo = todo[1:]
		}
		r.line = i + 1
		r.exchange(e)
	}
	if len(todo) > 0 {
		t.Errorf("%d events were never reached", len(todo))
	}
	if got := len(r.server.Requests()); got != r.toServer {
		t.Errorf("the server remembers %d requests, %d were sent", got, r.toServer)
	}
}
