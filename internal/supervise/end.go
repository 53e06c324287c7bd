package supervise

import "os"

// An End is how a runner ended.
type End struct {
	Code   int       // as a shell says it: its exit status, or 128 and the number of the signal that ended it
	Signal os.Signal // nil: it ended by itself
	Asked  bool      // somebody asked it to, with a signal
}
