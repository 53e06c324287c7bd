package checks

import (
	"net/http"
	"testing"
)

// TestLeaveAlone: what no RFC allows is not repeated, however long.
func TestLeaveAlone(t *testing.T) {
	t.Parallel()
	for when, want := range map[string]string{
		"120":                           "it asks to be left alone for 120 s",
		"31536000":                      "it asks to be left alone for 31536000 s",
		"Mon, 23 Nov 2026 12:30:00 GMT": "it asks to be left alone until Mon, 23 Nov 2026 12:30:00 GMT",

		"": "", "0": "", "-1": "", "1.5": "", "31536001": "", "99999999999999999999": "", "soon\x1b[2J": "", "Mon, 23 Nov": "",
	} {
		if got := leaveAlone(http.Header{"Retry-After": {when}}).String(); got != want {
			t.Errorf("leaveAlone(%q) = %q, want %q", when, got, want)
		}
	}
}
