package host

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

// dockerConfig is where Docker's daemon is told how to work, unless it is told otherwise.
const dockerConfig = "/etc/docker/daemon.json"

// A dockerDaemon is how Docker is set up, as far as it matters to what is in its
// containers.
type dockerDaemon struct {
	ids  *IDMap // who the users of a container are; nil: those of this machine
	home string // where it keeps its containers and volumes
}

// containers is where Docker keeps what it has been told about containers.
func (docker dockerDaemon) containers() string { return path.Join(docker.home, "containers") }

// dockerOf finds out how Docker is set up. With "userns-remap" it has a home of its own
// for the users that its containers get
// (docs.docker.com/engine/security/userns-remap).
func dockerOf(files Files) dockerDaemon {
	if g, ok := files.(Guard); ok { // it is not the author's word
		files = g.Files
	}
	d := dockerDaemon{home: "/var/lib/docker"}
	data, err := ReadThrough(files, dockerConfig)
	var config struct {
		Remap string `json:"userns-remap"`
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return d
	case err == nil:
		err = json.Unmarshal(data, &config)
	}
	switch {
	case err != nil:
		d.ids = &IDMap{Why: say.Textf("%s tells who the users of a container are, and cannot be read: %v", dockerConfig, bare(err))}
	case config.Remap != "":
		d.ids = remappedIDs(files, config.Remap)
	}
	if d.ids != nil && d.ids.Why.IsZero() {
		root := d.ids.Outside(Owner{})
		d.home = path.Join(d.home, fmt.Sprintf("%d.%d", root.UID, root.GID))
	}
	return d
}

// remappedIDs are those of Docker's containers with "userns-remap": all numbers that
// /etc/subuid and /etc/subgid give a user, one behind the other.
func remappedIDs(files Files, spec string) *IDMap {
	user, group, _ := strings.Cut(spec, ":")
	if user == "default" {
		user = "dockremap"
	}
	unknown := &IDMap{Why: say.Textf("%s has \"userns-remap\": \"%s\", and which numbers that user has cannot be told from /etc/subuid and /etc/subgid", dockerConfig, spec)}
	as, err := lookupUser(files, user)
	if err != nil {
		return unknown
	}
	m := &IDMap{UIDs: inARow(subordinate(files, "/etc/subuid", as)), GIDs: inARow(subordinate(files, "/etc/subgid", as))}
	if len(m.GIDs) == 0 && group != "" { // up to 20.10 it is the group's
		m.GIDs = inARow(subordinate(files, "/etc/subgid", Identity{Name: group, UID: -1}))
	}
	if len(m.UIDs) == 0 || len(m.GIDs) == 0 {
		return unknown
	}
	return m
}

// inARow counts numbers from 0.
func inARow(spans []IDSpan) []IDSpan {
	next := 0
	for i := range spans {
		spans[i].Inside = next
		next += spans[i].Count
	}
	return spans
}
