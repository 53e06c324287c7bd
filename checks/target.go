package checks

import (
	"context"
	"errors"
	"time"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
)

// A Target is one runner installation and the facts about it, each loaded at
// most once and shared by all checks.
type Target struct {
	Name    string // what the user called it: usually the config's path
	Install *runner.Installation
	Files   host.Files
	Net     host.Net
	Exec    host.Exec // nil: no command of this host may be run (--root)
	Secrets *runner.Secrets

	// APIToken is an administrator's, for what only the server's API tells; empty:
	// nobody gave one. APIOrigin is the server that it is for, as the configs had it
	// before the first check: what a repair or somebody else writes there later does
	// not get it. "" is none. A registration token that the user gives is for the same
	// host.
	APIToken  runner.Secret
	APIOrigin string

	// Registration is the server's registration token, from whoever runs semadoctor;
	// empty: only the runner's own may be used. Unsafe says that fixes are wanted
	// which cannot all be taken back.
	Registration runner.Secret
	Unsafe       bool

	// Log is what the runner has said before; nil: nobody has given it. It is about
	// the past: a rehearsal, and a look after a repair, do without.
	Log     *Log
	Journal bool // where Log is nil, the end of the unit's journal is looked at

	// Restarted is how it went when the runner was started anew; nil: it was not.
	Restarted *Restart

	Poll       bool // the runner's own poll is sent, too, once and as HEAD
	Offline    bool
	Timeout    time.Duration // per check; 0 means DefaultTimeout
	NTPServers []string      // named by the user: silence is then Unknown; nil: this host's own
	NoNTP      bool          // no check but clock/ntp itself asks time servers: for who must not wait for them, or left that check out
	SkewWarn   time.Duration // clock offset to warn at; 0 means 1 s
	SkewFail   time.Duration // clock offset to fail at; 0 means 30 s

	// Wanted says which problems are to be reported; nil means all.
	Wanted func(*Problem) bool

	// Accepted is what the ignore file for a config says, "" being no config, on files
	// of the machine as the runner sees them; it says nil when there is none. nil:
	// nobody asks for one.
	Accepted func(files host.Files, config string) *Acceptances

	// Resolve finds the set-up once more on other files of the machine, for a
	// repair may change what it is made of; nil: only the files are others.
	Resolve func(host.Files) (runner.Setup, error)
	// Machine is what Files are a view of; nil: Files are the machine's own.
	Machine host.Files

	Peers *Peers // the other runners of this host; nil: none that is known

	facts *facts
	live  *live // shared with the target's rehearsals
}

// facts are what the files say, each loaded when the first check asks.
type facts struct {
	file    fact[*runner.File]
	version fact[runner.Version]
	config  fact[*runner.Config]
	cred    fact[*runner.Credential]
	probe   fact[*runner.Probe]

	accepted fact[*Acceptances]
}

// NewTarget makes a target of an installation. The caller fills in the rest
// before the first check runs.
func NewTarget(name string, in *runner.Installation) *Target {
	return &Target{Name: name, Install: in, facts: &facts{}, live: newLive()}
}

// Beside is the runner of another config that is started as t's is: clock and
// program are the same, and asked once for all.
func (t *Target) Beside(name, config string) *Target {
	other, in := *t, *t.Install
	in.Config = config
	other.Name, other.Install, other.facts = name, &in, &facts{}
	other.live = t.live.beside()
	return &other
}

// on is the same target on other files of the machine, with nothing remembered
// but what the outside said.
func (t *Target) on(files host.Files) *Target {
	other := *t
	other.Files, other.facts = files, &facts{}
	other.Log, other.Journal = nil, false
	if t.Resolve == nil {
		return &other
	}
	s, err := t.Resolve(files)
	if other.Machine = files; err != nil {
		unseen := *t.Install
		unseen.Unseen = append(unseen.Unseen[:len(unseen.Unseen):len(unseen.Unseen)], err)
		other.Install = &unseen
		return &other
	}
	if other.Install = s.Install; s.Files != nil {
		other.Files = s.Files
	}
	return &other
}

// Again is the same target with nothing remembered but what the outside said.
func (t *Target) Again() *Target {
	t.Peers.forget(t)
	return t.on(t.machine())
}

