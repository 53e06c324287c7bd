package checks

import (
	"path"
	"strconv"
	"strings"

	"github.com/semadoctor/semadoctor/internal/jsondoc"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// tokenToState writes a bare token as the state that runners up to 2.10.25 keep,
// where the runner's number is known.
func (t *Target) tokenToState(c *runner.Config, cr *runner.Credential, f *Finding) {
	token := strings.TrimSpace(string(cr.Data))
	t.Secrets.New(token)
	id, from := t.knownNumber(c, cr, token)
	if id == 0 {
		return
	}
	state := runner.State{RunnerID: id, Token: token}
	f.Evidence = append(f.Evidence, Evidence{What: say.Textf("the runner's number is %d", id), From: from})
	t.rewrite(c, cr, say.Textf("write the token in %s as the state of runner %d", cr.File.Path.V, id), state.Bytes(), f)
}

// knownNumber is the runner's number on the server, from whoever says it: the
// environment, the config, or a copy of the state beside it with this very token.
func (t *Target) knownNumber(c *runner.Config, cr *runner.Credential, token string) (int, runner.Origin) {
	if v := c.Text(runner.RunnerID); v.V != "" {
		if id, err := strconv.Atoi(v.V); err == nil {
			return id, v.From
		}
	}
	if c.File != nil {
		if v := c.File.Doc.Find("/runner_id"); v != nil && v.Kind == jsondoc.Number {
			if id, err := strconv.Atoi(v.Text); err == nil {
				return id, c.File.Origin("/runner_id", v)
			}
		}
	}
	for name, data := range t.copies(t.real(cr.File.Path.V)) {
		if state, ok := runner.StateIn(data); ok && state.Token == token {
			return state.RunnerID, runner.Origin{File: name}
		}
	}
	return 0, runner.Origin{}
}

// copies are the files beside one whose names begin with its: name.bak, name~,
// name.2024-05-06. Those that are no regular files, or somebody else's, are left out.
func (t *Target) copies(name string) func(yield func(string, []byte) bool) {
	return func(yield func(string, []byte) bool) {
		names, _ := t.Files.ReadDir(path.Dir(name)) // where we may not look there are none
		for _, n := range names {
			file := path.Join(path.Dir(name), n)
			info, err := t.Files.Lstat(file)
			if file == name || !strings.HasPrefix(n, path.Base(name)) || err != nil || !info.Mode.IsRegular() || !t.ownOrRoots(info) {
				continue
			}
			if data, err := t.Files.ReadFile(file); err == nil && !yield(file, data) {
				return
			}
		}
	}
}
