// Package repair turns fixes into a plan that can be shown, applied and undone.
// It is the only room that writes.
//
// A fix is drawn on a Draft, a copy-on-write view of the machine's files. The
// plan is the difference between the files and the draft: one Step a path, each
// a Before and an After. Applying a plan writes every After; undoing it is
// applying the same plan with the two swapped.
package repair

import (
	"io/fs"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// Safety says what a fix may cost.
type Safety string

const (
	// Safe is local, reversible and the same when done twice.
	Safe Safety = "safe"
	// Unsafe talks to a server, restarts something or loses meaning. It is
	// done only when asked for by name.
	Unsafe Safety = "unsafe"
)

// A Fix is the remedy for one finding.
type Fix struct {
	Title  say.Text // a verb phrase: "move the state file to /var/lib/…"
	Edits  []Edit   // in the order they are made
	Safety Safety
	Reason say.Text // what was found; zero: not told
	Deed   Deed     // nil: nothing but files is changed
	First  say.Text // what a person has to do before the runner is started anew; zero: nothing
	Blanks []string // what stands in Edits for what only the deed can tell
	Final  say.Text // what stays when the fix is taken back; zero: nothing does
}

// An Edit is one primitive change. The set is closed, so that whatever a check
// asks for can be shown, applied and undone. An edit of a symbolic link acts on
// what it leads to, but see ErrLink.
type Edit interface{ apply(*Draft) error }

// SetKey sets a value in a JSON file and leaves every other byte as it was.
// Objects on the way to it are made when they are missing. A file called .yaml or
// .yml is YAML, and its value a text.
type SetKey struct {
	File    string
	Pointer string // RFC 6901; keys match as Semaphore matches them: case ignored, last one wins
	Value   any    // what encoding/json makes of it is written
}

// DropKey takes a member out of a JSON file and leaves every other byte as it
// was, except the comma that it no longer needs. All duplicates go. A file called
// .yaml or .yml is YAML.
type DropKey struct {
	File    string
	Pointer string // as in SetKey
}

// SetYAML makes a value of a YAML file, whatever it is called, a text; nil makes it
// nothing. What an anchor shares with other places is refused (yamldoc.ErrShape).
type SetYAML struct {
	File    string
	Pointer string  // RFC 6901
	Value   *string // nil: null
}

// DropYAML takes a member or an item out of a YAML file. A member that is not there
// is no error.
type DropYAML struct {
	File    string
	Pointer string // RFC 6901
}

// AppendYAML puts a text behind a list of a YAML file, which is made if it is not
// there, unless the list has it already.
type AppendYAML struct {
	File    string
	Pointer string // RFC 6901, of the list
	Value   string
}

// SetVariable gives a variable of an environment file another value, in the line in
// which it stands.
type SetVariable struct {
	File  string
	Form  host.EnvForm
	Name  string
	Value string
}

// RenameVariable calls the variable that a line of an environment file sets another
// name, and gives it another value. The file must not have the new name yet.
type RenameVariable struct {
	File  string
	Form  host.EnvForm
	Name  string
	To    string // its new name
	Value string
}

// DropVariable takes all lines that set a variable out of an environment file.
type DropVariable struct {
	File string
	Form host.EnvForm
	Name string
}

// Rewrite replaces the content of a file. Owner, mode, ACL and attributes stay.
type Rewrite struct {
	File string
	Data []byte
}

// WriteNew makes a file that must not exist yet.
type WriteNew struct {
	File  string
	Data  []byte
	Mode  fs.FileMode
	Owner host.Owner
}

// MakeDir makes a directory. Parents that are missing are made too, 0755 and
// owned like the directory they are made in, so that it works for root in
// /var/lib and for a user in the own home. A directory that is there already is
// left as it is.
type MakeDir struct {
	Path  string
	Mode  fs.FileMode
	Owner host.Owner
}

// Chmod sets the permission bits of a path.
type Chmod struct {
	Path string
	Mode fs.FileMode
}

// Chown changes the owner of a path. A file with hard links is refused.
type Chown struct {
	Path  string
	Owner host.Owner
}

// MoveAside renames a file, or an empty directory, to Path + Suffix, so that
// nothing is lost.
type MoveAside struct {
	Path   string
	Suffix string // ".bak"; no such name may be there yet
}
