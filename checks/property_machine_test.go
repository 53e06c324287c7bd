package checks_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"path"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/runner"
)

// A patient is a machine with a runner on it, as far as chance decides: what is
// the same on all of them stands in text.
type patient struct {
	r       *rand.Rand
	era     runner.Era
	version string
	server  string // "server:" of the case
	row     string // "row:" of the case

	uid, gid int
	config   string         // path
	doc      map[string]any // of the config
	raw      string         // the config's text, when it is not doc's
	env      map[string]string
	files    map[string]file // by path; what is not there is root's 0755 directory
	gone     map[string]bool // of files
	mounts   []string
	more     []string // further lines of the head
	home     string   // directory of the identity
	identity string   // path of the state or token file; "" when the token is elsewhere
	token    string
}

// file is a file or, with a trailing slash on its path, a directory.
type file struct {
	mode     string
	uid, gid int
	text     string
}

// shortToken is what a server on BoltDB gave out up to 2.10.26; longToken what
// all do since.
const (
	shortToken = "S3CR3Tabcdef"
	longToken  = "S3CR3TabcdefghijklmnopqrstuvwxyzABCDEFGHIJK="
)

// healthy is a patient of an era who has nothing.
func healthy(era runner.Era, r *rand.Rand) *patient {
	p := &patient{r: r, era: era, version: release(era, r), doc: map[string]any{}, env: map[string]string{}, files: map[string]file{}, gone: map[string]bool{}}
	p.uid = pick(r, 998, 1001, 4242)
	p.gid = pick(r, 0, 998, 1001)
	p.config = pick(r, "/etc/semaphore/config.json", "/opt/semaphore/runner.json", "/usr/local/etc/semaphore/config.json")
	p.home = pick(r, "/var/lib/semaphore", "/srv/runner", "/var/lib/semaphore-runner/a")
	p.files[p.home+"/"] = file{mode: "750", uid: p.uid, gid: p.gid}
	p.server = string(era)
	if !era.Before(runner.E4a) {
		p.server = "E4c"
	}
	p.doc["tmp_path"] = "/tmp/semaphore"
	if era == runner.E1 {
		p.doc["dialect"] = "bolt"
	}
	p.who()
	p.extras()
	return p
}

func pick[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }

// release is one of an era's.
func release(era runner.Era, r *rand.Rand) string {
	return map[runner.Era]func() string{
		runner.E1:  func() string { return pick(r, "2.9.32", "2.9.37", "2.9.40") },
		runner.E2a: func() string { return "2.9.40-beta" },
		runner.E2b: func() string { return pick(r, "2.9.41", "2.9.58", "2.9.60") },
		runner.E3:  func() string { return pick(r, "2.9.64", "2.10.22") },
		runner.E4a: func() string { return "2.10.26" },
		runner.E4b: func() string { return "2.10.27" },
		runner.E4c: func() string { return pick(r, "2.10.31", "2.10.32") },
		runner.E5:  func() string { return pick(r, "2.12.4", "2.15.1", "2.16.31") },
		runner.E5b: func() string { return "2.18.25" },
		runner.E6:  func() string { return pick(r, "2.19.5", "2.19.7") },
		runner.E7:  func() string { return "2.20.0" },
	}[era]()
}

// who gives the runner its server and its identity.
func (p *patient) who() {
	inner := map[string]any{}
	p.doc["runner"] = inner
	p.token = longToken
	if p.era.Legacy() {
		p.token = pick(p.r, shortToken, longToken)
		p.row = "7 " + p.token
		p.identity = p.home + "/runner_state.json"
		inner["api_url"], inner["config_file"] = "http://semaphore.test:3000/api", p.identity
		p.files[p.identity] = p.own(fmt.Sprintf(`{"runner_id":7,"token":%q}`, p.token))
		return
	}
	p.row = "7 " + p.token
	p.doc["web_host"] = "http://semaphore.test:3000"
	switch in := p.r.IntN(3); {
	case in == 0 && !p.era.Before(runner.E5):
		inner["token"] = p.token
	case in == 1:
		p.env["SEMAPHORE_RUNNER_TOKEN"] = p.token
	default:
		p.identity = p.home + "/token"
		inner["token_file"] = p.identity
		p.files[p.identity] = p.own(p.token)
	}
	if p.era.Within(runner.E5, runner.E5b) {
		key := "/var/lib/semaphore-keys/runner.key.pem"
		p.files["/var/lib/semaphore-keys/"] = file{mode: "750", uid: p.uid, gid: p.gid}
		inner["private_key_file"] = key
		p.files[key] = p.own(rsaKey)
	}
}

// own is a file that only the runner reads.
func (p *patient) own(text string) file { return file{"600", p.uid, p.gid, text} }

// extras are settings that some have, and that change nothing.
func (p *patient) extras() {
	inner := p.inner()
	options := map[string]any{"max_parallel_tasks": 1 + p.r.IntN(9), "one_off": false, "webhook": "http://hooks.test/x"}
	if !p.era.Before(runner.E5b) {
		options["name"], options["tags"], options["enabled"] = "builder", []string{"linux", "arm64"}, true
	}
	for _, key := range slices.Sorted(maps.Keys(options)) {
		if p.r.IntN(3) == 0 {
			inner[key] = options[key]
		}
	}
	if p.r.IntN(3) == 0 {
		p.doc["git_client"] = pick(p.r, "cmd_git", "go_git")
	}
	if p.r.IntN(4) == 0 && p.env["SEMAPHORE_TMP_PATH"] == "" {
		p.env["TZ"] = "UTC"
	}
}

func (p *patient) inner() map[string]any { return p.doc["runner"].(map[string]any) }

// text is the patient as a case file.
func (p *patient) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "version: %s\nconfig: %s\nas: %d:%d semaphore\nserver: %s\n", p.version, p.config, p.uid, p.gid, p.server)
	if p.row != "" {
		fmt.Fprintf(&b, "row: %s\n", p.row)
	}
	for _, name := range slices.Sorted(maps.Keys(p.env)) {
		fmt.Fprintf(&b, "env: %s=%s\n", name, p.env[name])
	}
	for _, m := range p.mounts {
		fmt.Fprintf(&b, "mount: %s\n", m)
	}
	for _, line := range p.more {
		fmt.Fprintln(&b, line)
	}
	if _, ok := p.files[p.config]; !ok {
		p.files[p.config] = file{"600", p.uid, p.gid, p.configText()}
	}
	for _, name := range slices.Sorted(maps.Keys(p.files)) {
		if f := p.files[name]; !p.gone[name] {
			fmt.Fprintf(&b, "-- %s %s %d:%d nonl --\n%s", name, f.mode, f.uid, f.gid, f.text)
			if f.text != "" && !strings.HasSuffix(f.text, "\n") {
				b.WriteByte('\n')
			}
		}
	}
	return b.String()
}

// configText writes the config one way or another.
func (p *patient) configText() string {
	if p.raw != "" {
		return p.raw
	}
	data, _ := json.MarshalIndent(p.doc, "", pick(p.r, "", "  ", "\t"))
	if p.r.IntN(3) == 0 {
		data, _ = json.Marshal(p.doc)
	}
	return string(data) + "\n"
}

func (p *patient) dir() string { return path.Dir(p.config) }
