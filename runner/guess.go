package runner

// Newest is the era assumed when nothing tells otherwise.
const Newest = E7

// Guess tells an era from the keys of a config and the environment: the newest
// era in which what is set makes sense.
func Guess(f *File, env Environment) Era {
	has := func(pointer string) bool { return f != nil && f.Doc.Find(pointer) != nil }
	set := func(name string) bool { _, ok := env[name]; return ok }
	modern := has("/web_host") || has("/runner/token_file") || has("/runner/token") ||
		set("SEMAPHORE_WEB_ROOT") || set("SEMAPHORE_RUNNER_TOKEN_FILE")
	legacy := has("/runner/api_url") || has("/runner/config_file") || has("/runner/registration_token") ||
		set("SEMAPHORE_RUNNER_CONFIG_FILE") || has("/runner_id")
	filled := func(pointer, name string) bool {
		if v, ok := env[name]; ok || !has(pointer) {
			return v.V != ""
		}
		return f.Doc.Find(pointer).Text != ""
	}
	switch {
	case f != nil && f.YAML: // read from 2.19 on
		return Newest
	case filled("/runner/token_file", "SEMAPHORE_RUNNER_TOKEN_FILE") && filled("/runner/token", "SEMAPHORE_RUNNER_TOKEN"): // from E6 on a panic
		return E5b
	case modern && (has("/runner/private_key_file") || set("SEMAPHORE_RUNNER_PRIVATE_KEY_FILE")):
		return E5b
	case modern || !legacy:
		return Newest
	}
	return E3
}
