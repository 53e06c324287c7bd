package checks_test

import "github.com/semadoctor/semadoctor/runner"

// keyMutations are about keys and variables that do not do what they seem to.
func keyMutations() map[string]func(*patient) bool {
	legacy := func(p *patient) bool { return p.era.Legacy() }
	return map[string]func(*patient) bool{
		"unknown-key/top":   func(p *patient) bool { p.doc["sever"] = "x"; return true },
		"unknown-key/inner": func(p *patient) bool { p.inner()["max_parallel_task"] = 3; return true },
		"legacy-key/beside-new": func(p *patient) bool {
			p.inner()["api_url"] = "http://semaphore.test:3000/api"
			return !legacy(p)
		},
		"legacy-key/instead": func(p *patient) bool {
			delete(p.doc, "web_host")
			p.inner()["api_url"] = "http://semaphore.test:3000/api"
			return !legacy(p)
		},
		"future-key": func(p *patient) bool {
			p.inner()["token_file"] = "/var/lib/semaphore/token"
			return legacy(p)
		},
		"token-ignored": func(p *patient) bool {
			if p.identity == "" {
				delete(p.env, "SEMAPHORE_RUNNER_TOKEN")
			} else {
				delete(p.inner(), "token_file")
			}
			p.inner()["token"] = p.token
			return p.era.Within(runner.E4a, runner.E4c)
		},
		"registration-token-ignored/needed": func(p *patient) bool {
			p.gone[p.identity] = true
			p.inner()["registration_token"] = "S3CR3T-registration"
			return !legacy(p) && p.identity != ""
		},
		"server-only-key": func(p *patient) bool {
			p.doc["cookie_hash"] = "S3CR3T-cookie"
			return p.identity != "" || p.inner()["token"] != nil // else it may be a server's
		},
		"placeholder-value/url": func(p *patient) bool {
			p.doc["web_host"] = "https://<your-semaphore-host>"
			return !legacy(p)
		},
		"placeholder-value/token": func(p *patient) bool {
			if p.inner()["token"] == nil {
				return false
			}
			p.inner()["token"] = "your runner's token"
			return true
		},
		"kubernetes-service-env": func(p *patient) bool {
			p.env["SEMAPHORE_PORT"] = "tcp://10.0.0.7:3000"
			return true
		},
		"env-type/list": func(p *patient) bool {
			p.env["SEMAPHORE_RUNNER_TAGS"] = "a,b"
			return !p.era.Before(runner.E5b)
		},
		"env-type/number": func(p *patient) bool {
			p.env["SEMAPHORE_RUNNER_MAX_PARALLEL_TASKS"] = "three"
			return !legacy(p)
		},
		"shadowed-value": func(p *patient) bool {
			p.env["SEMAPHORE_TMP_PATH"] = "/tmp/other"
			return true
		},
		"empty-env-overrides/url": func(p *patient) bool {
			p.env[map[bool]string{true: "SEMAPHORE_RUNNER_API_URL", false: "SEMAPHORE_WEB_ROOT"}[legacy(p)]] = ""
			return true
		},
		"empty-env-overrides/identity": func(p *patient) bool {
			p.env[map[bool]string{true: "SEMAPHORE_RUNNER_CONFIG_FILE", false: "SEMAPHORE_RUNNER_TOKEN_FILE"}[legacy(p)]] = ""
			return p.identity != ""
		},
		"unknown-env": func(p *patient) bool { p.env["SEMAPHORE_SERVER_URL"] = "http://semaphore.test:3000"; return true },
		"config-ignored": func(p *patient) bool {
			p.more = append(p.more, "command: semaphore runner start --no-config")
			return !p.era.Before(runner.E4c) && p.config == "/etc/semaphore/config.json" // where the image has it
		},
	}
}
