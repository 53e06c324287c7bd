package runner

import (
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// An Environment is the variables a runner is started with, each with its
// origin. A variable that is set to nothing is set.
type Environment map[string]Value[string]

// Environ is the environment as exec takes it, sorted by name.
func (e Environment) Environ() []string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(e)) {
		out = append(out, name+"="+e[name].V)
	}
	return out
}

// harmless is Environ without what is named like a secret: for a program that is only
// asked something.
func (e Environment) harmless() []string {
	return slices.DeleteFunc(e.Environ(), func(kv string) bool {
		name, _, _ := strings.Cut(kv, "=")
		return SecretKey(name)
	})
}

// Format hides the values from every verb: secrets are among them.
func (e Environment) Format(f fmt.State, verb rune) {
	fmt.Fprint(f, slices.Sorted(maps.Keys(e)))
}

// MarshalJSON hides the values.
func (e Environment) MarshalJSON() ([]byte, error) {
	return json.Marshal(slices.Sorted(maps.Keys(e)))
}

// Set puts a variable over what was there, which it then shadows.
func (e Environment) Set(name, value string, from Origin) {
	v := Value[string]{V: value, From: from}
	if old, ok := e[name]; ok {
		v.Shadows = append([]Origin{old.From}, old.Shadows...)
	}
	e[name] = v
}

// An Installation is one runner as it is, or would be, started. Everything is
// judged with its environment, its directory and its identity, not ours.
type Installation struct {
	Config   string      // as given with --config; "" means the runner searches for it
	Dir      string      // working directory, absolute; relative paths start here
	Env      Environment // complete: what is not here is not set
	As       host.Identity
	AsSource say.Text // who says so: "--user", "this shell", "unit semaphore-runner.service"
	Version  Version  // as named by the user or an image's tag; zero when the binary or the config must tell

	Command  *Command // how it is started; nil: as its version wants it, with Config
	NoConfig bool     // --no-config: no file is read, the environment is all there is
	Program  string   // absolute path of the runner's program; "" means the semaphore of its PATH

	// Author is the user whose word all this is; nil: root's, or that of whoever runs
	// semadoctor and has named it. Nothing is done with root's rights for an author.
	Author *host.Identity

	Process *host.Process // that runs; nil when none is known
	Unit    *Unit         // the systemd unit that starts it; nil: none
	// Unseen is what could not be read of how the runner is started. What its
	// settings are is then not known, and no check accuses.
	Unseen []error
	// Container is the description of the one it is in: by a compose service, or by what
	// a unit starts; nil when there is none.
	Container *host.Container
	Service   *host.Service // the compose service it is; nil when it is none
	// Foreign is the image of its container where that is somebody's own: what the image's
	// scripts do is presumed. "" where it is of Semaphore's makers.
	Foreign string

	Pod *host.Pod // the container of a Kubernetes workload it is; nil when it is none
	// Withheld are the variables whose values a manifest does not say, with where
	// they come from. Their values in Env stand for those.
	Withheld map[string]say.Text
}

// Abs is name as the runner means it: relative to its working directory. It
// need not be clean: see host.Join.
func (in *Installation) Abs(name string) string {
	if name == "" || path.IsAbs(name) {
		return name
	}
	return host.Join(in.Dir, name)
}

// ConfigPathEnv names the config for the binary. The Docker wrapper takes the
// same variable for a directory and exports it, so that a "docker exec …
// semaphore runner" without --config opens a directory (observed 2.10.32).
const ConfigPathEnv = "SEMAPHORE_CONFIG_PATH"

// configOrigin is who names the config: the command line, wherever it stands.
func (in *Installation) configOrigin() Origin {
	from := Origin{Flag: "--config"}
	if c := in.Command; c != nil && c.Config == in.Config {
		from.File, from.Line = c.From.File, c.From.Line
	}
	return from
}

// searchList is where a runner of an era looks for its config when nothing
// names it, in this order.
func searchList(era Era) []string {
	dirs := []string{".", "/usr/local/etc/semaphore"}
	if !era.Known() || !era.Before(E4a) {
		dirs = append(dirs, "/etc/semaphore")
	}
	endings := []string{".json"}
	if !era.Known() || !era.Before(E6) {
		endings = append(endings, ".yaml", ".yml")
	}
	var list []string
	for _, d := range dirs {
		for _, e := range endings {
			list = append(list, path.Join(d, "config")+e)
		}
	}
	return list
}

// Candidates lists the files the runner would try, absolute, in order: one when
// --config or the environment names it, else the search list, which depends on
// the era.
func (in *Installation) Candidates(era Era) []Value[string] {
	switch env, ok := in.Env[ConfigPathEnv]; {
	case in.Config != "":
		return []Value[string]{{V: in.Abs(in.Config), From: in.configOrigin()}}
	case ok && env.V != "":
		return []Value[string]{{V: in.Abs(env.V), From: env.From}}
	}
	var list []Value[string]
	for _, f := range searchList(era) {
		list = append(list, Value[string]{V: in.Abs(f)})
	}
	return list
}
