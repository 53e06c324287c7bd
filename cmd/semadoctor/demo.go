//go:build !nodemo

package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/internal/fakeserver"
	"github.com/semadoctor/semadoctor/report"
)

// demoVersion is of the era in which one file for config and state is answered
// 401 for ever: semaphoreui/semaphore#1766.
const demoVersion = "2.9.58"

// demoCommands are in every build but the released one, where a server and a
// runner that nobody needs on a sick machine would cost 0.9 MB.
func (a *app) demoCommands() []*cli.Command {
	return []*cli.Command{
		{Name: "demo", Usage: "break a runner in a temporary directory, diagnose it, repair it, run it", Action: a.demo},
		{Name: "demo-runner", Hidden: true, SkipFlagParsing: true, Action: a.demoRunner},
	}
}

// demo is "semadoctor demo": the whole main job on a runner that is broken as
// in semaphoreui/semaphore#1766, against a server of that era in this process.
// It leaves nothing behind.
func (a *app) demo(c *cli.Context) error {
	if c.Args().Present() {
		return usagef("demo takes no arguments")
	}
	ctx, cancel := until(0)
	defer cancel()
	dir, err := os.MkdirTemp("", "semadoctor-demo-")
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	defer os.RemoveAll(dir)
	server := fakeserver.New(fakeserver.Options{Era: "E2b", RegistrationToken: demoToken})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	web := &http.Server{Handler: server, ReadHeaderTimeout: 5 * time.Second}
	go web.Serve(l)
	defer web.Close()
	s := show{a, ctx, dir, "http://" + l.Addr().String()}
	if err := s.write(); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	return s.play(server)
}

// demoToken opens nothing but the server in this process.
const demoToken = "demo-registration-token"

// show is one performance.
type show struct {
	*app
	ctx context.Context // ends with the first signal
	dir string          // temporary; all of the demo is in it
	url string
}

func (s *show) config() string { return filepath.Join(s.dir, "config.json") }

// write makes the machine: a config that is its own state file.
func (s *show) write() error {
	text := fmt.Sprintf(`{
  "runner": {
    "api_url": "%s/api",
    "registration_token": "%s",
    "config_file": "%s"
  },
  "tmp_path": "%s"
}
`, s.url, demoToken, filepath.ToSlash(s.config()), filepath.ToSlash(filepath.Join(s.dir, "tmp")))
	return os.WriteFile(s.config(), []byte(text), 0o600)
}

// play is the four acts.
func (s *show) play(server *fakeserver.Server) error {
	config := s.config()
	s.act("A runner of Semaphore %s, with %s for its config and for its state file.", demoVersion, config)
	common := []string{"--config", config, "--runner-version", demoVersion, "--skip", "clock/ntp"}
	s.act("1. What is wrong with it?")
	s.expect(report.ExitFindings, append([]string{"check"}, common...))
	s.act("2. Repair it.")
	s.expect(report.ExitOK, append([]string{"fix", "--yes"}, common...))
	s.act("3. Is it well now?")
	s.expect(report.ExitOK, append([]string{"check"}, common...))
	s.act("4. Run it, for three polls.")
	s.expect(report.ExitOK, append(append([]string{"run"}, common...), "--", s.Self, "demo-runner", config))
	if by := stopped(s.ctx); by != "" {
		s.code = report.ExitStopped
		return fmt.Errorf("demo: stopped by %s", by)
	}
	if n := len(server.Runners()); n != 1 {
		return fmt.Errorf("demo: the server knows %d runners, want 1", n)
	}
	if s.code != report.ExitOK {
		return errors.New("demo: not all went as it should")
	}
	s.act("The server knows the runner now, and every poll was answered 200. %s is gone again.", s.dir)
	return nil
}

func (s *show) act(format string, args ...any) {
	fmt.Fprintf(s.Stdout, "\n== "+format+"\n\n", args...)
}

// expect plays one command line, and remembers when it did not end as it should.
func (s *show) expect(code int, args []string) {
	if stopped(s.ctx) != "" {
		return
	}
	fmt.Fprintf(s.Stdout, "$ semadoctor %s\n\n", strings.Join(args, " "))
	if got := s.command(args); got != code {
		fmt.Fprintf(s.Stdout, "\nexit code %d, expected %d\n", got, code)
		s.code = report.ExitFindings
	}
}
