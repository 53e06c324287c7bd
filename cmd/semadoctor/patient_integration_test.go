//go:build integration && linux

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/report"
	"github.com/semadoctor/semadoctor/runner"
)

// A patient is a runner's config on the disk, looked at over the real network.
type patient struct {
	*testing.T
	dir     string
	version string            // of the runner, as --runner-version takes it
	env     map[string]string // of the runner
	id      int               // of its row on the server; 2.10.26 and later know only the token
	token   string
}

// newPatient makes a runner of a version that has an identity: number 1 and
// patientToken.
func newPatient(t *testing.T, version string) *patient {
	t.Helper()
	return &patient{T: t, dir: t.TempDir(), version: version, env: map[string]string{}, id: 1, token: patientToken}
}

// patientToken has the shape of the tokens of every era.
const patientToken = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789+/ABCDE="

// eraOf is the era of a version.
func eraOf(t *testing.T, version string) string {
	t.Helper()
	return string(parsed(t, version).Era)
}

func parsed(t *testing.T, version string) runner.Version {
	t.Helper()
	v, err := runner.ParseVersion(version)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// config writes a config for the server at base, a URL without /api, and the
// runner's identity.
func (p *patient) config(base string) string {
	p.Helper()
	state := filepath.Join(p.dir, "identity")
	if parsed(p.T, p.version).Era.Legacy() {
		writeIn(p.T, p.dir, "identity", fmt.Sprintf(`{"runner_id":%d,"token":%q}`, p.id, p.token))
		return writeIn(p.T, p.dir, "config.json", fmt.Sprintf(
			`{"runner": {"api_url": "%s/api", "config_file": %q}, "tmp_path": %q, "dialect": "bolt"}`+"\n", base, state, p.dir+"/tmp"))
	}
	writeIn(p.T, p.dir, "identity", p.token)
	return writeIn(p.T, p.dir, "config.json", fmt.Sprintf(
		`{"web_host": %q, "runner": {"token_file": %q}, "tmp_path": %q}`+"\n", base, state, p.dir+"/tmp"))
}

// check looks at the runner and returns the report's one target.
func (p *patient) check(config string, args ...string) report.Target {
	p.Helper()
	var out, notes bytes.Buffer
	w := &world{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &notes, Dir: p.dir, Net: host.RealNet(), Exec: host.RealExec}
	w.Env = map[string]string{"PATH": os.Getenv("PATH")}
	line := []string{"semadoctor", "check", "--config", config, "--runner-version", p.version, "--clean-env", "-o", "json"}
	for name, value := range p.env {
		line = append(line, "--env", name+"="+value)
	}
	Main(w, checks.Builtin(), append(line, args...))
	var doc report.Report
	if err := json.Unmarshal(out.Bytes(), &doc); err != nil || len(doc.Targets) != 1 {
		p.Fatalf("%v, %d targets\n%s%s", err, len(doc.Targets), &out, &notes)
	}
	return doc.Targets[0]
}

// resultOf is what one check came to.
func resultOf(t *testing.T, target report.Target, check string) report.Result {
	t.Helper()
	i := slices.IndexFunc(target.Results, func(r report.Result) bool { return r.Check == check })
	if i < 0 {
		t.Fatalf("the report has no %s", check)
	}
	return target.Results[i]
}

// told is all that a report says above a pass, to be read by people.
func told(target report.Target) string {
	var b strings.Builder
	for _, r := range target.Results {
		if r.Status == "unknown" {
			fmt.Fprintf(&b, "%s: unknown: %s\n", r.Check, r.Because)
		}
		for _, f := range r.Findings {
			if f.ID != "" {
				fmt.Fprintf(&b, "%s: %s %s: %s %v\n", r.Check, f.Status, f.ID, f.Summary, f.CausedBy)
			}
		}
	}
	return b.String()
}

// worst is what matters most in a report: its root causes; without any, what is
// above a pass, as "warn ID" or "unknown CHECK"; nothing for a runner that is well.
func worst(target report.Target) []string {
	if len(target.RootCauses) > 0 {
		return target.RootCauses
	}
	var all []string
	for _, r := range target.Results {
		for _, f := range r.Findings {
			if f.ID != "" {
				all = append(all, f.Status+" "+f.ID)
			}
		}
	}
	for _, r := range target.Results {
		if r.Status == "unknown" && len(all) == 0 {
			all = append(all, "unknown "+r.Check)
		}
	}
	return all
}
