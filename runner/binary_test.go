package runner

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/semadoctor/semadoctor/host"
)

// TestAskBinary: the runner's own program, found on the runner's PATH, run as
// the runner, with the runner's environment, but for its secrets, and nothing else.
func TestAskBinary(t *testing.T) {
	t.Parallel()
	m := tree{"/opt/bin/semaphore": {mode: 0o755}}
	tests := []struct {
		name, path, says string
		fails            error
		want             Era
		err              bool
	}{
		{"release", "/usr/bin:/opt/bin", "v2.10.22-e44910d-1721658299\n", nil, E3, false},
		{"development build", "/opt/bin", "develop-d8429412-1747204333", nil, "", false},
		{"not on the PATH", "/usr/bin", "2.9.58", nil, "", true},
		{"no PATH", "", "2.9.58", nil, "", true},
		{"something else", "/opt/bin", "usage: semaphore", nil, "", true},
		{"says nothing", "/opt/bin", "", nil, "", true},
		{"cannot be run", "/opt/bin", "", errors.New("exec format error"), "", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var ran host.Command
			exec := func(_ context.Context, c host.Command) (host.Output, error) {
				if ran.Path == "" {
					ran = c
				}
				return host.Output{Stdout: []byte(tt.says)}, tt.fails
			}
			in := install("PATH="+tt.path, "A=b", "SEMAPHORE_RUNNER_REGISTRATION_TOKEN=S3CR3T", "SEMAPHORE_RUNNER_TOKEN=S3CR3T", "DB_PASSWORD=S3CR3T")
			v, err := AskBinary(t.Context(), exec, m, in)
			if v.Era != tt.want || (err != nil) != tt.err || err == nil && v.Guessed() {
				t.Errorf("AskBinary = %+v, %v, want %q", v, err, tt.want)
			}
			want := host.Command{Path: "/opt/bin/semaphore", Args: []string{"version"}, Env: []string{"A=b", "PATH=" + tt.path}, Dir: "/", As: &in.As}
			if diff := cmp.Diff(want, ran); diff != "" && ran.Path != "" {
				t.Errorf("ran (-want +got):\n%s", diff)
			}
		})
	}
	if _, err := AskBinary(t.Context(), nil, m, install("PATH=/opt/bin")); !errors.Is(err, ErrNoBinary) {
		t.Errorf("AskBinary without leave to run anything: %v, want ErrNoBinary", err)
	}
}

// TestAskProcess: of a running process its own program is asked, or none.
func TestAskProcess(t *testing.T) {
	t.Parallel()
	m := tree{"/opt/bin/semaphore": {mode: 0o755}}
	ran := ""
	exec := func(_ context.Context, c host.Command) (host.Output, error) {
		ran = c.Path
		return host.Output{Stdout: []byte("2.9.58")}, nil
	}
	in := install("PATH=/opt/bin")
	in.Process = &host.Process{PID: 7, Container: "x", Root: "/proc/7/root"}
	if _, err := AskBinary(t.Context(), exec, m, in); !errors.Is(err, ErrNoBinary) || ran != "" {
		t.Errorf("AskBinary of a container: ran %q, %v, want ErrNoBinary", ran, err)
	}
	in.Program = "/proc/7/exe"
	if v, err := AskBinary(t.Context(), exec, m, in); v.Era != E2b || err != nil || ran != in.Program {
		t.Errorf("AskBinary = %+v, %v of %q, want E2b of %q", v, err, ran, in.Program)
	}
}

// TestEraOfHelp plays what real builds print: the files are as recorded, for
// the commands "runner", "runner start" and "runner register" each.
func TestEraOfHelp(t *testing.T) {
	t.Parallel()
	tests := map[string]Era{"2.9.37": E2b, "2.9.58": E2b, "2.10.22": E3, "2.10.32": E4c} // without a command all of E1 and E2 look the same
	for release, want := range tests {
		a, err := txtar.ParseFile("testdata/help/" + release + ".txtar")
		if err != nil {
			t.Fatal(err)
		}
		said := map[string]string{}
		for _, f := range a.Files {
			said[f.Name] = string(f.Data)
		}
		ask := func(args ...string) (string, error) { return said[strings.Join(args, " ")], nil }
		if got := eraOfHelp(ask); got != want {
			t.Errorf("eraOfHelp of %s = %q, want %q", release, got, want)
		}
		exec := func(_ context.Context, c host.Command) (host.Output, error) {
			if c.Args[0] == "version" {
				return host.Output{Stdout: []byte("undefined-00000000-\n")}, nil
			}
			return host.Output{Stdout: []byte(said[strings.Join(c.Args, " ")])}, nil
		}
		v, err := AskBinary(t.Context(), exec, tree{"/bin/semaphore": {mode: 0o755}}, install("PATH=/bin"))
		if v.Era != want || v.Source != FromHelp || !v.Guessed() || v.Source.Published() != "binary" || err != nil {
			t.Errorf("AskBinary of an unstamped %s = %+v, %v", release, v, err)
		}
	}
	modern := func(register, start string) func(args ...string) (string, error) {
		return func(args ...string) (string, error) {
			return map[string]string{
				"runner --help":          "Usage:\n  semaphore runner [flags]\n\n  register    Register\n  start       Run\n",
				"runner register --help": register, "runner start --help": start,
			}[strings.Join(args, " ")], nil
		}
	}
	for want, ask := range map[Era]func(args ...string) (string, error){
		E4a: modern("", ""), E5: modern("--stdin-registration-token", "      --register   "), E4c: modern("--stdin-registration-token", ""),
		Newest: modern("--stdin-registration-token --registration-token-file", "--auto-register"),
		"":     func(...string) (string, error) { return "usage: something else", nil },
	} {
		if got := eraOfHelp(ask); got != want {
			t.Errorf("eraOfHelp = %q, want %q", got, want)
		}
	}
}
