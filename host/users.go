package host

import (
	"errors"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

// ErrNoUser reports a name that /etc/passwd or /etc/group does not have. A
// directory service may have it: then only its numbers help.
var ErrNoUser = say.Errorf("give its numbers, as UID:GID")

// LookupUser is the identity that spec names: NAME, UID, or either with a
// :GROUP, read from /etc/passwd and /etc/group inside files, so that it is right
// for a root directory and needs no name service.
//
// As with docker run --user, a UID nobody has belongs to group 0, and an
// explicit group is the only one. A systemd unit's Group= is different, it leaves
// the supplementary groups of User=: look up the user alone and set its GID.
func LookupUser(files Files, spec string) (Identity, error) {
	user, group, explicit := strings.Cut(spec, ":")
	id, err := lookupUser(files, user)
	if err != nil {
		return Identity{}, say.Errorf("look up user %q: %w", spec, err)
	}
	if explicit {
		id.Groups = nil
		if id.GID, err = LookupGroup(files, group); err != nil {
			return Identity{}, say.Errorf("look up group of user %q: %w", spec, err)
		}
	}
	return id, nil
}

func lookupUser(files Files, user string) (Identity, error) {
	uid, numeric := parseID(user)
	entries, err := readColons(files, "/etc/passwd", 4)
	if err != nil {
		return Identity{}, err
	}
	for _, e := range entries {
		id, ok := userOf(e)
		if ok && (id.Name == user || numeric && id.UID == uid) {
			id.Groups, err = groupsOf(files, id)
			return id, err
		}
	}
	if !numeric {
		return Identity{}, say.Errorf("not in /etc/passwd: %w", ErrNoUser)
	}
	return Identity{UID: uid}, nil
}

// userOf reads a line of passwd(5): name, password, uid, gid and more.
func userOf(fields []string) (Identity, bool) {
	uid, ok := parseID(fields[2])
	gid, gok := parseID(fields[3])
	return Identity{Name: fields[0], UID: uid, GID: gid}, ok && gok
}

// Login is what /etc/passwd says of an identity's uid: login name, home and
// shell; "" where it says nothing.
func Login(files Files, id Identity) (name, home, shell string) {
	entries, _ := readColons(files, "/etc/passwd", 7) // not to be read: nothing is known
	for _, e := range entries {
		if uid, ok := parseID(e[2]); ok && uid == id.UID && (id.Name == "" || id.Name == e[0]) {
			return e[0], e[5], e[6]
		}
	}
	return "", "", ""
}

// groupsOf are the supplementary groups of a user: the lines of group(5), name,
// password, gid, members, that list its name.
func groupsOf(files Files, id Identity) (gids []int, err error) {
	entries, err := readColons(files, "/etc/group", 4)
	for _, e := range entries {
		gid, ok := parseID(e[2])
		member := slices.Contains(strings.Split(e[3], ","), id.Name)
		if ok && member && gid != id.GID && !slices.Contains(gids, gid) {
			gids = append(gids, gid)
		}
	}
	return gids, err
}

// LookupGroup is the gid of a group, by name or number.
func LookupGroup(files Files, group string) (int, error) {
	if gid, numeric := parseID(group); numeric {
		return gid, nil
	}
	entries, err := readColons(files, "/etc/group", 3)
	for _, e := range entries {
		if gid, ok := parseID(e[2]); ok && e[0] == group {
			return gid, nil
		}
	}
	if err != nil {
		return 0, err
	}
	return 0, say.Errorf("not in /etc/group: %w", ErrNoUser)
}

// parseID reads a uid or gid. The largest 32-bit number is not one: to chown(2)
// it means "leave as it is". Where an int has 32 bits the upper half is lost.
func parseID(s string) (id int, ok bool) {
	n, err := strconv.ParseUint(s, 10, 32)
	return int(n), err == nil && n != 1<<32-1 && int(n) >= 0
}

// readColons reads the lines of a file like /etc/passwd that have at least min
// fields. A file that is missing, as in an image made from scratch, has none.
func readColons(files Files, name string, min int) ([][]string, error) {
	data, err := files.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var entries [][]string
	for line := range strings.Lines(string(data)) {
		if e := strings.Split(strings.TrimSpace(line), ":"); len(e) >= min {
			entries = append(entries, e)
		}
	}
	return entries, err
}
