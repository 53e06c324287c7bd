package main

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"os"
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
// gate and whatever is accepted; what cannot be noted keeps nobody from starting, and is
// no word worth where there is no place for it: under ProtectSystem=strict, or in a
// container that is read-only. kept is whether this process becomes the runner.
func (s *surgery) rival(ctx context.Context, t *checks.Target, gate string, kept bool) (why string) {
	if s.claimed || os.Getpid() == 1 { // in a round before; alone in a container, which may have no place for a note
		return ""
	}
	dirs, numbers := claimDirs(s.patients.disk, slashed(s.Env[stateEnv]), host.Self().UID), claimsOf(t)
	by, err := s.claim(dirs, numbers, kept)
	switch {
	case errors.Is(err, supervise.ErrOthers):
		s.note("a start of the same runner in this very moment would not be noticed: %s", say.Error(err))
		return ""
	case err != nil:
		return ""
	case s.claimed, by == os.Getppid(): // semadoctor run before semadoctor run
		return ""
	case gate != "off":
		why = s.lookAtRival(ctx, t, gate, func() bool {
			by, err := s.claim(dirs, numbers, kept)
			return by == 0 && err == nil
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

// claim notes in all places that this process starts the runner. by is who has done so
// before in one of them; the error is nil where there is any place for it.
func (s *surgery) claim(dirs []string, numbers []uint64, kept bool) (by int, err error) {
	for _, dir := range dirs {
		if slices.Contains(s.claims, dir) {
			continue
		}
		by, failed := supervise.Claim(dir, kept, numbers...)
		switch {
		case by != 0:
			return by, nil
		case failed != nil:
			err = failed
		default:
			s.claims = append(s.claims, dir)
		}
	}
	if s.claimed = len(s.claims) > 0; s.claimed {
		return 0, nil
	}
	return 0, err
}

// claimDirs are where it is noted who starts a runner: on this machine, and gone when it
// is booted. A user has two, whatever XDG_RUNTIME_DIR says, for that is set in sessions
// and not in units: one comes and goes with sessions, the other may be swept, or a unit's
// own (PrivateTmp=).
func claimDirs(files host.Files, named string, self int) []string {
	switch {
	case filepath.IsAbs(named):
		return []string{named}
	case self == 0:
		return []string{"/run/semadoctor"}
	}
	shared, session := fmt.Sprintf("/tmp/semadoctor-%d", self), fmt.Sprintf("/run/user/%d", self)
	if info, err := files.Lstat(session); err == nil && info.Mode.IsDir() && info.Owner.UID == self {
		return []string{session + "/semadoctor", shared}
	}
	return []string{shared}
}

// claimsOf tell starts apart by what decides who the runner is: where it stands, what its
// environment says to Semaphore, and its config, once by the path that all links to it
// lead to, which stays when another file takes its place, and once by the file, which
// may be there under another path, too.
func claimsOf(t *checks.Target) []uint64 {
	in := t.Install
	parts := []string{in.Dir, fmt.Sprint(in.As.UID)}
	for _, name := range slices.Sorted(maps.Keys(in.Env)) {
		if strings.HasPrefix(name, "SEMAPHORE_") {
			parts = append(parts, name+"="+in.Env[name].V)
		}
	}
	if in.Config == "" {
		return []uint64{claimOf(parts)}
	}
	config := in.Abs(in.Config)
	if real, err := host.Resolve(t.Files, config); err == nil {
		config = real
	}
	claims := []uint64{claimOf(append(parts, "path", config))}
	if info, err := t.Files.Lstat(config); err == nil && info.Ino != 0 {
		claims = append(claims, claimOf(append(parts, "file", fmt.Sprint(info.Dev, " ", info.Ino))))
	}
	return claims
}

func claimOf(parts []string) uint64 {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return binary.BigEndian.Uint64(sum[:])
}
