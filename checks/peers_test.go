package checks_test

import (
	"context"
	"testing"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/checks/checktest"
	"github.com/semadoctor/semadoctor/host"
)

// TestPeers: a double is seen from both sides, and not any more once the one of
// the two is mended and looked at again.
func TestPeers(t *testing.T) {
	t.Parallel()
	const file = "../testdata/cases/identity/shared.txtar"
	one, _ := checktest.Load(t, file).Target(t)
	other, _ := checktest.Load(t, file).Target(t)
	other.Name = "other"
	other.Install.Config, other.Install.As = "/etc/semaphore/second.json", host.Identity{UID: 1002}
	checks.Meet(one, other)
	if !shared(one) || !shared(other) {
		t.Fatal("two runners with one token are not seen")
	}
	mended := checktest.Load(t, "../testdata/cases/identity/shared-not.txtar").Machine
	other.Files, other.Machine = mended, mended
	if !shared(one) {
		t.Error("who the others are is asked more than once")
	}
	if other.Again(); shared(one) {
		t.Error("what was mended is not seen")
	}
}

func shared(t *checks.Target) bool {
	t.Offline = true
	for _, r := range checks.Run(context.Background(), t, []*checks.Check{checks.IdentityState}) {
		for _, f := range r.Findings {
			if f.Problem == checks.IdentityShared {
				return true
			}
		}
	}
	return false
}
