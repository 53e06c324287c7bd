package checks

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// blocked is a path that only the sandbox keeps from the runner.
type blocked struct {
	use runner.Use
	a   host.Access // with the sandbox
}

// unitSandbox compares what the runner may do inside of its unit with what it
// might do without the sandbox.
func (t *Target) unitSandbox(ctx context.Context) []Finding {
	if len(t.Install.Unit.Box) == 0 {
		return nil
	}
	c, cr, err := t.identity(ctx)
	if err != nil {
		return t.hiddenConfig(ctx)
	}
	var all []blocked
	for _, u := range c.Uses() {
		ask := t.wants(c, cr, u)
		if ask == nil {
			continue
		}
		inside, outside := ask(t.Files, u.Path.V, t.Install.As), ask(t.machine(), u.Path.V, t.Install.As)
		if !inside.OK() && inside.Verdict != host.Unclear && outside.OK() {
			all = append(all, blocked{u, inside})
		}
	}
	if len(all) == 0 {
		return nil
	}
	return []Finding{t.boxedIn(all)}
}

// wants is how the runner is going to use a path; nil when it is not.
func (t *Target) wants(c *runner.Config, cr *runner.Credential, u runner.Use) func(host.Files, string, host.Identity) host.Access {
	switch {
	case u.Role == runner.TmpRole:
		return canFill
	case u.Role == runner.StateRole || u.Role == runner.TokenRole:
		if cr.Condition == runner.Complete {
			return nil // written once, when the runner registers
		}
		if outside, err := host.Stat(t.machine(), u.Path.V); err == nil && outside.Size > 0 {
			return host.CanRead // there, but not to be seen inside
		}
		if !needsWrite(c, cr) {
			return nil
		}
		return canPut
	case u.Reads:
		if _, err := host.Stat(t.machine(), u.Path.V); err == nil {
			return host.CanRead
		}
	}
	return nil
}

// canPut asks whether a file may be written, new or as it is.
func canPut(files host.Files, name string, as host.Identity) host.Access {
	a := host.CanWrite(files, name, as)
	if a.Verdict == host.Missing && a.At != path.Dir(name) {
		return host.CanCreate(files, name, as)
	}
	return a
}

// canFill asks whether files may be made in a directory, which is made with
// those above it if it is not there.
func canFill(files host.Files, dir string, as host.Identity) host.Access {
	for dir != "/" {
		if _, err := host.Stat(files, dir); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		dir = path.Dir(dir)
	}
	return host.CanFill(files, dir, as)
}

// onlyBoxed reports whether nothing but the unit's sandbox keeps the runner from
// making files in a directory.
func (t *Target) onlyBoxed(dir string) bool {
	return t.Install.Unit != nil && canFill(t.machine(), dir, t.Install.As).OK()
}

// hiddenConfig is a config that is there, and not to be seen in the unit.
func (t *Target) hiddenConfig(ctx context.Context) []Finding {
	f, err := t.File(ctx)
	if err != nil || t.blind() != nil {
		return nil
	}
	inside := host.CanRead(t.Files, f.Path, t.Install.As)
	if inside.OK() || inside.Verdict == host.Unclear || !host.CanRead(t.machine(), f.Path, t.Install.As).OK() {
		return nil
	}
	return []Finding{t.boxedIn([]blocked{{runner.Use{Path: runner.Value[string]{V: f.Path, From: f.From}, Role: runner.ConfigRole, Reads: true}, inside}})}
}

func (t *Target) boxedIn(all []blocked) Finding {
	var names []string
	for _, b := range all {
		names = append(names, b.use.Path.V)
	}
	f := Finding{
		Problem: UnitSandbox,
		Summary: say.Textf("the unit's sandbox keeps the runner from %s: %s", say.List(names), all[0].a.Why),
		Detail:  say.Textf("Without the sandbox %s might use it. semadoctor sees the files as the unit does.", t.Install.As),
	}
	for _, b := range all {
		f.Evidence = append(f.Evidence, Evidence{What: say.Textf("the %s is %s", b.use.Role, b.use.Path.V), From: b.use.Path.From})
		for _, e := range t.sandboxLines(b.use.Path.V) {
			if !slices.ContainsFunc(f.Evidence, func(o Evidence) bool { return o.From == e.From }) {
				f.Evidence = append(f.Evidence, e)
			}
		}
	}
	lines, ok := t.opened(all)
	if ok {
		t.dropIn(&f, say.Textf("let the unit write there (%s), in a drop-in of %s", say.Verbatim(strings.Join(lines, ", ")), t.Install.Unit.Name), "sandbox", lines...)
		return f
	}
	f.Advice = append(f.Advice, t.outside(all[0]), t.afterwards())
	return f
}

