package host

import (
	"bytes"
	"encoding/base64"
	"path"
	"strconv"

	"github.com/semadoctor/semadoctor/say"
)

// An object is one document of a manifest.
type object struct {
	kind, name, namespace string
	n                     *ynode
}

// A cluster is what a manifest says of one.
type cluster struct{ objects []object }

// LoadManifest reads the containers of all workloads in a Kubernetes manifest:
// several documents, lists, and in a directory all *.yaml and *.yml. Secrets and
// ConfigMaps in it are looked up. Errors name file and line.
func LoadManifest(files Files, name string) ([]*Pod, error) {
	names, err := manifestFiles(files, name)
	if err != nil {
		return nil, say.Errorf("read manifest: %w", err)
	}
	c := &cluster{}
	r := &yreader{left: maxNodes}
	for _, n := range names {
		if err := c.read(files, r, n); err != nil {
			return nil, say.Errorf("read manifest: %w", err)
		}
	}
	var pods []*Pod
	for _, o := range c.objects {
		found, err := c.pods(o)
		if err != nil {
			return nil, say.Errorf("read manifest: %w", err)
		}
		pods = append(pods, found...)
	}
	return pods, nil
}

func manifestFiles(files Files, name string) ([]string, error) {
	info, err := Stat(files, name)
	if err != nil || !info.Mode.IsDir() {
		return []string{name}, err
	}
	real, err := Resolve(files, name)
	if err != nil {
		return nil, err
	}
	all, err := files.ReadDir(real)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, n := range all {
		if ext := path.Ext(n); ext == ".yaml" || ext == ".yml" {
			names = append(names, path.Join(name, n))
		}
	}
	if len(names) > maxFiles {
		return nil, Place{File: name}.wrong("%d manifests in it, and %d are looked at", len(names), maxFiles)
	}
	return names, nil
}

func (c *cluster) read(files Files, r *yreader, name string) error {
	data, err := ReadThrough(files, name)
	if err != nil {
		return err
	}
	docs, err := r.documents(name, data)
	if err != nil && bytes.Contains(data, []byte("{{")) {
		return say.Errorf("a template of Helm's, which helm template makes a manifest of: %w", err)
	}
	for _, d := range docs {
		c.add(d)
	}
	return err
}

// add takes a document, or what is in one that is a list.
func (c *cluster) add(d *ynode) {
	if d.get("kind").str() == "List" {
		for _, item := range d.get("items").list() {
			c.add(item)
		}
		return
	}
	meta := d.get("metadata")
	c.objects = append(c.objects, object{d.get("kind").str(), meta.get("name").str(), meta.get("namespace").str(), d})
}

// list are the items of a list.
func (n *ynode) list() []*ynode {
	if n == nil {
		return nil
	}
	return n.items
}

// find is the object of a kind and name that a pod of a namespace refers to. Where one
// of the two says no namespace it goes to that of who applies it, which is the other's
// (kubectl apply -n), or else the pod is never made.
func (c *cluster) find(kind, name, namespace string) (found *ynode) {
	for _, o := range c.objects {
		switch {
		case o.kind != kind || o.name != name:
		case o.namespace == namespace:
			return o.n
		case found == nil && (o.namespace == "" || namespace == ""):
			found = o.n
		}
	}
	return found
}

// values are the keys of a Secret or ConfigMap; ok is false when it is not in
// the manifest.
func (c *cluster) values(kind, name, namespace string) (values []PodVar, ok bool) {
	n := c.find(kind, name, namespace)
	for _, part := range []string{"data", "binaryData", "stringData"} {
		for _, f := range n.get(part).all() {
			v := PodVar{Name: f.key, Value: f.value.text, At: f.at, Known: true}
			if part == "binaryData" || part == "data" && kind == "Secret" {
				plain, err := base64.StdEncoding.DecodeString(f.value.text)
				v.Value, v.Known = string(plain), err == nil
			}
			values = append(values, v)
		}
	}
	return values, n != nil
}

// pods are the containers of a workload; none for other objects.
func (c *cluster) pods(o object) ([]*Pod, error) {
	way := map[string][]string{
		"Pod": {}, "Deployment": {"template"}, "StatefulSet": {"template"}, "DaemonSet": {"template"},
		"ReplicaSet": {"template"}, "Job": {"template"}, "CronJob": {"jobTemplate", "spec", "template"},
	}
	down, ok := way[o.kind]
	if !ok {
		return nil, nil
	}
	outer := o.n.get("spec")
	spec := outer
	if len(down) > 0 {
		spec = outer.get(append(down, "spec")...)
	}
	var pods []*Pod
	for _, n := range spec.get("containers").list() {
		p := &Pod{Kind: o.kind, Name: o.name, Namespace: o.namespace, Container: n.get("name").str(), At: n.at, Replicas: 1}
		if r, err := strconv.Atoi(outer.get("replicas").str()); err == nil {
			p.Replicas, p.ReplicasAt = r, outer.get("replicas").at
		}
		if err := c.container(p, o, spec, n); err != nil {
			return nil, err
		}
		pods = append(pods, p)
	}
	return pods, nil
}

func (c *cluster) container(p *Pod, o object, spec, n *ynode) error {
	p.Image, p.WorkingDir, p.HostNetwork = n.get("image").written(), n.get("workingDir").str(), spec.get("hostNetwork").truth()
	for _, other := range spec.get("containers").list() {
		if other != n {
			p.Beside = append(p.Beside, other.get("image").str())
		}
	}
	p.Command, p.CommandAt = words(n.get("command"))
	if args, at := words(n.get("args")); args != nil {
		p.Args = args
		if p.Command == nil {
			p.CommandAt = at
		}
	}
	p.security(spec.get("securityContext"), n.get("securityContext"))
	c.environment(p, spec, n)
	if err := c.mounts(p, o, spec, n); err != nil {
		return err
	}
	for _, before := range spec.get("initContainers").list() {
		p.prepares(before)
	}
	return nil
}

// prepares is a container that has ended when the pod's own are started.
func (p *Pod) prepares(n *ynode) {
	command, _ := words(n.get("command"))
	args, _ := words(n.get("args"))
	p.Init = append(p.Init, append(command, args...))
	for _, m := range n.get("volumeMounts").list() {
		for i := range p.Mounts {
			if p.Mounts[i].Volume == m.get("name").str() && !m.get("readOnly").truth() {
				p.Mounts[i].Prepared = true
			}
		}
	}
}

// security is who the container runs as: its own context goes before the pod's.
func (p *Pod) security(pod, own *ynode) {
	number := func(key string) int {
		for _, n := range []*ynode{own, pod} {
			if id, ok := parseID(n.get(key).str()); ok {
				return id
			}
		}
		return -1
	}
	p.UID, p.GID, p.FSGroup = number("runAsUser"), number("runAsGroup"), number("fsGroup")
	for _, g := range pod.get("supplementalGroups").strings() {
		if id, ok := parseID(g); ok {
			p.Groups = append(p.Groups, id)
		}
	}
	if p.FSGroup >= 0 {
		p.Groups = append(p.Groups, p.FSGroup)
	}
	p.ReadOnlyRoot = own.get("readOnlyRootFilesystem").truth()
	p.CapAdd, p.CapDrop = own.get("capabilities", "add").strings(), own.get("capabilities", "drop").strings()
}
