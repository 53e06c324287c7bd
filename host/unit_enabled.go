package host

import (
	"path"
	"strings"
)

// A Pull is a link by which one unit has another started with it.
type Pull struct{ By, Name string } // "multi-user.target", "semaphore-runner.service"

// EnabledUnits lists what the units of the same systemd pull in by links: those in
// the directories NAME.wants, NAME.requires and NAME.upholds. "systemctl enable"
// makes them.
func (u *Unit) EnabledUnits(files Files) (all []Pull, err error) {
	u = &Unit{Manager: u.Manager}
	for _, dir := range u.resolved(files, u.dirs()) {
		names, err := files.ReadDir(dir)
		if err != nil {
			u.missed("look for enabled units", err)
			continue
		}
		for _, n := range names {
			switch path.Ext(n) {
			case ".wants", ".requires", ".upholds":
				links, err := files.ReadDir(path.Join(dir, n))
				u.missed("look for enabled units", err)
				for _, l := range links {
					all = append(all, Pull{strings.TrimSuffix(n, path.Ext(n)), strings.TrimSpace(l)})
				}
			}
		}
	}
	if len(u.Unseen) > 0 {
		err = u.Unseen[0]
	}
	return all, err
}
