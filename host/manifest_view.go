package host

import (
	"path"

	"github.com/semadoctor/semadoctor/say"
)

// View is the file system that the container will see: the image, and over it
// what is mounted. Of volumes that last only what the pod's fsGroup makes of
// them is known.
func (p *Pod) View(image *Sketch) *View {
	base := *image
	base.Life, base.ReadOnly = UntilRecreated, p.ReadOnlyRoot
	v := &View{Base: &base}
	for _, m := range p.Mounts {
		l := p.layer(m)
		l.At = mountPoint(&base, m.Target)
		v.Layers = append(v.Layers, l)
	}
	return v
}

func (p *Pod) layer(m PodMount) Layer {
	switch m.Kind {
	case "emptyDir":
		if m.Prepared {
			return p.prepared(m)
		}
		return Layer{Kind: Empty, Root: p.owned(DrawnDir(0o777, 0, 0)).Info, Life: UntilPodGone, ReadOnly: m.ReadOnly}
	case "secret", "configMap", "projected", "downwardAPI":
		return Layer{Kind: Bound, From: p.contents(m), Path: path.Join("/", m.Sub), ReadOnly: true}
	}
	s := &Sketch{Why: say.Textf("what is in the volume %s is not visible from here", m.Volume), Known: map[string]Drawn{}}
	if p.FSGroup >= 0 && m.Sub == "" && m.Kind != "hostPath" {
		s.Known["/"] = p.owned(DrawnDir(0o775, 0, 0))
	}
	return Layer{Kind: Bound, From: s, Path: "/", ReadOnly: m.ReadOnly}
}

// prepared is an emptyDir into which a container puts something before: at each start
// again, so that nothing of it is lost with the pod.
func (p *Pod) prepared(m PodMount) Layer {
	s := &Sketch{Why: say.Textf("what the init containers put into the volume %s is not visible from here", m.Volume)}
	s.Known = map[string]Drawn{"/": p.owned(DrawnDir(0o777, 0, 0))}
	return Layer{Kind: Bound, From: s, Path: "/", ReadOnly: m.ReadOnly}
}

// owned is what the kubelet makes of a volume's directory for fsGroup: the
// group's, with setgid.
func (p *Pod) owned(d Drawn) Drawn {
	if p.FSGroup >= 0 {
		d.Info.Owner.GID = p.FSGroup
		d.Info.Mode |= fileMode(0o2070)
	}
	return d
}

// contents are the files of a Secret or ConfigMap: root's, and readable for
// fsGroup whatever their mode says.
func (p *Pod) contents(m PodMount) *Sketch {
	s := &Sketch{Known: map[string]Drawn{"/": DrawnDir(0o777, 0, 0)}}
	s.Why = say.Textf("what is in the %s %s is not in the manifest", m.Kind, m.Volume)
	for name, f := range m.Files {
		d := DrawnFile(fileMode(f.Mode), 0, 0, f.Data)
		if p.FSGroup >= 0 {
			d.Info.Owner.GID = p.FSGroup
			d.Info.Mode |= 0o440
		}
		s.Known[path.Join("/", name)] = d
		for dir := path.Dir(path.Join("/", name)); dir != "/"; dir = path.Dir(dir) {
			s.Known[dir] = DrawnDir(0o755, 0, 0)
		}
	}
	s.Whole = !m.Partial
	return s
}

// Caps are the capabilities against modes that root has in the container.
func (p *Pod) Caps() *Caps {
	if len(p.CapDrop) == 0 {
		return nil
	}
	return capsAfter(p.CapDrop, p.CapAdd)
}
