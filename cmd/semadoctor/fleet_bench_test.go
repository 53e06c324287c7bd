package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/host"
)

// BenchmarkFleet checks a directory of 500 healthy configs; an iteration is all
// of them.
func BenchmarkFleet(b *testing.B) {
	const runners = 500
	dir := b.TempDir()
	for i := range runners {
		state := filepath.Join(dir, fmt.Sprintf("%d.state", i))
		config := fmt.Sprintf(`{"runner": {"registration_token": "registration-token-%05d", "api_url": "http://semaphore.test:3000/api", "config_file": %q},
  "tmp_path": %q, "port": ":3000", "git_client": "cmd_git", "dialect": "bolt"}`, i, state, filepath.Join(dir, "tmp"))
		for name, text := range map[string]string{
			filepath.Join(dir, fmt.Sprintf("%d.json", i)): config,
			state: fmt.Sprintf(`{"runner_id":%d,"token":"%012d"}`, i+1, i),
		} {
			if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		w := &world{Stdout: io.Discard, Stderr: io.Discard, Dir: "/", Net: host.RealNet()}
		Main(w, checks.Builtin(), []string{"semadoctor", "check", "--config", dir, "--runner-version", "2.9.58", "--offline", "-o", "text"})
	}
}
