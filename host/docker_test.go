package host

import (
	"errors"
	"io/fs"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadDocker(t *testing.T) {
	t.Parallel()
	at := "/var/lib/docker/containers/" + digits64 + "/config.v2.json"
	m := memory{at: {data: `{"ID":"x","Name":"/stack-runner-1","Config":{"Image":"semaphoreui/runner:v2.10.32","Env":["A=b"],"Labels":{
		"com.docker.compose.service":"runner","com.docker.compose.project":"stack","com.docker.compose.project.working_dir":"/srv/a","com.docker.compose.project.config_files":"/srv/a/compose.yaml,/srv/a/more.yaml"}}}`}}
	got, err := readDocker(m, digits64)
	want := DockerContainer{
		Image: "semaphoreui/runner:v2.10.32", Compose: []string{"/srv/a/compose.yaml", "/srv/a/more.yaml"},
		Service: "runner", Project: "stack", ProjectDir: "/srv/a", Name: "stack-runner-1",
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("readDocker: %v (-want +got):\n%s", err, diff)
	}
	if _, err := readDocker(memory{}, digits64); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("another engine's container: %v", err)
	}
	for _, bad := range []string{"", "../../etc/passwd", digits64[1:]} {
		if _, err := readDocker(m, bad); err == nil {
			t.Errorf("readDocker(%q) found something", bad)
		}
	}
	if _, err := readDocker(memory{at: {data: "no JSON"}}, digits64); err == nil {
		t.Error("what is no JSON was read")
	}
}
