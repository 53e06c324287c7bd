package checks_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
)

// BenchmarkOffline is one healthy runner of a fleet: what "check --offline"
// does about each.
func BenchmarkOffline(b *testing.B) {
	dir := b.TempDir()
	config, state := filepath.Join(dir, "config.json"), filepath.Join(dir, "state.json")
	for name, text := range map[string]string{
		config: fmt.Sprintf(`{"runner": {"api_url": "http://semaphore.example.com/api", "config_file": %q}, "tmp_path": %q}`, state, dir),
		state:  `{"runner_id":1,"token":"0123456789ab"}`,
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	version, err := runner.ParseVersion("2.9.58")
	if err != nil {
		b.Fatal(err)
	}
	version.Source = runner.FromFlag
	secrets := runner.NewSecrets([]byte("key"))
	b.ReportAllocs()
	for b.Loop() {
		in := &runner.Installation{Config: config, Dir: "/", Env: runner.Environment{}, As: host.Self(), Version: version}
		t := checks.NewTarget(config, in)
		t.Files, t.Net, t.Secrets, t.Offline = host.OS{}, host.RealNet(), secrets, true
		if d := checks.Diagnose(b.Context(), t, checks.Builtin()); d.Failed() {
			b.Fatal("a healthy runner fails")
		}
	}
}
