package report_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/semadoctor/semadoctor/report"
	"github.com/semadoctor/semadoctor/say"
)

func settings() []report.SettingsTarget {
	config := "/etc/semaphore/配置/config.json"
	e4 := report.ReadBy{First: "E4a", From: "2.10.26-beta"}
	all := report.ReadBy{First: "E1", From: "2.9.1"}
	return []report.SettingsTarget{
		{
			Name: config, Config: config, Era: "E4c", RunnerVersion: "2.10.32", VersionSource: "flag", Status: "pass",
			Identity: report.Identity{User: "semaphore", UID: 1001, GID: 0, Source: "--user"},
			Settings: []report.Setting{
				{Name: "server URL", Key: "web_host", Env: "SEMAPHORE_WEB_ROOT", Status: "set", Value: "https://semaphore.example.com/a/path/that/is/long/enough", ReadBy: e4,
					Origin:    &report.Origin{Env: "SEMAPHORE_WEB_ROOT", File: "/etc/default/semaphore", Line: 3},
					Overrides: []report.Origin{{File: config, Line: 2, Pointer: "/web_host"}}},
				{Name: "runner token", Env: "SEMAPHORE_RUNNER_TOKEN", Status: "set", Value: "S3CR3Tvalue", Secret: true, ReadBy: e4, Origin: &report.Origin{Env: "SEMAPHORE_RUNNER_TOKEN"}},
				{Name: "tmp path", Key: "tmp_path", Env: "SEMAPHORE_TMP_PATH", Status: "default", Value: "/tmp/semaphore", ReadBy: all, Overrides: []report.Origin{{File: config, Line: 9, Pointer: "/tmp_path"}}},
				{Name: "webhook", Key: "runner.webhook", Status: "unset", ReadBy: all},
				{Name: "server CA file", Key: "runner.connection.server_ca_cert_file", Status: "ignored", Value: "/etc/ssl/ca.pem", ReadBy: report.ReadBy{First: "E5b", From: "2.18"},
					Origin: &report.Origin{File: config, Line: 5, Pointer: "/runner/connection/server_ca_cert_file"}},
				{Name: "identity file", Key: "runner.config_file", Env: "SEMAPHORE_RUNNER_CONFIG_FILE", Status: "ignored", Value: "", ReadBy: report.ReadBy{First: "E1", Last: "E3", From: "2.9.1", To: "2.10.25-beta"},
					Origin: &report.Origin{Env: "SEMAPHORE_RUNNER_CONFIG_FILE"}},
			},
			Refused: []report.Refused{{Key: "runner.one_off", Got: "string", Origin: report.Origin{File: config, Line: 7, Pointer: "/runner/one_off"}}},
		},
		{Name: "b.json", Status: "unknown", Error: "semadoctor may not look at b.json\x1b[31m itself", Identity: report.Identity{UID: 1}},
	}
}

func settingsDoc(ts ...report.SettingsTarget) *report.Settings {
	redact := func(s string) string { return strings.ReplaceAll(s, "S3CR3Tvalue", "****1a2b3c") }
	return report.MakeSettings(ts, report.Options{Version: "1.2.3", FailOn: report.FailOnFail, Redact: redact})
}

func settingsWriters() map[string]report.SettingsWriter {
	return map[string]report.SettingsWriter{
		"table":  report.SettingsTable(report.Style{}),
		"narrow": report.SettingsTable(report.Style{ASCII: true, Width: 50}),
		"zh":     report.SettingsTable(report.Style{Lang: say.Chinese}),
		"text":   report.SettingsText(report.Style{ASCII: true}),
		"json":   report.SettingsJSON,
	}
}

func TestSettingsGoldens(t *testing.T) {
	t.Parallel()
	for format, w := range settingsWriters() {
		var b bytes.Buffer
		if err := w(&b, settingsDoc(settings()...)); err != nil {
			t.Fatal(err)
		}
		golden(t, filepath.Join("testdata", "settings."+format), b.String())
		widest := map[string]int{"table": 80, "zh": 80, "narrow": 50}[format]
		for line := range strings.Lines(b.String()) {
			if n := cells(strings.TrimSuffix(line, "\n")); widest > 0 && n > widest {
				t.Errorf("%s: %d cells, %d are there: %s", format, n, widest, line)
			}
		}
	}
}

// TestSettingsShape is the schema: the keys of the document, which programs
// rely on.
func TestSettingsShape(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := report.SettingsJSON(&b, settingsDoc(settings()[0])); err != nil {
		t.Fatal(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(b.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	target := doc["targets"].([]any)[0].(map[string]any)
	setting := target["settings"].([]any)[0].(map[string]any)
	got := map[string][]string{"": keys(doc), "target": keys(target), "setting": keys(setting), "origin": keys(setting["origin"]), "read_by": keys(setting["read_by"]), "refused": keys(target["refused"].([]any)[0])}
	want := map[string][]string{
		"":        {"document", "exit_code", "schema", "targets", "tool"},
		"target":  {"config", "era", "error", "identity", "name", "refused", "runner_version", "settings", "status", "version_source"},
		"setting": {"env", "key", "name", "origin", "overrides", "read_by", "secret", "status", "value"},
		"origin":  {"env", "file", "line"},
		"read_by": {"first", "from", "last", "to"},
		"refused": {"got", "key", "origin"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func keys(v any) []string {
	m, _ := v.(map[string]any)
	return slices.Sorted(maps.Keys(m))
}

func TestSettingsExitCode(t *testing.T) {
	t.Parallel()
	pass, unknown, fail := settings()[0], settings()[1], report.SettingsTarget{Status: "fail", Error: "no"}
	tests := []struct {
		ts   []report.SettingsTarget
		want int
	}{
		{[]report.SettingsTarget{pass}, report.ExitOK},
		{[]report.SettingsTarget{pass, unknown}, report.ExitUnknown},
		{[]report.SettingsTarget{unknown, fail, pass}, report.ExitFindings},
		{nil, report.ExitUnknown},
	}
	for _, tt := range tests {
		if got := settingsDoc(tt.ts...).ExitCode; got != tt.want {
			t.Errorf("exit code of %d targets = %d, want %d", len(tt.ts), got, tt.want)
		}
	}
}
