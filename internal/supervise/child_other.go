//go:build unix && !linux

package supervise

import "syscall"

// adopt: only Linux has foster parents.
func adopt() {}

// dieWithParent: only Linux can.
func dieWithParent(*syscall.SysProcAttr) {}
