package fakeserver

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// A Runner is the runner process of an era: it finds its config, gets itself an
// identity and polls, with the log lines, files and exit statuses of the real
// one. It never runs a task. It is written from the recordings and the source of
// v2.9.37, v2.9.40-beta, v2.9.58, v2.10.22 and v2.10.32, and shares no code with
// the rest of semadoctor, so that it can be its oracle.
type Runner struct {
	// Era is E1, E2a, E2b, E3 or E4c. Run panics for any other.
	Era string

	// Config is the --config flag. Empty means SEMAPHORE_CONFIG_PATH, then the
	// search list of the era.
	Config string

	// NoConfig is the --no-config flag of E4.
	NoConfig bool

	// Env looks up environment variables. Nil means there are none.
	Env func(name string) (value string, ok bool)

	// Dir is the working directory, for relative paths. Empty means that of
	// this process.
	Dir string

	// Stdout and Stderr receive the output. Nil means it is thrown away.
	Stdout, Stderr io.Writer

	// HTTP is the client. Nil means one like Semaphore's: the default
	// transport, redirects followed, no timeout.
	HTTP *http.Client

	// Interval is the time between two polls. Zero means one second.
	Interval time.Duration

	// RetryInterval is the time between two attempts to register in E1-E3. Zero
	// means five seconds.
	RetryInterval time.Duration

	// Polls stops the runner with status 0 after so many successful polls: PUT
	// and GET answered below 400, and the GET with JSON. Zero means never.
	Polls int

	// Cycles stops the runner with status 0 after so many polls, successful or
	// not, and E1-E3 also after so many failed attempts to register. Zero
	// means never.
	Cycles int

	// Debug is --log-level DEBUG of E4.
	Debug bool

	// StdinToken is what --stdin-registration-token of E4 read, or nil without
	// that flag. As in the real one it ends up in the wrong place.
	StdinToken *string

	// Now is the clock of the log lines. Nil means the system's.
	Now func() time.Time
}

// Exit statuses of the runner process.
const (
	exitOK         = 0
	exitNoConfig   = 1
	exitPanic      = 2
	exitTerminated = 143 // no signal handler: 128 + SIGTERM
)

// An exit ends the process with a status.
type exit int

// Error implements error.
func (e exit) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

// Run is `semaphore runner` of E1 and E2 and `semaphore runner start` since E3.
// It returns the exit status, 143 if ctx ended it as SIGTERM would.
func (r Runner) Run(ctx context.Context) int {
	p := r.process(ctx)
	if err := p.loadConfig(); err != nil {
		return p.status(err)
	}
	return p.status(p.habits.run(p))
}

// Register is `semaphore runner register` of E4. It panics for older eras, which
// have no such command.
func (r Runner) Register(ctx context.Context) int {
	p := r.process(ctx)
	if p.habits.register == nil {
		panic("fakeserver: no runner register command in era " + r.Era)
	}
	if err := p.loadConfig(); err != nil {
		return p.status(err)
	}
	return p.status(p.habits.register(p))
}

// A process is one run of a Runner.
type process struct {
	Runner
	ctx    context.Context
	habits habits
	conf   settings
	id     identity
}

func (r Runner) process(ctx context.Context) *process {
	r.HTTP = cmp.Or(r.HTTP, &http.Client{})
	r.Stdout = cmp.Or[io.Writer](r.Stdout, io.Discard)
	r.Stderr = cmp.Or[io.Writer](r.Stderr, io.Discard)
	r.Interval = cmp.Or(r.Interval, time.Second)
	r.RetryInterval = cmp.Or(r.RetryInterval, 5*time.Second)
	if r.Env == nil {
		r.Env = func(string) (string, bool) { return "", false }
	}
	if r.Now == nil {
		r.Now = time.Now // this package plays another program, which looks at the clock itself
	}
	return &process{Runner: r, ctx: ctx, habits: lookupHabits(r.Era)}
}

func (p *process) status(err error) int {
	var code exit
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &code):
		return int(code)
	}
	panic("fakeserver: not an exit status: " + err.Error())
}

// poll calls cycle once per interval until the process ends. cycle says
// whether the poll was successful.
func (p *process) poll(cycle func() bool) error {
	ticker := time.NewTicker(p.Interval)
	defer ticker.Stop()
	for n, successes := 1, 0; ; n++ {
		if err := p.wait(ticker.C); err != nil {
			return err
		}
		if cycle() {
			successes++
		}
		if n == p.Cycles || p.Polls > 0 && successes == p.Polls {
			return p.terminated()
		}
		if n%5 == 0 { // the queue is looked at every five seconds, polls are one second apart
			p.log("debug", "Checking queue", "context", "running")
		}
	}
}

func (p *process) wait(tick <-chan time.Time) error {
	select {
	case <-p.ctx.Done():
	case <-tick:
	}
	return p.terminated()
}

// terminated is what kills a process whose context is over, or nil.
func (p *process) terminated() error {
	if p.ctx.Err() != nil {
		return exit(exitTerminated)
	}
	return nil
}
