package host

import "os"

// Self is the identity of semadoctor's own process: the effective uid and gid
// and the supplementary groups, without a name, for which a file would have to
// be read. It is the runner's only if the runner is to be started by us. On
// Windows uid and gid are -1.
func Self() Identity {
	groups, err := os.Getgroups()
	if err != nil {
		groups = nil // Windows has none; elsewhere it cannot fail
	}
	return Identity{UID: os.Geteuid(), GID: os.Getegid(), Groups: groups}
}
