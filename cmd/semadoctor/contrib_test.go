package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/semadoctor/semadoctor/report"
)

// contrib is a file that people copy.
func contrib(name string) string {
	return filepath.Join("..", "..", "contrib", filepath.FromSlash(name))
}

func contribText(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(contrib(name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// looked is what semadoctor says of a runner, without a network.
func looked(t *testing.T, args ...string) report.Report {
	t.Helper()
	cmd := exec.Command("semadoctor", append([]string{"check", "--offline", "-o", "json"}, args...)...)
	cmd.Env = []string{
		"PATH=" + os.Getenv("PATH"), "LC_ALL=C",
		"SEMAPHORE_WEB_ROOT=https://semaphore.example.com", "RUNNER_TOKEN=S3CR3TijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQR=",
	}
	out, _ := cmd.Output() // the report says more than the code
	var r report.Report
	if err := json.Unmarshal(out, &r); err != nil {
		t.Fatalf("%v: %v\n%s", args, err, out)
	}
	return r
}

// TestContribContainers: our own readers find nothing wrong with the compose file and
// with the manifest.
func TestContribContainers(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"--compose", contrib("docker/compose.yaml")}, {"--manifest", contrib("kubernetes/runner.yaml")}} {
		r := looked(t, args...)
		if len(r.Targets) != 1 || r.Counts.Fail+r.Counts.Warn > 0 {
			t.Errorf("%v: %d runners, %s", args, len(r.Targets), r.Counts)
		}
	}
}

// TestContribUnits: what our own reader has to say against the unit, and against a
// unit as it was before with either of the drop-ins, is only that this host has no
// such user, program and config.
func TestContribUnits(t *testing.T) {
	t.Parallel()
	const before = "[Service]\nUser=semaphore\nGroup=semaphore\nExecStart=/usr/bin/semaphore runner start --config /etc/semaphore/config.json\nExecReload=/bin/kill -HUP $MAINPID\nRestart=always\n"
	for _, dropIn := range []string{"", "check-before-start.conf", "watch.conf"} {
		dir := t.TempDir()
		unit := filepath.Join(dir, "semaphore-runner.service")
		text := before
		if dropIn == "" {
			text = contribText(t, "systemd/semaphore-runner.service")
		}
		lay(t, unit, text)
		if dropIn != "" {
			lay(t, filepath.Join(unit+".d", "semadoctor.conf"), contribText(t, "systemd/"+dropIn))
		}
		for _, res := range looked(t, "--unit", unit).Targets[0].Results {
			for _, f := range res.Findings {
				missing := strings.Contains(f.Summary, "there is no ") || f.ID == "unit-reload-kills" && dropIn != "watch.conf" || f.ID == "config-missing"
				if (f.Status == "fail" || f.Status == "warn") && !missing {
					t.Errorf("%q: %s: %s", dropIn, f.ID, f.Summary)
				}
			}
		}
	}
}

func lay(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestContribCommands: each command line of semadoctor's in these files is one that
// it takes.
func TestContribCommands(t *testing.T) {
	t.Parallel()
	found := 0
	for _, file := range []string{
		"systemd/semaphore-runner.service", "systemd/watch.conf", "systemd/check-before-start.conf",
		"docker/Dockerfile", "kubernetes/runner.yaml",
	} {
		for _, words := range commandsIn(t, contribText(t, file)) {
			found++
			if at := slices.Index(words, "--"); at >= 0 { // behind it stands the runner's
				words = words[:at]
			}
			line := append([]string{words[0], "--help"}, words[1:]...)
			if out, err := exec.Command("semadoctor", line...).CombinedOutput(); err != nil || !strings.Contains(string(out), "USAGE") {
				t.Errorf("%s: %q: %v\n%s", file, words, err, out)
			}
		}
	}
	if found != 7 {
		t.Errorf("%d command lines, want 7", found)
	}
}

// commandsIn are the command lines of a file, from semadoctor's subcommand on: those
// of a unit, and lists of JSON.
func commandsIn(t *testing.T, text string) [][]string {
	t.Helper()
	var all [][]string
	for _, m := range regexp.MustCompile(`(?m)^Exec\w+=/usr/bin/semadoctor (.*)$`).FindAllStringSubmatch(text, -1) {
		all = append(all, strings.Fields(m[1]))
	}
	for _, m := range regexp.MustCompile(`(?m)(?:ENTRYPOINT|CMD|command:) (\[".*\])$`).FindAllStringSubmatch(text, -1) {
		var words []string
		if err := json.Unmarshal([]byte(m[1]), &words); err != nil || words[0] != "/usr/local/bin/semadoctor" {
			t.Errorf("%s: %v", m[1], err)
		}
		all = append(all, words[1:])
	}
	return all
}

// manifest is of a Deployment what the probes are about.
type manifest struct {
	Kind string
	Spec struct {
		Replicas int
		Strategy struct{ Type string }
		Template struct {
			Spec struct {
				InitContainers, Containers []container
			}
		}
	}
}

type container struct {
	Name, Image                                 string
	Command                                     []string
	Ports                                       []struct{ Name string }
	Env                                         []struct{ Name string }
	StartupProbe, LivenessProbe, ReadinessProbe *probe
}

type probe struct {
	HTTPGet struct{ Path, Port string } `yaml:"httpGet"`
}

// TestContribProbes: the probes ask what is answered, at a port that is open, and the
// init container looks at the runner that is started afterwards.
func TestContribProbes(t *testing.T) {
	t.Parallel()
	var m manifest
	if err := yaml.Unmarshal([]byte(lowerKeys(contribText(t, "kubernetes/runner.yaml"))), &m); err != nil {
		t.Fatal(err)
	}
	spec := m.Spec.Template.Spec
	if m.Kind != "Deployment" || m.Spec.Replicas != 1 || m.Spec.Strategy.Type != "Recreate" || len(spec.Containers) != 1 || len(spec.InitContainers) != 1 {
		t.Fatalf("the manifest is %+v", m)
	}
	first, c := spec.InitContainers[0], spec.Containers[0]
	behind := func(c container) []string { return c.Command[slices.Index(c.Command, "--"):] }
	if !slices.Equal(behind(first), behind(c)) || first.Image != c.Image || len(first.Env) != len(c.Env) || len(c.Env) == 0 {
		t.Errorf("the init container looks at another runner: %+v %+v", first, c)
	}
	for p, path := range map[*probe]string{c.StartupProbe: "/livez", c.LivenessProbe: "/livez", c.ReadinessProbe: "/readyz"} {
		if p == nil || p.HTTPGet.Path != path || p.HTTPGet.Port != c.Ports[0].Name {
			t.Errorf("probe %+v, want %s at port %s", p, path, c.Ports[0].Name)
		}
	}
	if !slices.Contains(c.Command, "0.0.0.0:9090") {
		t.Errorf("the kubelet cannot ask %q", c.Command)
	}
}

// lowerKeys is YAML as package yaml wants it for fields without tags.
func lowerKeys(text string) string {
	return regexp.MustCompile(`(?m)^(\s*(?:- )?)(\w+):`).ReplaceAllStringFunc(text, func(key string) string {
		if strings.Contains(key, "httpGet") {
			return key
		}
		return strings.ToLower(key)
	})
}
