package runner

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestKnownKey(t *testing.T) {
	t.Parallel()
	for pointer, want := range map[string]bool{
		"/web_host": true, "/WEB_HOST": true, "/mysql": true, "/email_tls": true, "/runner": true, "/runner_id": true,
		"/runner/token": true, "/runner/API_URL": true, "/runner/connection": true, "/runner/connection/skip_tls_verify": true,
		"/runner/executor": true, "/runner/executor/anything": true, "/ldap_mappings/nonsense": true, "/runner/executor/docker/x": true,
		"/token": false, "/server": false, "/runner/web_host": false, "/runner/tokn": false, "/runner/connection/ca": false, "/": false,
	} {
		if got := KnownKey(pointer); got != want {
			t.Errorf("KnownKey(%s) = %t, want %t", pointer, got, want)
		}
	}
}

func TestKnownVariable(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"PATH": true, "SEMAPHORE_CONFIG_PATH": true, "SEMAPHORE_DB_HOST": true, "SEMAPHORE_ADMIN_PASSWORD_FILE": true,
		"SEMAPHORE_ACCESS_KEY_ENCRYPTION_FILE": true, "SEMAPHORE_PLAYBOOK_PATH": true, "SEMAPHORE_WEB_ROOT": true,
		"SEMAPHORE_RUNNER_API_URL": true, "SEMAPHORE_RUNNER_K8S_ANYTHING": true, "SEMAPHORE_RUNNERS_OFFLINE_TIMEOUT_SEC": true,
		"SEMAPHORE_PORT_3000_TCP": true, "SEMAPHORE_PORT_3000_TCP_ADDR": true, "SEMAPHORE_SERVICE_HOST": true,
		"SEMAPHORE_SERVICE_PORT_HTTP": true, "SEMAPHORE_POSTGRES_SERVICE_HOST": true, "SEMAPHORE_POSTGRES_PORT": true,
		"SEMAPHORE_WEB_HOST": false, "SEMAPHORE_SERVER_URL": false, "SEMAPHORE_RUNNER_CLONING_MODE": false,
		"SEMAPHORE_RUNNER_PORT": false, "SEMAPHORE_TOKEN": false, "SEMAPHORE_RUNNER_TOKN": false,
	} {
		if got := KnownVariable(name); got != want {
			t.Errorf("KnownVariable(%s) = %t, want %t", name, got, want)
		}
	}
}

func TestLikely(t *testing.T) {
	t.Parallel()
	names := []string{"token_file", "token", "tags", "name", "webhook", "max_parallel_tasks"}
	for name, want := range map[string]string{
		"tokn_file": "token_file", "token_flie": "token_file", "tokenfile": "token_file", "tag": "tags", "tokens": "token",
		"max_paralle_task": "max_parallel_tasks", "wehbook": "webhook", "gnats": "", "x": "", "": "", "something_else": "",
	} {
		if got := Likely(name, names); got != want {
			t.Errorf("Likely(%q) = %q, want %q", name, got, want)
		}
	}
	if got := Likely("ab", []string{"ax", "xb"}); got != "" {
		t.Errorf("Likely of two that are as near = %q, want none", got)
	}
}

// TestErasRead is section 2.4 of the facts, key by key: the eras that read each
// key and each variable.
func TestErasRead(t *testing.T) {
	t.Parallel()
	read := map[string][]string{}
	for _, era := range Eras() {
		for _, s := range SettingsOf(era) {
			for _, what := range []string{s.Pointer, s.Env} {
				if what != "" {
					read[what] = append(read[what], string(era))
				}
			}
		}
	}
	got := map[string]string{}
	for what, eras := range read {
		if got[what] = eras[0] + "-"; eras[len(eras)-1] != string(E7) {
			got[what] += eras[len(eras)-1]
		}
		if want := spanOf(Era(eras[0]), Era(eras[len(eras)-1])); len(eras) != want {
			t.Errorf("%s is read by %v, with a gap", what, eras)
		}
	}
	want := map[string]string{}
	for line := range strings.Lines(erasRead) {
		words := strings.Fields(line)
		for _, what := range words[1:] {
			want[what] = words[0]
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("keys and variables by era (-want +got):\n%s\n%v", diff, slices.Sorted(maps.Keys(got)))
	}
}

func spanOf(first, last Era) int {
	return slices.Index(Eras(), last) - slices.Index(Eras(), first) + 1
}

const erasRead = `E1-E3 /runner/api_url SEMAPHORE_RUNNER_API_URL /runner/config_file SEMAPHORE_RUNNER_CONFIG_FILE /runner/registration_token
E1- SEMAPHORE_RUNNER_REGISTRATION_TOKEN /tmp_path SEMAPHORE_TMP_PATH /runner/one_off SEMAPHORE_RUNNER_ONE_OFF
E1- /runner/webhook SEMAPHORE_RUNNER_WEBHOOK /runner/max_parallel_tasks SEMAPHORE_RUNNER_MAX_PARALLEL_TASKS
E1- /dialect SEMAPHORE_DB_DIALECT /port SEMAPHORE_PORT /git_client SEMAPHORE_GIT_CLIENT /max_parallel_tasks SEMAPHORE_MAX_PARALLEL_TASKS
E2a-E3 SEMAPHORE_RUNNER_ID
E2a- SEMAPHORE_RUNNER_TOKEN
E4a- /web_host SEMAPHORE_WEB_ROOT /runner/token_file SEMAPHORE_RUNNER_TOKEN_FILE /apps SEMAPHORE_APPS
E4a- /max_task_duration_sec SEMAPHORE_MAX_TASK_DURATION_SEC /max_tasks_per_template SEMAPHORE_MAX_TASKS_PER_TEMPLATE
E5- /runner/token /env_vars SEMAPHORE_ENV_VARS /forwarded_env_vars SEMAPHORE_FORWARDED_ENV_VARS
E5-E5b /runner/private_key_file SEMAPHORE_RUNNER_PRIVATE_KEY_FILE
E5b- /runner/registration_token_file SEMAPHORE_RUNNER_REGISTRATION_TOKEN_FILE /runner/name SEMAPHORE_RUNNER_NAME
E5b- /runner/tags SEMAPHORE_RUNNER_TAGS /runner/enabled SEMAPHORE_RUNNER_ENABLED /runner/project_id SEMAPHORE_RUNNER_PROJECT_ID
E5b- /runner/connection/server_ca_cert_file SEMAPHORE_RUNNER_SERVER_CA_CERT_FILE
E5b- /runner/connection/skip_tls_verify SEMAPHORE_RUNNER_SKIP_TLS_VERIFY
E6- /runner/executor SEMAPHORE_RUNNER_EXECUTOR /home_dir_mode SEMAPHORE_HOME_DIR_MODE /git_attempts SEMAPHORE_GIT_ATTEMPTS
E7- /runner/check_interval_seconds SEMAPHORE_RUNNER_CHECK_INTERVAL_SECONDS`
