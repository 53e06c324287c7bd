package checks_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/checks/checktest"
	"github.com/semadoctor/semadoctor/host"
)

const (
	composeFile = "/srv/semaphore/compose.yaml"
	goodURL     = "http://semaphore.test:3000"
)

// A composition is a compose file as chance writes it, with a slash too many at the end
// of the server's URL, and whether that can be mended where it stands.
type composition struct {
	files   map[string]string // by path
	at      string            // the file in which the URL stands
	mending bool              // false: somebody else is handed it, too
}

// compose writes one: the URL in a mapping or a list, in any quotes, from .env, from an
// env_file or an anchor, alone or with a server beside it that is handed the same.
func compose(seed int) composition {
	r := chance("compose", seed)
	c := composition{files: map[string]string{}, at: composeFile, mending: true}
	bad := goodURL + pick(r, "/", "//", "/api", "/api/")
	value := pick(r, bad, "'"+bad+"'", `"`+bad+`"`)
	shared := r.IntN(4) == 0
	list := r.IntN(2) == 0
	var top, own, other []string
	switch place := r.IntN(5); {
	case place == 0: // of a ${NAME}
		c.files["/srv/semaphore/.env"] = "# ours\nURL=" + value + "\nOTHER=x\n"
		c.at, value = "/srv/semaphore/.env", pick(r, "${URL}", "$URL", "${URL:-http://localhost}")
		if shared {
			other = append(other, "    environment: {SEMAPHORE_WEB_ROOT: \"${URL}\"}")
		}
	case place == 1: // of an env_file
		c.files["/srv/semaphore/runner.env"] = "A=b\nSEMAPHORE_WEB_ROOT=" + value + "\n"
		c.at, value = "/srv/semaphore/runner.env", ""
		own = append(own, "    env_file: "+pick(r, "runner.env", "[ ./runner.env ]"))
		if shared {
			other = append(other, "    env_file: runner.env")
		}
	case place == 2 && shared: // of an anchor
		top, value, list = append(top, "x-env: &env", "  SEMAPHORE_WEB_ROOT: "+value), "", false
		own, other = append(own, "    environment:", "      <<: *env", "      SEMAPHORE_RUNNER_TOKEN: "+longToken), append(other, "    environment: *env")
	default:
		shared = false
	}
	c.mending = !shared
	if len(top) == 0 {
		own = append(own, environment(list, value)...)
	}
	lines := append(top, "# the services", "services:")
	lines = append(lines, "  semaphore:", "    image: semaphoreui/semaphore:v2.10.32 # the server")
	lines = append(lines, other...)
	lines = append(lines, "  runner:", "    image: semaphoreui/runner:v2.10.32")
	c.files[composeFile] = strings.Join(append(lines, own...), "\n") + "\n"
	if r.IntN(3) == 0 {
		for name, text := range c.files {
			c.files[name] = strings.ReplaceAll(text, "\n", "\r\n")
		}
	}
	return c
}

// environment is the runner's, with the URL in it unless it stands elsewhere.
func environment(list bool, url string) []string {
	lines := []string{"    environment:"}
	add := func(name, value string) {
		if list {
			lines = append(lines, "      - "+name+"="+strings.Trim(value, `'"`))
			return
		}
		lines = append(lines, "      "+name+": "+value+" # "+strings.ToLower(name))
	}
	add("SEMAPHORE_RUNNER_TOKEN", longToken)
	if url != "" {
		add("SEMAPHORE_WEB_ROOT", url)
	}
	add("TZ", "Europe/Berlin")
	return append(lines, "    restart: always", "", "# the end")
}

// TestAnyComposeFileIsMendedInPlace: however a compose file is written, a wrong URL is
// mended in the one place where it stands, or left to a person where others are handed
// it too; no other service comes to another environment, and it can be taken back.
func TestAnyComposeFileIsMendedInPlace(t *testing.T) {
	t.Parallel()
	mended, left := 0, 0
	for seed := range 150 {
		c := compose(seed)
		a := &txtar.Archive{Comment: []byte("compose: " + composeFile + "#runner\noffline: yes\n")}
		for _, name := range slices.Sorted(maps.Keys(c.files)) {
			a.Files = append(a.Files, txtar.File{Name: name + " 640 0:0", Data: []byte(c.files[name])})
		}
		m, err := checktest.Parse("compose", a)
		if err != nil {
			t.Fatal(err)
		}
		target, _ := m.Target(t)
		wish := func(f checks.Finding) bool { return f.Status == checks.Fail }
		r, err := checks.Rehearse(context.Background(), target, checks.Builtin(), m.Machine, wish)
		if err != nil {
			t.Fatal(err)
		}
		before := environments(t, m.Machine)
		if err := r.Plan.Apply(m.Machine); err != nil {
			t.Fatal(err)
		}
		after := environments(t, m.Machine)
		if want := c.mending; r.Plan.Empty() == want || want && (after["runner"] != strings.ReplaceAll(before["runner"], wrongURL(before["runner"]), goodURL)) {
			t.Errorf("seed %d: mended %t, want %t: %s\n%s", seed, !r.Plan.Empty(), want, after["runner"], c.files)
		}
		if before["semaphore"] != after["semaphore"] {
			t.Errorf("seed %d: the server had %s and has %s\n%s", seed, before["semaphore"], after["semaphore"], c.files)
		}
		for _, s := range r.Plan.Steps {
			if s.Path != c.at || strings.Count(string(s.Before.Data), "\n") != strings.Count(string(s.After.Data), "\n") || strings.Count(string(s.After.Data), "#") != strings.Count(string(s.Before.Data), "#") {
				t.Errorf("seed %d: %s became\n%s", seed, s.Path, s.After.Data)
			}
		}
		if _, err := r.Plan.Revert(m.Machine); err != nil || !maps.Equal(before, environments(t, m.Machine)) {
			t.Errorf("seed %d: taken back: %v", seed, err)
		}
		if c.mending {
			mended++
		} else {
			left++
		}
	}
	if mended < 50 || left < 10 {
		t.Errorf("%d were mended and %d left", mended, left)
	}
}

// environments are those of the services, as docker compose would make them.
func environments(t *testing.T, files host.Files) map[string]string {
	t.Helper()
	c, err := host.LoadCompose(files, composeFile, nil)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, s := range c.Services {
		for _, name := range s.Variables() {
			v, ok := s.Var(name)
			all[s.Name] += fmt.Sprintf("%s=%s %t;", name, v.Value, ok)
		}
	}
	return all
}

// wrongURL is the one of an environment.
func wrongURL(env string) string {
	_, after, _ := strings.Cut(env, "SEMAPHORE_WEB_ROOT=")
	url, _, _ := strings.Cut(after, " ")
	return url
}