// outside is what a person can do where semadoctor will not open the sandbox.
func (t *Target) outside(b blocked) say.Text {
	dir := path.Dir(b.use.Path.V)
	if within(dir, "/tmp") || within(dir, "/var/tmp") {
		return say.Textf("keep the %s elsewhere, such as in %s: /tmp of the unit is its own, and is emptied when the unit stops", b.use.Role, stateHome)
	}
	setting := "BindPaths="
	if !b.use.Writes || b.use.Role == runner.ConfigRole {
		setting = "BindReadOnlyPaths="
	}
	return say.Textf("keep the %s where the unit may get at it, below /etc/semaphore or %s, or let the unit see it: systemctl edit %s, and there ProtectHome=tmpfs and %s%s",
		b.use.Role, stateHome, t.unitArgument(), say.Verbatim(setting), dir)
}

// opened are the settings that let the runner write where it has to.
func (t *Target) opened(all []blocked) (lines []string, ok bool) {
	for _, b := range all {
		line, ok := t.opening(b)
		if !ok {
			return nil, false
		}
		if !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return lines, true
}

// opening is the setting for one path: a private /tmp, a state directory, or an
// exception for a directory that is there.
func (t *Target) opening(b blocked) (string, bool) {
	dir := path.Dir(b.use.Path.V)
	if b.use.Dir {
		dir = b.use.Path.V
	}
	_, err := host.Stat(t.machine(), dir)
	lib, inLib := strings.CutPrefix(dir, "/var/lib/")
	cache, inCache := strings.CutPrefix(dir, "/var/cache/")
	switch {
	case b.a.Verdict != host.ReadOnly:
		return "", false
	case within(dir, "/tmp") || within(dir, "/var/tmp"):
		return "PrivateTmp=yes", b.use.Dir
	case err == nil:
		return "ReadWritePaths=" + strings.ReplaceAll(dir, "%", "%%"), !strings.ContainsAny(dir, " \t\"'\\")
	case inLib && !strings.ContainsAny(lib, " \t\"'\\%:"):
		return "StateDirectory=" + lib, true
	case inCache && !strings.ContainsAny(cache, " \t\"'\\%:"):
		return "CacheDirectory=" + cache, true
	}
	return "", false
}

// sandboxLines are the lines of the unit that may have laid something over name.
func (t *Target) sandboxLines(name string) (es []Evidence) {
	u := t.Install.Unit
	add := func(keys []string, fits func(string) bool) {
		for _, key := range keys {
			for _, e := range u.List("Service", key) {
				if fits(e.Value) {
					es = append(es, Evidence{What: say.Verbatim(key + "=" + e.Value), From: runner.Origin{File: e.File, Line: e.Line, Flag: key + "="}})
				}
			}
		}
	}
	over := func(value string) bool {
		words, _ := host.SplitWords(value)
		return slices.ContainsFunc(words, func(w string) bool {
			w, _, _ = strings.Cut(strings.TrimLeft(w, "-+"), ":")
			return path.IsAbs(w) && (w == "/" || within(name, path.Clean(w)))
		})
	}
	home := within(name, "/home") || within(name, "/root") || within(name, "/run/user")
	tmp := within(name, "/tmp") || within(name, "/var/tmp")
	add([]string{"ProtectSystem", "DynamicUser"}, func(v string) bool { return !home && (host.UnitTruth(v) || v == "full" || v == "strict") })
	add([]string{"ProtectHome"}, func(v string) bool { return home && v != "no" })
	add([]string{"PrivateTmp"}, func(v string) bool { return tmp && host.UnitTruth(v) })
	add([]string{"ReadOnlyPaths", "InaccessiblePaths", "TemporaryFileSystem", "BindPaths", "BindReadOnlyPaths"}, over)
	return es
}

// missingPath is about a path that the sandbox names and that is not there.
func (t *Target) missingPath(fault runner.Fault, f *Finding) {
	name := fault.Missing
	tmp := within(name, "/tmp") || within(name, "/var/tmp") || within(name, "/run")
	if writes := strings.HasPrefix(fault.From.Flag, "ReadWritePaths") && t.Install.Unit.Known; writes && !tmp && t.Install.As.UID >= 0 && t.mayMake(t.Install.Config, name) {
		f.Fix = &repair.Fix{Title: say.Textf("make the directory %s for %s", name, t.Install.As), Edits: t.home(name), Safety: repair.Safe}
	}
	switch {
	case strings.HasPrefix(fault.From.Flag, "Root"):
		f.Advice = append(f.Advice, say.Textf("put the system of the unit there, or name where it is"))
	case tmp:
		f.Advice = append(f.Advice, say.Textf("leave it out: with PrivateTmp=yes the unit has a writable /tmp of its own, and in front of a path a minus lets it be missing (ReadWritePaths=-%s)", name))
	default:
		f.Advice = append(f.Advice, say.Textf("make it, write a minus in front of the path, or let systemd make it with StateDirectory="))
	}
	f.Advice = append(f.Advice, t.afterwards())
}
