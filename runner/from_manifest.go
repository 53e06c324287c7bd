package runner

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// ManifestSetups are the runners of a Kubernetes manifest: FILE#NAME means the
// workload, or the container, of that name, FILE alone every container that is a
// Semaphore runner.
func ManifestSetups(files host.Files, ref string) ([]Setup, error) {
	file, name, _ := strings.Cut(ref, "#")
	pods, err := host.LoadManifest(files, file)
	if err != nil {
		return nil, err
	}
	var all []Setup
	var names []string
	for i, p := range pods {
		names = append(names, p.Ref())
		if name != "" && !podNamed(p, name) || name == "" && !isRunnerPod(p) {
			continue
		}
		s, err := podSetup(p)
		if err != nil {
			return nil, err
		}
		s.Name = file + "#" + p.Name
		s.Again = func(files host.Files) (Setup, error) { return podAgain(files, file, i) }
		all = append(all, s)
	}
	switch {
	case len(pods) == 0:
		return nil, say.Errorf("there is no Deployment, StatefulSet, DaemonSet, Job or Pod in %s", file)
	case len(all) == 0 && name != "":
		return nil, say.Errorf("there is no %s in %s: it has %s", name, file, strings.Join(names, ", "))
	case len(all) == 0:
		return nil, say.Errorf("no container in %s looks like a Semaphore runner: name one of %s, as %s#NAME", file, strings.Join(names, ", "), file)
	}
	return all, nil
}

func podNamed(p *host.Pod, name string) bool {
	return strings.EqualFold(p.Ref(), name) || p.Name == name || p.Container == name
}

func podAgain(files host.Files, file string, i int) (Setup, error) {
	pods, err := host.LoadManifest(files, file)
	if err == nil && i >= len(pods) {
		err = say.Errorf("the workload is gone")
	}
	if err != nil {
		return Setup{}, err
	}
	s, err := podSetup(pods[i])
	s.Name = file + "#" + pods[i].Name
	return s, err
}

func isRunnerPod(p *host.Pod) bool {
	switch {
	case ParseImage(p.Image.Text).Ours || podCommand(p).Runs():
		return true
	case strings.Contains(p.Image.Text, "semaphoreui/semaphore"):
		return false
	}
	return slices.ContainsFunc(p.Env, func(v host.PodVar) bool { return runnersOwn(v.Name) })
}

func podCommand(p *host.Pod) *Command {
	c := ParseCommand(slices.Concat(p.Command, p.Args), Origin{File: p.CommandAt.File, Line: p.CommandAt.Line})
	if c.Program == "" {
		return nil
	}
	return c
}

func podSetup(p *host.Pod) (Setup, error) {
	image := ParseImage(p.Image.Text)
	view := p.View(imageFiles(image))
	in := &Installation{
		Pod: p, Env: imageEnvironment(), Dir: "/home/semaphore", Version: image.Version,
		AsSource: say.Textf("%s, container %s", p.Ref(), p.Container), Withheld: map[string]say.Text{},
	}
	if p.WorkingDir != "" {
		in.Dir = path.Join("/", p.WorkingDir)
	}
	var err error
	if in.As, err = podUser(view, p); err != nil {
		return Setup{}, say.Errorf("%s: %w", p.At, err)
	}
	in.Foreign = image.foreign()
	for _, v := range p.Env {
		in.given(v)
	}
	in.guessed(p)
	in.startAs(podCommand(p), view)
	for _, words := range p.Init {
		if c := ParseCommand(words, Origin{}); in.Command != nil && (c.Register || slices.Contains(c.Verbs, "register")) {
			in.Command.Register = true
		}
	}
	return Setup{Install: in, Files: view}, nil
}

// podUser is who a container runs as; the group of a user that the image knows
// is its own there.
func podUser(view host.Files, p *host.Pod) (host.Identity, error) {
	as := imageUser()
	if p.UID >= 0 {
		var err error
		if as, err = host.LookupUser(view, fmt.Sprint(p.UID)); err != nil {
			return as, err
		}
	}
	if p.GID >= 0 {
		as.GID = p.GID
	}
	as.Groups = append(as.Groups, p.Groups...)
	if as.UID == 0 {
		as.Caps = p.Caps()
	}
	return as, nil
}

// withheld stands for a token that is not in the manifest: of a token's shape,
// and never sent anywhere.
const withheld = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx="

// given takes one variable of a pod. A token from elsewhere is withheld; without
// another setting from elsewhere nothing can be said of the runner.
func (in *Installation) given(v host.PodVar) {
	from := Origin{Env: v.Name, File: v.At.File, Line: v.At.Line}
	setting := slices.IndexFunc(Settings(), func(s Setting) bool { return s.Env == v.Name && v.Name != "" })
	delete(in.Withheld, v.Name)
	switch {
	case v.Known:
		in.Env.Set(v.Name, v.Value, from)
	case setting < 0, Settings()[setting].Name == RunnerName: // any name will do, and metadata.name is one
	case Settings()[setting].Secret:
		in.Env.Set(v.Name, withheld, from)
		in.Withheld[v.Name] = v.Source
	default:
		in.Unseen = append(in.Unseen, unseen{Text: say.Textf("%s: %s comes from %s, which is not in the manifest", v.At, v.Name, v.Source)})
	}
}

// hidden takes a variable of a container from where nobody can look.
func (in *Installation) hidden(v host.HiddenVar) {
	setting := slices.IndexFunc(Settings(), func(s Setting) bool { return s.Env == v.Name })
	switch {
	case setting < 0:
	case Settings()[setting].Secret && in.Withheld != nil:
		in.Env.Set(v.Name, withheld, Origin{Env: v.Name, File: v.At.File, Line: v.At.Line})
		in.Withheld[v.Name] = v.Source
	default:
		in.Unseen = append(in.Unseen, unseen{Text: say.Textf("%s: %s comes from %s, which cannot be looked into", v.At, v.Name, v.Source)})
	}
}

// guessed looks whether what is said by itself is enough, where more comes from
// a Secret or ConfigMap that is not in the manifest.
func (in *Installation) guessed(p *host.Pod) {
	if wrapperOf(in.Version).fixed || podCommand(p) != nil && podCommand(p).Config != "" {
		return // a config says it
	}
	for _, v := range p.Env {
		if v.Name == "" && !in.complete() {
			in.Unseen = append(in.Unseen, unseen{Text: say.Textf("%s: the environment comes from %s, which is not in the manifest", v.At, v.Source)})
		}
	}
}
