package host

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"syscall"

	"github.com/semadoctor/semadoctor/say"
)

// maxDropIns is how many drop-ins of one unit are read.
const maxDropIns = 1000

// LoadUnit reads a unit of the system or, if it has none of that name, of the one
// user who has. ref is its name, to which ".service" is
// added where it has no type, or the path of a unit file: then the drop-ins are
// those beside it and, if the file is in one of systemd's directories, all
// others.
func LoadUnit(files Files, ref string) (*Unit, error) { return NewUnitLoader(files).Load(ref) }

// A UnitLoader loads several units of one machine, and looks only once for the
// links between them.
type UnitLoader struct {
	files Files
	links []unitLink
	seen  bool
}

// A unitLink is another name of a unit.
type unitLink struct{ name, target string }

// NewUnitLoader loads units from files.
func NewUnitLoader(files Files) *UnitLoader { return &UnitLoader{files: files} }

// Load is LoadUnit.
func (l *UnitLoader) Load(ref string) (*Unit, error) {
	files := l.files
	u := &Unit{Name: path.Base(ref), Path: ref, Manager: managerOf(files, ref)}
	u.Known = slices.Contains(u.dirs(), path.Dir(ref))
	var err error
	if strings.Contains(ref, "/") && isQuadlet(ref) {
		return l.loadQuadlet(u, ref)
	}
	if !strings.Contains(ref, "/") {
		u.Name, u.Known = unitName(ref), true
		if err = u.find(files); errors.Is(err, fs.ErrNotExist) {
			err = u.findOfUser(files, err)
		}
		if at := u.findQuadlet(files); errors.Is(err, fs.ErrNotExist) && at != "" {
			return l.loadQuadlet(u, at)
		}
	}
	if err == nil {
		err = u.follow(files)
	}
	if err == nil {
		err = u.read(l)
	}
	if err == nil && u.generated() {
		if at := u.findQuadlet(files); at != "" {
			return l.loadQuadlet(&Unit{Name: u.Name}, at)
		}
	}
	if err != nil {
		return nil, say.Errorf("read unit %s: %w", ref, err)
	}
	return u, nil
}

// generated reports a unit that a program has made of something else.
func (u *Unit) generated() bool {
	_, ok := u.Last("Unit", "SourcePath")
	return ok && strings.Contains(u.Path, "/generator")
}

func (l *UnitLoader) loadQuadlet(u *Unit, at string) (*Unit, error) {
	name := u.Name
	if u.quadletAt(l.files, at); strings.HasSuffix(name, ".service") {
		u.Name = name // of an instance
	}
	if err := u.quadlet(l); err != nil {
		return nil, say.Errorf("read %s: %w", at, err)
	}
	return u, nil
}

func unitName(ref string) string {
	for _, t := range []string{".service", ".socket", ".timer", ".target", ".path", ".mount", ".slice", ".scope", ".swap", ".device", ".automount"} {
		if strings.HasSuffix(ref, t) {
			return ref
		}
	}
	return ref + ".service"
}

// find sets the path of the unit file, or of its template's.
func (u *Unit) find(files Files) error {
	for _, name := range []string{u.Name, u.template()} {
		for _, dir := range unitDirs() {
			real, err := Resolve(files, dir)
			if err == nil {
				_, err = files.Lstat(path.Join(real, name))
			}
			if err == nil {
				u.Path = path.Join(dir, name)
				return nil
			}
			if !gone(err) {
				return err
			}
		}
	}
	return say.Errorf("no %s in systemd's directories: %w", u.Name, fs.ErrNotExist)
}

// gone reports whether err says that there is nothing.
func gone(err error) bool { return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) }

// template is the name of the template that the unit is an instance of, or its
// own name.
func (u *Unit) template() string {
	if u.Instance() == "" {
		return u.Name
	}
	return u.Prefix() + "@." + u.Type()
}

