package host

import (
	"path"
	"strconv"
)

// mounts are what lies over paths of the container.
func (c *cluster) mounts(p *Pod, o object, spec, n *ynode) error {
	for _, m := range n.get("volumeMounts").list() {
		name := m.get("name").str()
		pm := PodMount{
			Volume: name, Target: path.Clean(m.get("mountPath").str()), Sub: m.get("subPath").str(),
			ReadOnly: m.get("readOnly").truth(),
		}
		if !path.IsAbs(pm.Target) {
			return m.at.wrong("a mount without a mountPath")
		}
		if m.get("subPathExpr") != nil {
			sub := PodVar{Value: m.get("subPathExpr").str()}
			p.expand(&sub)
			pm.Sub = sub.Value
		}
		if !c.volume(&pm, p, o, spec) {
			return m.at.wrong("the volume %s is not among the pod's volumes", name)
		}
		p.Mounts = append(p.Mounts, pm)
	}
	return nil
}

// volume says what the volume of a mount is.
func (c *cluster) volume(m *PodMount, p *Pod, o object, spec *ynode) bool {
	for _, t := range o.n.get("spec", "volumeClaimTemplates").list() {
		if t.get("metadata", "name").str() == m.Volume {
			m.Kind = "persistentVolumeClaim"
			return true
		}
	}
	for _, v := range spec.get("volumes").list() {
		if v.get("name").str() != m.Volume {
			continue
		}
		m.Kind = "emptyDir" // a volume with nothing behind its name
		for _, f := range v.fields {
			if f.key != "name" {
				m.Kind = f.key
				c.fill(m, p, f.value)
			}
		}
		return true
	}
	return false
}

func (c *cluster) fill(m *PodMount, p *Pod, v *ynode) {
	switch m.Kind {
	case "persistentVolumeClaim":
		m.ReadOnly = m.ReadOnly || v.get("readOnly").truth()
	case "secret":
		m.Files = map[string]PodFile{}
		c.project(m, p, "Secret", v.get("secretName").str(), v, kubeMode(v.get("defaultMode"), 0o644))
	case "configMap":
		m.Files = map[string]PodFile{}
		c.project(m, p, "ConfigMap", v.get("name").str(), v, kubeMode(v.get("defaultMode"), 0o644))
	case "projected":
		m.Files = map[string]PodFile{}
		for _, s := range v.get("sources").list() {
			mode := kubeMode(v.get("defaultMode"), 0o644)
			switch {
			case s.get("secret") != nil:
				c.project(m, p, "Secret", s.get("secret", "name").str(), s.get("secret"), mode)
			case s.get("configMap") != nil:
				c.project(m, p, "ConfigMap", s.get("configMap", "name").str(), s.get("configMap"), mode)
			default:
				m.Partial = true
			}
		}
	}
}

// project adds the keys of a Secret or ConfigMap, all or those of items.
func (c *cluster) project(m *PodMount, p *Pod, kind, name string, v *ynode, mode int) {
	values, ok := c.values(kind, name, p.Namespace)
	data := map[string]PodFile{}
	for _, w := range values {
		f := PodFile{Mode: mode}
		if w.Known {
			f.Data = []byte(w.Value)
		}
		data[w.Name] = f
	}
	items := v.get("items")
	if items == nil {
		m.Partial = m.Partial || !ok
		for k, f := range data {
			m.Files[k] = f
		}
	}
	for _, i := range items.list() {
		f, there := data[i.get("key").str()]
		if ok && !there {
			continue
		}
		f.Mode = kubeMode(i.get("mode"), mode)
		m.Files[path.Clean(i.get("path").str())] = f
	}
}

// kubeMode is a mode of a manifest: YAML 1.1 has octal numbers with a 0 in
// front, and JSON decimal ones.
func kubeMode(n *ynode, otherwise int) int {
	s := n.str()
	if s == "" {
		return otherwise
	}
	mode, err := strconv.ParseInt(s, 0, 16)
	if err != nil {
		return otherwise
	}
	return int(mode)
}
