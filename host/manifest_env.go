package host

import (
	"regexp"
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

// environment is what Kubernetes gives a container: the links to Services, then
// envFrom, then env, the later over the earlier.
func (c *cluster) environment(p *Pod, spec, n *ynode) {
	if links := spec.get("enableServiceLinks"); links == nil || links.truth() {
		c.links(p)
	}
	for _, from := range n.get("envFrom").list() {
		c.envFrom(p, from)
	}
	for _, e := range n.get("env").list() {
		v := PodVar{Name: e.get("name").str(), Value: e.get("value").str(), At: e.at, Known: true}
		if from := e.get("valueFrom"); from != nil {
			if v = c.valueFrom(p, v, from); v.Optional && !v.Known {
				continue
			}
		} else {
			p.expand(&v)
		}
		p.Env = append(p.Env, v)
	}
}

// links are the variables about each Service of the namespace with an address of
// its own, as Docker once had them: SEMAPHORE_PORT=tcp://10.1.2.3:3000 for one
// called semaphore (semaphoreui/semaphore#1501).
func (c *cluster) links(p *Pod) {
	for _, o := range c.objects {
		ip := o.n.get("spec", "clusterIP").str()
		if o.kind != "Service" || o.namespace != p.Namespace || ip == "None" || o.n.get("spec", "type").str() == "ExternalName" {
			continue
		}
		if ip == "" {
			ip = "CLUSTER-IP"
		}
		ports := o.n.get("spec", "ports").list()
		if len(ports) == 0 {
			continue
		}
		port := ports[0].get("port").str()
		name := strings.ToUpper(strings.ReplaceAll(o.name, "-", "_"))
		add := func(suffix, value string) {
			p.Env = append(p.Env, PodVar{Name: name + suffix, Value: value, At: o.n.at, Known: true, Source: say.Verbatim("Service " + o.name)})
		}
		add("_SERVICE_HOST", ip)
		add("_SERVICE_PORT", port)
		add("_PORT", "tcp://"+ip+":"+port)
	}
}

func (c *cluster) envFrom(p *Pod, from *ynode) {
	for _, k := range []struct{ key, kind string }{{"secretRef", "Secret"}, {"configMapRef", "ConfigMap"}} {
		ref := from.get(k.key)
		if ref == nil {
			continue
		}
		name := ref.get("name").str()
		source := say.Verbatim(k.kind + " " + name)
		values, ok := c.values(k.kind, name, p.Namespace)
		if !ok && !ref.get("optional").truth() {
			p.Env = append(p.Env, PodVar{At: from.at, Source: source}) // nobody knows which
		}
		for _, v := range values {
			v.Name, v.Source = from.get("prefix").str()+v.Name, source
			p.Env = append(p.Env, v)
		}
	}
}

// valueFrom looks a value up; what is not in the manifest is set, and not known.
func (c *cluster) valueFrom(p *Pod, v PodVar, from *ynode) PodVar {
	v.Known = false
	for _, k := range []struct{ key, kind string }{{"secretKeyRef", "Secret"}, {"configMapKeyRef", "ConfigMap"}} {
		ref := from.get(k.key)
		if ref == nil {
			continue
		}
		name, key := ref.get("name").str(), ref.get("key").str()
		v.Source, v.Optional = say.Textf("%s %s, key %s", k.kind, name, key), ref.get("optional").truth()
		values, _ := c.values(k.kind, name, p.Namespace)
		for _, w := range values {
			if w.Name == key {
				v.Value, v.Known, v.At = w.Value, w.Known, w.At
			}
		}
		return v
	}
	if field := from.get("fieldRef", "fieldPath").str(); field != "" {
		v.Source = say.Textf("field %s", field)
		if field == "metadata.namespace" && p.Namespace != "" {
			v.Value, v.Known = p.Namespace, true
		}
		return v
	}
	v.Source = say.Textf("a resource of the container")
	return v
}

// expand fills in $(NAME) from the variables before; one that is not there stays
// as it is, and with one that is not known the value is not, either.
func (p *Pod) expand(v *PodVar) {
	if !strings.Contains(v.Value, "$(") {
		return
	}
	v.Value = regexp.MustCompile(`\$?\$\([A-Za-z_][A-Za-z0-9_.-]*\)`).ReplaceAllStringFunc(v.Value, func(m string) string {
		if strings.HasPrefix(m, "$$") {
			return m[1:]
		}
		part, ok := p.Var(m[2 : len(m)-1])
		switch {
		case !ok:
			return m
		case !part.Known:
			v.Known, v.Source = false, part.Source
		}
		return part.Value
	})
}

// Var is what the container's environment says of a variable.
func (p *Pod) Var(name string) (v PodVar, ok bool) {
	for _, e := range p.Env {
		if e.Name == name {
			v, ok = e, true
		}
	}
	return v, ok
}
