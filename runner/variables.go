package runner

import (
	"slices"
	"strings"
)

// VariablePrefix is what all of Semaphore's variables begin with.
const VariablePrefix = "SEMAPHORE_"

// otherVariables are the names that the server, the start scripts of the images
// and the set-up of a server read (2.9.1 to 2.10.32; documentation of 2026).
func otherVariables() []string {
	return strings.Fields(`
		SEMAPHORE_ACCESS_KEY_ENCRYPTION SEMAPHORE_API_DELAY SEMAPHORE_APPS SEMAPHORE_CONFIG SEMAPHORE_CONFIG_PATH
		SEMAPHORE_COOKIE_ENCRYPTION SEMAPHORE_COOKIE_HASH SEMAPHORE_DATA_PATH SEMAPHORE_DEMO_MODE
		SEMAPHORE_ENV_VARS SEMAPHORE_EXTERNAL_AUTH_EMAIL_MATCHING SEMAPHORE_FORWARDED_ENV_VARS SEMAPHORE_HOME_DIR_MODE
		SEMAPHORE_INTEGRATION_ALIAS SEMAPHORE_INTERFACE SEMAPHORE_MAX_PARALLEL_TASKS SEMAPHORE_MAX_TASKS_PER_TEMPLATE
		SEMAPHORE_MAX_TASK_DURATION_SEC SEMAPHORE_NON_ADMIN_CAN_CREATE_PROJECT SEMAPHORE_OPTION_ENCRYPTION
		SEMAPHORE_PASSWORD_LOGIN_DISABLED SEMAPHORE_PLAYBOOK_PATH SEMAPHORE_PORT SEMAPHORE_PPROF_DUMP_DIR
		SEMAPHORE_REPOS_DIR SEMAPHORE_REPOS_PATH SEMAPHORE_RUNNER_REGISTRATION_TOKEN SEMAPHORE_SECRETS_PATH
		SEMAPHORE_TMP_PATH SEMAPHORE_USE_REMOTE_RUNNER SEMAPHORE_VERSION SEMAPHORE_WEB_ROOT`)
}

// families are beginnings of names that belong to the server or to executors,
// of which no list is complete.
func families() []string {
	return strings.Fields(`
		SEMAPHORE_ADMIN SEMAPHORE_AUTH_ SEMAPHORE_DB SEMAPHORE_DEBUG SEMAPHORE_DINGTALK_ SEMAPHORE_EMAIL_
		SEMAPHORE_ENCRYPTION_ SEMAPHORE_EVENT_ SEMAPHORE_GIT_ SEMAPHORE_GLOBAL_ SEMAPHORE_GOTIFY_ SEMAPHORE_HA_
		SEMAPHORE_JWT_ SEMAPHORE_LDAP_ SEMAPHORE_LOG_ SEMAPHORE_METRICS_ SEMAPHORE_MFA_ SEMAPHORE_MICROSOFT_
		SEMAPHORE_OIDC_ SEMAPHORE_PROCESS_ SEMAPHORE_ROCKETCHAT_ SEMAPHORE_RUNNERS_ SEMAPHORE_RUNNER_DOCKER_
		SEMAPHORE_RUNNER_EXECUTOR SEMAPHORE_RUNNER_IDENTITY_ SEMAPHORE_RUNNER_K8S_ SEMAPHORE_SCHEDULE_
		SEMAPHORE_SLACK_ SEMAPHORE_SSH_ SEMAPHORE_SUBSCRIPTION_ SEMAPHORE_SYSLOG_ SEMAPHORE_TASK_ SEMAPHORE_TEAMS_
		SEMAPHORE_TELEGRAM_ SEMAPHORE_TLS_ SEMAPHORE_TOTP_`)
}

// serviceLink is what Kubernetes and Docker set for a Service or a container
// whose name begins with semaphore.
var serviceLink = pattern(`^SEMAPHORE_(?:\w+_)?(?:SERVICE_HOST|SERVICE_PORT(?:_\w+)?|PORT|PORT_\d+_(?:TCP|UDP|SCTP)(?:_\w+)?|NAME|ENV_\w+)$`)

// KnownVariable reports whether a variable means something to some release of
// Semaphore, to its images, or to those who link containers. What does not
// begin with SEMAPHORE_ is none of Semaphore's, and counts as known.
func KnownVariable(name string) bool {
	plain := strings.TrimSuffix(name, "_FILE") // the server's start script reads those
	has := func(prefix string) bool { return strings.HasPrefix(name, prefix) }
	return !has(VariablePrefix) || slices.Contains(otherVariables(), name) || slices.Contains(otherVariables(), plain) ||
		slices.ContainsFunc(Settings(), func(s Setting) bool { return s.Env == name }) ||
		slices.ContainsFunc(families(), has) || !has("SEMAPHORE_RUNNER_") && serviceLink().MatchString(name)
}

// SettingsBy are the rows of a variable, oldest first; none when no runner reads
// it.
func SettingsBy(env string) []Setting {
	return rows(func(s *Setting) bool { return s.Env == env })
}

// VariablesOf are the variables that runners of an era read.
func VariablesOf(era Era) []string {
	var all []string
	for _, s := range SettingsOf(era) {
		if s.Env != "" {
			all = append(all, s.Env)
		}
	}
	return all
}
