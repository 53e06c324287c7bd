package runner

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// as is a runner that is started on the way through somebody else.
func as(s Switch) Command {
	return Command{Program: "semaphore", Verbs: []string{"runner", "start"}, Switch: &s}
}

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
		{"flags with values", strings.Fields("nice -n 10 env -u HOME -uC --unset=D -u1 A=b ionice -c2 semaphore runner start"),
			Command{Program: "semaphore", Verbs: []string{"runner", "start"}, Sets: []string{"HOME", "C", "D", "A=b"}}, true},
		{"variables in a shell", []string{"sh", "-c", `A="b" C='' exec semaphore runner start`},
			Command{Program: "semaphore", Verbs: []string{"runner", "start"}, Sets: []string{"A=b", "C="}}, true},
		{"registers first", []string{"sh", "-c", "cd /tmp; semaphore runner register --config a.json && exec semaphore runner start --config b.json"},
			Command{Dir: "/tmp", Program: "semaphore", Register: true, Verbs: []string{"runner", "start"}, Config: "b.json"}, true},
		{"something behind it", []string{"sh", "-c", "semaphore runner start || sleep 5"}, Command{Program: "semaphore", Verbs: []string{"runner", "start"}}, true},
		{"supervised", strings.Fields("/usr/local/bin/semadoctor run --gate off -- /usr/bin/semaphore runner start --config /c.json"),
			Command{Program: "/usr/bin/semaphore", Verbs: []string{"runner", "start"}, Config: "/c.json"}, true},
		{"supervised, as its version wants it", strings.Fields("semadoctor run --gate off --config=/c.json"),
			Command{Program: "semaphore", Verbs: []string{"runner", "start"}, Config: "/c.json"}, true},
		{"a script as somebody else", strings.Fields("gosu semaphore runner.sh"), Command{Program: "runner.sh", Switch: &Switch{By: "gosu", User: "semaphore", Home: true}}, false},
		{"gosu", strings.Fields("tini -- gosu 1001:0 semaphore runner start"), as(Switch{By: "gosu", User: "1001:0", Home: true}), true},
		{"gosu without a command", strings.Fields("gosu --version"), Command{Program: "gosu"}, false},
		{"su-exec in a shell", []string{"sh", "-c", "chown -R semaphore /data; exec su-exec semaphore semaphore runner start"}, as(Switch{By: "su-exec", User: "semaphore", Home: true}), true},
		{"s6", strings.Fields("s6-setuidgid semaphore semaphore runner start"), as(Switch{By: "s6-setuidgid", User: "semaphore"}), true},
		{"sudo", strings.Fields("A=b sudo -n -u #1001 -g docker -- semaphore runner start"), as(Switch{By: "sudo", User: "1001:docker", Home: true, Clears: true, Before: []string{"A=b"}}), true},
		{"sudo by number", strings.Fields("sudo -u #1001 semaphore runner start"), as(Switch{By: "sudo", User: "1001", Home: true, Clears: true}), true},
		{"sudo, to root, variables kept", strings.Fields("sudo -E semaphore runner start"), as(Switch{By: "sudo", User: "root", Home: true}), true},
		{"sudo, variables kept by name", strings.Fields("sudo --preserve-env=PATH --user=semaphore semaphore runner start"), as(Switch{By: "sudo", User: "semaphore", Home: true}), true},
		{"sudo alone", []string{"sudo"}, Command{Program: "sudo"}, false},
		{"runuser", strings.Fields("runuser -u semaphore -- semaphore runner start"), as(Switch{By: "runuser", User: "semaphore"}), true},
		{"su", []string{"su", "semaphore", "-c", "semaphore runner start"}, as(Switch{By: "su", User: "semaphore", Home: true}), true},
		{"su, a login", []string{"su", "-", "semaphore", "--command=semaphore runner start"}, as(Switch{By: "su", User: "semaphore", Home: true, Clears: true}), true},
		{"su, a shell", []string{"su", "-s", "/bin/sh", "-c", "semaphore runner start", "semaphore"}, as(Switch{By: "su", User: "semaphore", Home: true}), true},
		{"su without a command", []string{"su", "-"}, Command{Program: "su"}, false},
		{"su with half a flag", []string{"su", "-c"}, Command{Program: "su"}, false},
		{"setpriv", strings.Fields("setpriv --reuid semaphore --regid=1001 --init-groups semaphore runner start"), as(Switch{By: "setpriv", User: "semaphore"}), true},
		{"setpriv, bare", strings.Fields("setpriv --reuid=1001 --regid=0 --clear-groups --reset-env semaphore runner start"), as(Switch{By: "setpriv", User: "1001:0", Clears: true}), true},
		{"setpriv for capabilities", strings.Fields("setpriv --bounding-set -all semaphore runner"), Command{Program: "semaphore", Verbs: []string{"runner"}}, true},
		{"one after the other", strings.Fields("sudo gosu semaphore semaphore runner start"), as(Switch{By: "gosu", User: "semaphore", Home: true, Clears: true}), true},
		{"a lock", strings.Fields("/usr/bin/flock -n /tmp/lock /usr/bin/semaphore runner start --config /c.json"), Command{Program: "/usr/bin/semaphore", Verbs: []string{"runner", "start"}, Config: "/c.json"}, true},
		{"a processor", strings.Fields("taskset 0x3 chrt -b 0 semaphore runner start"), Command{Program: "semaphore", Verbs: []string{"runner", "start"}}, true},
		{"a loop", []string{"/bin/sh", "-c", "while true; do semaphore runner start; sleep 1; done"}, Command{Program: "/bin/sh", Verbs: []string{"while true; do semaphore runner start; sleep 1; done"}}, false},
		{"a condition before it", []string{"sh", "-c", "if [ ! -s /data/token ]; then semaphore runner register --config /other; fi; exec semaphore runner start --config /c.json"}, Command{Program: "semaphore", Verbs: []string{"runner", "start"}, Config: "/c.json", Register: true}, true},
		{"a condition without an end", []string{"sh", "-c", "semaphore runner start; if true"}, Command{Program: "sh", Verbs: []string{"semaphore runner start; if true"}}, false},
		{"a subshell", []string{"sh", "-c", "(cd /srv && semaphore runner start --config config.json)"}, Command{Program: "sh", Verbs: []string{"(cd /srv && semaphore runner start --config config.json)"}}, false},
		{"what a command prints", []string{"sh", "-c", "semaphore runner start --config $(cat where)"}, Command{Program: "semaphore", Verbs: []string{"runner", "start"}, Config: expands + "(cat where)"}, true},
		{"the same in quotes", []string{"sh", "-c", "T=\"`cat t`\" semaphore runner start"}, Command{Program: "semaphore", Verbs: []string{"runner", "start"}, Sets: []string{"T=" + expands + "(cat t)"}}, true},
		{"variables before it", []string{"sh", "-c", "set -eu # comment\nA=b\nexport C=\"$A/d\" E\n. /etc/env; exec semaphore runner start \"$@\"", "sh", "--config", "/c.json"},
			Command{Program: "semaphore", Verbs: []string{"runner", "start"}, Config: "/c.json", Shell: []Assignment{
				{Name: "A", Value: "b"}, {Name: "C", Value: expands + "A/d", Exported: true}, {Name: "E", Exported: true, Named: true}, {Source: "/etc/env"},
			}}, true},
		{"variables behind conditions", []string{"sh", "-c", "[ -n \"$T\" ] && export T=x; if true; then A=b; fi; unset C; set -a; D=e; semaphore runner start"},
			Command{Program: "semaphore", Verbs: []string{"runner", "start"}, Shell: []Assignment{
				{Name: "T", Value: "x", Exported: true, Maybe: true}, {Name: "A", Value: "b", Maybe: true}, {Name: "C", Gone: true}, {Name: "D", Value: "e", Exported: true},
			}}, true},
		{"a runner behind a test", []string{"sh", "-c", "[ -f /x ] && semaphore runner start"}, Command{Program: "sh", Verbs: []string{"[ -f /x ] && semaphore runner start"}}, false},
		{"files that are made", []string{"sh", "-c", "cp /a /b; envsubst </t >/c.json; [ -f /d ] || printf %s \"$T\" > /e; exec semaphore runner start --config /c.json"},
			Command{Program: "semaphore", Verbs: []string{"runner", "start"}, Config: "/c.json", Makes: []string{"/c.json", "/e", "/a", "/b"}}, true},
		{"functions and cases", []string{"sh", "-c", "log() {\n echo \"$1\" >&2\n}\ncase $1 in\n a|b) A=b;;\n *) log x;;\nesac\nexec semaphore runner start"},
			Command{Program: "semaphore", Verbs: []string{"runner", "start"}, Shell: []Assignment{{Name: "A", Value: "b", Maybe: true}}}, true},
		{"a here-document", []string{"sh", "-c", "cat <<E\nx\nE\nsemaphore runner start"}, Command{Program: "sh", Verbs: []string{"cat <<E\nx\nE\nsemaphore runner start"}}, false},
		{"arguments of its own", []string{"sh", "-c", "set -eu -- start x; shift; set -- \"$@\" --config /c.json; exec semaphore runner start \"$@\""},
			Command{Program: "semaphore", Verbs: []string{"runner", "start", "x"}, Config: "/c.json"}, true},
		{"options are no arguments", []string{"sh", "-c", "set -eu; set -o pipefail; exec semaphore runner \"$@\"", "sh", "start"}, Command{Program: "semaphore", Verbs: []string{"runner", "start"}}, true},
		{"arguments that are not known", []string{"sh", "-c", "if true; then set -- start; fi; exec semaphore runner \"$@\""},
			Command{Program: "semaphore", Verbs: []string{"runner", "$@"}, Blank: "$@"}, true},
		{"a program that is not known", []string{"sh", "-c", "mkdir -p /a; chown -R $U runner; exec \"$B\" runner start"},
			Command{Program: "$B", Verbs: []string{"runner", "start"}, Blank: "$B", Makes: []string{"/a"}}, false},
		{"a pipe", []string{"sh", "-c", "semaphore runner start --config /c.json 2>&1 | tee -a /var/log/runner.log"}, Command{Program: "semaphore", Verbs: []string{"runner", "start"}, Config: "/c.json"}, true},
		{"a file for what it says", []string{"sh", "-c", "exec semaphore runner start >>/var/log/r.log 2>&1 --config '/my dir/c.json'"}, Command{Program: "semaphore", Verbs: []string{"runner", "start"}, Config: "/my dir/c.json"}, true},
		{"in the background", []string{"sh", "-c", "semaphore runner start &"}, Command{Program: "semaphore", Verbs: []string{"runner", "start"}}, true},
		{"half a quote", []string{"sh", "-c", "semaphore runner start --config 'x"}, Command{Program: "sh", Verbs: []string{"semaphore runner start --config 'x"}}, false},
		{"a directory, step by step", []string{"sh", "-c", "cd /opt && cd sem; cd $HOME; exec env -C conf semaphore runner start"},
			Command{Program: "semaphore", Verbs: []string{"runner", "start"}, Dir: "/opt/sem/conf"}, true},
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
