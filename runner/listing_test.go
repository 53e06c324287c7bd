package runner

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// entries lists a config one line an entry, without what is not set.
func entries(t *testing.T, v Version, text string, words ...string) []string {
	t.Helper()
	in := install(words...)
	f, err := Open(config(text), in, v.Era)
	if err != nil {
		t.Fatal(err)
	}
	secrets := newSecrets()
	var lines []string
	for _, e := range Resolve(f, in, v, secrets).Entries(secrets) {
		if e.Status == IsUnset {
			continue
		}
		line := fmt.Sprintf("%s %s = %s (%s)", e.Status, e.Setting.Key(), e.Value.V, e.Value.From)
		for _, o := range e.Value.Shadows {
			line += fmt.Sprintf(" over %s", o)
		}
		lines = append(lines, line+fmt.Sprintf(" %s-%s", e.First, e.Last))
	}
	return lines
}

func TestEntries(t *testing.T) {
	t.Parallel()
	const legacy = "{\n\"runner\": {\"api_url\": \"http://a:pass-word@h/api\",\n\"config_file\": \"state\", \"token\": \"S3CR3T\"},\n\"web_host\": \"http://h\", \"tmp_path\": \"\"}"
	tests := []struct {
		name  string
		v     Version
		text  string
		words []string
		want  []string
	}{
		{"E3 reads its own, and says what it ignores", Version{Era: E3}, legacy,
			[]string{"SEMAPHORE_RUNNER_CONFIG_FILE=/s", "SEMAPHORE_RUNNER_TOKEN_FILE=/t", "SEMAPHORE_TMP_PATH="}, []string{
				"set runner.api_url = http://****@h/api (runner.api_url, line 2 of " + configPath + ") E1-E3",
				"set runner.config_file = /s (environment variable SEMAPHORE_RUNNER_CONFIG_FILE) over runner.config_file, line 3 of " + configPath + " E1-E3",
				"default tmp_path = /tmp/semaphore (default) over environment variable SEMAPHORE_TMP_PATH over tmp_path, line 4 of " + configPath + " E1-",
				"default dialect = bolt (default) E1-",
				"default port = :3000 (default) E1-",
				"default git_client = cmd_git (default) E1-",
				"ignored web_host = http://h (web_host, line 4 of " + configPath + ") E4a-",
				"ignored runner.token_file = /t (environment variable SEMAPHORE_RUNNER_TOKEN_FILE) E4a-",
				"ignored runner.token = **** (runner.token, line 3 of " + configPath + ") E5-",
			}},
		{"before 2.9.19 no variable is read", Version{Era: E1, Text: "2.9.10", Major: 2, Minor: 9, Patch: 10}, `{"runner": {}, "dialect": "bolt"}`,
			[]string{"SEMAPHORE_TMP_PATH=/x", "SEMAPHORE_RUNNER_TOKEN=S3CR3T"}, []string{
				"default tmp_path = /tmp/semaphore (default) E1-",
				"set dialect = bolt (dialect, line 1 of " + configPath + ") E1-",
				"default port = :3000 (default) E1-",
				"default git_client = cmd_git (default) E1-",
				"ignored SEMAPHORE_RUNNER_TOKEN = **** (environment variable SEMAPHORE_RUNNER_TOKEN) E2a-",
				"ignored tmp_path = /x (environment variable SEMAPHORE_TMP_PATH) E1-",
			}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := entries(t, tt.v, tt.text, tt.words...)
			for i := range got {
				got[i] = masked(got[i])
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// masked leaves out the digest behind ****.
func masked(line string) string {
	before, after, found := strings.Cut(line, "****")
	if !found {
		return line
	}
	return before + "****" + strings.TrimLeft(after, "0123456789abcdef")
}

// TestEntriesLeaveNoTrace: to be listed changes nothing about a config.
func TestEntriesLeaveNoTrace(t *testing.T) {
	t.Parallel()
	c := resolve(t, E4c, `{"runner": {"one_off": "yes", "token": "S3CR3T"}, "port": "x"}`)
	mismatches, broken := len(c.Mismatches), len(c.Broken)
	c.Entries(newSecrets())
	if len(c.Mismatches) != mismatches || len(c.Broken) != broken || mismatches != 1 || broken != 1 {
		t.Errorf("%d mismatches and %d broken values before, %d and %d after, want 1 and 1", mismatches, broken, len(c.Mismatches), len(c.Broken))
	}
}
