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

// manyRunners is a host with n units that start runners, and n that do not.
func manyRunners(tb testing.TB, n int) (root string) {
	root = tb.TempDir()
	put := func(name, text string) {
		name = filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			tb.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			tb.Fatal(err)
		}
	}
	put("etc/passwd", "root:x:0:0:root:/root:/bin/sh\nsemaphore:x:1001:1001::/home/semaphore:/bin/sh\n")
	for i := range n {
		put(fmt.Sprintf("etc/systemd/system/other-%d.service", i), "[Service]\nExecStart=/bin/true\n")
		put(fmt.Sprintf("etc/systemd/system/runner-%d.service", i),
			fmt.Sprintf("[Service]\nUser=semaphore\nProtectSystem=strict\nReadWritePaths=/var/lib/semaphore-%d\nExecStart=/usr/bin/semaphore runner start --config /etc/semaphore/%d.json\n", i, i))
		put(fmt.Sprintf("etc/semaphore/%d.json", i), fmt.Sprintf(`{"web_host": "http://semaphore.test:3000", "runner": {"token_file": "/var/lib/semaphore-%d/token"}}`, i))
		put(fmt.Sprintf("var/lib/semaphore-%d/token", i), fmt.Sprintf("S3CR3Tabcdefghijklmnopqrstuvwxyz%04d123456abc=", i))
	}
	return root
}

// BenchmarkAll looks at a host with 200 runners.
func BenchmarkAll(b *testing.B) {
	root := manyRunners(b, 200)
	for b.Loop() {
		w := &world{Stdin: nil, Stdout: io.Discard, Stderr: io.Discard, Dir: "/", Net: host.RealNet()}
		Main(w, checks.Builtin(), []string{"semadoctor", "check", "--all", "--offline", "--root", root, "-o", "json"})
	}
}
