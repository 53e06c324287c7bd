package fakeserver

import "fmt"

// habits are what distinguishes the runner of one era.
type habits struct {
	run      func(*process) error
	register func(*process) error // nil: no such command

	search  []string // where a config is looked for
	dialect string   // default of the config's dialect

	// internal: the token is the identity, below /api/internal (E4).
	internal bool

	// What follows is of E1-E3 only.

	header      string // that carries the token; "": none
	greeting    string // logged at each attempt to get an identity
	registering string // logged when it really registers; "": nothing
	ready       string // logged when there is an identity

	// identify finds an identity in the environment or the state file. ok is
	// false if the runner must register. It panics by returning an exit.
	identify func(*process) (id identity, ok bool, err error)

	// quiet: errors go to stdout by Println and statuses are not looked at (E1).
	quiet bool

	badStatus  string // before the status of a poll
	unreadable string // before the error of reading its body
}

// lookupHabits panics for an era nobody taught it: a programmer's mistake.
func lookupHabits(era string) habits {
	search := []string{"config.json", "/usr/local/etc/semaphore/config.json"}
	h, ok := map[string]habits{
		"E1":  {quiet: true, identify: identifyByFile},
		"E2a": {header: "X-API-Token", dialect: "bolt", identify: identifyByFileAfterEnv},
		"E2b": {header: "X-API-Token", dialect: "bolt", identify: identifyByEnvOrFile},
		"E3": {
			header: "X-API-Token", dialect: "bolt", identify: identifyByToken,
			greeting:    "Attempting to register on the server",
			registering: "Registering a new runner",
			ready:       "The runner has been started",
			badStatus:   "Encountered error while checking for new jobs; server returned code ",
			unreadable:  "Encountered error while checking for new jobs; unable to read response body:",
		},
		"E4c": {
			run: runInternal, register: registerInternal, internal: true, dialect: "bolt",
			search: append(search, "/etc/semaphore/config.json"),
		},
	}[era]
	if !ok {
		panic(fmt.Sprintf("fakeserver: no runner of era %q", era))
	}
	return h.filled(search)
}

// filled adds what E1-E3 share, and E1 and E2 say.
func (h habits) filled(search []string) habits {
	if h.run == nil {
		h.run, h.search = runLegacy, search
	}
	if h.greeting == "" {
		h.greeting, h.ready = "Trying to register on server", "Runner registered on server"
		h.badStatus = "Checking new jobs error, server returns code "
		h.unreadable = "Checking new jobs, error reading response body:"
	}
	return h
}
