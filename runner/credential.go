package runner

import (
	"bytes"
	"errors"
	"io/fs"
	"strconv"
	"strings"

	"github.com/semadoctor/semadoctor/host"
)

// A Condition says what state the file that keeps a runner's identity is in.
type Condition string

// The conditions of a state or token file.
const (
	NoPath      Condition = "no path"      // nothing configured
	Missing     Condition = "missing"      // the path is free
	Unreadable  Condition = "unreadable"   // the runner may not read it
	NotAFile    Condition = "not a file"   // a directory, FIFO or device, or a path that goes on behind a file
	Empty       Condition = "empty"        // nothing, or only white space
	Corrupt     Condition = "corrupt"      // E1-E3: not JSON
	Incomplete  Condition = "incomplete"   // E1-E3: no runner_id, or no token
	WrongFormat Condition = "wrong format" // the other eras' form
	Malformed   Condition = "malformed"    // E4+: not one line that an HTTP header can carry
	Complete    Condition = "complete"
	Hidden      Condition = "hidden" // we may not look; nothing is known
)

// A Credential is who the runner says it is at its next start, and where it
// has that from.
type Credential struct {
	ID        int    // E1-E3; 0 when the state has none
	Token     Secret // "" when none
	TokenFrom Origin
	File      Use       // the state or token file; zero when none is configured
	Condition Condition // of that file
	Err       error     // why it is Corrupt or Hidden
	Data      Content   // what the file holds
	Next      Next      // "" when the file is Hidden, unless the runner dies before it reads it
	Clash     bool      // a token is set beside the file: from E6 on the runner dies over that
}

// Next is what the runner does with its credential at its next start.
type Next string

// What a runner can do next.
const (
	Polls     Next = "polls"     // sends ID and Token as they are, even when they are nothing
	Registers Next = "registers" // E1-E3: asks the server for a new identity
	Dies      Next = "dies"      // panics before it asks the server anything
	Chokes    Next = "chokes"    // the token cannot be sent; every request fails at home
)

// NewCredential reads what the runner would show its server, as its era does.
func NewCredential(files host.Files, c *Config, secrets *Secrets) *Credential {
	cr := &Credential{}
	cr.read(files, c)
	switch {
	case cr.Condition == Hidden:
	case c.Era.Legacy():
		cr.legacy(c, secrets)
	default:
		cr.modern(c, secrets)
	}
	if cr.Clash = c.clash(); cr.Clash {
		cr.Next = Dies
	}
	return cr
}

// clash reports a token file and a token that are both set, in any mix of file
// and environment: from E6 on a panic, "SEMAPHORE_RUNNER_TOKEN and
// SEMAPHORE_RUNNER_TOKEN_FILE are mutually exclusive" (read in source, 2026).
func (c *Config) clash() bool {
	return c.Era.Within(E6, "") && c.Text(IdentityFile).V != "" && !c.Secret(RunnerToken).V.Empty()
}

// read looks at the file with the runner's eyes: what it may not read is
// unreadable, even when we may.
func (cr *Credential) read(files host.Files, c *Config) {
	u, ok := c.Identity()
	if !ok {
		cr.Condition = NoPath
		return
	}
	cr.File = u
	access := host.CanRead(files, u.Path.V, c.Install.As)
	switch access.Verdict {
	case host.Granted:
		cr.load(files)
	case host.Missing:
		cr.Condition = Missing
	case host.NotFile, host.NotDir: // ENOTDIR is not ENOENT: up to E3 the runner panics over it
		cr.Condition = NotAFile
	case host.Unclear:
		cr.Condition, cr.Err = Hidden, access.Err
	default:
		cr.Condition = Unreadable
		cr.peek(files)
	}
}

func (cr *Credential) load(files host.Files) {
	var err error
	cr.Data, err = readThrough(files, cr.File.Path.V)
	switch {
	case errors.Is(err, fs.ErrPermission): // host.Unseen, too
		cr.Condition, cr.Err = Hidden, err
	case errors.Is(err, host.ErrNotRegular):
		cr.Condition, cr.Err = NotAFile, err
	case err != nil:
		cr.Condition, cr.Err = Corrupt, err
	}
}

// peek reads what the runner may not, so that a repair keeps the identity.
func (cr *Credential) peek(files host.Files) {
	cr.Data, _ = readThrough(files, cr.File.Path.V)
}

// readThrough reads what name leads to.
func readThrough(files host.Files, name string) ([]byte, error) {
	real, err := host.Resolve(files, name)
	if err != nil {
		return nil, err
	}
	return files.ReadFile(real)
}

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

// canRegister reports whether a start without a token registers: when it is told
// to, and has a registration token (2025 and 2026, read in source).
func (c *Config) canRegister() bool {
	return c.Install.Command.Registers(c.Era) && (!c.Secret(RegistrationToken).V.Empty() || c.Text(RegistrationTokenFile).V != "")
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

// Key tells credentials apart without showing them.
func (cr *Credential) Key() string {
	return strconv.Itoa(cr.ID) + " " + cr.Token.String() + " " + string(cr.Next) + " " + string(cr.Condition)
}
