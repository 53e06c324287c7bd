package runner

import "testing"

// TestCredentialClash: a token and a token file, in any mix of file and
// environment, are a panic from E6 on (read in source, 2026). Before, a file
// that can be read wins (observed 2.10.32).
func TestCredentialClash(t *testing.T) {
	t.Parallel()
	const inFile, both = `{"runner":{"token_file":"` + idPath + `"}}`, `{"runner":{"token":"` + shortToken + `","token_file":"` + idPath + `"}}`
	whole := tree{idPath: plain(longToken)}
	tests := []struct {
		name, config string
		env          string
		files        tree
		e5, e6       Next
		clash        bool // in E6
	}{
		{"a file alone", inFile, "X=", whole, Polls, Polls, false},
		{"both in the config", both, "X=", whole, Polls, Dies, true},
		{"the token in the environment", inFile, "SEMAPHORE_RUNNER_TOKEN=" + shortToken, whole, Polls, Dies, true},
		{"the same token", inFile, "SEMAPHORE_RUNNER_TOKEN=" + longToken, whole, Polls, Dies, true},
		{"the token set to nothing", both, "SEMAPHORE_RUNNER_TOKEN=", whole, Polls, Polls, false},
		{"the file set to nothing", both, "SEMAPHORE_RUNNER_TOKEN_FILE=", whole, Polls, Polls, false},
		{"no file there", both, "X=", tree{}, Polls, Dies, true},
		{"nobody may look at the file", both, "X=", tree{idPath: node{hidden: true}}, "", Dies, true},
	}
	for _, tt := range tests {
		for era, want := range map[Era]Next{E5: tt.e5, E5b: tt.e5, E6: tt.e6, E7: tt.e6} {
			m, in := config(tt.config), install(tt.env)
			for name, n := range tt.files {
				m = m.with(name, n)
			}
			f, err := Open(m, in, era)
			if err != nil {
				t.Fatal(err)
			}
			secrets := newSecrets()
			cr := NewCredential(m, Resolve(f, in, Version{Era: era}, secrets), secrets)
			if clash := tt.clash && !era.Before(E6); cr.Next != want || cr.Clash != clash {
				t.Errorf("%s, %s: Next = %q, Clash = %v, want %q, %v", tt.name, era, cr.Next, cr.Clash, want, clash)
			}
		}
	}
}
