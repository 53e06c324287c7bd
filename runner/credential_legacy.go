package runner

import (
	"strconv"
)

// legacy is E1 to E3: JSON with runner_id and token, and from 2.9.40-beta on
// two variables beside it.
func (cr *Credential) legacy(c *Config, secrets *Secrets) {
	st, err := parseState(cr.Data)
	if cr.Condition == "" {
		cr.Condition, cr.Err = stateCondition(cr.Data, st, err), err
	}
	if cr.stateLoads() {
		cr.ID, cr.Token = st.RunnerID, secrets.New(st.Token)
		cr.TokenFrom = Origin{File: cr.File.Path.V, Pointer: "/token"}
	}
	switch c.Era {
	case E3:
		cr.Next = cr.loadThenOverlay(c)
	case E2a, E2b:
		cr.Next = cr.envThenFile(c)
	default:
		cr.Next = cr.asTheFileSays()
	}
	switch {
	case cr.Next == Registers && c.Secret(RegistrationToken).V.Empty():
		cr.Next = Dies // "registration token cannot be empty"
	case cr.Next == Polls && c.Era != E1 && !headerValue(cr.Token.Reveal()):
		cr.Next = Chokes
	}
}

// asTheFileSays is E1: a state file that exists is used, even when it says
// nothing (observed 2.9.37).
func (cr *Credential) asTheFileSays() Next {
	switch {
	case cr.Condition == NoPath || cr.Condition == Missing:
		return Registers
	case cr.stateLoads():
		return Polls
	}
	return Dies
}

// envThenFile is E2: an id in the environment needs a token there, and E2b then
// does not look at the file. E2a does, and lets it win: tryRegisterRunner,
// services/runners, 2.9.40-beta and 2.9.58. An empty id is none.
func (cr *Credential) envThenFile(c *Config) Next {
	id, token := c.Text(RunnerID), c.Secret(RunnerToken)
	n, err := strconv.Atoi(id.V)
	switch {
	case id.V == "":
		return cr.asTheFileSays()
	case err != nil, token.V.Empty():
		return Dies
	case c.Era == E2a:
		return cr.asTheFileSays()
	}
	cr.ID, cr.Token, cr.TokenFrom = n, token.V, token.From
	return Polls
}

// loadThenOverlay is E3: the file must be whole if it exists; then each
// variable is laid over it by itself, also one that is set to nothing
// (LoadRunnerSettings, util/config.go, 2.10.22). Only a token counts.
func (cr *Credential) loadThenOverlay(c *Config) Next {
	id, token := c.Text(RunnerID), c.Secret(RunnerToken)
	n, err := strconv.Atoi(id.V)
	if cr.asTheFileSays() == Dies || id.Set() && err != nil {
		return Dies
	}
	if id.Set() {
		cr.ID = n
	}
	if token.Set() {
		cr.Token, cr.TokenFrom = token.V, token.From
	}
	if cr.Token.Empty() {
		return Registers
	}
	return Polls
}

// stateLoads reports whether the file is JSON of the right shape, complete or not.
func (cr *Credential) stateLoads() bool {
	return cr.Condition == Complete || cr.Condition == Incomplete
}
