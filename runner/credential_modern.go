package runner

import (
	"bytes"
	"strings"
)

// modern is E4 and later: a bare token, trimmed. A token file that can be read
// silently replaces a token from elsewhere, even when it is empty (observed
// 2.10.32); a read error is ignored.
func (cr *Credential) modern(c *Config, secrets *Secrets) {
	if cr.Condition == "" {
		cr.Condition = tokenCondition(cr.Data)
	}
	token := c.Secret(RunnerToken)
	cr.Token, cr.TokenFrom = token.V, token.From
	if cr.readable() {
		cr.Token = cr.learn(c, secrets)
		cr.TokenFrom = Origin{File: cr.File.Path.V}
	}
	switch {
	case cr.Token.Empty() && c.canRegister():
		cr.Next = Registers
	case cr.Token.Empty():
		cr.Next = Dies
	case !headerValue(cr.Token.Reveal()):
		cr.Next = Chokes
	default:
		cr.Next = Polls
	}
}

// learn is what the token file holds. Where that is the config, its secrets are known
// by their keys already.
func (cr *Credential) learn(c *Config, secrets *Secrets) Secret {
	text := strings.TrimSpace(string(cr.Data))
	if c.File != nil && bytes.Equal(cr.Data, c.File.Data) {
		return secrets.hide(text)
	}
	return secrets.New(text)
}

// readable reports whether the runner got bytes out of the file.
func (cr *Credential) readable() bool {
	switch cr.Condition {
	case Empty, WrongFormat, Malformed, Complete:
		return true
	}
	return false
}

func tokenCondition(data []byte) Condition {
	s := strings.TrimSpace(string(data))
	switch {
	case s == "":
		return Empty
	case strings.HasPrefix(s, "{") && looksLikeState(data):
		return WrongFormat
	case !headerValue(s), strings.ContainsAny(s, "\"'{} \ufeff"):
		return Malformed
	}
	return Complete
}

// headerValue reports whether Go's HTTP client sends s as a header: it refuses
// control characters with "invalid header field value".
func headerValue(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' && c != '\t' || c == 0x7f {
			return false
		}
	}
	return true
}

// canRegister reports whether a start without a token registers: when it is told
// to, and has a registration token (2025 and 2026, read in source).
func (c *Config) canRegister() bool {
	return c.Install.Command.Registers(c.Era) && (!c.Secret(RegistrationToken).V.Empty() || c.Text(RegistrationTokenFile).V != "")
}

// clash reports a token file and a token that are both set, in any mix of file
// and environment: from E6 on a panic, "SEMAPHORE_RUNNER_TOKEN and
// SEMAPHORE_RUNNER_TOKEN_FILE are mutually exclusive" (read in source, 2026).
func (c *Config) clash() bool {
	return c.Era.Within(E6, "") && c.Text(IdentityFile).V != "" && !c.Secret(RunnerToken).V.Empty()
}
