// Package runner knows what a Semaphore runner reads, writes and says: the
// config of every era with the origin of each value, the identity it keeps, its
// wire and what the server's answers mean.
//
// Claims about Semaphore carry the versions they hold for. "Observed" means
// seen on a real binary of that version; an issue number is one of
// semaphoreui/semaphore.
package runner

// An Era is a span of Semaphore releases whose runners behave alike.
// The zero Era is one that is not known.
type Era string

// The eras, oldest first. There was no usable runner before E1.
const (
	E1  Era = "E1"  // 2.9.1 - 2.9.40: no token is sent, none is checked
	E2a Era = "E2a" // 2.9.40-beta: X-API-Token; a state without identity is answered 404
	E2b Era = "E2b" // 2.9.41-beta - 2.9.60: the same is answered 401, the classic loop
	E3  Era = "E3"  // 2.9.64 - 2.10.25-beta: "runner start"; registers when it has no token
	E4a Era = "E4a" // 2.10.26-beta: web_host and token_file; registering always panics
	E4b Era = "E4b" // 2.10.27: any network error crashes the runner
	E4c Era = "E4c" // 2.10.28 - 2.10.x: runner.token in the file is ignored
	E5  Era = "E5"  // 2.11 - 2.17: runner.token or token_file, answers encrypted with an RSA key
	E5b Era = "E5b" // 2.18: names, tags, connection.*; proxy variables are ignored
	E6  Era = "E6"  // 2.19: no RSA, YAML configs, executors
	E7  Era = "E7"  // 2.20 and the development head of autumn 2026: redirects are refused
)

// Eras lists all eras, oldest first.
func Eras() []Era { return []Era{E1, E2a, E2b, E3, E4a, E4b, E4c, E5, E5b, E6, E7} }

// place is where e stands among the eras, from 1; 0 when it is none. Every check
// asks several times.
func (e Era) place() int {
	switch e {
	case E1:
		return 1
	case E2a:
		return 2
	case E2b:
		return 3
	case E3:
		return 4
	case E4a:
		return 5
	case E4b:
		return 6
	case E4c:
		return 7
	case E5:
		return 8
	case E5b:
		return 9
	case E6:
		return 10
	case E7:
		return 11
	}
	return 0
}

// Known reports whether e is an era at all.
func (e Era) Known() bool { return e.place() > 0 }

// Before reports whether e is older than f. An unknown era is older than none.
func (e Era) Before(f Era) bool {
	at := e.place()
	return at > 0 && at < f.place()
}

// Within reports whether e lies in the span from first to last, both included.
// An empty end is open.
func (e Era) Within(first, last Era) bool {
	return e.Known() && (first == "" || !e.Before(first)) && (last == "" || !last.Before(e))
}

// Legacy reports whether runners of this era are configured by api_url and
// config_file, register by themselves, and are known to the server by id and
// token (2.9.1 - 2.10.25-beta). Later ones have web_host and a token alone.
func (e Era) Legacy() bool { return e.Within(E1, E3) }

// ChecksToken reports whether a server of this era looks at the token at all.
func (e Era) ChecksToken() bool { return e != E1 }

// StartsWith is the command line that starts a runner of this era, after the
// executable: from 2.9.64 on the bare "runner" only prints help and exits 0
// (observed 2.10.32).
func (e Era) StartsWith(config string) []string {
	args := []string{"runner"}
	if !e.Before(E3) {
		args = append(args, "start")
	}
	if config != "" {
		args = append(args, "--config", config)
	}
	return args
}
