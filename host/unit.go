package host

import (
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

// A Unit is a systemd unit as its files say: the unit file and its drop-ins, in
// the order in which systemd reads them (systemd.unit(5)).
type Unit struct {
	Name    string      // "semaphore-runner.service", "runner@eu.service"
	Aliases []string    // other names it has by symbolic links
	Path    string      // the unit file; DropIns are the rest
	DropIns []string    // in the order they are read
	Entries []UnitEntry // every assignment, in the order it is read
	Unseen  []error     // files of it that we may not read: what is in them is not known
	Known   bool        // Path is in one of systemd's own directories

	Manager *UserManager // the user's whose it is; nil: the system's
	Quadlet bool         // it is a .container file, of which Podman makes a unit
}

// A UnitEntry is one assignment of a unit.
type UnitEntry struct {
	Section, Key string
	Value        string // continued lines joined, white space around it gone
	File         string
	Line         int // where it begins, from 1
}

var (
	// ErrMasked reports a unit that is a link to /dev/null, or empty: systemd
	// does not start it.
	ErrMasked = say.Errorf("it is masked")
	// ErrUnit reports a file that systemd would not take for a unit.
	ErrUnit = say.Errorf("not a unit file")
)

// unitDirs are where systemd looks for units of the system, what counts most
// first (systemd.unit(5), v252).
func unitDirs() []string {
	return []string{
		"/etc/systemd/system.control", "/run/systemd/system.control", "/run/systemd/transient",
		"/run/systemd/generator.early", "/etc/systemd/system", "/etc/systemd/system.attached",
		"/run/systemd/system", "/run/systemd/system.attached", "/run/systemd/generator",
		"/usr/local/lib/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system",
		"/run/systemd/generator.late",
	}
}

// dirs are where the manager of the unit looks for units.
func (u *Unit) dirs() []string {
	if u.Manager != nil {
		return u.Manager.dirs()
	}
	return unitDirs()
}

// Last is the assignment of a setting that has one value: the last. ok is false
// when there is none, or when it takes back what was set before.
func (u *Unit) Last(section, key string) (e UnitEntry, ok bool) {
	for _, f := range u.Entries {
		if f.Section == section && f.Key == key {
			e, ok = f, f.Value != ""
		}
	}
	return e, ok
}

// List is the assignments of a setting that has several values: all since the
// last one that sets it to nothing.
func (u *Unit) List(section, key string) (es []UnitEntry) {
	for _, f := range u.Entries {
		switch {
		case f.Section != section || f.Key != key:
		case f.Value == "":
			es = nil
		default:
			es = append(es, f)
		}
	}
	return es
}

// Truth is a setting that is on or off.
func (u *Unit) Truth(section, key string) bool {
	e, _ := u.Last(section, key)
	return UnitTruth(e.Value)
}

// UnitTruth is how systemd reads a boolean that is on (parse_boolean).
func UnitTruth(s string) bool {
	switch strings.ToLower(s) {
	case "1", "yes", "y", "true", "t", "on":
		return true
	}
	return false
}

// Type is the last part of the unit's name: "service".
func (u *Unit) Type() string { return u.Name[strings.LastIndexByte(u.Name, '.')+1:] }

// Stem is the name without its type: %N.
func (u *Unit) Stem() string { return strings.TrimSuffix(u.Name, "."+u.Type()) }

// Prefix is the name up to the @, or the type: %p.
func (u *Unit) Prefix() string {
	prefix, _, _ := strings.Cut(u.Stem(), "@")
	return prefix
}

// Instance is what stands between the @ and the type: %i; "" for what is no
// instance of a template.
func (u *Unit) Instance() string {
	_, instance, _ := strings.Cut(u.Stem(), "@")
	return instance
}
