package checks_test

import (
	"path"
	"strings"

	"github.com/semadoctor/semadoctor/runner"
)

// mutations are the single things that are broken, one or more a problem.
func mutations() []mutation {
	var all []mutation
	for _, group := range []map[string]func(*patient) bool{configMutations(), pathMutations(), identityMutations(), serverMutations(), keyMutations()} {
		for name, apply := range group {
			all = append(all, mutation{name, family(name), apply})
		}
	}
	return all
}

func configMutations() map[string]func(*patient) bool {
	return map[string]func(*patient) bool{
		"config-missing":         func(p *patient) bool { p.text(); p.gone[p.config] = true; return true },
		"config-unreadable/mode": func(p *patient) bool { p.files[p.config] = file{"600", 0, 0, p.configText()}; return true },
		"config-unreadable/directory": func(p *patient) bool {
			p.files[p.dir()+"/"] = file{mode: "700"}
			return p.home != p.dir()
		},
		"config-not-a-file": func(p *patient) bool {
			p.gone[p.config], p.files[p.config+"/"] = true, file{mode: "755"}
			return true
		},
		"config-syntax/comma": func(p *patient) bool {
			p.raw = strings.TrimSuffix(strings.TrimSpace(p.configText()), "}") + ",}\n"
			return true
		},
		"config-syntax/comment": func(p *patient) bool { p.raw = "// the runner\n" + p.configText(); return true },
		"config-syntax/cut":     func(p *patient) bool { s := p.configText(); p.raw = s[:len(s)/2]; return true },
		"config-syntax/empty":   func(p *patient) bool { p.raw = " "; return true },
		"config-duplicate-key": func(p *patient) bool {
			p.raw = strings.Replace(p.configText(), "{", `{"tmp_path":"/tmp/old",`, 1)
			return true
		},
		"bad-value/port": func(p *patient) bool { p.doc["port"] = "three thousand"; return true },
		"bad-value/kind": func(p *patient) bool { p.inner()["max_parallel_tasks"] = "3"; return true },
		"token-and-token-file": func(p *patient) bool {
			p.env["SEMAPHORE_RUNNER_TOKEN"] = p.token
			return !p.era.Before(runner.E6) && p.identity != ""
		},
	}
}

func pathMutations() map[string]func(*patient) bool {
	return map[string]func(*patient) bool{
		"path-collision/same": func(p *patient) bool { return p.collide(p.config) },
		"path-collision/dots": func(p *patient) bool {
			return p.collide(p.dir() + "/../" + path.Base(p.dir()) + "/./" + path.Base(p.config))
		},
		"state-dir-missing": func(p *patient) bool {
			p.gone[p.home+"/"], p.gone[p.identity] = true, true
			return p.identity != "" && p.unregistered()
		},
		"state-dir-unwritable": func(p *patient) bool {
			p.files[p.home+"/"] = file{mode: "755"}
			p.gone[p.identity] = true
			return p.identity != "" && p.unregistered()
		},
		"read-only-mount": func(p *patient) bool {
			p.mounts = append(p.mounts, p.home+" ro")
			p.gone[p.identity] = true
			return p.identity != "" && p.unregistered()
		},
		"not-a-file": func(p *patient) bool {
			p.gone[p.identity], p.files[p.identity+"/"] = true, file{"755", p.uid, p.gid, ""}
			return p.identity != ""
		},
		"secret-exposed/config": func(p *patient) bool {
			p.inner()["registration_token"] = "S3CR3T-registration"
			p.files[p.config] = file{"644", p.uid, p.gid, p.configText()}
			return p.era.Legacy()
		},
		"secret-exposed/identity": func(p *patient) bool {
			f := p.files[p.identity]
			f.mode = "644"
			p.files[p.identity] = f
			p.files[p.home+"/"] = file{"755", p.uid, p.gid, ""}
			return p.identity != ""
		},
		"state-volatile/tmpfs":     func(p *patient) bool { p.mounts = append(p.mounts, p.home+" tmpfs"); return p.identity != "" },
		"state-volatile/container": func(p *patient) bool { p.mounts = append(p.mounts, p.home+" container"); return p.identity != "" },
		"tmp-unwritable/owner": func(p *patient) bool {
			p.doc["tmp_path"] = "/srv/tmp/semaphore"
			p.files["/srv/tmp/"] = file{mode: "755"}
			return true
		},
		"tmp-unwritable/mount": func(p *patient) bool {
			p.doc["tmp_path"] = "/srv/tmp/semaphore"
			p.files["/srv/tmp/"] = file{"755", p.uid, p.gid, ""}
			p.mounts = append(p.mounts, "/srv/tmp ro")
			return true
		},
		"disk-full": func(p *patient) bool {
			p.files["/tmp/semaphore/"] = file{"700", p.uid, p.gid, ""}
			p.mounts = append(p.mounts, "/tmp full")
			return true
		},
		"inodes-full": func(p *patient) bool {
			p.files["/tmp/semaphore/"] = file{"700", p.uid, p.gid, ""}
			p.mounts = append(p.mounts, "/tmp noinodes")
			return true
		},
	}
}

