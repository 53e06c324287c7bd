package runner

import (
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestParseVersionEra goes through section 1 of the facts: the boundaries, the
// traps, and every form "semaphore version" has been seen to print.
func TestParseVersionEra(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want Era
	}{
		{"2.9.1", E1},
		{"2.9.37", E1},
		{"2.9.39-beta", E1},
		{"2.9.40", E1}, // October 2023, older than its own beta of January 2024
		{"v2.9.40", E1},
		{"2.9.40-beta", E2a},
		{"v2.9.40-beta", E2a},
		{"v2.9.40-beta-abcdef1-1704600000", E2a},
		{"2.9.41-beta", E2b},
		{"2.9.58", E2b},
		{"2.9.60", E2b},
		{"2.9.64", E3},
		{"v2.9.91-beta-e44910d-1721658299", E3},
		{"2.9.13-beta", E3}, // mis-numbered, of May 2024
		{"2.9.13", E1},
		{"2.8.58", E3}, // mis-numbered, of March 2024
		{"v2.8.58", E3},
		{"2.10.0", E3},
		{"2.10.22-e44910d-1721658299", E3},   // deb
		{"v2.10.7-6bcf476-1718821016", E3},   // Docker
		{"v2.10.22-e44910d4-1795434895", E3}, // recorded
		{"2.10.25-beta", E3},
		{"2.10.25", E3},
		{"2.10.26-beta", E4a},
		{"2.10.27", E4b},
		{"2.10.28", E4c},
		{"v2.10.32-f33944e0-1795434763", E4c}, // recorded
		{"2.10.43", E4c},
		{"2.11.0", E5},
		{"2.12.0-beta2", E5},
		{"2.17.16", E5},
		{"2.18.0", E5b},
		{"v2.18.12-abc-1", E5b},
		{"2.19.0", E6},
		{"2.19.12", E6},
		{"2.20.0", E7},
		{"3.0.0", E7},
		{" 2.9.58\n", E2b},
		{"2.9.58\r\n", E2b},
		{"E1", E1},
		{"e2B", E2b},
		{"E7", E7},
		{"develop-d8429412-1747204333", ""},
		{"v2.17.15-00000000-", E5}, // a build without its date
		{"develop", ""},
		{"undefined-00000000-", ""},
	}
	for _, tt := range tests {
		v, err := ParseVersion(tt.text)
		if err != nil || v.Era != tt.want {
			t.Errorf("ParseVersion(%q) = era %q, %v, want %q", tt.text, v.Era, err, tt.want)
		}
	}
}

func TestParseVersionRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", " ", "v", "2", "2.", "2.9.", "2.9.0", "2.8.91", "2.8.95", "2.8.101", "1.0.0", "0.0.0", "-1.2.3",
		"2.9.58 2.10.22", "2.9.58\n2.10.22", "Loading config", "2.9.58;rm", "E2", "E8", "E", "latest",
		"2.1009.5", "1.1009.5", "99999999999999999999.1.1", "2.10.1234567", "2.10.26-beta!", "２.９.58",
	} {
		if v, err := ParseVersion(text); err == nil {
			t.Errorf("ParseVersion(%q) = %+v, want an error", text, v)
		}
	}
}

func TestParseVersionParts(t *testing.T) {
	t.Parallel()
	got, err := ParseVersion("v2.10.26-beta-abc-123\n")
	want := Version{Text: "v2.10.26-beta-abc-123", Era: E4a, Major: 2, Minor: 10, Patch: 26, Beta: true}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("ParseVersion: %v (-want +got):\n%s", err, diff)
	}
	if name := got.Name(); name != want.Text {
		t.Errorf("Name() = %q, want %q", name, want.Text)
	}
	if name := (Version{Era: E3}).Name(); name != "E3" {
		t.Errorf("Name() of an era = %q, want E3", name)
	}
}

// TestErasAreInOrder: a newer release is never of an older era, but for the
// traps, which have numbers of their own.
func TestErasAreInOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := Version{Major: 2, Minor: rapid.IntRange(9, 30).Draw(t, "minor"), Patch: rapid.IntRange(1, 120).Draw(t, "patch")}
		b := a
		b.Patch += rapid.IntRange(0, 50).Draw(t, "later")
		b.Minor += rapid.IntRange(0, 3).Draw(t, "much later")
		if !a.era().Known() || b.era().Before(a.era()) {
			t.Errorf("2.%d.%d is %q and 2.%d.%d is %q", a.Minor, a.Patch, a.era(), b.Minor, b.Patch, b.era())
		}
	})
}

func TestReadsEnv(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want bool
	}{
		{"2.9.18", false},
		{"2.9.19", true},
		{"2.9.40", true},
		{"2.9.40-beta", true},
		{"2.8.58", true},
		{"2.9.13-beta", true},
		{"2.9.13", false},
		{"E1", true}, // which release it is nobody said: most read them
		{"develop-1-2", true},
	}
	for _, tt := range tests {
		v, _ := ParseVersion(tt.text)
		if got := v.readsEnv(); got != tt.want {
			t.Errorf("readsEnv of %s = %v, want %v", tt.text, got, tt.want)
		}
	}
}

func TestGuessed(t *testing.T) {
	t.Parallel()
	for source, want := range map[VersionSource]bool{"": true, FromConfig: true, FromFlag: false, FromBinary: false} {
		if got := (Version{Source: source}).Guessed(); got != want {
			t.Errorf("Guessed() from %q = %v, want %v", source, got, want)
		}
	}
}

// TestReleaseForm: what counts as a release is what this pattern, which would
// take too long to compile, says.
func TestReleaseForm(t *testing.T) {
	t.Parallel()
	form := regexp.MustCompile(`^v?(\d{1,3})\.(\d{1,3})(?:\.(\d{1,6}))?(-beta\d*)?(?:-[0-9A-Za-z]*(?:-\d*)?)?$`)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`v?[0-9]{0,4}(\.[0-9]{0,7}){0,3}(-(beta)?[0-9a-z_]{0,2}){0,4}`).Draw(t, "text")
		m := form.FindStringSubmatch(text)
		v, ok := release(text)
		if ok != (m != nil) || ok && v.Beta != (m[4] != "") {
			t.Fatalf("release(%q) = %+v, %v; want %q", text, v, ok, m)
		}
	})
}
