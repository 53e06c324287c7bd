package runner

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/semadoctor/semadoctor/host"
)

// A Newcomer is what a runner says of itself to a server that is to take it.
type Newcomer struct {
	Token    Secret   // the server's registration token
	Webhook  string   // 2.9.22+
	Parallel int      // how many tasks at once
	Key      string   // PEM of the public key; "" where the era has none
	Name     string   // 2.18+
	Tags     []string // 2.18+
	Enabled  bool     // 2.18+: whether the row is active; before, up to E3 all are, and in E4 and E5 none
	Project  *int     // 2.18+; nil: a runner for all projects
}

// NewNewcomer is what a config makes a runner say. Where nobody has said how many
// tasks it takes it is what the era's documentation says; E4 itself sends 0 then
// (observed 2.10.32), with which servers up to 2.10.28 give it none. The error is
// about tags that are none.
func NewNewcomer(c *Config, token Secret) (Newcomer, error) {
	n := Newcomer{Token: token, Webhook: c.Text(Webhook).V, Parallel: 1, Enabled: true}
	const many = 9999 // E5b and later
	if c.Era.Within(E5b, "") {
		n.Parallel = many
		n.Name = c.Text(RunnerName).V
		n.Enabled = !c.Text(Enabled).Set() || c.Truth(Enabled)
		if tags := c.Text(Tags); tags.V != "" {
			if err := json.Unmarshal([]byte(tags.V), &n.Tags); err != nil {
				return n, fmt.Errorf("read the tags (%s): %w", tags.From, err)
			}
		}
		if id, err := strconv.Atoi(c.Text(ProjectID).V); err == nil {
			n.Project = &id
		}
	}
	if set, err := strconv.Atoi(c.Text(MaxParallelTasks).V); err == nil && set > 0 {
		n.Parallel = set
	}
	return n, nil
}

// body is the request: three members up to E4, a key in E5, and from E5b on what
// the row is to be like.
func (n Newcomer) body(era Era) string {
	b, _ := json.Marshal(struct { // texts and numbers: cannot go wrong
		Token    string   `json:"registration_token"`
		Webhook  string   `json:"webhook"`
		Parallel int      `json:"max_parallel_tasks"`
		Key      string   `json:"public_key,omitempty"`
		Name     string   `json:"name,omitempty"`
		Tags     []string `json:"tags,omitempty"`
		Enabled  *bool    `json:"enabled,omitempty"`
		Project  *int     `json:"project_id,omitempty"`
	}{n.Token.Reveal(), n.Webhook, n.Parallel, n.Key, n.Name, n.Tags, enabled(era, n.Enabled), n.Project})
	return string(b)
}

func enabled(era Era, on bool) *bool {
	if era.Before(E5b) {
		return nil
	}
	return &on
}

// Errors of requests that change a server. What is returned is one of them, and says
// what was seen: that nobody knows what came of it, whoever asked says once.
var (
	// ErrUnanswered: the request may have arrived, and no answer came back that says
	// so.
	ErrUnanswered = errors.New("it may have been done or not")
	// ErrNoToken: a registration was answered with a yes, and with no token that one
	// can use. It may be the server's yes or the page of a proxy.
	ErrNoToken = errors.New("no token was answered")
)

// doubt is an error after which it is open what the server has done.
type doubt struct {
	error
	of error
}

func (d doubt) Unwrap() []error { return []error{d.error, d.of} }

// Register makes a server take a runner. Each call that arrives makes one: it is
// never repeated. Up to E3 the state has a number, later it is 0.
func Register(ctx context.Context, w *Wire, s *Server, n Newcomer, secrets *Secrets) (State, error) {
	target := s.Given.V + "/runners"
	if !s.Era.Legacy() {
		target = s.Tasks("")
	}
	x := w.do(ctx, http.MethodPost, target, n.body(s.Era), http.Header{"Content-Type": {"application/json"}})
	if x.Status == http.StatusOK && x.Err == nil {
		st, err := newState(s.Era, x.Body, secrets)
		return st, x.tokenless(err)
	}
	return State{}, x.refusal()
}

