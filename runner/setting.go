package runner

import (
	"regexp"
	"slices"
	"sync"
)

// A Name is what a setting means, whatever it is called in an era.
type Name string

// The settings a runner reads.
const (
	ServerURL             Name = "server URL"
	IdentityFile          Name = "identity file" // the state file of E1-E3, the token file from E4 on
	RunnerID              Name = "runner id"
	RunnerToken           Name = "runner token"
	RegistrationToken     Name = "registration token"
	RegistrationTokenFile Name = "registration token file"
	PrivateKeyFile        Name = "private key file"
	CAFile                Name = "server CA file"
	SkipTLSVerify         Name = "skip TLS verification"
	TmpPath               Name = "tmp path"
	OneOff                Name = "one off"
	Webhook               Name = "webhook"
	MaxParallelTasks      Name = "max parallel tasks"
	RunnerName            Name = "name"
	Tags                  Name = "tags"
	Enabled               Name = "enabled"
	ProjectID             Name = "project id"
	Executor              Name = "executor"
	CheckInterval         Name = "check interval"
	Dialect               Name = "database dialect" // no runner opens the database, and all of them insist on a good name for it
	Port                  Name = "port"             // the server's; the runner reads it, and panics when it is none
	GitClient             Name = "git client"
	HomeDirMode           Name = "home directory mode"
	GitAttempts           Name = "git attempts"
	ServerParallelTasks   Name = "server's parallel tasks" // as the next two: the server's, and the runner panics over them all the same
	MaxTaskDuration       Name = "task duration"
	MaxTasksPerTemplate   Name = "tasks per template"
	EnvVars               Name = "task variables"
	ForwardedEnvVars      Name = "forwarded variables"
	Apps                  Name = "apps"
)

// A Kind is the type of a setting, as Semaphore's config struct declares it.
type Kind string

// The kinds of settings.
const (
	Text   Kind = "text"
	Number Kind = "number"
	Truth  Kind = "truth" // in the environment: true for 1, true, yes; all else is false
	List   Kind = "list"  // in the environment: JSON text
	Object Kind = "object"
	Map    Kind = "map" // an object of texts
)

// A Setting is one row of what the eras read: a JSON key, an environment
// variable, or both.
type Setting struct {
	Name        Name
	Pointer     string // RFC 6901, in the config file; "" when never read from there
	Env         string // "" when never read from the environment
	Kind        Kind
	Default     string // as it would be written; "" when there is none
	First, Last Era    // the eras that read it; Last "" means up to the newest
	Secret      bool   // never shown

	Rule  string // regular expression that the value must match, or the runner panics, as Semaphore quotes it; "" when there is none
	Field string // what Semaphore calls the setting when it breaks its rule
}

// Key is the setting as documentation writes it: runner.config_file, or the
// variable's name where there is no key.
func (s Setting) Key() string {
	if s.Pointer == "" {
		return s.Env
	}
	return Dotted(s.Pointer)
}

// Settings is what every era reads, read in the source of 2.9.1 to 2.10.32, of
// 2025 and of 2026. Every name occurs at most once an era.
func Settings() []Setting { return table() }

