package checktest

import (
	"github.com/semadoctor/semadoctor/checks"
)

// deleted is what the kernel writes behind the program of a process when the
// file is not there any more.
const deleted = "(deleted)"

// boxed reports a runner in a container or a sandbox of its own: its files are
// looked at through its process, and not repaired.
func boxed(t *checks.Target) bool {
	p := t.Install.Process
	return p != nil && p.Root != ""
}
