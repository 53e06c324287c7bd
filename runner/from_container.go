package runner

import (
	"fmt"
	"path"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// containerSetup is the runner in a container that Docker has made.
func containerSetup(files host.Files, d *host.Described) Setup {
	name := d.DockerContainer.Name
	in := &Installation{AsSource: say.Textf("container %s", name), Unseen: nil}
	for _, why := range d.Run.Unseen {
		in.Unseen = append(in.Unseen, unseen{Text: why})
	}
	s := Setup{Name: "container " + name, Install: in}
	s.Files = in.enter(&d.Run, files)
	s.Again = func(files host.Files) (Setup, error) {
		again := host.FindContainer(files, name)
		if again == nil {
			return Setup{}, fmt.Errorf("the container %s is gone", name)
		}
		return containerSetup(files, again), nil
	}
	return s
}

// enter makes the installation that of the runner in a container, and gives the files
// that it sees there; nil where those cannot be told.
func (in *Installation) enter(run *host.Run, files host.Files) host.Files {
	c := &run.Container
	image := ParseImage(run.Image.Text)
	in.Env, in.Dir, in.Version, in.Container, in.Withheld = imageEnvironment(), "/home/semaphore", image.Version, c, map[string]say.Text{}
	in.Foreign = image.foreign()
	if run.WorkingDir != "" {
		in.Dir = path.Join("/", run.WorkingDir)
	}
	view, err := c.View(files, imageFiles(image))
	if err == nil {
		in.As = containerUser(view, c)
	}
	if err == nil && c.Chown(in.As.Owner()) {
		view, err = c.View(files, imageFiles(image))
	}
	if err != nil {
		in.Unseen = append(in.Unseen, err)
		return nil
	}
	for _, v := range c.Env {
		if v.Set {
			in.Env.Set(v.Name, v.Value, Origin{Env: v.Name, File: v.At.File, Line: v.At.Line})
		}
	}
	for _, v := range run.Hidden {
		in.hidden(v)
	}
	in.startAs(containerCommand(c), view)
	return view
}