// tokenless says what was answered in a token's place.
func (x *Exchange) tokenless(err error) error {
	switch {
	case err == nil:
		return nil
	case x.HTML():
		return doubt{fmt.Errorf("%s %s was answered with a web page, and no token", x.Method, x.URL), err}
	}
	return doubt{fmt.Errorf("%s %s was answered with no token that one can use", x.Method, x.URL), err}
}

func newState(era Era, body string, secrets *Secrets) (State, error) {
	var st State
	err := json.Unmarshal([]byte(body), &st)
	secrets.New(st.Token)
	switch {
	case err != nil, !tokenText(st.Token), era.Legacy() && st.RunnerID <= 0:
		return State{}, ErrNoToken
	}
	return st, nil
}

// TokenIn is the one line that a file holds, if as may read it; empty else.
func TokenIn(files host.Files, name string, as host.Identity, secrets *Secrets) Secret {
	if name == "" || !host.CanRead(files, name, as).OK() {
		return Secret{}
	}
	data, _ := host.ReadThrough(files, name)
	text := strings.TrimSpace(string(data))
	if !headerValue(text) {
		return Secret{}
	}
	return secrets.New(text)
}

// tokenText reports whether a text may be written into a file, or between the
// quotes of a config, as it is.
func tokenText(s string) bool {
	const longest = 512
	return len(s) >= 8 && len(s) <= longest && madeOf(s, alphanum+"+/=_-.")
}

// refusal is why a request that would have changed something did not, or
// ErrUnanswered: once it was sent, silence, what a proxy says of a server that it has
// lost, and a yes in other words leave it open.
func (x *Exchange) refusal() error {
	why := strings.TrimSpace(cmp.Or(x.JSONError(), http.StatusText(x.Status)))
	refused := &Refusal{Status: x.Status, Why: clipped(why)}
	switch {
	case x.Err != nil && x.Way.Last() != StepHTTP:
		return fmt.Errorf("%s %s: %w", x.Method, x.URL, x.Err)
	case x.Err != nil:
		return doubt{fmt.Errorf("%s %s: no answer: %w", x.Method, x.URL, x.Err), ErrUnanswered}
	case x.Status >= http.StatusInternalServerError, x.Status < http.StatusMultipleChoices:
		return doubt{fmt.Errorf("%s %s: %w", x.Method, x.URL, refused), ErrUnanswered}
	}
	return fmt.Errorf("%s %s: %w", x.Method, x.URL, refused)
}

// A Refusal is an answer with which a server does not do what it was asked to.
type Refusal struct {
	Status int    // of HTTP
	Why    string // the server's words, or HTTP's
}

func (r *Refusal) Error() string { return fmt.Sprintf("the server answers %d %s", r.Status, r.Why) }

// Activate switches a row on, so that its runner is given tasks (2.10.26+).
func Activate(ctx context.Context, w *Wire, p *Probe, token Secret, row int) error {
	return p.order(ctx, w, http.MethodPost, "runners/"+strconv.Itoa(row)+"/active", `{"active":true}`, token)
}

// DeleteRow takes a row out of the server's list, and its token with it (2.10.26+).
func DeleteRow(ctx context.Context, w *Wire, p *Probe, token Secret, row int) error {
	return p.order(ctx, w, http.MethodDelete, "runners/"+strconv.Itoa(row), "", token)
}

// order has the server's API do something.
func (p *Probe) order(ctx context.Context, w *Wire, method, name, body string, token Secret) error {
	header := http.Header{"Authorization": {"Bearer " + token.Reveal()}}
	if body != "" {
		header.Set("Content-Type", "application/json")
	}
	x := w.do(ctx, method, p.api(name), body, header)
	if x.Err == nil && x.Status == http.StatusNoContent {
		return nil
	}
	return x.refusal()
}
