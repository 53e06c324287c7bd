package checks

import (
	"context"
	"path"
	"time"

	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// A rebuild is how a config that the runner has overwritten comes back: what is known
// of its settings, and what the file holds now in a place of its own.
type rebuild struct {
	c      *runner.Config // of what is known; only for its path, era and environment
	backup string         // the file the settings come from; "": the environment has them
	data   []byte         // the config before its path is changed
	name   runner.Name    // of the setting whose path was the config
	kept   []byte         // what moves out of the config
}

// putBack rebuilds the config where a backup beside it or the environment has what it
// has lost, and else says what is missing. kept is what the file holds now, as the
// runner of an era wants it; nil where that cannot be told.
func (t *Target) putBack(ctx context.Context, f *runner.File, name runner.Name, kept func(runner.Era) []byte, finding *Finding) {
	r, ok := t.rebuilding(ctx, f, name)
	if !ok {
		return
	}
	if r.kept = kept(r.c.Era); r.kept == nil {
		return
	}
	edits, to := t.rebuilt(f, r)
	if edits == nil {
		finding.Advice[1] = r.byHand()
		return
	}
	title := say.Textf("write %s anew with what the environment does not have, and keep what it holds now in %s", f.Path, to)
	if r.backup != "" {
		title = say.Textf("put %s back from %s, and keep what it holds now in %s", f.Path, r.backup, to)
		finding.Evidence = append(finding.Evidence, Evidence{What: say.Textf("a config with a server URL"), From: runner.Origin{File: r.backup}})
	}
	finding.Fix = &repair.Fix{Title: title, Edits: edits, Safety: repair.Safe}
	if finding.Advice = nil; name == runner.PrivateKeyFile {
		finding.Advice = []say.Text{say.Textf("register anew: whether the server knows this key cannot be seen here")}
	}
}

// byHand is what a person does with settings that are there, where the place of what
// the config holds now cannot be told, or is set where no repair may set it.
func (r rebuild) byHand() say.Text {
	from := r.c.Text(r.name).From
	if r.backup != "" {
		return say.Textf("%s has the settings of the config: put it back, with %s at a path of its own", r.backup, setter(from))
	}
	return say.Textf("the environment has the server's address: let %s be a path of its own, and write {} into the config", setter(from))
}

// rebuilding finds where the settings come from: the latest backup with a server URL,
// or the environment, if it has one.
func (t *Target) rebuilding(ctx context.Context, f *runner.File, name runner.Name) (r rebuild, ok bool) {
	v, err := t.Version(ctx)
	if err != nil {
		return r, false
	}
	r = rebuild{name: name, data: []byte("{\n  \"runner\": {}\n}\n")}
	r.c = t.supposed(f.Holding(r.data), v)
	if backup, c := t.backupOf(f, v); c != nil {
		r.backup, r.data, r.c = backup, c.File.Data, c
	}
	_, ok = runner.SettingOf(r.c.Era, name)
	return r, ok && r.c.Text(runner.ServerURL).V != ""
}

// supposed is the configuration that a file would give in the config's place.
func (t *Target) supposed(file *runner.File, v runner.Version) *runner.Config {
	if v.Guessed() {
		v.Era = runner.Guess(file, t.Install.Env)
	}
	return runner.Resolve(file, t.Install, v, t.Secrets)
}

// backupOf is the latest file beside a config whose name begins with the config's and
// that is one with which the runner knows its server: config.json.bak, config.json~,
// config.json.2024-05-06. The configuration is nil when there is none.
func (t *Target) backupOf(f *runner.File, v runner.Version) (name string, latest *runner.Config) {
	var when time.Time
	for file, content := range t.copies(t.real(f.Path)) {
		held := f.Holding(content)
		if held.Err != nil || held.Doc.Get("runner") == nil {
			continue
		}
		c := t.supposed(held, v)
		if info, err := t.Files.Lstat(file); err == nil && c.Text(runner.ServerURL).V != "" && (latest == nil || info.ModTime.After(when)) {
			name, latest, when = file, c, info.ModTime
		}
	}
	return name, latest
}

// rebuilt are the edits, and where goes what the config holds now: where the settings
// have it if that is another place at which nothing stands, else to a place of its own.
func (t *Target) rebuilt(f *runner.File, r rebuild) (edits []repair.Edit, to string) {
	setting, _ := runner.SettingOf(r.c.Era, r.name)
	to, data := r.c.Path(r.name).V, r.data
	if free, err := t.free(to); to == "" || path.Clean(to) == path.Clean(f.Path) || t.real(to) == t.real(f.Path) {
		if r.c.Text(r.name).From.Env != "" {
			return nil, "" // what starts the runner would overwrite it again
		}
		if to, err = t.freePath(r.c, runner.Use{Role: keptAs(r), Name: r.name}); err != nil {
			return nil, ""
		}
		read := func(string) ([]byte, error) { return r.data, nil }
		if _, data, _, err = repair.Preview(repair.SetKey{File: f.Path, Pointer: setting.Pointer, Value: to}, read); err != nil {
			return nil, ""
		}
	} else if !free || err != nil || !t.mayKeep(r.c, to) {
		return nil, ""
	}
	return append(t.home(path.Dir(to)),
		repair.WriteNew{File: to, Data: r.kept, Mode: 0o600, Owner: t.Install.As.Owner()},
		repair.Rewrite{File: f.Path, Data: data},
	), to
}

// mayKeep reports whether the runner may have a new file where a backup says: that is
// the word of whoever can write beside the config.
func (t *Target) mayKeep(c *runner.Config, to string) bool {
	dir := t.real(path.Dir(to))
	_, err := t.Files.Lstat(dir)
	return t.mayPut(c, to) && (err == nil || t.mayMake(configPath(c), dir))
}

// keptAs is what the config holds now.
func keptAs(r rebuild) runner.Role {
	switch {
	case r.name == runner.PrivateKeyFile:
		return runner.KeyRole
	case r.c.Era.Legacy():
		return runner.StateRole
	}
	return runner.TokenRole
}
