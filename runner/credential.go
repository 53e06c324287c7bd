package runner

import (
	"errors"
	"io/fs"
	"strconv"

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
		if c.Install.As.Unknown != nil { // what is in there can be judged, whoever it is
			cr.load(files)
			return
		}
		cr.Condition, cr.Err = Hidden, access.Err
	default:
		cr.Condition = Unreadable
		cr.peek(files)
	}
}

func (cr *Credential) load(files host.Files) {
	var err error
	cr.Data, err = host.ReadThrough(files, cr.File.Path.V)
	switch {
	case errors.Is(err, fs.ErrPermission): // host.Unseen, too
		cr.Condition, cr.Err = Hidden, err
	case errors.Is(err, fs.ErrNotExist):
		cr.Condition = Missing
	case errors.Is(err, host.ErrNotRegular):
		cr.Condition, cr.Err = NotAFile, err
	case err != nil:
		cr.Condition, cr.Err = Corrupt, err
	}
}

// peek reads what the runner may not, so that a repair keeps the identity.
func (cr *Credential) peek(files host.Files) {
	cr.Data, _ = host.ReadThrough(files, cr.File.Path.V)
}

// Key tells credentials apart without showing them.
func (cr *Credential) Key() string {
	return strconv.Itoa(cr.ID) + " " + cr.Token.String() + " " + string(cr.Next) + " " + string(cr.Condition)
}
