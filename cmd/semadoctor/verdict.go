package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// A verdictCache remembers for a while that all was well, so that a runner that is
// started again and again does not have its server asked every time. Only what is
// good is remembered, with everything that it stands on: what has changed is looked
// at again, and so is whatever is not quite as it was written.
type verdictCache struct {
	*surgery
	file string        // where it is kept
	life time.Duration // how long it counts
	key  string        // what it depends on besides files
	t    *checks.Target
	at   *host.Trail
}

// verdictKept is what the file holds: no secret, but for who could undo SHA-256.
type verdictKept struct {
	Key    string            // digest of what the verdict depends on besides files
	At     time.Time         // when it was found
	Stamps map[string]string // of every file that was looked at
}

// remembered is what --cache asks for, once in a process; nil without it, and where
// there is no place to keep anything.
func (s *surgery) remembered(t *checks.Target) *verdictCache {
	dir, life := s.cacheDir(), s.c.Duration("cache")
	if life == 0 || dir == "" || s.asked {
		return nil
	}
	s.asked = true
	v := &verdictCache{surgery: s, life: life, t: t, at: host.NewTrail(t.Files)}
	v.key = s.verdictKey(s.c, t)
	v.file = filepath.Join(filepath.FromSlash(dir), "verdict-"+v.key[:16])
	t.Files = v.at
	return v
}

// cacheDir is where this user's caches are (XDG Base Directory Specification); ""
// when there is no such place.
func (a *app) cacheDir() string {
	home := slashed(a.Env["HOME"])
	switch d := slashed(a.Env["XDG_CACHE_HOME"]); {
	case filepath.IsAbs(d):
		return path.Join(d, "semadoctor")
	case host.Self().UID == 0:
		return "/var/cache/semadoctor"
	case filepath.IsAbs(home):
		return path.Join(home, ".cache/semadoctor")
	}
	return ""
}

// verdictKey tells apart whatever else the verdict depends on: this program, what it
// was told, and how the runner is started.
func (s *surgery) verdictKey(c *cli.Context, t *checks.Target) string {
	in := t.Install
	parts := []string{version, s.selfStamp(), t.Name, in.Config, in.Dir, in.As.String(), fmt.Sprint(in.As.UID, in.As.GID, in.As.Groups)}
	for _, f := range c.Command.Flags {
		if name := f.Names()[0]; name != "cache" { // how long a verdict counts is asked when it is used
			parts = append(parts, fmt.Sprintf("%s=%s%q", name, c.String(name), listOf(c, name)))
		}
	}
	parts = append(parts, c.Args().Slice()...)
	for _, a := range s.patients.ignored {
		parts = append(parts, "accepted", a.ID, a.Reason, a.Until, a.Target)
	}
	parts = append(parts, s.Net.Now().Format(time.DateOnly)) // the day on which an acceptance ends
	for _, name := range slices.Sorted(maps.Keys(in.Env)) {
		if !slices.Contains(ofOneStart(), name) {
			parts = append(parts, name+"="+in.Env[name].V)
		}
	}
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:])
}

// ofOneStart are variables that systemd and shells set anew at every start, and that
// no runner reads.
func ofOneStart() []string {
	return []string{"INVOCATION_ID", "JOURNAL_STREAM", "SYSTEMD_EXEC_PID", "MEMORY_PRESSURE_WATCH", "MEMORY_PRESSURE_WRITE", "SHLVL", "OLDPWD", "_"}
}

// selfStamp is which build of semadoctor this is: two may have one version.
func (s *surgery) selfStamp() string {
	info, err := host.Stat(host.OS{}, slashed(s.Self))
	if err != nil {
		return ""
	}
	return fmt.Sprint(info.Size, info.ModTime.UnixNano(), info.Ino)
}

// holds reports whether all is still as it was when it was well.
func (v *verdictCache) holds() bool {
	if v == nil {
		return false
	}
	data, err := readVerdict(v.file)
	if err != nil {
		return false
	}
	var kept verdictKept
	if json.Unmarshal(data, &kept) != nil || kept.Key != v.key || len(kept.Stamps) == 0 {
		return false
	}
	age := v.Net.Now().Sub(kept.At)
	return age >= 0 && age < v.life && host.Unchanged(v.at.Files, kept.Stamps)
}

// keep remembers a verdict with which the gate has opened and nothing was left open,
// and forgets the one before otherwise. Where that cannot be written, the next start
// looks again.
func (v *verdictCache) keep(ctx context.Context, d checks.Diagnosis, gate string) {
	if v == nil {
		return
	}
	good := checks.Worst(d.Results) <= checks.Warn && refusal(d, gate, say.English) == ""
	if ctx.Err() != nil || d.Target != v.t || len(d.Results) == 0 || !good {
		forgetVerdict(v.file)
		return
	}
	data, err := json.Marshal(verdictKept{v.key, v.Net.Now().UTC(), v.at.Stamps()})
	if err == nil && writeVerdict(v.file, data) == nil {
		forgetOlder(v.file, v.Net.Now().Add(-v.life))
	}
}
