package host

import "path"

// ManagerSettings is what the files of the unit's systemd say about a setting of
// [Manager] (systemd-system.conf(5)): all assignments since the last empty one.
// Files that cannot be read count as if they were not there.
func (u *Unit) ManagerSettings(files Files, key string) []UnitEntry {
	name, places := "/etc/systemd/system.conf", []string{"/etc", "/run", "/usr/local/lib", "/usr/lib", "/lib"}
	if u.Manager != nil {
		name = "/etc/systemd/user.conf"
		places = append([]string{path.Join(u.Manager.Home, ".config")}, places...)
	}
	u = &Unit{Name: path.Base(name), Path: name}
	if data, err := ReadThrough(files, name); err == nil {
		u.Entries, _ = parseUnit(name, data)
	}
	var dirs []string
	for _, dir := range places {
		dirs = append(dirs, path.Join(dir, "systemd", u.Name+".d"))
	}
	for _, file := range u.confs(files, u.resolved(files, dirs)) {
		u.readDropIn(files, file)
	}
	return u.List("Manager", key)
}
