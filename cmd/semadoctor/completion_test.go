//go:build linux

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
)

// TestCompletion has shells complete what is typed on a terminal.
func TestCompletion(t *testing.T) {
	t.Parallel()
	for _, shell := range []struct {
		name  string
		args  []string
		setUp string
	}{
		{"bash", []string{"--norc", "--noprofile", "-i"}, "source <(semadoctor completion bash)"},
		{"zsh", []string{"-f", "-i"}, "autoload -Uz compinit; compinit -u -D; source <(semadoctor completion zsh)"},
		{"fish", []string{"-i"}, "semadoctor completion fish | source"},
	} {
		t.Run(shell.name, func(t *testing.T) {
			t.Parallel()
			program, err := exec.LookPath(shell.name)
			if err != nil {
				t.Skipf("there is no %s here: %v", shell.name, err)
			}
			dir := t.TempDir()
			for _, name := range []string{"quaint.json", "quilt.d/x"} {
				if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			cmd := exec.Command(program, shell.args...)
			cmd.Dir = dir
			cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "HOME=" + dir, "TERM=dumb", "PS1=> ", "INPUTRC=/dev/null", "HISTFILE=/dev/null", "COLUMNS=200"}
			s := screenOf(t, cmd)
			s.types(shell.setUp + "; echo re''ady\n")
			s.shows("ready")
			for _, typed := range []struct{ keys, want string }{
				{"conf", "config"},
				{"explain path-coll", "explain path-collision"},
				{"check --fail-on w", "check --fail-on warn"},
				{"run --gate=str", "run --gate=strict"},
				{"check --determ", "check --determ"}, // hidden
				{"check --serv", "check --server-token-file"},
				{"check --only host,clock-u", "check --only host,clock-unsynchronised"},
				{"check -o jun", "check -o junit"},
				{"check -c qua", "check -c quaint.json"},
				{"check -o json=qua", "check -o json=quaint.json"},
				{"check --root qu", "check --root quilt.d"},
				{"completion fi", "completion fish"},
			} {
				s.completes(typed.keys, typed.want)
			}
			s.types("exit\n")
			_ = cmd.Wait()
		})
	}
}

// completes types something and a tab, has the shell say what has become of it instead
// of doing it, and compares that.
func (s *screen) completes(keys, want string) {
	s.Helper()
	before := len(s.text())
	s.types("semadoctor " + keys + "\t\x01echo \"<\x05>\"\n")
	said := regexp.MustCompile(`<semadoctor ([^>"]*?) ?>[\r\n]`)
	s.within(func() bool { return said.MatchString(s.text()[before:]) }, keys+" is completed")
	got := said.FindStringSubmatch(s.text()[before:])[1]
	if got = strings.TrimSuffix(got, "/"); got != want {
		s.Errorf("%q becomes %q, want %q", keys, got, want)
	}
}

// TestCompleteSuggests: what completion offers is what the program takes, and never a
// thing that is done.
func TestCompleteSuggests(t *testing.T) {
	t.Parallel()
	a := &app{checks: checks.Builtin(), world: &world{}}
	c := a.cli(nil)
	suggest := func(words ...string) []string {
		all := (&typing{app: c, checks: a.checks, words: words}).suggestions()
		for i, s := range all {
			all[i], _, _ = strings.Cut(s, "\t")
		}
		return all
	}
	for _, cmd := range c.Commands {
		if got := slices.Contains(suggest(""), cmd.Name); got == cmd.Hidden {
			t.Errorf("%s is offered: %t, hidden: %t", cmd.Name, got, cmd.Hidden)
		}
		for _, f := range cmd.Flags {
			completesFlag(t, cmd, f, suggest)
		}
	}
	for _, words := range [][]string{{}, {"nosuch", ""}, {"__complete", ""}, {"check", "--nosuch="}, {"check", "--pid", ""}, {"check", "--offline", "x"}} {
		if got := suggest(words...); len(got) > 0 {
			t.Errorf("%q: offered %q, want nothing", words, got)
		}
	}
	for _, words := range [][]string{{"run", "--", ""}, {"run", "--gate", "off", "--", "sh", "-"}, {"logs", ""}, {"check", "--config", ""}, {"check", "--config="}, {"fix", "--plan", ""}} {
		if got := suggest(words...); !slices.Equal(got, []string{":files"}) {
			t.Errorf("%q: offered %q, want files", words, got)
		}
	}
}

// completesFlag: each flag that is not hidden is offered, and of an enumeration those
// values that the program takes.
func completesFlag(t *testing.T, cmd *cli.Command, f cli.Flag, suggest func(...string) []string) {
	t.Helper()
	name := "--" + f.Names()[0]
	hidden := !f.(cli.VisibleFlag).IsVisible()
	if got := slices.Contains(suggest(cmd.Name, name), name); got == hidden {
		t.Errorf("%s %s is offered: %t, hidden: %t", cmd.Name, name, got, hidden)
	}
	known := enumerations(cmd.Name)[f.Names()[0]]
	if known == nil {
		return
	}
	if got := suggest(cmd.Name, name, ""); !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(known))) {
		t.Errorf("%s %s: offered %q, want %q", cmd.Name, name, got, known)
	}
}
