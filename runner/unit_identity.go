package runner

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// identity reads who the unit runs as: root, unless it says otherwise.
func (r *unitReader) identity() {
	if r.u.Manager != nil {
		r.itself()
		return
	}
	r.in.As = host.Identity{Name: "root"}
	if user, e := r.text("User"); user != "" || r.u.Truth("Service", "DynamicUser") {
		r.user(user, e)
	}
	if group, e := r.text("Group"); group != "" && !r.in.As.Dynamic {
		r.group(group, e, func(gid int) { r.in.As.GID = gid })
	}
	for _, w := range r.words("SupplementaryGroups") {
		r.group(w.text, w.from, func(gid int) { r.in.As.Groups = append(r.in.As.Groups, gid) })
	}
	r.in.As.Caps = r.caps()
}

// user looks a user up. Of a dynamic one systemd makes up the number at every
// start: it owns nothing but the directories that the unit has systemd make, so
// any number of its range is as good as another.
func (r *unitReader) user(name string, e host.UnitEntry) {
	as, err := host.LookupUser(r.files, name)
	switch {
	case name != "" && err == nil:
		r.in.As = as
		r.login(e)
	case r.u.Truth("Service", "DynamicUser"):
		if name == "" {
			name = r.u.Prefix()
		}
		r.in.As = host.Identity{Name: name, UID: host.DynamicUID, GID: host.DynamicUID, Dynamic: true}
		r.variable("USER", name, e)
		r.variable("LOGNAME", name, e)
	case errors.Is(err, host.ErrNoUser) && r.localUsers():
		r.in.As = host.Identity{Name: name, UID: -1, GID: -1}
		r.fault(e, "217/USER", say.Textf("there is no user %s", name))
	default:
		r.in.As = host.Identity{Name: name, UID: -1, GID: -1}
		r.in.Unseen = append(r.in.Unseen, err)
	}
}

func (r *unitReader) group(name string, e host.UnitEntry, use func(gid int)) {
	gid, err := host.LookupGroup(r.files, name)
	switch {
	case err == nil:
		use(gid)
	case errors.Is(err, host.ErrNoUser) && r.localUsers():
		r.fault(e, "216/GROUP", say.Textf("there is no group %s", name))
	default:
		r.in.Unseen = append(r.in.Unseen, say.Errorf("look up group %q: %w", name, err))
	}
}

// localUsers reports whether all users are in /etc/passwd: no directory service
// is named in /etc/nsswitch.conf.
func (r *unitReader) localUsers() bool {
	data, err := host.ReadThrough(r.files, "/etc/nsswitch.conf")
	if err != nil {
		return errors.Is(err, fs.ErrNotExist)
	}
	for line := range strings.Lines(string(data)) {
		line, _, _ = strings.Cut(line, "#")
		key, services, _ := strings.Cut(line, ":")
		if key = strings.TrimSpace(key); key != "passwd" && key != "group" {
			continue
		}
		for _, s := range strings.Fields(services) {
			if !slices.Contains([]string{"files", "compat", "systemd"}, s) && s[0] != '[' {
				return false
			}
		}
	}
	return true
}

// login sets what systemd does for User=. A home that is / and a shell that lets
// nobody in are not worth a variable to it (get_fixed_user, v252).
func (r *unitReader) login(e host.UnitEntry) {
	name, home, shell := host.Login(r.files, r.in.As)
	r.home = home
	if home != "/" {
		r.variable("HOME", home, e)
	}
	r.variable("LOGNAME", name, e)
	r.variable("USER", name, e)
	if !strings.HasSuffix(shell, "/nologin") {
		r.variable("SHELL", shell, e)
	}
}

// variable sets a variable that a line of the unit brings about.
func (r *unitReader) variable(name, value string, e host.UnitEntry) {
	if value != "" {
		r.in.Env.Set(name, value, Origin{Env: name, File: e.File, Line: e.Line})
	}
}

// caps are the capabilities that count against modes: for root those of the
// bounding set, for others the ambient ones in it.
func (r *unitReader) caps() *host.Caps {
	bound, bounded := r.capSet("CapabilityBoundingSet", true)
	ambient, _ := r.capSet("AmbientCapabilities", false)
	have := func(name string) bool { return bound(name) && (r.in.As.UID == 0 || ambient(name)) }
	c := host.Caps{Override: have("CAP_DAC_OVERRIDE"), Read: have("CAP_DAC_READ_SEARCH")}
	if r.in.As.UID == 0 && !bounded || r.in.As.UID != 0 && c == (host.Caps{}) {
		return nil
	}
	return &c
}

// capSet reads a set of capabilities: lines add to it, those that begin with ~
// take away, an empty one makes it empty. full says what it is without any.
func (r *unitReader) capSet(key string, full bool) (in func(string) bool, set bool) {
	names, rest := map[string]bool{}, full // rest: what is not in names
	for _, e := range r.u.Entries {
		if e.Section != "Service" || e.Key != key {
			continue
		}
		list, not := strings.CutPrefix(e.Value, "~")
		switch {
		case e.Value == "", !set && !not:
			names, rest = map[string]bool{}, false
		case !set && not && !full:
			names, rest = map[string]bool{}, true
		}
		set = true
		for _, name := range strings.Fields(list) {
			names[strings.ToUpper(name)] = !not
		}
	}
	return func(name string) bool {
		if v, ok := names[name]; ok {
			return v
		}
		return rest
	}, set
}
