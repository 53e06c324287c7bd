package runner

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestSettingsAreUnique: in one era a name, a key and a variable each mean one
// thing.
func TestSettingsAreUnique(t *testing.T) {
	t.Parallel()
	for _, era := range Eras() {
		seen := map[string]Name{}
		for _, s := range SettingsOf(era) {
			for _, what := range []string{"name " + string(s.Name), "key " + s.Pointer, "variable " + s.Env} {
				if strings.HasSuffix(what, " ") {
					continue
				}
				if other, ok := seen[what]; ok {
					t.Errorf("%s: %s of %q is that of %q too", era, what, s.Name, other)
				}
				seen[what] = s.Name
			}
		}
	}
}

func TestSettingsAreValid(t *testing.T) {
	t.Parallel()
	kinds := map[Kind]bool{Text: true, Number: true, Truth: true, List: true, Object: true, Map: true}
	for _, s := range Settings() {
		switch {
		case !s.First.Known(), s.Last != "" && !s.Last.Known(), s.Last.Before(s.First):
			t.Errorf("%s: span %q to %q", s.Name, s.First, s.Last)
		case s.Pointer == "" && s.Env == "":
			t.Errorf("%s is read from nowhere", s.Name)
		case s.Pointer != "" && !strings.HasPrefix(s.Pointer, "/"), s.Env != "" && !strings.HasPrefix(s.Env, "SEMAPHORE_"):
			t.Errorf("%s: key %q, variable %q", s.Name, s.Pointer, s.Env)
		case !kinds[s.Kind]:
			t.Errorf("%s: kind %q", s.Name, s.Kind)
		case s.Secret && s.Kind != Text && s.Name != EnvVars:
			t.Errorf("%s: a secret that is no text", s.Name)
		case s.Secret != SecretKey(s.Key()) && s.Name != Webhook && s.Name != EnvVars:
			t.Errorf("%s: Secret is %v and SecretKey(%q) %v", s.Name, s.Secret, s.Key(), SecretKey(s.Key()))
		}
	}
}

// TestSettingOf is section 2.4 of the facts: what the eras call it.
func TestSettingOf(t *testing.T) {
	t.Parallel()
	tests := []struct {
		era  Era
		name Name
		want string // key and variable; "" when the era has none
	}{
		{E1, ServerURL, "runner.api_url SEMAPHORE_RUNNER_API_URL"},
		{E3, ServerURL, "runner.api_url SEMAPHORE_RUNNER_API_URL"},
		{E4a, ServerURL, "web_host SEMAPHORE_WEB_ROOT"},
		{E3, IdentityFile, "runner.config_file SEMAPHORE_RUNNER_CONFIG_FILE"},
		{E4c, IdentityFile, "runner.token_file SEMAPHORE_RUNNER_TOKEN_FILE"},
		{E1, RunnerID, ""},
		{E2a, RunnerID, "SEMAPHORE_RUNNER_ID SEMAPHORE_RUNNER_ID"},
		{E4a, RunnerID, ""},
		{E1, RunnerToken, ""},
		{E4c, RunnerToken, "SEMAPHORE_RUNNER_TOKEN SEMAPHORE_RUNNER_TOKEN"}, // the key is ignored (observed 2.10.32)
		{E5, RunnerToken, "runner.token SEMAPHORE_RUNNER_TOKEN"},
		{E3, RegistrationToken, "runner.registration_token SEMAPHORE_RUNNER_REGISTRATION_TOKEN"},
		{E4c, RegistrationToken, "SEMAPHORE_RUNNER_REGISTRATION_TOKEN SEMAPHORE_RUNNER_REGISTRATION_TOKEN"},
		{E4c, PrivateKeyFile, ""},
		{E5, PrivateKeyFile, "runner.private_key_file SEMAPHORE_RUNNER_PRIVATE_KEY_FILE"},
		{E6, PrivateKeyFile, ""},
		{E5, CAFile, ""},
		{E6, CAFile, "runner.connection.server_ca_cert_file SEMAPHORE_RUNNER_SERVER_CA_CERT_FILE"},
		{E6, CheckInterval, ""},
		{E7, CheckInterval, "runner.check_interval_seconds SEMAPHORE_RUNNER_CHECK_INTERVAL_SECONDS"},
		{"", ServerURL, ""},
	}
	for _, tt := range tests {
		s, ok := SettingOf(tt.era, tt.name)
		got := strings.TrimSpace(s.Key() + " " + s.Env)
		if got != tt.want || ok != (tt.want != "") {
			t.Errorf("SettingOf(%s, %s) = %q, %v, want %q", tt.era, tt.name, got, ok, tt.want)
		}
	}
}

// TestSettingOfIsSettingsOf: the two ways to ask agree.
func TestSettingOfIsSettingsOf(t *testing.T) {
	t.Parallel()
	for _, era := range Eras() {
		for _, want := range SettingsOf(era) {
			got, _ := SettingOf(era, want.Name)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("SettingOf(%s, %s) (-want +got):\n%s", era, want.Name, diff)
			}
		}
	}
	if diff := cmp.Diff([]Setting{}, SettingsOf(""), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("settings of no era (-want +got):\n%s", diff)
	}
}
