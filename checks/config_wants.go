package checks

import "github.com/semadoctor/semadoctor/runner"

// unread lists what makes a setting have no effect where it stands.
func unread() []*Problem {
	return []*Problem{ConfigIgnored, LegacyKey, TokenIgnored, RegistrationTokenIgnored, EmptyEnvOverrides, ComposeEmptyVariable, PlaceholderValue, UnknownKey, UnknownEnv, UnitCommand}
}

// wants lists the problems as which the lack of a setting shows; nil when this
// runner does without it.
func wants(c *runner.Config, cr *runner.Credential, n runner.Name) []*Problem {
	switch n {
	case runner.ServerURL:
		if c.Text(n).V == "" {
			return []*Problem{URLMissing}
		}
	case runner.IdentityFile, runner.RunnerToken, runner.RunnerID:
		return wantsIdentity(c, cr, n)
	case runner.RegistrationToken, runner.RegistrationTokenFile:
		switch {
		case !c.Era.Legacy():
			return wantsIdentity(c, cr, n)
		case cr.Next == runner.Dies && c.Secret(runner.RegistrationToken).V.Empty():
			return []*Problem{RegistrationTokenMissing, StateMissing}
		}
	}
	return nil
}

// wantsIdentity: up to 2.10.25 a runner without a state file has nowhere to keep
// what it gets; from 2.10.26 on what it lacks is a token.
func wantsIdentity(c *runner.Config, cr *runner.Credential, n runner.Name) []*Problem {
	switch {
	case c.Era.Legacy() && n == runner.IdentityFile && c.Text(n).V == "" && cr.Next != runner.Polls:
		return []*Problem{StateMissing}
	case !c.Era.Legacy() && cr.Next == runner.Dies && cr.Token.Empty() && cr.Condition != runner.Hidden:
		return []*Problem{TokenMissing, StateMissing}
	}
	return nil
}
