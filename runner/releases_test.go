package runner

import (
	"strings"
	"testing"
)

// TestReleases: what an era says of itself is what a version says of its era.
func TestReleases(t *testing.T) {
	t.Parallel()
	for _, e := range Eras() {
		first, last := e.Releases()
		for _, release := range []string{first, strings.TrimSuffix(last, ".x")} {
			if release == "" && e == Newest {
				continue
			}
			if release == "2.10" {
				release = "2.10.99"
			}
			if v, err := ParseVersion(release); err != nil || v.Era != e {
				t.Errorf("%s has the release %q, which is of %q (%v)", e, release, v.Era, err)
			}
		}
	}
	if first, last := Era("").Releases(); first != "" || last != "" {
		t.Errorf("no era has the releases %q to %q", first, last)
	}
}
