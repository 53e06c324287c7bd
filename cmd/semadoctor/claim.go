package main

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/internal/supervise"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// How long a start waits for another that has begun before it, to see what comes of it.
const (
	rivalPause = 100 * time.Millisecond
	rivalLooks = 20
)

// rival is why the runner is not started, if another start with the same settings was
// before this one: two that begin in the same moment do not see each other at work, and
// who remembers a verdict does not look. That there was one only makes us look, with the
// gate and whatever is accepted; what cannot be noted keeps nobody from starting. kept is
// whether this process becomes the runner.
func (s *surgery) rival(ctx context.Context, t *checks.Target, gate string, kept bool) (why string) {
	if s.claimed || os.Getpid() == 1 { // in a round before; alone in a container, which may have no place for a note
		return ""
	}
	dir, number := s.claimDir(), claimOf(t)
	by, err := supervise.Claim(dir, number, kept)
	s.claimed = by == 0 && err == nil
	switch {
	case err != nil:
		s.note("a start of the same runner in this very moment would not be noticed: %s", say.Error(err))
		return ""
	case s.claimed, by == os.Getppid(): // semadoctor run before semadoctor run
		return ""
	case gate != "off":
		why = s.lookAtRival(ctx, t, gate, func() bool {
			by, err := supervise.Claim(dir, number, kept)
			s.claimed = by == 0 && err == nil
			return s.claimed
		})
	}
	if why == "" && !s.claimed {
		s.note("process %d was started by semadoctor run with the same settings", by)
	}
	return why
}

// lookAtRival waits until another start has come to a runner, which may be the reason
// not to start this one, or is over.
func (s *surgery) lookAtRival(ctx context.Context, t *checks.Target, gate string, over func() bool) (why string) {
	var seen []int
	for range rivalLooks {
		if over() || ctx.Err() != nil {
			return ""
		}
		found, _ := runner.FindProcesses(s.patients.disk)
		var pids []int
		for _, f := range found {
			pids = append(pids, f.Install.Process.PID)
		}
		if len(pids) > 0 && !slices.Equal(pids, seen) {
			seen = pids
			later := t.Later()
			later.MeetAtWork(s.atWork()...)
			if why := refusal(checks.Diagnose(ctx, later, s.sel.checks(s.checks)), gate, s.language(s.c)); why != "" {
				return why
			}
		}
		s.Sleep(ctx, rivalPause)
	}
	return ""
}

// claimDir is where it is noted who starts a runner: on this machine, and gone when it
// is booted.
func (a *app) claimDir() string {
	self := host.Self().UID
	switch named, run := slashed(a.Env[stateEnv]), slashed(a.Env["XDG_RUNTIME_DIR"]); {
	case filepath.IsAbs(named):
		return named
	case self == 0:
		return "/run/semadoctor"
	case filepath.IsAbs(run):
		return path.Join(run, "semadoctor")
	}
	return fmt.Sprintf("/tmp/semadoctor-%d", self)
}

// claimOf tells starts apart by what decides who the runner is: its config, be it
// called this or that, where it stands, and what its environment says to Semaphore.
func claimOf(t *checks.Target) uint64 {
	in := t.Install
	parts := []string{in.Dir, fmt.Sprint(in.As.UID)}
	if in.Config != "" {
		config := in.Abs(in.Config)
		if info, err := host.Stat(t.Files, config); err == nil {
			config = fmt.Sprint(info.Dev, " ", info.Ino)
		}
		parts = append(parts, config)
	}
	for _, name := range slices.Sorted(maps.Keys(in.Env)) {
		if strings.HasPrefix(name, "SEMAPHORE_") {
			parts = append(parts, name+"="+in.Env[name].V)
		}
	}
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return binary.BigEndian.Uint64(sum[:])
}
