package runner

import (
	"slices"
	"strings"
	"sync"
)

// serverKeys is what else stands at the top of a Semaphore config, of any era:
// the server reads the same file with the same decoder (util/config.go of 2.9.1
// to 2.10.32; documentation of 2.16 and of 2026).
var serverKeys = sync.OnceValue(func() []string {
	return strings.Fields(`
		access_key_encryption apps auth billing_enabled bolt concurrency_mode cookie_encryption cookie_hash
		debugging demo_mode dialect dingtalk_alert dingtalk_url dirs email_alert email_host email_password
		email_port email_secure email_sender email_tls email_tls_min_version email_username encryption env_vars
		event_log external_auth_email_matching forwarded_env_vars git_attempts git_client global_credential_providers
		global_integration_alias gotify_alert gotify_token gotify_url ha home_dir_mode interface jwt ldap_binddn
		ldap_bindpassword ldap_enable ldap_mappings ldap_needtls ldap_providers ldap_searchdn ldap_searchfilter
		ldap_server ldap_tls_skip_verify log max_parallel_tasks max_task_duration_sec max_tasks_per_template metrics
		mfa microsoft_teams_alert microsoft_teams_url mysql non_admin_can_create_project oidc_providers
		option_encryption password_login_disable port postgres process rocketchat_alert rocketchat_url runner
		runner_id runner_registration_token runners schedule secrets_path slack_alert slack_url sqlite ssh
		ssh_config_path subscription subscription_key subscription_key_file subscription_server_url syslog task_log
		teams telegram_alert telegram_chat telegram_token tls tmp_path totp use_external_git use_remote_runner web_host`)
})

// KnownKey reports whether some release of Semaphore reads a key, as a server or
// as a runner. It knows the top of a config, the runner object and its
// connection; what lies deeper is known to nobody here, and counts as known.
func KnownKey(pointer string) bool {
	if _, usual := byPointer()[pointer]; usual || len(SettingsAt(pointer)) > 0 {
		return true
	}
	parts := strings.Split(strings.ToLower(strings.TrimPrefix(pointer, "/")), "/")
	switch {
	case len(parts) == 1:
		return slices.Contains(serverKeys(), parts[0])
	case parts[0] != "runner", len(parts) == 3 && parts[1] != "connection", len(parts) > 3:
		return true
	}
	return parts[1] == "connection" && len(parts) == 2 || parts[1] == "identity_private_key_file" // the latter is a fork's
}

// SettingsAt are the rows of a key, oldest first; none when no runner reads it. The
// list is shared: it is not to be changed.
func SettingsAt(pointer string) []Setting {
	if of, ok := byPointer()[pointer]; ok {
		return of
	}
	return rows(func(s *Setting) bool { return s.Pointer != "" && strings.EqualFold(s.Pointer, pointer) })
}

// byPointer is put together once, for known keys as they are usually spelt: a fleet
// has the same ones in every config. Some have no rows.
var byPointer = sync.OnceValue(func() map[string][]Setting {
	by := map[string][]Setting{"/runner/connection": nil}
	for _, key := range serverKeys() {
		by["/"+key] = nil
	}
	for _, s := range Settings() {
		if s.Pointer != "" && by[s.Pointer] == nil {
			by[s.Pointer] = rows(func(t *Setting) bool { return strings.EqualFold(s.Pointer, t.Pointer) })
		}
	}
	return by
})

// KeysOf are the pointers that runners of an era read, and at the top of the
// config those of the server.
func KeysOf(era Era) []string {
	var all []string
	for _, s := range SettingsOf(era) {
		if s.Pointer != "" {
			all = append(all, s.Pointer)
		}
	}
	for _, key := range serverKeys() {
		if !slices.Contains(all, "/"+key) {
			all = append(all, "/"+key)
		}
	}
	return all
}
