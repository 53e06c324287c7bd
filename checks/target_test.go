package checks_test

import (
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/semadoctor/semadoctor/checks/checktest"
	"github.com/semadoctor/semadoctor/repair"
)

// movedToken is a runner that keeps its token under one of two names.
const movedToken = `version: 2.16.31
config: /c.json
as: 0:0
server: E4c
row: 7 S3CR3Tabcdef

-- /c.json --
{"web_host": "http://semaphore.test:3000", "runner": {"token_file": "/t"}}
-- /t 600 0:0 nonl --
S3CR3Tabcdef
`

// TestProbeNamesTheTokenOfToday: the server is asked once for a token, and the
// answer is about the place the token has now.
func TestProbeNamesTheTokenOfToday(t *testing.T) {
	t.Parallel()
	c, err := checktest.Parse("moved", txtar.Parse([]byte(movedToken)))
	if err != nil {
		t.Fatal(err)
	}
	target, _ := c.Target(t)
	before, err := target.Probe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	moved := `{"web_host":\n"http://semaphore.test:3000", "runner": {"token_file": "/moved"}}`
	for name, data := range map[string]string{"/c.json": strings.ReplaceAll(moved, `\n`, "\n"), "/moved": "S3CR3Tabcdef"} {
		if err := c.Machine.Store(name, &repair.Snapshot{Data: []byte(data), Mode: 0o644}); err != nil {
			t.Fatal(err)
		}
	}
	after, err := target.Again().Probe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if after.Token != before.Token {
		t.Error("the server was asked twice")
	}
	if got := after.Cred.TokenFrom.File; got != "/moved" {
		t.Errorf("the token is said to come from %s, want /moved", got)
	}
	if got := after.Server.Given.From.Line; got != 2 {
		t.Errorf("the address is said to stand in line %d, want 2", got)
	}
	if got := before.Cred.TokenFrom.File; got != "/t" {
		t.Errorf("the first answer now names %s, want /t", got)
	}
}
