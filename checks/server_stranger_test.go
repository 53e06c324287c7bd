package checks

import (
	"strings"
	"testing"

	"github.com/semadoctor/semadoctor/runner"
)

// TestMisunderstoodLong: of an answer of which semadoctor reads only the beginning, the
// end is no fault.
func TestMisunderstoodLong(t *testing.T) {
	t.Parallel()
	const read = 64 << 10
	for body, want := range map[string]string{
		"[" + strings.Repeat("1,", read/2):        "",
		"<" + strings.Repeat("p", read):           "invalid character '<'",
		`[1,2`:                                    "unexpected end of JSON input",
		strings.Repeat(" ", read-4) + `[1]` + " ": "cannot unmarshal array",
	} {
		body = body[:min(len(body), read)]
		p := &runner.Probe{Server: &runner.Server{Era: runner.E4c}, Bare: &runner.Exchange{Status: 200, Body: body}}
		if got := misunderstood(p).String(); want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("of %.9q (%d bytes) it is said %q, want %q", body, len(body), got, want)
		}
	}
}
