package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// binaries are the programs that are measured, and those it takes.
type binaries struct {
	dir        string
	semadoctor string
	hello      string
	poller     string
	timer      string
	floor      string
	curl       string
}

// build makes them as a release is made.
func build(dir string) (*binaries, error) {
	curl, err := exec.LookPath("curl")
	if err != nil {
		return nil, err
	}
	b := &binaries{dir: dir, curl: curl}
	for _, t := range []struct {
		pkg string
		to  *string
	}{
		{"cmd/semadoctor", &b.semadoctor},
		{"bench/hello", &b.hello},
		{"bench/poller", &b.poller},
		{"bench/timer", &b.timer},
		{"bench/floor", &b.floor},
	} {
		*t.to = filepath.Join(dir, filepath.Base(t.pkg))
		if err := goBuild(*t.to, t.pkg); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// releaseTags are those of .goreleaser.yaml.
const releaseTags = "nodemo,urfave_cli_no_docs,nethttpomithttp2"

func goBuild(to, pkg string, env ...string) error {
	cmd := exec.Command("go", "build", "-tags", releaseTags, "-trimpath", "-ldflags=-s -w", "-o", to, "github.com/semadoctor/semadoctor/"+pkg)
	cmd.Env = append(append(os.Environ(), "CGO_ENABLED=0"), env...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build %s: %w\n%s", pkg, err, out)
	}
	return nil
}

// size is that of the release for linux/amd64, in bytes.
func (b *binaries) size() (int64, error) {
	to := filepath.Join(b.dir, "semadoctor-linux-amd64")
	if err := goBuild(to, "cmd/semadoctor", "GOOS=linux", "GOARCH=amd64"); err != nil {
		return 0, err
	}
	info, err := os.Stat(to)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
