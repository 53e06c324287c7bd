package checks

import (
	"context"
	"encoding/json"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// EnvNotForwarded is a variable that was set for tasks, and that stays with the
// runner.
var EnvNotForwarded = &Problem{
	ID: "env-not-forwarded", Title: "Tasks do not get a variable that is meant for them", Status: Warn,
	Doc: pageEnvNotForwarded,
}

// HostEnvironment finds out whether tasks get what was put into the runner's
// environment for them.
var HostEnvironment = &Check{
	ID:       "host/environment",
	Title:    "Tasks get the variables that are meant for them",
	Problems: []*Problem{EnvNotForwarded},
	Requires: []*Check{ConfigDecodes},
	About:    (*Target).placed,
	Run:      hostEnvironment,
}

// placed reports whether it is written down somewhere how the runner is started, and
// with which environment.
func (t *Target) placed() bool {
	return t.installed() || t.Install.Container != nil || t.Install.Pod != nil
}

func hostEnvironment(ctx context.Context, t *Target) ([]Finding, error) {
	if !t.placed() {
		return nil, NotApplicable("it is not known what starts the runner, nor with which environment")
	}
	c, err := t.Config(ctx)
	if err != nil {
		return nil, err
	}
	hands := c.Version.HandsOn()
	if kind := c.ExecutorType(); kind != "" && kind != "local" || hands == runner.HandsOnAll {
		return nil, nil
	}
	var kept []runner.Value[string]
	for name, v := range c.Install.Env {
		if v.V != "" && t.forTasks(c, name, v.From) && (hands == runner.HandsOnNone || !c.GivesTasks(name)) {
			kept = append(kept, v)
		}
	}
	if len(kept) == 0 {
		return nil, nil
	}
	slices.SortFunc(kept, func(a, b runner.Value[string]) int { return strings.Compare(a.From.Env, b.From.Env) })
	return one(t.keptBack(c, hands, kept))
}

// forTasks reports whether only programs that tasks run can have a use for a variable:
// those of Ansible, of Terraform, of git from 2.18 on, and a proxy that the runner
// itself does not take. What a whole machine or an image has is nobody's intention.
func (t *Target) forTasks(c *runner.Config, name string, from runner.Origin) bool {
	switch {
	case t.theirsAnyway(c, name):
		return false
	case from.Env == "" || from.File == "" || t.everyones(from.File):
		return false
	case slices.Contains([]string{"ANSIBLE_VERSION", "ANSIBLE_VENV_PATH"}, name): // the image's own
		return false
	case strings.HasPrefix(name, "ANSIBLE_"), strings.HasPrefix(name, "TF_"):
		return true
	case slices.Contains([]string{"GIT_SSL_NO_VERIFY", "GIT_SSL_CAINFO", "GIT_SSL_CAPATH"}, name):
		return !c.Era.Before(runner.E5b)
	}
	return proxyVariable(name) && !strings.HasPrefix(from.File, "/proc/") && !t.inspected() && !t.fetchesPackages() && !ownProxy(c) && !ownGit(c)
}

// ownGit reports whether git has the proxies of the runner's environment. The one that
// is built in asks as the runner itself does (go-git's plumbing/transport/http: Go's
// http.DefaultTransport), and that of 2.10.32 is run with all of the environment
// (db_lib/CmdGitClient.go); that of 2.11.2 had none (semaphoreui/semaphore#2706).
func ownGit(c *runner.Config) bool {
	return c.Text(runner.GitClient).V == "go_git" || c.Version.HandsOn() == runner.HandsOnNone
}

// everyones reports whether a file is not about the runner alone: systemd's own settings,
// drop-ins for all services or containers, and what lies where a whole machine is set up,
// unless it is called after the runner.
func (t *Target) everyones(file string) bool {
	dir, base := path.Split(path.Clean(file))
	switch {
	case strings.Contains(file, "/systemd/system.conf"), strings.Contains(file, "/environment.d/"):
		return true
	case strings.HasSuffix(dir, "/service.d/"), strings.HasSuffix(dir, "/container.d/"):
		return true
	case !slices.Contains([]string{"/etc/", "/etc/default/", "/etc/sysconfig/", "/etc/profile.d/"}, dir), slices.Contains([]string{".yml", ".yaml"}, path.Ext(base)):
		return false
	}
	named := t.Install.Unit != nil && strings.HasPrefix(base, strings.TrimSuffix(t.Install.Unit.Name, ".service"))
	return !named && !strings.Contains(base, "semaphore") && !strings.Contains(base, "runner")
}

// theirsAnyway reports whether tasks have what a variable says without it: the runner
// gives Ansible colour, and, from some release of 2025 on, takes the check of host keys
// from it (db_lib/AnsiblePlaybook.go, 2.10.32, of 2025 and of 2026), as the image's
// ansible.cfg does (2.10.32 and of 2025).
func (t *Target) theirsAnyway(c *runner.Config, name string) bool {
	value := strings.ToLower(c.Install.Env[name].V)
	switch name {
	case "ANSIBLE_FORCE_COLOR":
		return slices.Contains([]string{"true", "1", "yes", "on", "t", "y"}, value)
	case "ANSIBLE_HOST_KEY_CHECKING":
		image := (t.Install.Container != nil || t.Install.Pod != nil) && t.Install.Foreign == ""
		return (image || !c.Era.Before(runner.E5)) && slices.Contains([]string{"false", "0", "no", "off", "f", "n"}, value)
	}
	return false
}

func proxyVariable(name string) bool {
	return slices.Contains([]string{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"}, name)
}

// inspected reports a container of which only Docker's own record is known: what
// ~/.docker/config.json puts into every container stands there, too.
func (t *Target) inspected() bool {
	return t.Install.Container != nil && t.Install.Service == nil && t.Install.Unit == nil && t.Install.Pod == nil
}

// fetchesPackages reports a container whose start script installs Python packages, and
// may need a proxy for that.
func (t *Target) fetchesPackages() bool {
	_, err := t.Files.Lstat("/etc/semaphore/requirements.txt")
	return t.Install.Container != nil && err == nil
}

// ownProxy reports whether the runner asks its server through a proxy, or may: then
// the variables are its own.
func ownProxy(c *runner.Config) bool {
	rule := runner.ProxyOf(c)
	if rule == nil {
		return false
	}
	u, err := url.Parse(c.Text(runner.ServerURL).V)
	if err != nil || u.Host == "" {
		return true
	}
	through, err := rule(u)
	return err != nil || through != nil
}

func (t *Target) keptBack(c *runner.Config, hands runner.Handing, kept []runner.Value[string]) Finding {
	var names []string
	f := Finding{Problem: EnvNotForwarded}
	for _, v := range kept {
		names = append(names, v.From.Env)
		f.Evidence = append(f.Evidence, Evidence{What: say.Textf("a variable with a value"), From: v.From})
	}
	f.Summary = say.Textf("tasks do not get %s: the runner keeps it to itself", say.List(names))
	if len(names) > 1 {
		f.Summary = say.Textf("tasks do not get %s: the runner keeps them to itself", say.List(names))
	}
	f.Detail = say.Textf("From 2.10.33 on tasks do not inherit the runner's environment. They have PATH, HOME and what forwarded_env_vars and env_vars name, and what their variable group gives them in the web UI (semaphoreui/semaphore#2464, #2706).")
	if hands == runner.HandsOnNone {
		f.Detail = say.Textf("Tasks of 2.10.32 have none of the runner's environment, not even PATH (semaphoreui/semaphore#2464).")
		f.Advice = []say.Text{say.Textf("upgrade the runner to 2.10.34 or later: in 2.10.32 no setting changes that")}
	}
	f.Advice = append(f.Advice, t.handOn(c, names), say.Textf("or set it in the variable group of the templates that need it, and take it out here"))
	return f
}

// handOn is how the names are written where the runner's settings are, with those that
// stand there already, and with where a proxy is not for.
func (t *Target) handOn(c *runner.Config, names []string) say.Text {
	more, _ := c.Forwarded()
	for _, n := range []string{"NO_PROXY", "no_proxy"} {
		if proxied := slices.ContainsFunc(names, proxyVariable); proxied && c.Install.Env[n].V != "" && !c.GivesTasks(n) {
			more = append(more, n)
		}
	}
	for _, n := range more {
		if !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	list, err := json.Marshal(names)
	if err != nil { // texts always can
		return say.Text{}
	}
	_, fromEnv := c.Install.Env["SEMAPHORE_FORWARDED_ENV_VARS"]
	switch {
	case c.File != nil && c.File.YAML && !fromEnv:
		return say.Textf("name what tasks are to have in %s: forwarded_env_vars: %s", c.File.Path, list)
	case c.File != nil && !fromEnv:
		return say.Textf("name what tasks are to have in %s: \"forwarded_env_vars\": %s", c.File.Path, list)
	case t.Install.Unit != nil && t.Install.Container == nil:
		return say.Textf("name what tasks are to have in the unit: Environment='SEMAPHORE_FORWARDED_ENV_VARS=%s'", list)
	case t.Install.Container != nil && t.Install.Service == nil && t.Install.Pod == nil:
		return say.Textf("name what tasks are to have, %s: %s", t.where(), t.flag("env", "Environment", "'SEMAPHORE_FORWARDED_ENV_VARS="+string(list)+"'"))
	case t.Install.Pod != nil:
		return say.Textf("name what tasks are to have, in env: of the container: {name: SEMAPHORE_FORWARDED_ENV_VARS, value: '%s'}", list)
	}
	return say.Textf("name what tasks are to have, in the container's environment: SEMAPHORE_FORWARDED_ENV_VARS: '%s'", list)
}