var table = sync.OnceValue(func() []Setting {
	return []Setting{
		{Name: ServerURL, Pointer: "/runner/api_url", Env: "SEMAPHORE_RUNNER_API_URL", Kind: Text, First: E1, Last: E3},
		{Name: ServerURL, Pointer: "/web_host", Env: "SEMAPHORE_WEB_ROOT", Kind: Text, First: E4a},
		// config_file is a misleading name: it is where the state is kept.
		{Name: IdentityFile, Pointer: "/runner/config_file", Env: "SEMAPHORE_RUNNER_CONFIG_FILE", Kind: Text, First: E1, Last: E3},
		{Name: IdentityFile, Pointer: "/runner/token_file", Env: "SEMAPHORE_RUNNER_TOKEN_FILE", Kind: Text, First: E4a},
		{Name: RunnerID, Env: "SEMAPHORE_RUNNER_ID", Kind: Number, First: E2a, Last: E3},
		// runner.token in the file is read from 2.11 or 2.12 on; 2.10.26 - 2.10.32
		// ignore it in silence (observed 2.10.32).
		{Name: RunnerToken, Env: "SEMAPHORE_RUNNER_TOKEN", Kind: Text, First: E2a, Last: E4c, Secret: true},
		{Name: RunnerToken, Pointer: "/runner/token", Env: "SEMAPHORE_RUNNER_TOKEN", Kind: Text, First: E5, Secret: true},
		// From E4 on the registration token is never read from the file.
		{Name: RegistrationToken, Pointer: "/runner/registration_token", Env: "SEMAPHORE_RUNNER_REGISTRATION_TOKEN", Kind: Text, First: E1, Last: E3, Secret: true},
		{Name: RegistrationToken, Env: "SEMAPHORE_RUNNER_REGISTRATION_TOKEN", Kind: Text, First: E4a, Secret: true},
		{Name: RegistrationTokenFile, Pointer: "/runner/registration_token_file", Env: "SEMAPHORE_RUNNER_REGISTRATION_TOKEN_FILE", Kind: Text, First: E5b},
		{Name: PrivateKeyFile, Pointer: "/runner/private_key_file", Env: "SEMAPHORE_RUNNER_PRIVATE_KEY_FILE", Kind: Text, First: E5, Last: E5b},
		{Name: CAFile, Pointer: "/runner/connection/server_ca_cert_file", Env: "SEMAPHORE_RUNNER_SERVER_CA_CERT_FILE", Kind: Text, First: E5b},
		{Name: SkipTLSVerify, Pointer: "/runner/connection/skip_tls_verify", Env: "SEMAPHORE_RUNNER_SKIP_TLS_VERIFY", Kind: Truth, First: E5b},
		{Name: TmpPath, Pointer: "/tmp_path", Env: "SEMAPHORE_TMP_PATH", Kind: Text, Default: "/tmp/semaphore", First: E1},
		{Name: OneOff, Pointer: "/runner/one_off", Env: "SEMAPHORE_RUNNER_ONE_OFF", Kind: Truth, First: E1},
		{Name: Webhook, Pointer: "/runner/webhook", Env: "SEMAPHORE_RUNNER_WEBHOOK", Kind: Text, First: E1},
		{Name: MaxParallelTasks, Pointer: "/runner/max_parallel_tasks", Env: "SEMAPHORE_RUNNER_MAX_PARALLEL_TASKS", Kind: Number, First: E1},
		{Name: RunnerName, Pointer: "/runner/name", Env: "SEMAPHORE_RUNNER_NAME", Kind: Text, First: E5b},
		{Name: Tags, Pointer: "/runner/tags", Env: "SEMAPHORE_RUNNER_TAGS", Kind: List, First: E5b},
		{Name: Enabled, Pointer: "/runner/enabled", Env: "SEMAPHORE_RUNNER_ENABLED", Kind: Truth, First: E5b},
		{Name: ProjectID, Pointer: "/runner/project_id", Env: "SEMAPHORE_RUNNER_PROJECT_ID", Kind: Number, First: E5b},
		{Name: Executor, Pointer: "/runner/executor", Env: "SEMAPHORE_RUNNER_EXECUTOR", Kind: Object, First: E6},
		{Name: CheckInterval, Pointer: "/runner/check_interval_seconds", Env: "SEMAPHORE_RUNNER_CHECK_INTERVAL_SECONDS", Kind: Number, First: E7},
		// 2.9.19 - 2.9.40 have no default for the dialect (observed 2.9.37). Up to
		// which release sqlite is refused is not known: 2.15 accepts it. The
		// alternatives are anchored as loosely as in Semaphore.
		{Name: Dialect, Pointer: "/dialect", Env: "SEMAPHORE_DB_DIALECT", Kind: Text, First: E1, Last: E1, Rule: "^mysql|bolt|postgres$", Field: "Dialect"},
		{Name: Dialect, Pointer: "/dialect", Env: "SEMAPHORE_DB_DIALECT", Kind: Text, Default: "bolt", First: E2a, Last: E4c, Rule: "^mysql|bolt|postgres$", Field: "Dialect"},
		{Name: Dialect, Pointer: "/dialect", Env: "SEMAPHORE_DB_DIALECT", Kind: Text, Default: "bolt", First: E5, Last: E5b, Rule: "^mysql|bolt|postgres|sqlite$", Field: "Dialect"},
		{Name: Dialect, Pointer: "/dialect", Env: "SEMAPHORE_DB_DIALECT", Kind: Text, Default: "sqlite", First: E6, Rule: "^mysql|postgres|sqlite$", Field: "Dialect"},
		{Name: Port, Pointer: "/port", Env: "SEMAPHORE_PORT", Kind: Text, Default: ":3000", First: E1, Rule: "^:?([0-9]{1,5})$", Field: "Port"},
		{Name: GitClient, Pointer: "/git_client", Env: "SEMAPHORE_GIT_CLIENT", Kind: Text, Default: "cmd_git", First: E1, Rule: "^go_git|cmd_git$", Field: "GitClientId"},
		{Name: HomeDirMode, Pointer: "/home_dir_mode", Env: "SEMAPHORE_HOME_DIR_MODE", Kind: Text, Default: "template_dir", First: E6, Rule: "^(user_home|project_home|template_dir)?$", Field: "HomeDirMode"},
		{Name: GitAttempts, Pointer: "/git_attempts", Env: "SEMAPHORE_GIT_ATTEMPTS", Kind: Number, First: E6},
		{Name: ServerParallelTasks, Pointer: "/max_parallel_tasks", Env: "SEMAPHORE_MAX_PARALLEL_TASKS", Kind: Number, First: E1},
		// Both came with 2.10.13-beta; before that the first was another variable.
		{Name: MaxTaskDuration, Pointer: "/max_task_duration_sec", Env: "SEMAPHORE_MAX_TASK_DURATION_SEC", Kind: Number, First: E4a},
		{Name: MaxTasksPerTemplate, Pointer: "/max_tasks_per_template", Env: "SEMAPHORE_MAX_TASKS_PER_TEMPLATE", Kind: Number, First: E4a},
		{Name: Apps, Pointer: "/apps", Env: "SEMAPHORE_APPS", Kind: Object, First: E4a},
		{Name: EnvVars, Pointer: "/env_vars", Env: "SEMAPHORE_ENV_VARS", Kind: Map, First: E5, Secret: true},
		{Name: ForwardedEnvVars, Pointer: "/forwarded_env_vars", Env: "SEMAPHORE_FORWARDED_ENV_VARS", Kind: List, First: E5},
	}
})

