package checks

import (
	"testing"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
)

// TestAskOnce: what a server says is shared by those alone that trust alike; the
// time is the same for all.
func TestAskOnce(t *testing.T) {
	t.Parallel()
	files := host.NewGround(host.OS{})
	target := func(files host.Files, uid int, dir string) *Target {
		t := NewTarget("", &runner.Installation{As: host.Identity{UID: uid}, Dir: dir})
		t.Files = files
		return t
	}
	first, same := target(files, 1001, "/"), target(files, 1001, "/")
	others := []*Target{target(host.NewGround(host.OS{}), 1001, "/"), target(files, 1002, "/"), target(files, 1001, "/srv")}
	AskOnce(append(others, first, same)...)
	if first.live.meetings.Load() != same.live.meetings.Load() {
		t.Error("two runners of one user do not share what their server says")
	}
	for i, o := range others {
		if o.live.meetings.Load() == first.live.meetings.Load() || o.live.watch != first.live.watch {
			t.Errorf("other %d: shares the server's answers, or has a time of its own", i)
		}
	}
}
