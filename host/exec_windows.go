package host

import (
	"errors"
	"os/exec"
	"path/filepath"
)

// isNative reports whether name is absolute in another way than with a slash.
func isNative(name string) bool { return filepath.IsAbs(name) }

// asIdentity cannot make cmd anyone else: Windows has no such numbers.
func asIdentity(_ *exec.Cmd, as *Identity) error {
	if as == nil || as.UID < 0 {
		return nil
	}
	return errors.ErrUnsupported
}
