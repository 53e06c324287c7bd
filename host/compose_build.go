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

// dockerfile is what "build:" names.
func (l *composer) dockerfile(b *ynode) *Dockerfile {
	at, dir, name := b.at, ".", "Dockerfile"
	if context := b.get("context"); context.str() != "" {
		at, dir = context.at, context.str()
	}
	target, args := b.get("target").str(), l.buildArgs(b)
	if inline := b.get("dockerfile_inline"); inline != nil {
		return parseDockerfile(inline.at.File, inline.str(), target, args)
	}
	if other := b.get("dockerfile").str(); other != "" {
		name = other
	}
	if strings.Contains(dir, "://") || strings.HasPrefix(dir, "git@") {
		return nil
	}
	if !path.IsAbs(name) {
		name = path.Join(l.beside(at, dir), name)
	}
	data, err := l.open(name)
	if err != nil {
		return nil
	}
	return parseDockerfile(name, string(data), target, args)
}

// buildArgs are those of "args:". One without a value is the caller's variable; where
// there is none, what ARG says counts.
func (l *composer) buildArgs(b *ynode) map[string]string {
	args := map[string]string{}
	for _, f := range b.get("args").all() {
		value, set := f.value.text, true
		if f.value.kind == ynull {
			value, set = l.use(f.key)
		}
		if set {
			args[f.key] = value
		}
	}
	return args
}
