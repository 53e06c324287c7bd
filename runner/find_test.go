package runner

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/semadoctor/semadoctor/host"
)

func names(setups []Setup) (all []string) {
	for _, s := range setups {
		all = append(all, s.Name)
	}
	return all
}

// TestFind: what runs as a unit is one runner, not two.
func TestFind(t *testing.T) {
	t.Parallel()
	m := running("semaphore", "runner", "start")
	m["/proc/7/cgroup"] = plain("0::/system.slice/own.service\n")
	m["/proc/8/cmdline"] = zero("sh", "-c", "semaphore runner start")
	m["/proc/9/cmdline"] = zero("semaphore", "server")
	m["/proc/10/cmdline"] = zero("semaphore", "runner", "start") // and is gone
	m["/proc/acpi"] = plain("")
	m["/etc/systemd/system/own.service"] = plain("[Service]\nUser=semaphore\nExecStart=/usr/bin/semaphore runner start --config /etc/c.json\n")
	m["/etc/systemd/system/other.service"] = plain("[Service]\nExecStart=/usr/bin/semaphore runner --config /etc/d.json\n")
	m["/etc/systemd/system/server.service"] = plain("[Service]\nExecStart=/usr/bin/semaphore server\n")
	m["/etc/systemd/system/mentions.service"] = plain("[Unit]\nAfter=semaphore.service\n[Service]\nExecStart=/bin/true\n")
	m["/etc/systemd/system/backup.service"] = plain("[Service]\nExecStart=/usr/bin/tar c /var/lib/semaphore\n")
	m["/etc/systemd/system/wrapped.service"] = plain("[Service]\nExecStart=/opt/semaphore/start.sh\n")
	m["/etc/systemd/system/secret-semaphore.service"] = node{hidden: true}

	units := FindUnits(m)
	if diff := cmp.Diff([]string{"other.service", "own.service", "secret-semaphore.service", "wrapped.service"}, names(units)); diff != "" {
		t.Fatalf("units (-want +got):\n%s", diff)
	}
	if len(units[2].Install.Unseen) == 0 {
		t.Error("a unit that cannot be read does not say so")
	}
	processes, err := FindProcesses(m)
	if diff := cmp.Diff([]string{"pid 7"}, names(processes)); diff != "" || err != nil {
		t.Fatalf("processes: %v (-want +got):\n%s", err, diff)
	}
	if left := Join(units, processes); len(left) > 0 {
		t.Errorf("left: %v", names(left))
	}
	if p := units[1].Install.Process; p == nil || p.PID != 7 || units[0].Install.Process != nil {
		t.Errorf("process of own.service: %+v", p)
	}
	if again, err := units[1].Again(m); err != nil || again.Install.Process == nil {
		t.Errorf("found again without its process: %v", err)
	}
	second := []Setup{{Name: "pid 11", Install: &Installation{Process: &host.Process{PID: 11, Unit: "own.service"}}}}
	if left := Join(units, second); len(left) != 1 {
		t.Error("a second process of a unit is a runner of its own")
	}
}

// TestJoinContained: a process in a container is that of the unit which makes it.
func TestJoinContained(t *testing.T) {
	t.Parallel()
	run := "run --rm --name own -e SEMAPHORE_WEB_ROOT=http://10.0.0.7 -e SEMAPHORE_RUNNER_TOKEN=x semaphoreui/runner:v2.10.32\n"
	m := tree{
		"/etc/systemd/system/a.service":         plain("[Service]\nExecStart=/usr/bin/docker " + run),
		"/etc/systemd/system/b.service":         plain("[Service]\nExecStart=/usr/bin/podman " + run),
		"/etc/containers/systemd/c.container":   plain("[Container]\nImage=semaphoreui/runner:v2.10.32\n"),
		"/etc/containers/systemd/d@.container":  plain("[Container]\nImage=semaphoreui/runner:v2.10.32\n"),
		"/etc/containers/systemd/other.network": plain("[Network]\n# semaphore\n"),
	}
	units := FindUnits(m)
	if diff := cmp.Diff([]string{"a.service", "b.service", "c.service"}, names(units)); diff != "" {
		t.Fatalf("units (-want +got):\n%s", diff)
	}
	in := func(unit, name string) Setup {
		return Setup{Install: &Installation{Process: &host.Process{PID: 7, Container: "x", Unit: unit, Docker: host.DockerContainer{Name: name}}}}
	}
	left := Join(units, []Setup{in("docker.service", "own"), in("c.service", ""), in("docker.service", "another"), in("", "own")})
	if len(left) != 2 || units[0].Install.Process == nil || units[1].Install.Process != nil || units[2].Install.Process == nil {
		t.Errorf("%d processes left, want 2", len(left))
	}
}

// TestFindServices: a compose file with a server alone has no runner; one that
// cannot be read may have one.
func TestFindServices(t *testing.T) {
	t.Parallel()
	m := tree{
		"/opt/a/compose.yaml":         plain("services:\n  runner:\n    image: semaphoreui/runner:v2.10.32\n  server:\n    image: semaphoreui/semaphore:v2.10.32\n"),
		"/opt/b/compose.yaml":         plain("services:\n  server:\n    image: semaphoreui/semaphore:v2.10.32\n"),
		"/srv/semaphore/compose.yaml": {hidden: true},
	}
	found := FindServices(m, "/", nil)
	if diff := cmp.Diff([]string{"/opt/a/compose.yaml#runner", "/srv/semaphore/compose.yaml"}, names(found)); diff != "" {
		t.Fatalf("services (-want +got):\n%s", diff)
	}
	if len(found[1].Install.Unseen) == 0 {
		t.Error("a compose file that cannot be read does not say so")
	}
	runs := Setup{Name: "pid 7", Install: &Installation{Process: &host.Process{
		PID: 7, Container: "x", Unit: "docker.service", Docker: host.DockerContainer{Service: "runner", Compose: []string{"/opt/a/compose.yaml"}},
	}}}
	if left := Join(found, []Setup{runs}); len(left) > 0 || found[0].Install.Process == nil {
		t.Errorf("left: %v", names(left))
	}
}
