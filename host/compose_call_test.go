package host

import (
	"fmt"
	"testing"
)

// TestComposeCall: what is said can be pasted anywhere, and means the same project.
func TestComposeCall(t *testing.T) {
	t.Parallel()
	const runs = "services:\n  runner:\n    image: semaphoreui/runner\n"
	labelled := func(files, project, dir string) entry {
		return entry{data: fmt.Sprintf(`{"Config": {"Labels": {"com.docker.compose.project.config_files": %q, "com.docker.compose.project": %q, "com.docker.compose.project.working_dir": %q}}}`, files, project, dir)}
	}
	const made = "/var/lib/docker/containers/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	tests := []struct {
		name  string
		file  string
		files memory
		env   map[string]string
		want  string
	}{
		{"one", "/srv/a/compose.yaml", memory{"/srv/a/compose.yaml": {data: runs}}, nil, "docker compose -f /srv/a/compose.yaml"},
		{"a directory", "/srv/a", memory{"/srv/a": dir(0o755, 0, 0), "/srv/a/docker-compose.yml": {data: runs}}, nil, "docker compose -f /srv/a/docker-compose.yml"},
		{"with its override", "/srv/a b/compose.yml", memory{"/srv/a b/compose.yml": {data: runs}, "/srv/a b/compose.override.yaml": {data: runs}}, nil,
			"docker compose -f '/srv/a b/compose.yml' -f '/srv/a b/compose.override.yaml'"},
		{"another name has none", "/srv/a/x.yml", memory{"/srv/a/x.yml": {data: runs}, "/srv/a/x.override.yml": {data: runs}}, nil, "docker compose -f /srv/a/x.yml"},
		{"what it includes is not named", "/srv/a/compose.yml", memory{"/srv/a/compose.yml": {data: runs + "include: [more/compose.yml]\n"}, "/srv/a/more/compose.yml": {data: "services:\n  db:\n    image: mysql\n"}}, nil,
			"docker compose -f /srv/a/compose.yml"},
		{"COMPOSE_FILE", "/srv/a/b.yml", memory{"/srv/a/a.yml": {data: runs}, "/srv/a/b.yml": {data: runs}, "/srv/a/.env": {data: "COMPOSE_FILE=a.yml:b.yml\n"}}, nil,
			"docker compose -f /srv/a/a.yml -f /srv/a/b.yml"},
		{"COMPOSE_FILE elsewhere", "/srv/a/b.yml", memory{"/srv/base/a.yml": {data: runs}, "/srv/a/b.yml": {data: runs}, "/srv/a/.env": {data: "COMPOSE_FILE=../base/a.yml:b.yml\n"}}, nil,
			"docker compose -f /srv/base/a.yml -f /srv/a/b.yml --env-file /srv/a/.env"},
		{"a directory for which COMPOSE_FILE is said", "/srv/a", memory{"/srv/a": dir(0o755, 0, 0), "/srv/a/base/a.yml": {data: runs}, "/srv/a/b.yml": {data: runs}, "/srv/a/.env": {data: "COMPOSE_FILE=base/a.yml:b.yml\n"}}, nil,
			"docker compose -f /srv/a/base/a.yml -f /srv/a/b.yml --env-file /srv/a/.env"},
		{"in place of the .env", "/srv/a/x.yml", memory{"/srv/a/x.yml": {data: runs}, "/srv/a/.env": {data: "COMPOSE_PROJECT_NAME=no\n"}, "/srv/a/one": {data: "A=1\n"}, "/two": {}}, map[string]string{"COMPOSE_ENV_FILES": "one, /two"},
			"docker compose -f /srv/a/x.yml --env-file /srv/a/one --env-file /two"},
		{"a project of the caller's", "/srv/a/x.yml", memory{"/srv/a/x.yml": {data: runs}}, map[string]string{"COMPOSE_PROJECT_NAME": "ci"}, "docker compose -f /srv/a/x.yml -p ci"},
		{"a project of .env's", "/srv/a/x.yml", memory{"/srv/a/x.yml": {data: runs}, "/srv/a/.env": {data: "COMPOSE_PROJECT_NAME=ci\n"}}, nil, "docker compose -f /srv/a/x.yml"},
		{"made as another project", "/srv/a/x.yml", memory{"/srv/a/x.yml": {data: runs}, made: dir(0o700, 0, 0), made + "/config.v2.json": labelled("/srv/a/x.yml", "ci", "/srv")}, nil,
			"docker compose -f /srv/a/x.yml --project-directory /srv -p ci"},
		{"made as it would be", "/srv/a/x.yml", memory{"/srv/a/x.yml": {data: runs}, made: dir(0o700, 0, 0), made + "/config.v2.json": labelled("/srv/a/x.yml", "a", "/srv/a")}, nil,
			"docker compose -f /srv/a/x.yml"},
		{"made of other files", "/srv/a/x.yml", memory{"/srv/a/x.yml": {data: runs}, made: dir(0o700, 0, 0), made + "/config.v2.json": labelled("/srv/a/y.yml", "ci", "/srv/a")}, nil,
			"docker compose -f /srv/a/x.yml"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, err := LoadCompose(tt.files, tt.file, tt.env)
			if err != nil {
				t.Fatal(err)
			}
			if got := c.Call(); got != tt.want {
				t.Errorf("Call() = %s, want %s", got, tt.want)
			}
		})
	}
}
