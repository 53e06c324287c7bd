package host

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFindCompose(t *testing.T) {
	t.Parallel()
	runs := entry{data: "services:\n  runner:\n    image: semaphoreui/runner\n"}
	other := entry{data: "services: {}\n"}
	m := memory{
		"/opt/a": dir(0o755, 0, 0), "/opt/a/compose.yaml": other, "/opt/a/docker-compose.yml": runs, // docker takes the first
		"/opt/b": dir(0o755, 0, 0), "/opt/b/docker-compose.yml": runs,
		"/opt/b/deeper": dir(0o755, 0, 0), "/opt/b/deeper/compose.yaml": runs,
		"/opt/file":                   other,
		"/srv/semaphore":              dir(0o755, 0, 0),
		"/srv/semaphore/compose.yml":  {denied: true},
		"/srv/c":                      dir(0o755, 0, 0),
		"/srv/c/compose.yml":          {denied: true},
		"/etc/semaphore/compose.yaml": runs,
		"/here/compose.yaml":          runs,
		"/var/lib/link":               link("/here"),
	}
	want := []string{"/here/compose.yaml", "/etc/semaphore/compose.yaml", "/opt/b/docker-compose.yml", "/srv/semaphore/compose.yml", "/var/lib/link/compose.yaml"}
	if diff := cmp.Diff(want, FindCompose(m, "/here", "semaphore")); diff != "" {
		t.Errorf("FindCompose (-want +got):\n%s", diff)
	}
}
