package runner

import (
	"cmp"
	"context"
	"encoding/json"
	"net"
	"net/http"
	"strings"
	"time"
)

// A Record is what a server says about itself and its runners to an API token. It
// is asked for with GET alone, which changes nothing.
type Record struct {
	Info *Exchange // GET …/api/info; nil when the token was not sent
	List *Exchange // GET …/api/runners; nil when the server has no such list, or takes no token

	Release Version // what the server is; zero when it does not say
	Local   bool    // use_remote_runner is off: the server runs tasks itself (2.10.26+)
	Rows    []Row   // without their tokens, which no server lists

	// Garbled is why an answer with status 200 was not understood.
	Garbled error
}

// A Row is a runner as its server lists it. What a server does not tell is nil:
// each column came with a release of its own.
type Row struct {
	ID         int        `json:"id"`
	Project    *int       `json:"project_id"` // nil, too, for a runner of all projects
	Name       string     `json:"name"`
	Webhook    string     `json:"webhook"`
	Parallel   int        `json:"max_parallel_tasks"` // 0 is no limit
	Active     *bool      `json:"active"`             // false: it is given no tasks
	Touched    *time.Time `json:"touched"`            // 2.14+: the last poll; nil, too, when there was none
	Registered *bool      `json:"registered"`         // 2.18.7+: false while a one-time token waits for its runner

	Tells bool `json:"-"` // the server has a column for the last poll
}

// UnmarshalJSON reads a row, and which columns it has.
func (r *Row) UnmarshalJSON(data []byte) error {
	type plain Row
	if err := json.Unmarshal(data, (*plain)(r)); err != nil {
		return err
	}
	var columns map[string]json.RawMessage
	_ = json.Unmarshal(data, &columns) // an object: that was read just now
	_, r.Tells = columns["touched"]
	return nil
}

// AskRecord shows an API token to the server that a probe has found to be
// Semaphore, at the address the runner has for it, and to nobody else: no redirect
// is followed. A server URL with a login in it leaves no room for the token: both
// would go in the same header.
func AskRecord(ctx context.Context, w *Wire, p *Probe, token Secret) *Record {
	r := &Record{}
	first, _ := p.Eras()
	if !p.Pong() || first == "" || p.Server.URL.User != nil {
		return r
	}
	header := func() http.Header { return http.Header{"Authorization": {"Bearer " + token.Reveal()}} }
	var info struct {
		Version string `json:"version"`
		Remote  *bool  `json:"use_remote_runner"`
	}
	r.Info = w.do(ctx, http.MethodGet, p.api("info"), "", header())
	if !r.read(r.Info, &info) {
		return r
	}
	r.Release, _ = ParseVersion(info.Version) // one that cannot be read is not known
	r.Local = info.Remote != nil && !*info.Remote
	if first.Legacy() { // rows are in the database alone
		return r
	}
	r.List = w.do(ctx, http.MethodGet, p.api("runners"), "", header())
	r.read(r.List, &r.Rows)
	return r
}

// read takes an answer apart. What it was is not kept: it was for a token.
func (r *Record) read(x *Exchange, into any) bool {
	body := x.Body
	x.Body = ""
	if !x.Answered() || x.Status != http.StatusOK {
		return false
	}
	if err := json.Unmarshal([]byte(body), into); err != nil {
		r.Garbled = err
		return false
	}
	return true
}

// api is an address of the server's API, beside the ping.
func (p *Probe) api(name string) string {
	return strings.TrimSuffix(p.Server.Ping(), "ping") + name
}

// Origin is a server's scheme, host and port: what a credential belongs to.
func (s *Server) Origin() string {
	if s.URL == nil {
		return ""
	}
	port := cmp.Or(s.URL.Port(), map[string]string{"http": "80", "https": "443"}[s.URL.Scheme])
	return s.URL.Scheme + "://" + net.JoinHostPort(strings.ToLower(s.URL.Hostname()), port)
}
