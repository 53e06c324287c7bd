package runner

import (
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
	NotAFile    Condition = "not a file"   // a directory, FIFO or device
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
	Data      []byte    // what the file holds; secret
	Next      Next
}

// Next is what the runner does with its credential at its next start.
type Next string

// What a runner can do next.
const (
	Polls     Next = "polls"     // sends ID and Token as they are, even when they are nothing
	Registers Next = "registers" // E1-E3: asks the server for a new identity
	Dies      Next = "dies"      // panics before it asks the server anything
	Chokes    Next = "chokes"    // E4+: the token cannot be sent; every request fails at home
)

// NewCredential reads what the runner would show its server, as its era does.
func NewCredential(files host.Files, c *Config, secrets *Secrets) *Credential {
	cr := &Credential{}
	cr.read(files, c)
	if c.Era.Legacy() {
		cr.legacy(c, secrets)
	} else {
		cr.modern(c, secrets)
	}
	return cr
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
	case host.Missing, host.NotDir:
		cr.Condition = Missing
	case host.NotFile:
		cr.Condition = NotAFile
	case host.Unclear:
		cr.Condition, cr.Err = Hidden, access.Err
	default:
		cr.Condition = Unreadable
		cr.peek(files)
	}
}

func (cr *Credential) load(files host.Files) {
	real, err := host.Resolve(files, cr.File.Path.V)
	if err == nil {
		cr.Data, err = files.ReadFile(real)
	}
	switch {
	case errors.Is(err, fs.ErrPermission):
		cr.Condition, cr.Err = Hidden, err
	case errors.Is(err, host.ErrNotRegular):
		cr.Condition, cr.Err = NotAFile, err
	case err != nil:
		cr.Condition, cr.Err = Corrupt, err
	}
}

// peek reads what the runner may not, so that a repair keeps the identity.
func (cr *Credential) peek(files host.Files) {
	if real, err := host.Resolve(files, cr.File.Path.V); err == nil {
		cr.Data, _ = files.ReadFile(real)
	}
}

// modern is E4 and later: a bare token, trimmed. A token file that can be read
// silently replaces a token from elsewhere, even when it is empty (observed
// 2.10.32); a read error is ignored. From E6 on having both is a panic, which
// is for the check of origins to say.
func (cr *Credential) modern(c *Config, secrets *Secrets) {
	if cr.Condition == "" {
		cr.Condition = tokenCondition(cr.Data)
	}
	token := c.Secret(RunnerToken)
	cr.Token, cr.TokenFrom = token.V, token.From
	if cr.readable() {
		cr.Token = secrets.New(strings.TrimSpace(string(cr.Data)))
		cr.TokenFrom = Origin{File: cr.File.Path.V}
	}
	switch {
	case cr.Token.Empty():
		cr.Next = Dies
	case !headerValue(cr.Token.Reveal()):
		cr.Next = Chokes
	default:
		cr.Next = Polls
	}
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
	exists := cr.Condition != NoPath && cr.Condition != Missing
	if cr.stateLoads() {
		cr.ID, cr.Token = st.RunnerID, secrets.New(st.Token)
		cr.TokenFrom = Origin{File: cr.File.Path.V, Pointer: "/token"}
	}
	id, token := c.Text(RunnerID), c.Secret(RunnerToken)
	switch {
	case exists && !cr.stateLoads():
		cr.Next = Dies
	case c.Era == E3:
		cr.overlay(id, token)
		cr.Next = Registers
		if !cr.Token.Empty() {
			cr.Next = Polls
		}
	case c.Era == E2b && id.V != "" && id.V != "0":
		cr.overlay(id, token) // id and token together win over the file; id alone panics
		cr.Next = Polls
		if token.V.Empty() {
			cr.Next = Dies
		}
	case exists:
		cr.Next = Polls // whatever the file says, even nothing
	default:
		cr.Next = Registers
	}
	if cr.Next == Registers && c.Secret(RegistrationToken).V.Empty() {
		cr.Next = Dies // "registration token cannot be empty"
	}
}

// stateLoads reports whether the file is JSON of the right shape, complete or not.
func (cr *Credential) stateLoads() bool {
	return cr.Condition == Complete || cr.Condition == Incomplete
}

// overlay lays the environment over the state, each variable by itself.
func (cr *Credential) overlay(id Value[string], token Value[Secret]) {
	if n, err := strconv.Atoi(id.V); err == nil && n != 0 {
		cr.ID = n
	}
	if !token.V.Empty() {
		cr.Token, cr.TokenFrom = token.V, token.From
	}
}

// Key tells credentials apart without showing them.
func (cr *Credential) Key() string {
	return strconv.Itoa(cr.ID) + " " + cr.Token.String() + " " + string(cr.Next) + " " + string(cr.Condition)
}
