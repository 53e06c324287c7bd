package host

import (
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"strings"
)

// A DockerContainer is what Docker has written down about one of its
// containers.
type DockerContainer struct {
	Image      string   // as it was asked for: "semaphoreui/runner:v2.10.32"
	Compose    []string // the compose files it was made from; nil when there are none
	Service    string   // the service in them
	Project    string   // as which they were made: the name of docker compose -p
	ProjectDir string   // its directory, from which it took .env
	Name       string   // of the container: "semaphore-runner"
}

// readDocker looks a container up where Docker keeps them by default; only root
// may. Podman and containerd keep no such file.
func readDocker(files Files, id string) (DockerContainer, error) {
	return dockerOf(files).read(files, id)
}

func (docker dockerDaemon) read(files Files, id string) (DockerContainer, error) {
	if containerID(id) == "" {
		return DockerContainer{}, fmt.Errorf("look up container %q: %w", id, errors.ErrUnsupported)
	}
	data, err := files.ReadFile(path.Join(docker.containers(), id, "config.v2.json"))
	if err != nil {
		return DockerContainer{}, fmt.Errorf("look up container: %w", err)
	}
	var kept struct {
		Name   string
		Config struct {
			Image  string
			Labels map[string]string
		}
	}
	if err := json.Unmarshal(data, &kept); err != nil {
		return DockerContainer{}, fmt.Errorf("look up container %s: %w", id, err)
	}
	c := DockerContainer{Image: kept.Config.Image, Service: kept.Config.Labels["com.docker.compose.service"], Project: kept.Config.Labels["com.docker.compose.project"],
		ProjectDir: kept.Config.Labels["com.docker.compose.project.working_dir"], Name: strings.TrimPrefix(kept.Name, "/")}
	if list := kept.Config.Labels["com.docker.compose.project.config_files"]; list != "" {
		c.Compose = strings.Split(list, ",")
	}
	return c, nil
}
