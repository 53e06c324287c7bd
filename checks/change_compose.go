package checks

import (
	"path"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/internal/jsondoc"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
)

// composeVariable is the variable of the service that a value comes from.
func (t *Target) composeVariable(from runner.Origin) (host.ServiceVar, bool) {
	v, ok := t.Install.Service.Var(from.Env)
	return v, ok && v.At.File == from.File && v.At.Line == from.Line && !t.ofOthers(v.At)
}

// handedToOthers reports whether others get a variable from the place the runner has it
// from.
func (t *Target) handedToOthers(from runner.Origin) bool {
	if t.Install.Service != nil {
		return t.ofOthers(host.Place{File: from.File, Line: from.Line})
	}
	return t.envOfOthers(from.File)
}

// ofOthers reports whether another service has the variable that stands at a place, too:
// by an env_file, an anchor, or the .env beside the compose file.
func (t *Target) ofOthers(at host.Place) bool {
	for _, s := range t.Install.Service.Compose.Services {
		if s.Name == t.Install.Service.Name {
			continue
		}
		if slices.ContainsFunc(s.Env, func(v host.ServiceVar) bool { return v.At.File == at.File && v.At.Line == at.Line }) {
			return true
		}
	}
	return false
}

// setComposeVariable changes the line in which the value really stands: in the
// compose file, in an env_file, or in the .env of which a ${NAME} is filled in.
func (t *Target) setComposeVariable(from runner.Origin, to string) []repair.Edit {
	v, ok := t.composeVariable(from)
	switch at, name, own := t.ownVariable(v); {
	case !ok:
		return nil
	case own:
		return []repair.Edit{repair.SetVariable{File: at.File, Form: host.Dotenv, Name: name, Value: to}}
	case !literal(v):
		return nil
	case v.Form != "":
		return []repair.Edit{repair.SetVariable{File: v.At.File, Form: v.Form, Name: v.Name, Value: to}}
	case v.At.Pointer == "":
		return nil
	}
	return []repair.Edit{repair.SetYAML{File: v.At.File, Pointer: v.At.Pointer, Value: inCompose(v, v.Name, to)}}
}

// renameComposeVariable takes a variable's place with another.
func (t *Target) renameComposeVariable(from runner.Origin, name, to string) []repair.Edit {
	v, ok := t.composeVariable(from)
	switch {
	case !ok || !literal(v):
		return nil
	case v.Form != "":
		return []repair.Edit{repair.RenameVariable{File: v.At.File, Form: v.Form, Name: v.Name, To: name, Value: to}}
	case v.At.Pointer == "":
		return nil
	case v.Listed:
		return []repair.Edit{repair.SetYAML{File: v.At.File, Pointer: v.At.Pointer, Value: inCompose(v, name, to)}}
	}
	return []repair.Edit{
		repair.SetYAML{File: v.At.File, Pointer: path.Dir(v.At.Pointer) + "/" + jsondoc.Escape(name), Value: inCompose(v, name, to)},
		repair.DropYAML{File: v.At.File, Pointer: v.At.Pointer},
	}
}

// dropComposeVariable takes a variable out, and what it is filled in from if nothing
// else is.
func (t *Target) dropComposeVariable(from runner.Origin) []repair.Edit {
	v, ok := t.composeVariable(from)
	at, name, own := t.ownVariable(v)
	var edits []repair.Edit
	switch {
	case !ok || !literal(v) && !own && v.Value != "":
		return nil
	case v.Form != "":
		edits = append(edits, repair.DropVariable{File: v.At.File, Form: v.Form, Name: v.Name})
	case v.At.Pointer == "":
		return nil
	default:
		edits = append(edits, repair.DropYAML{File: v.At.File, Pointer: v.At.Pointer})
	}
	if own {
		edits = append(edits, repair.DropVariable{File: at.File, Form: host.Dotenv, Name: name})
	}
	return edits
}

// ownVariable is the variable of the .env that a value is filled in from, if it is
// nothing else and nothing else is.
func (t *Target) ownVariable(v host.ServiceVar) (at host.Place, name string, ok bool) {
	if name = host.Sole(v.Raw); v.Passed {
		name = v.Name
	}
	at, uses, ok := t.Install.Service.Compose.Own(name)
	return at, name, ok && uses == 1 && !t.ofOthers(at)
}

// standsAt is where a value is changed: a ${NAME} of a compose file in the .env.
func (t *Target) standsAt(from runner.Origin) runner.Origin {
	if t.Install.Service == nil {
		return from
	}
	v, _ := t.composeVariable(from)
	if at, name, own := t.ownVariable(v); own {
		return runner.Origin{Env: name, File: at.File, Line: at.Line}
	}
	return from
}

// literal reports whether a value stands where it is set, and no variable in it.
func literal(v host.ServiceVar) bool { return !v.Passed && !strings.Contains(v.Raw, "$") }

// inCompose is a variable as the compose file writes it.
func inCompose(v host.ServiceVar, name, value string) *string {
	text := strings.ReplaceAll(value, "$", "$$")
	if v.Listed {
		text = name + "=" + text
	}
	return &text
}
