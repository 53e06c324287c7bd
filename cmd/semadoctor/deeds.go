package main

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/say"
)

// registrationEnv holds the server's registration token, under Semaphore's own name.
const registrationEnv = "SEMAPHORE_RUNNER_REGISTRATION_TOKEN"

// unsafeFlags refuses what does not go together with --unsafe.
func unsafeFlags(c *cli.Context) error {
	switch {
	case c.IsSet("registration-token-file") && !c.Bool("unsafe"):
		return usagef("--registration-token-file is for --unsafe: nothing else registers a runner")
	case c.Bool("unsafe") && c.Bool("offline"):
		return usagef("--unsafe and --offline do not go together: what is unsafe is done at the server")
	}
	return nil
}

// registration gives the targets leave for what is unsafe, and the registration
// token that the user names. It is for one server.
func (s *surgery) registration() error {
	token, err := s.registrationToken()
	if err != nil {
		return err
	}
	secret := s.patients.secrets.New(token)
	if !secret.Empty() {
		if err := s.patients.oneServer(s.c.Context); err != nil {
			return err
		}
	}
	for _, t := range append(s.patients.others[:len(s.patients.others):len(s.patients.others)], s.patients.like) {
		if t != nil {
			t.Unsafe, t.Registration = true, secret
		}
	}
	return nil
}

// registrationToken is what the user gives; "" when there is none. What stands on a
// command line everybody on the host can read, so it has no flag.
func (s *surgery) registrationToken() (string, error) {
	file := s.c.String("registration-token-file")
	token, from := s.Env[registrationEnv], registrationEnv
	if file != "" {
		data, err := s.registrationFile(file)
		if err != nil {
			return "", usagef("read registration token: %w", err)
		}
		if token, from = string(data), file; strings.TrimSpace(token) == "" {
			return "", usagef("there is no registration token in %s", file)
		}
	}
	token = strings.TrimSpace(token)
	if strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
		return "", usagef("what %s holds is no registration token: it has blanks or control characters in it", from)
	}
	return token, nil
}

func (s *surgery) registrationFile(file string) ([]byte, error) {
	const most = 4096 // bytes; a token has a few dozen
	if file == "-" {
		data, err := io.ReadAll(io.LimitReader(s.Stdin, most+1))
		if err == nil && len(data) > most { // a part of a token is none
			err = say.Errorf("it is longer than %d bytes", most)
		}
		return data, err
	}
	return host.ReadThrough(s.patients.disk, s.abs(file))
}

// deeds does, one by one, what only a server can: each is shown, asked for, noted
// in the journal and checked by itself, for nobody can foresee what it brings.
func (s *surgery) deeds(ctx context.Context, t *checks.Target, now checks.Diagnosis, tried map[string]bool) (checks.Diagnosis, error) {
	for s.unsafe && stopped(ctx) == "" {
		f, ok := s.nextDeed(t, now, tried)
		if !ok {
			break
		}
		tried[f.Fix.Title.String()] = true
		after, err := s.offer(ctx, t, f, now)
		if err != nil {
			return after, err
		}
		now = after
	}
	if s.unsafe && !s.changes {
		s.tellNothing(t, now)
	}
	return now, nil
}

// offer shows one deed, and does it where that is wanted.
func (s *surgery) offer(ctx context.Context, t *checks.Target, f checks.Finding, now checks.Diagnosis) (checks.Diagnosis, error) {
	s.changes = true
	p, err := repair.PlanOf(s.patients.disk, *f.Fix)
	if err != nil {
		s.note("left alone: %s", say.Error(err))
		return now, nil
	}
	s.show(p) // what is in the blanks comes later
	switch c, err := s.consent(ctx, 1); {
	case err != nil:
		return now, err
	case !c.all:
		s.note("nothing was changed")
		return now, nil
	}
	return s.perform(ctx, t, f)
}

// nextDeed is the most blocking of those that were not tried.
func (s *surgery) nextDeed(t *checks.Target, now checks.Diagnosis, tried map[string]bool) (checks.Finding, bool) {
	for _, f := range checks.Deeds(t, now.Results, s.wanted) {
		if !tried[f.Fix.Title.String()] {
			return f, true
		}
	}
	return checks.Finding{}, false
}

// perform does one deed and checks again. What does not help is taken back, as far
// as it can be.
func (s *surgery) perform(ctx context.Context, t *checks.Target, f checks.Finding) (checks.Diagnosis, error) {
	j, err := s.journal(s.patients.root)
	if err != nil {
		return checks.Diagnosis{}, err
	}
	entry, err := j.Perform(ctx, *f.Fix, s.patients.disk, repair.About{Tool: "semadoctor " + version, Target: t.Name})
	if errors.Is(err, repair.ErrUnnoted) {
		s.note("%s: what was changed cannot be taken back", say.Error(err))
	} else if err != nil {
		return checks.Diagnosis{}, s.undone(t, entry, err)
	}
	after := checks.Diagnose(ctx, t.Later(), s.sel.checks(s.checks))
	switch cured, known := checks.Cured(f, after.Results); {
	case known && !cured && !entry.Plan.Empty() && err == nil:
		return s.withdraw(ctx, t, entry, f)
	case known && !cured:
		s.note("it was done, and there is still %s: %s", f.Problem.ID, f.Fix.Title)
	case !known:
		s.note("it was done, and it could not be found out whether that has helped: %s", f.Fix.Title)
	default:
		s.note("repaired %s: %s", t.Name, f.Fix.Title)
	}
	if s.touch(t, entry.Plan); !entry.Plan.Empty() && err == nil {
		s.note("semadoctor fix --undo %s takes back what was changed on this host; %s", s.called(entry), f.Fix.Final)
		s.tellRestart(t, nil)
	}
	return after, nil
}

// undone says what is left of a deed that went wrong.
func (s *surgery) undone(t *checks.Target, entry *repair.Entry, err error) error {
	switch {
	case entry == nil:
		return say.Errorf("repair %s: %w", t.Name, err)
	case errors.Is(err, repair.ErrLost):
		s.tellStays(entry)
		return say.Errorf("repair %s: the server has done its part: %w", t.Name, err)
	case entry.Deed == repair.DeedDone:
		return say.Errorf("repair %s: the server has done its part, and what it gave is in the journal, under %s: the next semadoctor fix goes on from there: %w", t.Name, entry.ID, err)
	case errors.Is(err, repair.ErrUncertain):
		s.tellStays(entry)
		return say.Errorf("repair %s: nothing was changed on this host: %w", t.Name, err)
	}
	return say.Errorf("repair %s: nothing was changed: %w", t.Name, err)
}

// withdraw takes the files back where the deed has not helped.
func (s *surgery) withdraw(ctx context.Context, t *checks.Target, entry *repair.Entry, f checks.Finding) (checks.Diagnosis, error) {
	if _, err := entry.Undo(s.patients.disk); err != nil {
		return checks.Diagnosis{}, say.Errorf("take back the repair of %s, after which there was still %s: %w", t.Name, f.Problem.ID, err)
	}
	s.note("taken back: after the repair of %s there was still %s", t.Name, f.Problem.ID)
	s.tellStays(entry)
	return checks.Diagnose(ctx, t.Later(), s.sel.checks(s.checks)), nil
}