// collide makes the identity's path the config's.
func (p *patient) collide(name string) bool {
	key := "token_file"
	if p.era.Legacy() {
		key = "config_file"
		p.inner()["registration_token"] = "S3CR3T-registration"
	}
	p.inner()[key] = name
	return p.identity != ""
}

// unregistered makes a runner that is about to register; after 2.10.25 that is
// done by a command, and needs nothing here.
func (p *patient) unregistered() bool {
	if p.era.Legacy() {
		p.inner()["registration_token"] = "S3CR3T-registration"
	}
	return true
}

func identityMutations() map[string]func(*patient) bool {
	state := func(text string, fit func(p *patient) bool) func(*patient) bool {
		return func(p *patient) bool {
			if p.identity == "" || !fit(p) {
				return false
			}
			p.files[p.identity] = p.own(text)
			return true
		}
	}
	legacy := func(p *patient) bool { return p.era.Legacy() }
	modern := func(p *patient) bool { return !p.era.Legacy() }
	return map[string]func(*patient) bool{
		"state-empty":               state("", func(*patient) bool { return true }),
		"state-corrupt/garbage":     state("garbage", legacy),
		"state-corrupt/cut":         state(`{"runner_id":7,"tok`, legacy),
		"state-wrong-format/legacy": state(longToken, legacy),
		"state-wrong-format/modern": state(`{"runner_id":7,"token":"`+longToken+`"}`, modern),
		"token-malformed/quotes":    state(`"`+longToken+`"`, modern),
		"token-malformed/lines":     state(longToken+"\n"+longToken, modern),
		"state-missing/modern":      func(p *patient) bool { p.gone[p.identity] = true; return p.identity != "" && modern(p) },
		"state-unreadable": func(p *patient) bool {
			p.files[p.identity] = file{"600", 0, 0, p.files[p.identity].text}
			return p.identity != ""
		},
		"state-stale/other-server":            func(p *patient) bool { p.row = "9 S3CR3Tzzzzzzz"; return p.identity != "" && p.era.ChecksToken() },
		"state-missing/no-registration-token": func(p *patient) bool { p.gone[p.identity] = true; return legacy(p) },
	}
}

func serverMutations() map[string]func(*patient) bool {
	url := func(change func(p *patient, url string) string) func(*patient) bool {
		return func(p *patient) bool {
			if p.era.Legacy() {
				p.inner()["api_url"] = change(p, "http://semaphore.test:3000/api")
			} else {
				p.doc["web_host"] = change(p, "http://semaphore.test:3000")
			}
			return true
		}
	}
	server := func(what string) func(*patient) bool {
		return func(p *patient) bool { p.server, p.row = what, ""; return true }
	}
	return map[string]func(*patient) bool{
		"url-missing":        url(func(*patient, string) string { return "" }),
		"url-malformed":      url(func(_ *patient, u string) string { return strings.TrimPrefix(u, "http://") }),
		"url-trailing-slash": url(func(_ *patient, u string) string { return u + "/" }),
		"url-api-suffix": url(func(p *patient, u string) string {
			if p.era.Legacy() {
				return strings.TrimSuffix(u, "/api")
			}
			return u + "/api"
		}),
		"dns-failure":        server("nxdomain"),
		"connection-refused": server("refused"),
	}
}
