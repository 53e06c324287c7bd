package host

import (
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

// compose makes services of the whole file.
func (l *composer) compose(name string, root *ynode) (*Compose, error) {
	c := &Compose{
		File: name, Files: l.laid, Project: l.project(l.laid[0], root), own: l.ownPlaces(), used: l.used,
		volumes: root.get("volumes"), secrets: root.get("secrets"), configs: root.get("configs"),
	}
	l.called(c)
	c.made(l.files, l.docker)
	services := root.get("services")
	if err := services.want("services", ymap); err != nil {
		return nil, err
	}
	for _, f := range services.all() {
		n, err := l.extended(services, f.key, f.at)
		if err != nil {
			return nil, err
		}
		s, err := l.service(c, f, n)
		if err != nil {
			return nil, err
		}
		c.Services = append(c.Services, s)
	}
	if len(c.Services) == 0 {
		return nil, say.Errorf("%s: there are no services in it", name)
	}
	return c, nil
}

// project is what docker compose calls a file's project: its name:, the
// variable, or the directory, in lower case without what is not allowed.
func (l *composer) project(name string, root *ynode) string {
	if p, ok := l.look("COMPOSE_PROJECT_NAME"); ok && p != "" {
		return p
	}
	p := root.get("name").str()
	if p == "" {
		p = path.Base(path.Dir(name))
	}
	p = regexp.MustCompile(`[^-_a-z0-9]`).ReplaceAllString(strings.ToLower(p), "")
	return strings.TrimLeft(p, "-_")
}

// extended is a service over what it extends, however far that goes.
func (l *composer) extended(services *ynode, name string, at Place) (*ynode, error) {
	n := services.get(name)
	if n == nil || n.kind != ymap {
		return nil, at.wrong("the service %s is not a mapping", name)
	}
	ext := n.get("extends")
	if ext == nil {
		return n, nil
	}
	if len(l.chain) > maxDepth {
		return nil, ext.at.wrong("%w", ErrTooDeep)
	}
	step := n.at.File + "#" + name
	if slices.Contains(l.chain, step) {
		return nil, ext.at.wrong("the services extend each other in a circle: %s", strings.Join(append(l.chain, step), " → "))
	}
	l.chain = append(l.chain, step)
	defer func() { l.chain = l.chain[:len(l.chain)-1] }()
	base, err := l.base(services, ext)
	if err != nil {
		return nil, err
	}
	n = overlay(base, n, "")
	out := *n
	out.index = nil
	out.fields = slices.DeleteFunc(slices.Clone(n.fields), func(f yfield) bool { return f.key == "extends" })
	return &out, nil
}

// extended is the name of the service that "extends:" names.
func extended(ext *ynode) string {
	if ext.kind == ymap {
		return ext.get("service").str()
	}
	return ext.str()
}

// base is the service that "extends:" names.
func (l *composer) base(services, ext *ynode) (*ynode, error) {
	of := extended(ext)
	if ext.kind == ymap {
		if file := ext.get("file").str(); file != "" {
			root, err := l.parse(l.beside(ext.at, file))
			if err != nil {
				return nil, ext.at.wrong("extends: %w", err)
			}
			services = root.get("services")
		}
	}
	if services.get(of) == nil {
		return nil, ext.at.wrong("extends a service %q that is not there", of)
	}
	return l.extended(services, of, ext.at)
}

func (l *composer) service(c *Compose, f yfield, n *ynode) (*Service, error) {
	s := &Service{
		Compose: c,
		Container: Container{
			Name: f.key, At: f.at, Image: n.get("image").written(),
			User: n.get("user").written(), Groups: n.get("group_add").strings(),
			Network: n.get("network_mode").str(), WorkingDir: n.get("working_dir").str(), ReadOnly: n.get("read_only").truth(),
			CapAdd: n.get("cap_add").strings(), CapDrop: n.get("cap_drop").strings(), privileged: n.get("privileged").truth(),
		},
	}
	s.dockers(l.docker, n.get("userns_mode").str())
	s.Replicas, s.ReplicasAt = replicas(n)
	s.Hooked = n.get("post_start") != nil
	s.Entrypoint, s.EntrypointAt = words(n.get("entrypoint"))
	s.Command, s.CommandAt = words(n.get("command"))
	for _, key := range []string{"image", "user"} {
		s.blank(key, n.get(key))
	}
	if err := l.environment(s, n); err != nil {
		return nil, err
	}
	l.built(s, n)
	return s, l.mounts(c, s, n)
}

// replicas is how many containers a service has; of the two ways to say so they
// must agree (compose-spec, deploy.md).
func replicas(n *ynode) (int, Place) {
	said := n.get("deploy").get("replicas")
	if said == nil {
		said = n.get("scale")
	}
	if many, err := strconv.Atoi(said.str()); err == nil {
		return many, said.at
	}
	return 1, Place{}
}

// blank remembers the variables in a value that come to nothing.
func (s *Service) blank(what string, n *ynode) {
	if n == nil {
		return
	}
	for _, name := range n.unset {
		s.Unset = append(s.Unset, Unset{Name: name, For: what, At: n.at, Left: n.text})
	}
}

// words are a command: a list, or a text that is split as a shell does.
func words(n *ynode) ([]string, Place) {
	switch {
	case n == nil:
		return nil, Place{}
	case n.kind == yscalar:
		return append([]string{}, shellFields(n.text)...), n.at
	}
	return append([]string{}, n.strings()...), n.at
}

// environment is what env_file gives, and over it what environment says.
func (l *composer) environment(s *Service, n *ynode) error {
	for _, item := range envFiles(n.get("env_file")) {
		if err := l.envFile(s, item); err != nil {
			return err
		}
	}
	env := n.get("environment")
	if err := env.want("environment", ymap, ylist); err != nil {
		return err
	}
	for _, f := range env.all() {
		v := ServiceVar{Name: f.key, Value: f.value.text, At: f.at, Set: true, Raw: f.value.raw, Listed: f.value.listed}
		if f.value.kind == ynull {
			v.Passed = true
			v.Value, v.Set = l.use(f.key)
		}
		s.blank(f.key, f.value)
		s.Env = append(s.Env, v)
	}
	return nil
}

// An envFileItem is one entry of env_file.
type envFileItem struct {
	path     string
	at       Place
	optional bool
	raw      bool
}

func envFiles(n *ynode) (items []envFileItem) {
	if n == nil {
		return nil
	}
	list := n.items
	if n.kind == yscalar {
		list = []*ynode{n}
	}
	for _, i := range list {
		item := envFileItem{path: i.text, at: i.at}
		if i.kind == ymap {
			item.path, item.raw = i.get("path").str(), i.get("format").str() == "raw"
			item.optional = i.get("required") != nil && !i.get("required").truth()
		}
		items = append(items, item)
	}
	return items
}

func (l *composer) envFile(s *Service, item envFileItem) error {
	file := l.beside(item.at, item.path)
	data, err := l.open(file)
	switch {
	case err != nil && item.optional:
		return nil
	case err != nil:
		return item.at.wrong("env_file %s: %w", item.path, bare(err))
	}
	vars, form := parseRaw(data), RawEnv
	if !item.raw {
		if vars, err = parseDotenv(file, data, l.use); err != nil {
			return err
		}
		form = Dotenv
	}
	for _, v := range vars {
		sv := ServiceVar{Name: v.name, Value: v.value, At: Place{File: file, Line: v.line}, Set: true, Passed: v.passed, Raw: v.raw, Form: form}
		if v.passed {
			sv.Value, sv.Set = l.use(v.name)
		}
		s.blank(v.name, &ynode{unset: v.unset, at: sv.At, text: v.value})
		s.Env = append(s.Env, sv)
	}
	return nil
}
