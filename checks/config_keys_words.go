package checks

import (
	"github.com/semadoctor/semadoctor/internal/jsondoc"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// place is where a member stands, for the sentences about it.
func (k keys) place(m jsondoc.Member) (line int, file string) {
	return k.c.File.Line(m.KeyStart), k.c.File.Path
}

// legacyURL is the address as runners had it up to 2.10.25.
func (k keys) legacyURL(pointer string, m jsondoc.Member, f *Finding) {
	f.Detail = say.Textf("From 2.10.26 on the server's address is web_host, without the /api that runner.api_url ends in; the old key is passed over in silence.")
	if f.Explains == nil {
		return
	}
	f.Advice = []say.Text{say.Textf("set web_host to %s: that is %s without /api", newURL(m.Value.Text, k.c.Era), runner.Dotted(pointer))}
	k.moveURL(pointer, m, f)
}

// legacyState is the state file as runners had it up to 2.10.25; instead is the key
// that this one reads.
func (k keys) legacyState(pointer string, m jsondoc.Member, instead string, f *Finding) {
	f.Detail = say.Textf("From 2.10.26 on a runner keeps a bare token in runner.token_file, instead of JSON in runner.config_file; the old key is passed over in silence.")
	if f.Explains == nil {
		return
	}
	if free, err := k.t.free(k.c.Install.Abs(m.Value.Text)); free && err == nil {
		f.Advice = k.t.registerAdvice(k.c)
		if !placeless(k.c) {
			f.Advice = append(k.t.placeFirst(k.c), f.Advice...)
		}
		return
	}
	f.Advice = []say.Text{say.Textf("write the token that stands in %s, and nothing else, to a file of its own and let %s name it: the token stays valid", m.Value.Text, instead)}
	k.moveState(pointer, m, f)
}

// legacy was observed on 2.10.32: what is not read is passed over in silence.
func (k keys) legacy(pointer string, m jsondoc.Member, row runner.Setting) Finding {
	f := k.about(LegacyKey, pointer, m, row.Name)
	if f.Explains != nil {
		f.Explains = append(f.Explains, RegistrationTokenIgnored)
	}
	line, file := k.place(m)
	f.Summary = say.Textf("%s is not read by this version (line %d of %s)", runner.Dotted(pointer), line, file)
	f.Detail = say.Textf("Semaphore passes over keys it does not know in silence.")
	setting, ok := runner.SettingOf(k.c.Era, row.Name)
	switch {
	case row.Name == runner.ServerURL:
		k.legacyURL(pointer, m, &f)
	case row.Name == runner.IdentityFile:
		k.legacyState(pointer, m, setting.Key(), &f)
	case row.Name == runner.PrivateKeyFile:
		f.Detail = say.Textf("From 2.19 on no answer is encrypted, and no runner has a key.")
	case ok && f.Explains != nil:
		f.Advice = []say.Text{say.Textf("set %s instead", setting.Key())}
	}
	if f.Explains == nil {
		f.Advice = []say.Text{say.Textf("take line %d out of %s", line, file)}
		k.takeOut(pointer, &f)
	}
	return k.uncertain(f)
}

// newURL is a legacy URL as web_host has it, for people.
func newURL(text string, era runner.Era) string {
	if u := withoutAPI(text); u != nil {
		return runner.ShownURL(u)
	}
	return exampleURL(era)
}

// uncertain says what would make sure, where the version is only a guess.
func (k keys) uncertain(f Finding) Finding {
	if k.c.Version.Guessed() {
		f.Advice = append(f.Advice, say.Textf("if the runner is older than semadoctor takes it for, say so with --runner-version"))
	}
	return f
}

func (k keys) future(pointer string, m jsondoc.Member, row runner.Setting) Finding {
	f := k.about(FutureKey, pointer, m, row.Name)
	line, file := k.place(m)
	f.Summary = say.Textf("%s is read only by newer versions (line %d of %s)", runner.Dotted(pointer), line, file)
	f.Detail = say.Textf("It is read from %s on; this version passes over it in silence.", since(row.First))
	f.Status = Warn
	if s, ok := runner.SettingOf(k.c.Era, row.Name); ok && !k.set(s) {
		f.Advice = []say.Text{say.Textf("for this version set %s", s.Key())}
	} else {
		f.Advice = []say.Text{say.Textf("take line %d out of %s, or upgrade the runner together with its server", line, file)}
	}
	return f
}

// since is the release an era begins with.
func since(era runner.Era) string {
	switch era {
	case runner.E4a:
		return "2.10.26"
	case runner.E5:
		return "2.11"
	case runner.E5b:
		return "2.18"
	case runner.E6:
		return "2.19"
	case runner.E7:
		return "2.20"
	}
	return "2.9"
}

// tokenIgnored was observed on 2.10.32. What 2.10.33 and later of 2.10 do is not
// known.
func (k keys) tokenIgnored(pointer string, m jsondoc.Member) Finding {
	f := k.about(TokenIgnored, pointer, m, runner.RunnerToken)
	line, file := k.place(m)
	setting, _ := runner.SettingOf(k.c.Era, runner.IdentityFile)
	f.Summary = say.Textf("runner.token is not read by this version (line %d of %s)", line, file)
	f.Detail = say.Textf("2.10.26 to 2.10.32 read the token from runner.token_file or SEMAPHORE_RUNNER_TOKEN only; 2.11 or 2.12 is the first that reads it in the config.")
	f.Advice = []say.Text{say.Textf("move the token from line %d of %s to a file that %s can read, and let %s name it: no new registration is needed", line, file, k.c.Install.As, setting.Key())}
	if f.Explains == nil {
		f.Advice = []say.Text{say.Textf("take line %d out of %s: the runner has its token from elsewhere", line, file)}
		k.takeOut(pointer, &f)
		return f
	}
	if token := m.Value.Text; k.sure() && runner.TokenShape(token) {
		k.t.Secrets.New(token)
		if edits, to := k.tokenInFile(pointer, token); edits != nil {
			f.Advice = nil
			f.Fix = &repair.Fix{Title: say.Textf("move the token from line %d of %s to %s", line, file, to), Edits: edits, Safety: repair.Safe}
		}
	}
	return f
}

// registrationTokenIgnored was observed on 2.10.32; later read in source.
func (k keys) registrationTokenIgnored(pointer string, m jsondoc.Member) Finding {
	f := k.about(RegistrationTokenIgnored, pointer, m, runner.RegistrationToken)
	line, file := k.place(m)
	f.Summary = say.Textf("runner.registration_token is not read by this version (line %d of %s)", line, file)
	f.Detail = say.Textf("From 2.10.26 on a registration token is taken from SEMAPHORE_RUNNER_REGISTRATION_TOKEN, and from 2.18 on from the file that runner.registration_token_file names, too. A runner does not register by itself any more.")
	if f.Explains != nil {
		f.Advice = k.t.registerAdvice(k.c)
	}
	f.Advice = append(f.Advice, say.Textf("take line %d out of %s: whoever can read it can register runners", line, file))
	if k.cr.Next == runner.Polls {
		k.takeOut(pointer, &f)
	}
	if f.Fix != nil {
		f.Advice = append(f.Advice, rotate())
	}
	return k.uncertain(f)
}