// follow goes through links to the unit file. A link from one of systemd's
// directories to another name is an alias: the unit is called like what it leads
// to.
func (u *Unit) follow(files Files) error {
	for range maxLinks {
		target, err := readLink(files, u.Path)
		switch base := path.Base(target); {
		case err != nil || target == "":
			return err
		case target == "/dev/null":
			return ErrMasked
		case u.Known && base != u.Name && base != u.template() && path.Ext(base) == "."+u.Type():
			u.Aliases, u.Name = append(u.Aliases, u.Name), instanceOf(base, u.Instance())
		}
		u.Path = target
	}
	return &fs.PathError{Op: "read", Path: u.Path, Err: syscall.ELOOP}
}

// readLink is where name leads if it is a link, "" if it is something else.
func readLink(files Files, name string) (string, error) {
	dir, err := Resolve(files, path.Dir(name))
	if err != nil {
		return "", err
	}
	real := path.Join(dir, path.Base(name))
	info, err := files.Lstat(real)
	if err != nil || info.Mode&fs.ModeSymlink == 0 {
		return "", err
	}
	target, err := files.Readlink(real)
	if err == nil && !path.IsAbs(target) {
		target = path.Join(dir, target)
	}
	return path.Clean(target), err
}

// others adds the names that links in systemd's directories give the unit, for
// their drop-ins are read as well.
func (u *Unit) others(l *UnitLoader) {
	for _, link := range l.all(u) {
		if link.target == u.Name && link.name != u.Name && path.Ext(link.name) == "."+u.Type() && !slices.Contains(u.Aliases, link.name) {
			u.Aliases = append(u.Aliases, link.name)
		}
	}
}

// all are the links in the directories of the unit's systemd, by the last part of
// where they lead.
func (l *UnitLoader) all(u *Unit) []unitLink {
	if u.Manager != nil {
		return l.find(u.dirs())
	}
	if !l.seen {
		l.seen, l.links = true, l.find(unitDirs())
	}
	return l.links
}

func (l *UnitLoader) find(dirs []string) (links []unitLink) {
	for _, dir := range (&Unit{}).resolved(l.files, dirs) {
		names, _ := l.files.ReadDir(dir) // not to be seen: then neither are its drop-ins, which is noted there
		for _, name := range names {
			info, err := l.files.Lstat(path.Join(dir, name))
			if err != nil || info.Mode&fs.ModeSymlink == 0 {
				continue
			}
			if target, err := l.files.Readlink(path.Join(dir, name)); err == nil {
				links = append(links, unitLink{name, path.Base(path.Clean(target))})
			}
		}
	}
	return links
}

// instanceOf is a template's name with an instance in it.
func instanceOf(name, instance string) string {
	prefix, typ, ok := strings.Cut(name, "@.")
	if !ok || instance == "" {
		return name
	}
	return prefix + "@" + instance + "." + typ
}

// read reads the unit file and its drop-ins. What cannot be read of the drop-ins
// is noted, for the rest says something all the same.
func (u *Unit) read(l *UnitLoader) error {
	files := l.files
	data, err := ReadThrough(files, u.Path)
	if err != nil {
		return err
	}
	if len(strings.TrimSpace(string(data))) == 0 {
		return ErrMasked
	}
	if u.Entries, err = parseUnit(u.Path, data); err != nil {
		return err
	}
	if u.Known {
		u.others(l)
	}
	for _, name := range u.dropIns(files) {
		u.readDropIn(files, name)
	}
	return nil
}

func (u *Unit) readDropIn(files Files, name string) {
	real, err := Resolve(files, name)
	if err != nil || real == "/dev/null" {
		u.missed("read drop-in", err)
		return
	}
	data, err := files.ReadFile(real)
	if err != nil {
		u.missed("read drop-in", err)
		return
	}
	es, err := parseUnit(name, data)
	u.missed("read drop-in", err)
	u.DropIns, u.Entries = append(u.DropIns, name), append(u.Entries, es...)
}

// missed notes what could not be read, unless it is not there.
func (u *Unit) missed(doing string, err error) {
	if err != nil && !gone(err) {
		u.Unseen = append(u.Unseen, say.Errorf("%s: %w", doing, err))
	}
}
