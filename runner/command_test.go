package runner

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseCommand(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		words []string
		want  Command
		runs  bool
	}{
		{"up to 2.9.60", strings.Fields("/usr/bin/semaphore runner --config /etc/semaphore/config.json"),
			Command{Program: "/usr/bin/semaphore", Verbs: []string{"runner"}, Config: "/etc/semaphore/config.json"}, true},
		{"flag first, inline", strings.Fields("semaphore --config=/c.json --log-level DEBUG runner start"),
			Command{Program: "semaphore", Verbs: []string{"runner", "start"}, Config: "/c.json"}, true},
		{"image of 2025", strings.Fields("tini -- semaphore runner start --no-config --register"),
			Command{Program: "semaphore", Verbs: []string{"runner", "start"}, NoConfig: true, Register: true}, true},
		{"switched off", strings.Fields("semaphore runner start --no-config=false"),
			Command{Program: "semaphore", Verbs: []string{"runner", "start"}}, true},
		{"shell", []string{"/bin/sh", "-c", "exec nohup semaphore runner start --config c.json"},
			Command{Program: "semaphore", Verbs: []string{"runner", "start"}, Config: "c.json"}, true},
		{"shell in flags", []string{"bash", "-ec", "semaphore runner"}, Command{Program: "semaphore", Verbs: []string{"runner"}}, true},
		{"environment", strings.Fields("/usr/bin/env A=b semaphore runner start"), Command{Program: "semaphore", Verbs: []string{"runner", "start"}, Sets: []string{"A=b"}}, true},
		{"flags with values", strings.Fields("nice -n 10 env -u HOME A=b ionice -c2 semaphore runner start"),
			Command{Program: "semaphore", Verbs: []string{"runner", "start"}, Sets: []string{"A=b"}}, true},
		{"variables in a shell", []string{"sh", "-c", `A="b" C='' exec semaphore runner start`},
			Command{Program: "semaphore", Verbs: []string{"runner", "start"}, Sets: []string{"A=b", "C="}}, true},
		{"registers first", []string{"sh", "-c", "cd /tmp; semaphore runner register --config a.json && exec semaphore runner start --config b.json"},
			Command{Program: "semaphore", Verbs: []string{"runner", "start"}, Config: "b.json"}, true},
		{"something behind it", []string{"sh", "-c", "semaphore runner start || sleep 5"}, Command{Program: "semaphore", Verbs: []string{"runner", "start"}}, true},
		{"supervised", strings.Fields("/usr/local/bin/semadoctor run --gate off -- /usr/bin/semaphore runner start --config /c.json"),
			Command{Program: "/usr/bin/semaphore", Verbs: []string{"runner", "start"}, Config: "/c.json"}, true},
		{"supervised, as its version wants it", strings.Fields("semadoctor run --gate off --config=/c.json"),
			Command{Program: "semaphore", Verbs: []string{"runner", "start"}, Config: "/c.json"}, true},
		{"somebody else", strings.Fields("gosu semaphore runner.sh"), Command{Program: "gosu", Verbs: []string{"semaphore", "runner.sh"}}, false},
		{"server", strings.Fields("semaphore server --config x"), Command{Program: "semaphore", Verbs: []string{"server"}, Config: "x"}, false},
		{"no flag", strings.Fields("semaphore runner /etc/semaphore/config.json"),
			Command{Program: "semaphore", Verbs: []string{"runner", "/etc/semaphore/config.json"}}, true},
		{"flag without value", strings.Fields("semaphore runner start --config"), Command{Program: "semaphore", Verbs: []string{"runner", "start"}}, true},
		{"wrapper", []string{"/usr/local/bin/runner-wrapper"}, Command{Program: "/usr/local/bin/runner-wrapper"}, false},
		{"shell script", []string{"sh", "run.sh"}, Command{Program: "sh", Verbs: []string{"run.sh"}}, false},
		{"nothing", nil, Command{}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := ParseCommand(tt.words, Origin{})
			tt.want.Words = tt.words
			if diff := cmp.Diff(&tt.want, got); diff != "" || got.Runs() != tt.runs {
				t.Errorf("ParseCommand(%q) (-want +got), runs %v:\n%s", tt.words, got.Runs(), diff)
			}
		})
	}
}
