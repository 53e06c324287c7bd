package host

import (
	"path"
	"strings"
)

// EnabledUnits lists the units that others pull in by links: those in the
// directories NAME.wants, NAME.requires and NAME.upholds. "systemctl enable"
// makes them.
func EnabledUnits(files Files) (all []string, err error) {
	u := &Unit{}
	for _, dir := range u.resolved(files, unitDirs()) {
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
					all = append(all, strings.TrimSpace(l))
				}
			}
		}
	}
	if len(u.Unseen) > 0 {
		err = u.Unseen[0]
	}
	return all, err
}
