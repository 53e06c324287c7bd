package checks

import (
	"bytes"
	"context"
	"path"
	"slices"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// PathCollision is one file in two roles, one of which writes it.
var PathCollision = &Problem{
	ID: "path-collision", Title: "Two of the runner's files are one file", Status: Fail,
	Doc: pagePathCollision,
}

// PathsDiffer finds out whether the runner overwrites one of its files with
// another.
var PathsDiffer = &Check{
	ID:       "paths/collision",
	Title:    "The runner's files all have different paths",
	Problems: []*Problem{PathCollision},
	Requires: []*Check{ConfigDecodes},
	Run:      pathsDiffer,
}

func pathsDiffer(ctx context.Context, t *Target) ([]Finding, error) {
	c, cr, err := t.identity(ctx)
	if err != nil {
		return nil, err
	}
	var found []Finding
	for _, p := range collisions(t.Files, c) {
		found = append(found, t.collisionFinding(c, cr, p))
	}
	return found, nil
}

// pair is two uses of one file.
type pair struct {
	a, b runner.Use
	how  say.Text // how the two paths come to be one file; zero when they are spelt alike
}

// collisions lists the pairs of uses that are one file, where one of them
// writes it.
func collisions(files host.Files, c *runner.Config) []pair {
	var found []pair
	us := c.Uses()
	for i, a := range us {
		for _, b := range us[i+1:] {
			if !a.Writes && !b.Writes {
				continue
			}
			if how, same := sameFile(files, a.Path.V, b.Path.V); same {
				found = append(found, pair{a, b, how})
			}
		}
	}
	return found
}

// colliding reports whether u shares its file with another use.
func colliding(files host.Files, c *runner.Config, u runner.Use) bool {
	return slices.ContainsFunc(c.Uses(), func(other runner.Use) bool {
		if other.Role == u.Role || !other.Writes && !u.Writes {
			return false
		}
		_, same := sameFile(files, u.Path.V, other.Path.V)
		return same
	})
}

// sameFile reports whether two paths lead to one file, and how.
func sameFile(files host.Files, a, b string) (how say.Text, same bool) {
	realA, errA := host.Resolve(files, a)
	realB, errB := host.Resolve(files, b)
	switch {
	case errA != nil || errB != nil: // spelt alike is all that can be seen
		return say.Text{}, path.Clean(a) == path.Clean(b)
	case realA == realB && path.Clean(a) == path.Clean(b):
		return say.Text{}, true
	case realA == realB:
		return say.Textf("through a symbolic link"), true
	}
	infoA, errA := files.Lstat(realA)
	infoB, errB := files.Lstat(realB)
	if errA != nil || errB != nil || !infoA.SameFile(infoB) {
		return say.Text{}, false
	}
	if infoA.Links > 1 {
		return say.Textf("hard links to one file"), true
	}
	return say.Textf("one file mounted at two places, or a name that differs only in case"), true
}

func (t *Target) collisionFinding(c *runner.Config, cr *runner.Credential, p pair) Finding {
	f := Finding{
		Problem: PathCollision,
		Summary: say.Textf("the %s and the %s are both %s", p.a.Role, p.b.Role, path.Clean(p.b.Path.V)),
		Detail:  t.collisionDetail(c, cr, p),
		Evidence: []Evidence{
			{What: say.Textf("the %s is %s", p.a.Role, p.a.Path.V), From: p.a.Path.From},
			{What: say.Textf("the %s is %s", p.b.Role, p.b.Path.V), From: p.b.Path.From},
		},
	}
	if !p.how.IsZero() {
		f.Summary = say.Textf("the %s %s and the %s %s are one file: %s", p.a.Role, p.a.Path.V, p.b.Role, p.b.Path.V, p.how)
	}
	if p.combined(c) || p.unread(c, cr) {
		f.Status, f.Harmless = Warn, true
	}
	t.separate(c, cr, p, &f)
	return f
}

// combined reports whether the file is a config and a complete state in one: E1
// to E3 work with that, because both readers pass over keys they do not know,
// and none writes it as long as the token is in it (read in source).
func (p pair) combined(c *runner.Config) bool {
	if p.a.Role != runner.ConfigRole || p.b.Role != runner.StateRole {
		return false
	}
	_, ok := runner.StateIn(c.File.Data)
	return ok
}

// unread reports whether the runner has a whole identity from the environment,
// and neither uses nor writes its state (observed 2.9.58, 2.10.22).
func (p pair) unread(c *runner.Config, cr *runner.Credential) bool {
	return p.b.Role == runner.StateRole && cr.Next == runner.Polls && fromEnv(cr) && cr.ID > 0
}

// separate gives one use of the pair a path of its own. A complete identity in
// the shared file moves along.
func (t *Target) separate(c *runner.Config, cr *runner.Credential, p pair, f *Finding) {
	leaves := p.leaving(cr)
	free, err := t.freePath(c, leaves)
	if err != nil {
		f.Advice = append(f.Advice, say.Textf("give the %s a path of its own, in a directory that belongs to %s", leaves.Role, t.Install.As))
		return
	}
	edits, advice := t.pointTo(c, leaves, free)
	if edits == nil {
		f.Advice = append(f.Advice, advice)
		if p.combined(c) {
			f.Advice = append(f.Advice, say.Textf("put the runner_id and the token of %s into that file before, or the runner registers anew", c.File.Path))
		}
		return
	}
	if p.combined(c) {
		edits = append(edits, t.takeAlong(c, free)...)
	}
	f.Advice = append(f.Advice, p.thereafter(leaves, free)...)
	f.Fix = &repair.Fix{Title: say.Textf("move the %s to %s", leaves.Role, free), Edits: edits, Safety: repair.Safe}
}

// leaving is the use that gets another path: the second, unless what stands in
// the shared place is the second's.
func (p pair) leaving(cr *runner.Credential) runner.Use {
	if p.b.Role == runner.KeyRole && cr.Condition == runner.Malformed && isKey(cr.Data) {
		return p.a
	}
	return p.b
}

// takeAlong moves a complete identity out of the config.
func (t *Target) takeAlong(c *runner.Config, to string) []repair.Edit {
	state, _ := runner.StateIn(c.File.Data)
	return []repair.Edit{
		repair.WriteNew{File: to, Data: state.Bytes(), Mode: 0o600, Owner: t.Install.As.Owner()},
		repair.DropKey{File: c.File.Path, Pointer: "/runner_id"},
		repair.DropKey{File: c.File.Path, Pointer: "/token"},
	}
}

// thereafter is what a person has to do about a key: none can be made here.
func (p pair) thereafter(leaves runner.Use, free string) []say.Text {
	switch {
	case leaves.Role == runner.KeyRole:
		return []say.Text{say.Textf("then register once more, which makes a key at %s; the runner that was registered before can be deleted on the server", free)}
	case p.b.Role == runner.KeyRole:
		return []say.Text{say.Textf("then write the token that belongs to the key to %s: the web UI showed both", free)}
	}
	return nil
}

// isKey reports whether a file holds a private key.
func isKey(data []byte) bool {
	return bytes.HasPrefix(bytes.TrimSpace(data), []byte("-----BEGIN")) && bytes.Contains(data, []byte("PRIVATE KEY"))
}
