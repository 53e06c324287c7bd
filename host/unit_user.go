package host

import (
	"path"
	"strconv"
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

// A UserManager is the systemd of one user, which starts units of its own, as that
// user and with the rights of that user (systemd.unit(5), user@.service(5)).
type UserManager struct {
	As    Identity
	Home  string // as in passwd
	Shell string // as in passwd
}

// managerOf is whose unit a path is: that of the user in whose home it lies in one
// of the directories for units; nil when it is the system's, or nobody's.
func managerOf(files Files, unit string) *UserManager {
	home := ""
	for _, below := range []string{"/.config/systemd/", "/.local/share/systemd/"} {
		if at, rest, ok := strings.Cut(unit, below); ok && strings.HasPrefix(rest, "user/") {
			home = at
		}
	}
	if home == "" {
		return nil
	}
	for _, m := range userManagers(files) {
		if m.Home == home {
			return &m
		}
	}
	return nil
}

// userManagers are those that could be: of all users with a home.
func userManagers(files Files) (all []UserManager) {
	entries, _ := readColons(files, "/etc/passwd", 7) // not to be read: nobody is known
	for _, e := range entries {
		as, ok := userOf(e)
		if !ok || !path.IsAbs(e[5]) || path.Clean(e[5]) == "/" {
			continue
		}
		as.Groups, _ = groupsOf(files, as)
		all = append(all, UserManager{As: as, Home: path.Clean(e[5]), Shell: e[6]})
	}
	return all
}

// findOfUser sets the path of a unit that a user has, and the system has not. otherwise
// is the error when nobody has it.
func (u *Unit) findOfUser(files Files, otherwise error) error {
	var found []string
	for _, m := range userManagers(files) {
		for _, dir := range []string{m.Own(), m.shared()} {
			name := path.Join(dir, u.Name)
			if _, err := Stat(files, name); err == nil {
				found, u.Path, u.Manager = append(found, name), name, &m
			}
		}
	}
	switch len(found) {
	case 0:
		return otherwise
	case 1:
		return nil
	}
	return say.Errorf("several users have a unit of this name: give the path of one, as %s", strings.Join(found, " or "))
}

// Runtime is XDG_RUNTIME_DIR.
func (m *UserManager) Runtime() string { return path.Join("/run/user", strconv.Itoa(m.As.UID)) }

// Runs reports whether the user's systemd is there: it keeps its socket below Runtime.
func (m *UserManager) Runs(files Files) bool {
	_, err := Stat(files, path.Join(m.Runtime(), "systemd"))
	return !gone(err)
}

// Own is the directory that belongs to the user: where drop-ins go.
func (m *UserManager) Own() string { return path.Join(m.Home, ".config/systemd/user") }

// shared is the directory of what is installed for the user.
func (m *UserManager) shared() string { return path.Join(m.Home, ".local/share/systemd/user") }

// dirs are where it looks for units, what counts most first (systemd.unit(5), v252).
func (m *UserManager) dirs() []string {
	run := path.Join(m.Runtime(), "systemd")
	return []string{
		path.Join(m.Home, ".config/systemd/user.control"), path.Join(run, "user.control"), path.Join(run, "transient"),
		path.Join(run, "generator.early"), m.Own(), "/etc/systemd/user", path.Join(run, "user"), "/run/systemd/user",
		path.Join(run, "generator"), m.shared(), "/usr/local/share/systemd/user",
		"/usr/share/systemd/user", "/usr/local/lib/systemd/user", "/usr/lib/systemd/user", path.Join(run, "generator.late"),
	}
}

// specifier is what a letter stands for where it differs from the system's units.
// Where state and logs are has changed with v254: those are not told.
func (m *UserManager) specifier(files Files, letter byte) (value string, ok bool) {
	switch letter {
	case 'h':
		return m.Home, true
	case 'u':
		return m.As.Name, true
	case 'U':
		return strconv.Itoa(m.As.UID), true
	case 'g':
		return groupName(files, m.As.GID), true
	case 'G':
		return strconv.Itoa(m.As.GID), true
	case 's':
		return m.Shell, true
	case 't':
		return m.Runtime(), true
	case 'C':
		return path.Join(m.Home, ".cache"), true
	case 'E':
		return path.Join(m.Home, ".config"), true
	}
	return "", false
}

// groupName is what a group is called; its number where it has no name.
func groupName(files Files, gid int) string {
	entries, _ := readColons(files, "/etc/group", 3)
	for _, e := range entries {
		if id, ok := parseID(e[2]); ok && id == gid {
			return e[0]
		}
	}
	return strconv.Itoa(gid)
}

// Lingers reports whether a user's systemd is started at boot and stays when the
// user leaves (loginctl(1), enable-linger).
func (m *UserManager) Lingers(files Files) (bool, error) {
	_, err := Stat(files, path.Join("/var/lib/systemd/linger", m.As.Name))
	if gone(err) {
		return false, nil
	}
	return err == nil, err
}

// FindUserUnits are the paths of the services of users' own in whose files a word
// stands, as FindUnits names those of the system.
func FindUserUnits(files Files, word string) (all []string) {
	for _, m := range userManagers(files) {
		for _, dir := range []string{m.Own(), m.shared()} {
			s := unitSearch{files, []byte(word), map[string]bool{}}
			if real, err := Resolve(files, dir); err == nil {
				s.dir(real, true)
			}
			for _, n := range s.names() {
				all = append(all, path.Join(dir, n))
			}
		}
	}
	return all
}
