package checks

import (
	"testing"

	"pgregory.net/rapid"
)

// TestTelltale: every placeholder has in it what placeholders are told by.
func TestTelltale(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.StringMatching(placeholder().String()), rapid.StringMatching(hostPlaceholder().String())).Draw(t, "text")
		if !telltale(text) {
			t.Errorf("%q is a placeholder, and nothing tells it", text)
		}
	})
}
