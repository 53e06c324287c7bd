package host

import (
	"path"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

// Call is how docker compose is told from any directory that this project is meant.
// With -f it looks for no override file and for no COMPOSE_FILE, so that each file
// stands there; the project's directory is that of the first
// (docs.docker.com/reference/cli/docker/compose).
func (c *Compose) Call() string {
	words := []string{"docker", "compose"}
	for _, f := range c.Files {
		words = append(words, "-f", f)
	}
	for _, f := range c.envFiles {
		words = append(words, "--env-file", f)
	}
	for _, flag := range []struct{ name, value string }{{"--project-directory", c.dir}, {"-p", c.as}} {
		if flag.value != "" {
			words = append(words, flag.name, flag.value)
		}
	}
	for i, w := range words {
		words[i] = say.Shell(w)
	}
	return strings.Join(words, " ")
}

// called notes what the files do not say about their project: what the caller's
// environment says, what is read in place of the .env, and where the first of
// COMPOSE_FILE is not beside the .env that names it.
func (l *composer) called(c *Compose) {
	if p := l.env["COMPOSE_PROJECT_NAME"]; p != "" {
		c.as = c.Project
	}
	usual := path.Join(path.Dir(c.Files[0]), ".env")
	if len(l.own) > 0 && !slices.Equal(l.envFiles, []string{usual}) {
		c.envFiles = l.envFiles
	}
}

// made goes by what Docker has made of the files, if that is another project than they
// would be now: somebody has called it with -p or --project-directory. Only root may
// look at that.
func (c *Compose) made(files Files, docker dockerDaemon) {
	ids, err := files.ReadDir(docker.containers())
	if err != nil {
		return
	}
	var other DockerContainer
	for _, id := range ids {
		d, err := docker.read(files, id)
		if err != nil || d.Project == "" || !slices.Equal(d.Compose, c.Files) {
			continue
		}
		if other = d; d.Project == c.Project {
			break
		}
	}
	if other.Project == "" {
		return
	}
	if other.Project != c.Project {
		c.Project, c.as = other.Project, other.Project
	}
	if other.ProjectDir != "" && other.ProjectDir != path.Dir(c.Files[0]) {
		c.dir = other.ProjectDir
	}
}