// rows are the settings that are wanted.
func rows(wanted func(*Setting) bool) []Setting {
	var of []Setting
	all := Settings()
	for i := range all {
		if wanted(&all[i]) {
			of = append(of, all[i])
		}
	}
	return of
}

// SettingsOf is what one era reads. The list is shared: it is not to be changed.
func SettingsOf(era Era) []Setting {
	if of := byEra()[era]; of != nil {
		return of()
	}
	return nil
}

// byEra is put together once, since of a fleet every runner asks for it several
// times, and each era for itself, since one runner asks for no other: all of
// them were a thirtieth of the time that one check takes.
var byEra = sync.OnceValue(func() map[Era]func() []Setting {
	by := map[Era]func() []Setting{}
	for _, era := range Eras() {
		by[era] = sync.OnceValue(func() []Setting {
			return rows(func(s *Setting) bool { return era.Within(s.First, s.Last) })
		})
	}
	return by
})

// SettingOf is how an era calls one setting; ok is false when it has none.
func SettingOf(era Era, name Name) (s Setting, ok bool) {
	of := SettingsOf(era)
	if i := slices.IndexFunc(of, func(s Setting) bool { return s.Name == name }); i >= 0 {
		return of[i], true
	}
	return Setting{}, false
}

// rules are the rules of all settings, compiled when the first value has to be
// held against one.
var rules = sync.OnceValue(func() map[string]*regexp.Regexp {
	compiled := map[string]*regexp.Regexp{}
	for _, s := range Settings() {
		if s.Rule != "" && compiled[s.Rule] == nil {
			compiled[s.Rule] = regexp.MustCompile(s.Rule)
		}
	}
	return compiled
})
