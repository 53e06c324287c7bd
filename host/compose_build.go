package host

import (
	"path"
	"strings"
)

// built lays what a service's Dockerfile says below what the service says itself. A
// Dockerfile that cannot be read, or is not on this machine, says nothing.
func (l *composer) built(s *Service, n *ynode) {
	b := n.get("build")
	if b == nil {
		return
	}
	s.Built = true
	if s.Dockerfile = l.dockerfile(b); s.Dockerfile == nil {
		return
	}
	d := s.Dockerfile
	s.Env = append(d.Env, s.Env...)
	if s.User.Text == "" {
		s.User = d.User
	}
	if s.WorkingDir == "" {
		s.WorkingDir = d.WorkingDir
	}
	if s.Entrypoint != nil { // without the image's CMD
		return
	}
	s.Entrypoint, s.EntrypointAt = d.Entrypoint, d.EntrypointAt
	if s.Command == nil {
		s.Command, s.CommandAt = d.Command, d.CommandAt
	}
}

// dockerfile is what "build:" names: a directory, or a mapping with one.
func (l *composer) dockerfile(b *ynode) *Dockerfile {
	dir, name := b.str(), "Dockerfile"
	target, args := "", map[string]string{}
	if b.kind == ymap {
		dir, target = b.get("context").str(), b.get("target").str()
		for _, f := range b.get("args").all() {
			if args[f.key] = f.value.text; f.value.kind == ynull {
				args[f.key], _ = l.use(f.key)
			}
		}
		if inline := b.get("dockerfile_inline"); inline != nil {
			return parseDockerfile(inline.at.File, inline.str(), target, args)
		}
		if other := b.get("dockerfile").str(); other != "" {
			name = other
		}
	}
	if dir == "" {
		dir = "."
	}
	if strings.Contains(dir, "://") || strings.HasPrefix(dir, "git@") {
		return nil
	}
	if !path.IsAbs(name) {
		name = path.Join(l.beside(b.at, dir), name)
	}
	data, err := l.open(name)
	if err != nil {
		return nil
	}
	return parseDockerfile(name, string(data), target, args)
}
