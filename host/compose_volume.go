package host

import (
	"path"
	"strconv"
	"strings"
)

// mounts are the volumes, tmpfs, secrets and configs of a service, in the order
// in which they lie over each other.
func (l *composer) mounts(c *Compose, s *Service, n *ynode) error {
	volumes := n.get("volumes")
	if err := volumes.want("volumes", ylist); err != nil {
		return err
	}
	if volumes != nil {
		for _, item := range volumes.items {
			m, err := l.volume(c, item)
			if err != nil {
				return err
			}
			s.blank("volumes", item)
			s.Mounts = append(s.Mounts, m)
		}
	}
	for _, target := range n.get("tmpfs").strings() {
		s.Mounts = append(s.Mounts, tmpfsMount(n.get("tmpfs").at, target))
	}
	for _, k := range []struct {
		key  string
		top  *ynode
		into string
	}{{"configs", c.configs, "/"}, {"secrets", c.secrets, "/run/secrets"}} {
		if err := l.contents(s, n.get(k.key), k.top, k.into); err != nil {
			return err
		}
	}
	return nil
}

// tmpfsMount reads "/run:mode=755,uid=1001".
func tmpfsMount(at Place, s string) ServiceMount {
	target, opts, _ := strings.Cut(s, ":")
	m := ServiceMount{Kind: TmpfsMount, Target: path.Clean("/" + target), At: at, Mode: 0o1777}
	for o := range strings.SplitSeq(opts, ",") {
		name, value, _ := strings.Cut(o, "=")
		switch name {
		case "ro":
			m.ReadOnly = true
		case "mode":
			m.Mode = octal(value, m.Mode)
		case "uid":
			m.Owner.UID, _ = parseID(value)
		case "gid":
			m.Owner.GID, _ = parseID(value)
		}
	}
	return m
}

func octal(s string, otherwise int) int {
	n, err := strconv.ParseInt(strings.TrimPrefix(s, "0o"), 8, 16)
	if err != nil {
		return otherwise
	}
	return int(n)
}

// shortVolume takes "source:target:options" apart; source is "" for an
// anonymous volume. Drive letters of Windows are no sources of a runner's.
func shortVolume(s string) (source, target, opts string, ok bool) {
	parts := strings.SplitN(s, ":", 3)
	switch len(parts) {
	case 1:
		return "", parts[0], "", parts[0] != ""
	case 2:
		return parts[0], parts[1], "", parts[0] != "" && parts[1] != ""
	}
	return parts[0], parts[1], parts[2], parts[0] != "" && parts[1] != ""
}

func (l *composer) volume(c *Compose, item *ynode) (ServiceMount, error) {
	if item.kind == ymap {
		return l.longVolume(c, item)
	}
	source, target, opts, ok := shortVolume(item.text)
	if !ok || !path.IsAbs(target) {
		return ServiceMount{}, item.at.wrong("the volume %q is not SOURCE:/TARGET", item.text)
	}
	m := ServiceMount{Kind: VolumeMount, Source: source, Target: path.Clean(target), At: item.at, Raw: item.raw}
	for o := range strings.SplitSeq(opts, ",") {
		m.ReadOnly, m.NoCopy = m.ReadOnly || o == "ro", m.NoCopy || o == "nocopy"
	}
	if isPath(source) {
		m.Kind, m.Source, m.Made = BindMount, l.beside(item.at, source), true
		return m, nil
	}
	return m, c.named(&m)
}

// isPath tells a path from a volume's name, as docker compose does.
func isPath(source string) bool {
	return strings.HasPrefix(source, ".") || strings.HasPrefix(source, "/") || strings.HasPrefix(source, "~")
}

func (l *composer) longVolume(c *Compose, item *ynode) (ServiceMount, error) {
	m := ServiceMount{
		Kind: MountKind(item.get("type").str()), Source: item.get("source").str(), Target: path.Clean(item.get("target").str()),
		At: item.at, ReadOnly: item.get("read_only").truth(), Subpath: item.get("volume", "subpath").str(), NoCopy: item.get("volume", "nocopy").truth(),
	}
	if !path.IsAbs(m.Target) {
		return m, item.at.wrong("a volume without a target")
	}
	switch m.Kind {
	case BindMount:
		m.Source = l.beside(item.at, m.Source)
		create := item.get("bind", "create_host_path") // true unless said, compose-spec
		m.Made = create == nil || create.truth()
	case TmpfsMount:
		m.Mode = octal(item.get("tmpfs", "mode").str(), 0o1777)
	case VolumeMount:
		return m, c.named(&m)
	default:
		m.Kind = ContentMount // npipe, cluster, image: nothing of it is known
	}
	return m, nil
}

// named finds what a volume's name in the file means on the host.
func (c *Compose) named(m *ServiceMount) error {
	if m.Key = m.Source; m.Key == "" {
		return nil
	}
	v := c.volumes.field(m.Key)
	if v == nil {
		return m.At.wrong("the volume %s is not declared below volumes:", m.Key)
	}
	opts := v.value.get("driver_opts")
	if device := opts.get("device").str(); strings.Contains(opts.get("o").str(), "bind") && path.IsAbs(device) {
		m.Kind, m.Source = BindMount, path.Clean(device)
		return nil
	}
	m.Source = c.Project + "_" + m.Key
	if external := v.value.get("external"); external.truth() {
		m.Source = m.Key
	}
	for _, name := range []*ynode{v.value.get("external", "name"), v.value.get("name")} {
		if name != nil {
			m.Source = name.str()
		}
	}
	return nil
}

// contents are secrets or configs of a service: a file of the host that is
// bound, whatever uid, gid and mode say, or something that is written into the
// container with them.
func (l *composer) contents(s *Service, list, top *ynode, into string) error {
	if err := list.want("secrets and configs", ylist); err != nil || list == nil {
		return err
	}
	for _, item := range list.items {
		name, target := item.text, item.get("target").str()
		if item.kind == ymap {
			name = item.get("source").str()
		}
		if target == "" {
			target = name
		}
		if !path.IsAbs(target) {
			target = path.Join(into, target)
		}
		def := top.get(name)
		if top.field(name) == nil {
			return item.at.wrong("%s is not declared at the top of the file", name)
		}
		s.Mounts = append(s.Mounts, l.content(item, def, path.Clean(target)))
	}
	return nil
}

func (l *composer) content(item, def *ynode, target string) ServiceMount {
	m := ServiceMount{Kind: ContentMount, Target: target, At: item.at, Mode: octal(item.get("mode").str(), 0o444)}
	m.Owner.UID, _ = parseID(item.get("uid").str())
	m.Owner.GID, _ = parseID(item.get("gid").str())
	m.There = true
	if file := def.get("file"); file != nil {
		m.Kind, m.Source, m.ReadOnly = BindMount, l.beside(file.at, file.str()), true
	} else if env := def.get("environment").str(); env != "" {
		v, _ := l.look(env)
		m.Data = []byte(v)
	} else if content := def.get("content"); content != nil {
		m.Data = []byte(content.str())
	}
	return m
}
