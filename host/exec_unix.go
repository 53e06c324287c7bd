//go:build unix

package host

import (
	"errors"
	"os/exec"
	"syscall"
)

// isNative reports whether name is absolute in another way than with a slash.
func isNative(string) bool { return false }

// asIdentity makes cmd the leader of a process group that ends with it and,
// only if as is not what we are already, another user.
func asIdentity(cmd *exec.Cmd, as *Identity) error {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error {
		err := syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		if errors.Is(err, syscall.ESRCH) {
			return cmd.Process.Kill() // os.ErrProcessDone, if so
		}
		return err
	}
	if as == nil || as.SameAs(Self()) {
		return nil
	}
	if as.UID < 0 || as.GID < 0 {
		return syscall.EINVAL
	}
	cred := &syscall.Credential{Uid: uint32(as.UID), Gid: uint32(as.GID)}
	for _, g := range as.Groups {
		cred.Groups = append(cred.Groups, uint32(g))
	}
	cmd.SysProcAttr.Credential = cred
	return nil
}
