package host

import (
	"encoding/json"
	"path"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

// A Described is a container that Docker has made, running or not, as it has written it
// down: what "docker run" was told, over what the image says.
type Described struct {
	Run
	ID string // of the container, 64 hex digits
	DockerContainer
}

// describedFiles are config.v2.json and hostconfig.json, as far as they matter here.
type describedFiles struct {
	Name                   string
	HasBeenManuallyStopped bool
	State                  struct{ Running, Restarting bool }
	Config                 struct {
		Image, User, WorkingDir string
		Env, Cmd, Entrypoint    []string
		Labels                  map[string]string
	}
	MountPoints map[string]struct {
		Type, Name, Source, Destination string
		RW                              bool
	}
	host struct {
		RestartPolicy              struct{ Name string }
		NetworkMode, UsernsMode    string
		GroupAdd, CapAdd, CapDrop  []string
		ReadonlyRootfs, Privileged bool
		Tmpfs                      map[string]string
	}
}

// FindDescribed are Docker's containers in whose description a word stands; only root
// may look.
func FindDescribed(files Files, word string) (all []*Described) {
	docker := dockerOf(files)
	ids, err := files.ReadDir(docker.containers())
	if err != nil {
		return nil
	}
	for _, id := range ids {
		if d := docker.described(files, id, word); d != nil {
			all = append(all, d)
		}
	}
	slices.SortFunc(all, func(a, b *Described) int { return strings.Compare(a.Run.Name, b.Run.Name) })
	return all
}

// FindContainer is the container that Docker has made of a name; nil when there is none,
// or when it cannot be looked at.
func FindContainer(files Files, name string) *Described {
	for _, d := range FindDescribed(files, name) {
		if d.Run.Name == name || len(name) >= 12 && strings.HasPrefix(d.ID, name) {
			return d
		}
	}
	return nil
}

func (docker dockerDaemon) described(files Files, id, word string) *Described {
	if containerID(id) == "" {
		return nil
	}
	data, err := files.ReadFile(path.Join(docker.containers(), id, "config.v2.json"))
	if err != nil || !strings.Contains(string(data), word) {
		return nil
	}
	var kept describedFiles
	if json.Unmarshal(data, &kept) != nil {
		return nil
	}
	if data, err = files.ReadFile(path.Join(docker.containers(), id, "hostconfig.json")); err != nil || json.Unmarshal(data, &kept.host) != nil {
		return nil
	}
	if !kept.wanted() {
		return nil
	}
	d := &Described{ID: id}
	d.DockerContainer, _ = docker.read(files, id)
	d.Run.dockers(docker, kept.host.UsernsMode)
	d.fill(kept)
	return d
}

// wanted reports whether a container is meant to be at work: it is, or Docker starts it
// again. Others are left over.
func (k describedFiles) wanted() bool {
	policy := k.host.RestartPolicy.Name
	return k.State.Running || k.State.Restarting || policy != "" && policy != "no" && !k.HasBeenManuallyStopped
}

// mounts are in the order of their targets: Docker keeps them in none.
func (k describedFiles) mounts(at Place) (all []ServiceMount) {
	for target, m := range k.MountPoints {
		mount := ServiceMount{Kind: MountKind(m.Type), Source: m.Source, Target: path.Clean(target), At: at, ReadOnly: !m.RW, Made: true}
		if mount.Kind == VolumeMount {
			mount.Source, mount.Key = m.Name, m.Name
			if nameless(m.Name) {
				mount.Source, mount.Key = "", ""
			}
		}
		all = append(all, mount)
	}
	for target, opts := range k.host.Tmpfs {
		all = append(all, tmpfsMount(at, target+":"+opts))
	}
	slices.SortFunc(all, func(a, b ServiceMount) int { return strings.Compare(a.Target, b.Target) })
	return all
}

// fill makes a container of what is written down. It has no lines: whoever wants to see
// it asks docker.
func (d *Described) fill(kept describedFiles) {
	at := Place{File: "docker inspect " + d.DockerContainer.Name}
	r := &d.Run
	r.Name, r.At, r.Removed = d.DockerContainer.Name, at, true
	r.Image = Written{kept.Config.Image, at}
	if u := kept.Config.User; !slices.Contains([]string{"1001", "1001:0", "semaphore"}, u) { // the image's own
		r.User = Written{u, at}
	}
	r.WorkingDir, r.Groups, r.CapAdd, r.CapDrop = kept.Config.WorkingDir, kept.host.GroupAdd, kept.host.CapAdd, kept.host.CapDrop
	r.ReadOnly, r.privileged, r.Network = kept.host.ReadonlyRootfs, kept.host.Privileged, kept.host.NetworkMode
	r.Entrypoint, r.Command, r.EntrypointAt, r.CommandAt = kept.Config.Entrypoint, kept.Config.Cmd, at, at
	for _, kv := range kept.Config.Env {
		name, value, set := strings.Cut(kv, "=")
		r.Env = append(r.Env, ServiceVar{Name: name, Value: value, Set: set, Raw: value, At: at})
	}
	r.Mounts = kept.mounts(at)
	if mode := kept.host.UsernsMode; mode != "" && mode != "host" {
		r.Unseen = append(r.Unseen, say.Textf("--userns=%s (%s): who the container's users are on this machine is not known", mode, at))
	}
}
