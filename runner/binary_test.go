package runner

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/semadoctor/semadoctor/host"
)

// TestAskBinary: the runner's own program, found on the runner's PATH, run as
// the runner, with the runner's environment and nothing else.
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
				ran = c
				return host.Output{Stdout: []byte(tt.says)}, tt.fails
			}
			in := install("PATH="+tt.path, "A=b")
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
