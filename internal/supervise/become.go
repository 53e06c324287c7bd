// Package supervise turns semadoctor into the runner that it has checked.
package supervise

import "github.com/semadoctor/semadoctor/host"

// A Start is how a runner is started.
type Start struct {
	Path string   // of the program, absolute
	Args []string // the program's name first
	Env  []string // NAME=VALUE, complete
	Dir  string   // working directory; "" leaves ours
	As   host.Identity
}
