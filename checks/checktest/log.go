package checktest

import (
	"encoding/json"
	"path"
	"strings"
	"testing"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
)

// hear gives the target the log that the case has: "log: FILE", all of it, or
// "journal: FILE", the lines of which journald has taken down.
func (c *Case) hear(t testing.TB, target *checks.Target) {
	target.Journal = c.Journal != ""
	if c.Log == "" {
		return
	}
	data, err := c.Machine.ReadFile(c.Log)
	if err != nil {
		t.Fatal(err)
	}
	r := runner.NewLogReader(runner.LogOptions{Now: target.Net.Now()})
	_, _ = r.Write(data)
	r.Flush()
	life := r.Life()
	target.Log = &checks.Log{Life: life, Parts: []checks.LogPart{{From: runner.Origin{File: c.Log}, Until: life.Lines}}, All: true}
}

// journalctl answers with the case's journal, the moment of each line now.
func (c *Case) journalctl() (host.Output, error) {
	data, err := c.Machine.ReadFile(c.Journal)
	if err != nil {
		return host.Output{Code: 1, Stderr: []byte(err.Error())}, nil
	}
	var out []byte
	for line := range strings.Lines(string(data)) {
		b, err := json.Marshal(map[string]string{"MESSAGE": strings.TrimSuffix(line, "\n"), "__CURSOR": "s=" + path.Base(c.Journal)})
		if err != nil {
			return host.Output{}, err
		}
		out = append(append(out, b...), '\n')
	}
	return host.Output{Stdout: out}, nil
}
