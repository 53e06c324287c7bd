package host

import (
	"strings"
	"testing"
)

// TestDockerRemap: who the users of Docker's containers are, and where it keeps what.
func TestDockerRemap(t *testing.T) {
	t.Parallel()
	const passwd = "root:x:0:0::/root:/bin/sh\ndockremap:x:110:115::/:/bin/false\nops:x:1000:1000::/home/ops:/bin/sh\n"
	const numbers = "ops:100000:1000\nops:300000:1000\ndockremap:165536:65536\n"
	for _, tt := range []struct {
		name, config, home string
		outside            Owner // 1001:0 of the container
		unknown            string
	}{
		{name: "not told", config: "{}", home: "/var/lib/docker", outside: Owner{1001, 0}},
		{name: "none", config: `{"userns-remap": ""}`, home: "/var/lib/docker", outside: Owner{1001, 0}},
		{name: "default", config: `{"userns-remap": "default"}`, home: "/var/lib/docker/165536.165536", outside: Owner{166537, 165536}},
		{name: "a user, two ranges", config: `{"userns-remap": "ops"}`, home: "/var/lib/docker/100000.100000", outside: Owner{300001, 100000}},
		{name: "a user by number, and a group", config: `{"userns-remap": "1000:ops"}`, home: "/var/lib/docker/100000.100000", outside: Owner{300001, 100000}},
		{name: "nobody", config: `{"userns-remap": "eve"}`, home: "/var/lib/docker", unknown: `"eve"`},
		{name: "without numbers", config: `{"userns-remap": "root"}`, home: "/var/lib/docker", unknown: `"root"`},
		{name: "no JSON", config: `userns-remap`, home: "/var/lib/docker", unknown: "cannot be read"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := memory{
				dockerConfig: {data: tt.config, mode: 0o644}, "/etc/passwd": {data: passwd, mode: 0o644},
				"/etc/group": {data: "ops:x:1000:\n", mode: 0o644}, "/etc/subuid": {data: numbers, mode: 0o644}, "/etc/subgid": {data: numbers, mode: 0o644},
			}
			docker := dockerOf(m)
			var c Container
			c.dockers(docker, "")
			if docker.home != tt.home {
				t.Errorf("home %s, want %s", docker.home, tt.home)
			}
			if tt.unknown != "" {
				if why := c.ids.Why.String(); !strings.Contains(why, tt.unknown) || c.ids.Inside(Owner{1001, 0}).Known() {
					t.Errorf("it is known who is who: %q", why)
				}
				return
			}
			if got := c.Outside(Owner{1001, 0}); got != tt.outside {
				t.Errorf("1001:0 is %v, want %v", got, tt.outside)
			}
			if c.ids != nil && (c.ids.Inside(tt.outside) != Owner{1001, 0}) {
				t.Errorf("%v is %v inside", tt.outside, c.ids.Inside(tt.outside))
			}
		})
	}
}

// TestDescribedRemapped: a container of Docker's with users of its own.
func TestDescribedRemapped(t *testing.T) {
	t.Parallel()
	const at = "/var/lib/docker/165536.165536/containers/" + digits64
	const config = `{"Name":"/r","State":{"Running":true},"Config":{"Image":"semaphoreui/runner"}}`
	for mode, want := range map[string]Owner{"": {166537, 165536}, "host": {1001, 0}} {
		m := memory{
			dockerConfig: {data: `{"userns-remap": "default"}`}, "/etc/passwd": {data: "dockremap:x:110:115::/:/bin/false\n"},
			"/etc/subuid": {data: "dockremap:165536:65536\n"}, "/etc/subgid": {data: "dockremap:165536:65536\n"},
			"/var/lib/docker/165536.165536/containers": dir(0o700, 0, 0), at: dir(0o700, 0, 0),
			at + "/config.v2.json": {data: config}, at + "/hostconfig.json": {data: `{"UsernsMode":"` + mode + `"}`},
		}
		found := FindDescribed(m, "semaphore")
		if len(found) != 1 {
			t.Fatalf("%d containers found, want 1", len(found))
		}
		if got := found[0].Outside(Owner{1001, 0}); got != want || len(found[0].Unseen) > 0 {
			t.Errorf("%q: 1001:0 is %v (%v), want %v", mode, got, found[0].Unseen, want)
		}
	}
}
