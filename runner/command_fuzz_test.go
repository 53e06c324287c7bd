package runner

import (
	"strings"
	"testing"

	"github.com/semadoctor/semadoctor/host"
)

// FuzzShell: whatever a shell is told, nothing of it ends semadoctor, and no mark of what
// a shell fills in is left in what the runner is said to be started with.
func FuzzShell(f *testing.F) {
	for _, seed := range []string{
		"exec semaphore runner start --config \"$A/${B:-c}.json\"", "export A=$(cat /t); `x`; . /e; semaphore runner start \"$@\"",
		"if [ -f /x ]; then A=b; fi; set -a; C=${D?e}; cd /; semaphore runner start --no-config # x", "$", "${", "$(", "a=${b", "<<E", "semaphore runner start --config $A$",
	} {
		f.Add(seed)
	}
	files := tree{"/t": plain("token\n"), "/e": plain("X=$A\nexport Y='z'\n")}
	f.Fuzz(func(t *testing.T, line string) {
		if strings.Contains(line, expands) {
			t.Skip("no word has a NUL")
		}
		in := &Installation{Env: Environment{"A": {V: "a"}}, Dir: "/", As: host.Identity{}}
		in.StartedBy(in.throughScripts(ParseCommand([]string{"sh", "-c", line, "sh", "arg"}, Origin{}), files), files)
		for _, kv := range in.Env.Environ() {
			if strings.Contains(kv, expands) {
				t.Errorf("%q sets %q", line, kv)
			}
		}
		if strings.Contains(in.Config+in.Command.Program, expands) {
			t.Errorf("%q starts %q with %q", line, in.Command.Program, in.Config)
		}
	})
}
