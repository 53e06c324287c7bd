package repair

import (
	"errors"
	"io/fs"
	"testing"

	"github.com/semadoctor/semadoctor/say"
)

// A promise is kept only if nothing has changed since, be it the files, what is done
// with them, or what is asked of the server.
func TestPromise(t *testing.T) {
	t.Parallel()
	register := func(title, text string) Fix {
		return Fix{Title: say.Verbatim(title), Safety: Unsafe, Edits: []Edit{Rewrite{File: "/token", Data: []byte(text)}}}
	}
	planned := register("register at http://a", "(token)")
	tests := []struct {
		name string
		fix  Fix
		held string // by the file, now
		want error
	}{
		{"the same", planned, "old", nil},
		{"another server", register("register at http://b", "(token)"), "old", ErrOther},
		{"another edit", register("register at http://a", "(runner_id and token)"), "old", ErrOther},
		{"another file", planned, "new", ErrOther},
		{"cannot be drawn", Fix{Title: planned.Title, Edits: []Edit{Rewrite{File: "/nosuch"}}}, "old", fs.ErrNotExist},
	}
	for _, tt := range tests {
		plan, err := PlanOf(promised("old"), planned)
		if err != nil {
			t.Fatal(err)
		}
		p := Promise{"state-stale", plan}
		if err := p.Kept(promised(tt.held), tt.fix); !errors.Is(err, tt.want) {
			t.Errorf("%s: Kept() = %v, want %v", tt.name, err, tt.want)
		}
	}
}

// What a plan's own steps change first is not held against its promise.
func TestPromiseFits(t *testing.T) {
	t.Parallel()
	first := &Plan{Steps: []Step{{Path: "/token", Before: &Snapshot{Data: []byte("old")}}}}
	p := Promise{"state-stale", &Plan{Steps: []Step{{Path: "/token", Before: &Snapshot{Data: []byte("mended")}}}}}
	if err := p.fits(promised("old"), first); err != nil {
		t.Error(err)
	}
	if err := p.fits(promised("old"), &Plan{}); !errors.Is(err, ErrChanged) {
		t.Errorf("without its first step: %v", err)
	}
}

// promised is a disk with one file.
func promised(token string) *memDisk {
	return newMemDisk(map[string]*memFile{"/": memDir(0o755, 0, 0), "/token": memRegular(token, 0o600, 0, 0)})
}