// machine is the whole machine, whatever the runner sees of it.
func (t *Target) machine() host.Files {
	if t.Machine != nil {
		return t.Machine
	}
	return t.Files
}

// blind is why the runner's settings are not known, if they are not.
func (t *Target) blind() error {
	if len(t.Install.Unseen) == 0 {
		return nil
	}
	err := t.Install.Unseen[0]
	return CannotTell(err, "it is not known how the runner is started: %v", err)
}

// toldVersion is the one somebody vouches for: the user, the tag of a container's
// image, or the runner's binary. It is zero when nobody does.
func (t *Target) toldVersion(ctx context.Context) (runner.Version, error) {
	return t.live.told.of(ctx, t, (*Target).hearVersion)
}

func (t *Target) hearVersion(ctx context.Context) (runner.Version, error) {
	if t.described() {
		return t.Install.Version, nil
	}
	switch t.Install.Version.Source {
	case runner.FromFlag, runner.FromImage:
		return t.Install.Version, nil
	}
	v, _ := runner.AskBinary(ctx, t.Exec, t.Files, t.Install) // a runner may well be elsewhere
	return v, nil
}

// File is the config file the runner would read, with what is wrong with it.
// The error is runner.ErrNoConfig when it is nowhere on the search list, and
// runner.ErrNotRead when the runner reads none.
func (t *Target) File(ctx context.Context) (*runner.File, error) {
	return t.facts.file.of(ctx, t, (*Target).findFile)
}

func (t *Target) findFile(ctx context.Context) (*runner.File, error) {
	if err := t.blind(); err != nil {
		return nil, err
	}
	told, err := t.toldVersion(ctx)
	if err != nil {
		return nil, err
	}
	return runner.Open(t.Files, t.Install, told.Era)
}

// Version is the runner's release or at least its era: as told by the user, by
// the runner's binary, or guessed from the config.
func (t *Target) Version(ctx context.Context) (runner.Version, error) {
	return t.facts.version.of(ctx, t, (*Target).tellVersion)
}

func (t *Target) tellVersion(ctx context.Context) (runner.Version, error) {
	v, err := t.toldVersion(ctx)
	if err != nil || v.Era.Known() {
		return v, err
	}
	f, err := t.File(ctx)
	if err != nil && !errors.Is(err, runner.ErrNoConfig) && !errors.Is(err, runner.ErrNotRead) {
		return v, err
	}
	v.Era, v.Source = runner.Guess(f, t.Install.Env), runner.FromConfig
	if t.Install.NoConfig && v.Era.Before(runner.E4a) { // which does not know --no-config
		v.Era = runner.Newest
	}
	return v, nil
}

// Config is the effective configuration, of the environment alone when the
// runner reads no file. The error is what makes the file unreadable for the
// runner, if anything does.
func (t *Target) Config(ctx context.Context) (*runner.Config, error) {
	return t.facts.config.of(ctx, t, (*Target).resolveConfig)
}

func (t *Target) resolveConfig(ctx context.Context) (*runner.Config, error) {
	f, err := t.File(ctx)
	switch {
	case errors.Is(err, runner.ErrNotRead):
	case err != nil:
		return nil, err
	case f.Err != nil:
		return nil, f.Err
	}
	v, err := t.Version(ctx)
	if err != nil {
		return nil, err
	}
	return runner.Resolve(f, t.Install, v, t.Secrets), nil
}

// Credential is who the runner says it is.
func (t *Target) Credential(ctx context.Context) (*runner.Credential, error) {
	return t.facts.cred.of(ctx, t, (*Target).findCredential)
}

func (t *Target) findCredential(ctx context.Context) (*runner.Credential, error) {
	c, err := t.Config(ctx)
	if err != nil {
		return nil, err
	}
	return runner.NewCredential(t.Files, c, t.Secrets), nil
}

// Probe is what the server answered.
func (t *Target) Probe(ctx context.Context) (*runner.Probe, error) {
	return t.facts.probe.of(ctx, t, (*Target).askServer)
}

func (t *Target) askServer(ctx context.Context) (*runner.Probe, error) {
	if err := t.away(ctx); err != nil {
		return nil, err
	}
	c, err := t.Config(ctx)
	if err != nil {
		return nil, err
	}
	cr, err := t.Credential(ctx)
	if err != nil {
		return nil, err
	}
	return t.ask(ctx, c, cr)
}
