package host

import (
	"maps"
	"path"
	"slices"
	"strings"
)

// A Container is one as it is described: by a service of a compose file, by "docker
// run" or "podman run" in a unit, or by a Quadlet.
type Container struct {
	Name string // of the service, or of the container itself; "" when it has none
	At   Place
	By   Engine

	Image   Written // "" when it is built
	User    Written
	Groups  []string // group_add
	Env     []ServiceVar
	Mounts  []ServiceMount
	Network string // network_mode; "" is a network of the project's own, or the usual one

	Entrypoint, Command     []string // nil: the image's; empty: none
	EntrypointAt, CommandAt Place
	WorkingDir              string // "" is the image's
	ReadOnly                bool   // its own layer cannot be changed
	CapAdd, CapDrop         []string
	privileged              bool

	volumes string // where the engine keeps named volumes
	ids     *IDMap // nil: its users are those of this machine
}

// An Engine is what makes containers; its value is its program.
type Engine string

// The engines.
const (
	Docker Engine = "docker"
	Podman Engine = "podman"
)

// String is the engine's name for people.
func (e Engine) String() string {
	if e == Podman {
		return "Podman"
	}
	return "Docker"
}

// Gateway is what a container calls the machine that it is on.
func (e Engine) Gateway() string {
	if e == Podman {
		return "host.containers.internal"
	}
	return "host.docker.internal (--add-host=host.docker.internal:host-gateway)"
}

// Holds reports whether a process is in the container that a unit makes: Podman's is in
// the unit's own cgroup, Docker has written down what its is called.
func (c *Container) Holds(p *Process, unit string) bool {
	if c.By == Podman {
		return p.Unit == unit
	}
	return c.Name != "" && p.Docker.Name == c.Name
}

// NamesOthers reports whether the container's network has names of its own: one that
// has been made, and none that every engine has.
func (c *Container) NamesOthers() bool {
	name, _, _ := strings.Cut(c.Network, ":")
	return !slices.Contains([]string{"", "bridge", "default", "host", "none", "private", "pasta", "slirp4netns", "container", "ns"}, name)
}

// Remapped reports whether the container's users have other numbers on this machine, or
// may have.
func (c *Container) Remapped() bool { return c.ids != nil }

// Outside is who an owner in the container is on this machine; {-1, -1} where that is
// not known.
func (c *Container) Outside(o Owner) Owner {
	if c.ids == nil {
		return o
	}
	return c.ids.Outside(o)
}

// dockers makes the container one of Docker's as that is set up. "host" as its user
// namespace are the users of this machine.
func (c *Container) dockers(d dockerDaemon, userns string) {
	c.By, c.volumes = Docker, path.Join(d.home, "volumes")
	if userns != "host" {
		c.ids = d.ids
	}
}

// Var is what the container's environment says of a variable; ok is false when
// it is not set.
func (c *Container) Var(name string) (v ServiceVar, ok bool) {
	for _, e := range c.Env {
		if e.Name == name {
			v, ok = e, e.Set
		}
	}
	return v, ok
}

// Gives reports whether every container of the description is given the same file of
// this name: it lies on something that is not each container's own.
func (c *Container) Gives(name string) bool {
	m, ok := c.MountAt(name)
	return ok && (m.Kind == BindMount || m.Kind == ContentMount || m.Kind == VolumeMount && m.Source != "")
}

// MountAt is the mount that a path of the container lies on: the deepest, and
// of two the later.
func (c *Container) MountAt(name string) (m ServiceMount, ok bool) {
	for _, x := range c.Mounts {
		if (x.Target == name || below(name, x.Target) != "") && len(x.Target) >= len(m.Target) {
			m, ok = x, true
		}
	}
	return m, ok
}

// Variables are the names in the environment, each once, sorted.
func (c *Container) Variables() []string {
	names := map[string]bool{}
	for _, v := range c.Env {
		names[v.Name] = true
	}
	return slices.Sorted(maps.Keys(names))
}

// Chown gives what Podman is told to give to the container's user to that one; false
// where there is nothing of the kind.
func (c *Container) Chown(to Owner) (any bool) {
	for i := range c.Mounts {
		if c.Mounts[i].Chowned != nil {
			c.Mounts[i].Chowned, any = &to, true
		}
	}
	return any
}
