package runner

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// seeUses writes uses as "role path rights setting".
func seeUses(us []Use) []string {
	var all []string
	for _, u := range us {
		rights := flag("r", u.Reads) + flag("w", u.Writes) + flag("d", u.Dir)
		all = append(all, strings.Join([]string{string(u.Role), u.Path.V, rights, string(u.Name)}, ": "))
	}
	return all
}

func flag(letter string, on bool) string {
	if on {
		return letter
	}
	return ""
}

// TestUses: what each era does with which path (sections 2.4, 3.3 and 3.5).
func TestUses(t *testing.T) {
	t.Parallel()
	const all = `{"tmp_path":"tmp","runner":{"config_file":"/s","token_file":"../t","private_key_file":"/k",
		"registration_token_file":"/r","connection":{"server_ca_cert_file":"/ca"}}}`
	conf, tmp := "config file: "+configPath+": r: ", "tmp directory: /srv/tmp: rwd: tmp path"
	state, token := "state file: /s: rw: identity file", "token file: /srv/../t: rw: identity file"
	key, ca, reg := "private key file: /k: rw: private key file", "server CA file: /ca: r: server CA file", "registration token file: /r: r: registration token file"
	written := strings.Replace(conf, " r:", " rw:", 1)
	tests := []struct {
		era    Era
		config string
		want   []string
	}{
		{E1, all, []string{conf, state, tmp}},
		{E2b, all, []string{conf, state, tmp}},
		{E3, all, []string{conf, state, tmp}},
		{E4a, all, []string{conf, token, tmp}},
		{E4c, all, []string{conf, token, tmp}},
		{E5, all, []string{conf, token, key, tmp}},
		{E5b, all, []string{conf, token, key, ca, reg, tmp}},
		{E6, all, []string{conf, token, ca, reg, tmp}},
		{E7, all, []string{conf, token, ca, reg, tmp}},
		{E3, `{}`, []string{conf, "tmp directory: /tmp/semaphore: rwd: tmp path"}},
		{E4c, `{}`, []string{conf, "tmp directory: /tmp/semaphore: rwd: tmp path"}},
		{E5, `{}`, []string{written, "tmp directory: /tmp/semaphore: rwd: tmp path"}}, // register writes the token into it
		{E7, `{}`, []string{written, "tmp directory: /tmp/semaphore: rwd: tmp path"}},
		{"", `{}`, []string{conf}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, seeUses(resolve(t, tt.era, tt.config).Uses())); diff != "" {
			t.Errorf("%s: Uses (-want +got):\n%s", tt.era, diff)
		}
	}
}

func TestUsesFromEnvironment(t *testing.T) {
	t.Parallel()
	c := Resolve(nil, install("SEMAPHORE_RUNNER_TOKEN_FILE=t", "SEMAPHORE_TMP_PATH=/x"), Version{Era: E5}, newSecrets())
	want := []string{"token file: /srv/t: rw: identity file", "tmp directory: /x: rwd: tmp path"}
	if diff := cmp.Diff(want, seeUses(c.Uses())); diff != "" {
		t.Errorf("Uses without a config (-want +got):\n%s", diff)
	}
	if u, ok := c.Identity(); !ok || u.Path.From.Env != "SEMAPHORE_RUNNER_TOKEN_FILE" {
		t.Errorf("Identity = %+v, %v", u, ok)
	}
}

func TestIdentityUse(t *testing.T) {
	t.Parallel()
	for _, era := range Eras() {
		if u, ok := resolve(t, era, `{}`).Identity(); ok {
			t.Errorf("%s: Identity of nothing = %+v", era, u)
		}
		u, ok := resolve(t, era, identityConfig).Identity()
		want := map[bool]Role{true: StateRole, false: TokenRole}[era.Legacy()]
		if !ok || u.Path.V != idPath || u.Role != want {
			t.Errorf("%s: Identity = %+v, %v, want %s as %s", era, u, ok, idPath, want)
		}
	}
}
