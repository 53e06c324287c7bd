package checks

import (
	"context"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// startless reports whether the command is "semaphore runner --config F", or the like,
// and not known to be of a release to which it is right.
func (t *Target) startless() bool {
	c, era := t.Install.Command, t.Install.Version.Era
	return c.Runs() && c.Blank == "" && (len(c.Verbs) == 1 || pathLike(c.Verbs[1])) && (!era.Known() || !era.Before(runner.E3))
}

// withoutStart is about such a command, which up to 2.9.60 is right: of a unit, of a
// container, or as it was named.
func (t *Target) withoutStart(ctx context.Context) []Finding {
	c := t.Install.Command
	if !t.startless() {
		return nil
	}
	v, err := t.Version(ctx)
	if err != nil || !v.Era.Known() || v.Era.Before(runner.E3) {
		return nil
	}
	f := Finding{
		Problem:  UnitWithoutStart,
		Summary:  say.Textf("\"semaphore runner\" without \"start\" prints its help and exits 0"),
		Detail:   say.Textf("From 2.9.64 on the runner is started with \"semaphore runner start\". The help is no failure to systemd: the unit is \"inactive (dead)\", or with Restart=always it goes round in silence."),
		Evidence: []Evidence{{What: say.Verbatim(strings.Join(c.Words, " ")), From: c.From}},
	}
	if v.Guessed() && v.Era.Legacy() {
		f.Status = Warn
		f.Summary = say.Textf("\"semaphore runner\" without \"start\" is right up to 2.9.60 only, and the runner's version is not known")
		f.Advice = []say.Text{say.Textf("say which it is with --runner-version; %s version tells", say.Shell(c.Program))}
		return []Finding{f}
	}
	if t.Install.Unit == nil || t.Install.Container != nil {
		f.Detail = say.Textf("From 2.9.64 on the runner is started with \"semaphore runner start\". The help is no failure: what starts the command again and again does so in silence.")
		f.Advice = []say.Text{say.Textf("start it as: %s", say.Verbatim(strings.Join(withStart(c.Words), " ")))}
		return []Finding{f}
	}
	lines, mended := t.startLines()
	if !mended { // the word before is not in the unit itself
		f.Advice = []say.Text{say.Textf("let %s come to \"semaphore runner start\"", say.Verbatim(strings.Join(c.Words, " "))), t.afterwards()}
		return []Finding{f}
	}
	t.dropIn(&f, say.Textf("start the runner with \"semaphore runner start\", in a drop-in of %s", t.Install.Unit.Name), "start", lines...)
	return []Finding{f}
}

// withStart are the words of a command with the one that is missing.
func withStart(words []string) []string {
	if at := slices.Index(words, "runner"); at >= 0 {
		return slices.Insert(slices.Clone(words), at+1, "start")
	}
	return words
}

// startLines are the unit's commands with the word that is missing; false where there is
// no place to put it.
func (t *Target) startLines() (lines []string, done bool) {
	lines = []string{"ExecStart="}
	word := regexp.MustCompile(`(\s)runner(\s|$)`)
	for _, e := range t.Install.Unit.List("Service", "ExecStart") {
		at := word.FindStringIndex(e.Value)
		if !done && at != nil && strings.Contains(e.Value, "semaphore") {
			done = true
			e.Value = e.Value[:at[0]+len(" runner")] + " start" + e.Value[at[0]+len(" runner"):]
		}
		lines = append(lines, "ExecStart="+strings.TrimSpace(e.Value))
	}
	return lines, done
}

// unitReload is about ExecReload=: a runner has no handler for signals, so that
// SIGHUP ends it and the tasks it works on (read in source, 2.10.32).
func (t *Target) unitReload() []Finding {
	if !t.Install.Command.Runs() {
		return nil
	}
	for _, e := range t.Install.Unit.List("Service", "ExecReload") {
		for _, l := range host.ParseExec(e) {
			if len(l.Words) == 0 || path.Base(l.Words[0]) != "kill" || !hangsUp(l.Words) {
				continue
			}
			f := Finding{
				Problem:  UnitReloadKills,
				Summary:  say.Textf("ExecReload= sends SIGHUP, which ends the runner with the tasks it works on"),
				Detail:   say.Textf("Semaphore has no handler for signals and reads its config at the start only: there is nothing to reload."),
				Evidence: []Evidence{{What: say.Verbatim(strings.Join(l.Words, " ")), From: runner.Origin{File: e.File, Line: e.Line, Flag: "ExecReload="}}},
			}
			t.dropIn(&f, say.Textf("take ExecReload= away, in a drop-in of %s", t.Install.Unit.Name), "reload", "ExecReload=")
			return []Finding{f}
		}
	}
	return nil
}

func hangsUp(words []string) bool {
	return strings.Contains(" "+strings.ReplaceAll(strings.Join(words, " "), "-s ", "-")+" ", "HUP ") || len(words) > 1 && words[1] == "-1"
}
