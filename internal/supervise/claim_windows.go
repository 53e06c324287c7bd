package supervise

import "github.com/semadoctor/semadoctor/say"

// ErrOthers is there for who asks for it.
var ErrOthers = say.Errorf("somebody else may write there")

// Claim does nothing: Windows has no locks that stay with a process.
func Claim(string, bool, ...uint64) (by int, err error) { return 0, nil }
