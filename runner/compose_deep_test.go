package runner

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/semadoctor/semadoctor/host"
)

// Services that extend each other have an end: the work grows with the square of
// their number, and more.
func TestComposeDeep(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("services:\n")
	for i := range 5000 {
		fmt.Fprintf(&b, "  s%d: {extends: s%d}\n", i, i+1)
	}
	b.WriteString("  s5000: {image: semaphoreui/runner:v2.10.32}\n")
	_, err := ComposeSetups(tree{"/srv/compose.yaml": plain(b.String())}, "/srv/compose.yaml", nil)
	if !errors.Is(err, host.ErrTooDeep) {
		t.Errorf("5000 services that extend each other: %v, want %v", err, host.ErrTooDeep)
	}
}
