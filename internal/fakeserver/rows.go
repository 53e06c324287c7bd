package fakeserver

import (
	"net/http"
	"slices"
	"time"
)

// maxRequests is how many requests a Server remembers.
const maxRequests = 10000

// A Row is a runner as the server knows it.
type Row struct {
	ID               int
	Token            string
	Name             string // E4+
	Webhook          string
	MaxParallelTasks int
	Project          int // the one project it is for (2.11+); 0: all

	// Active is always true before E4, which introduced it.
	Active bool

	// PublicKey is what polls are answered for in E5: NULL is nil, and polls are
	// answered in the clear. A runner of that time without a key sends "", which
	// nothing can be encrypted for (semaphoreui/semaphore#3355).
	PublicKey *string

	Touched   time.Time // the last poll (2.14+); zero when there was none
	Cleaning  bool      // the next poll is told to clear the cache (2.14+)
	StartedAt string    // what X-Runner-Started-At said last (2.19+)

	Invite      string // its one-time registration token (2.18.7+)
	InviteUntil time.Time
}

// AddRunner makes a row, as a registration with max_parallel_tasks 1 would
// leave it: on E4 it is not active until SetActive says so. A row with that id
// is replaced.
func (s *Server) AddRunner(id int, token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.remove(id)
	s.insert(Row{ID: id, Token: token, MaxParallelTasks: 1, Active: s.dialect.activeAtBirth})
}

// DeleteRunner removes a row, as the UI of E4+ or a database reset does.
func (s *Server) DeleteRunner(id int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.remove(id)
}

// SetActive switches a row. It never changes what the runner is answered
// (observed v2.10.32), only whether tasks are dispatched to it.
func (s *Server) SetActive(id int, active bool) {
	s.change(id, func(row *Row) { row.Active = active })
}

// SetPublicKey stores a key, as the web UI of E5 does that shows the private one.
func (s *Server) SetPublicKey(id int, pem string) {
	s.change(id, func(row *Row) { row.PublicKey = &pem })
}

// SetName names a row.
func (s *Server) SetName(id int, name string) {
	s.change(id, func(row *Row) { row.Name = name })
}

// SetProject makes a row one project's.
func (s *Server) SetProject(id, project int) {
	s.change(id, func(row *Row) { row.Project = project })
}

// SetWebhook gives a row a webhook, with which the server has its runner started.
func (s *Server) SetWebhook(id int, url string) {
	s.change(id, func(row *Row) { row.Webhook = url })
}

// SetTouched says when a runner polled last (2.14+).
func (s *Server) SetTouched(id int, at time.Time) {
	s.change(id, func(row *Row) { row.Touched = at })
}

// SetLimit says how many tasks a runner may have at once; 0 is for the release to
// understand.
func (s *Server) SetLimit(id, tasks int) {
	s.change(id, func(row *Row) { row.MaxParallelTasks = tasks })
}

// RequestCleaning asks a runner to clear its cache, as the web UI of 2.14 does.
func (s *Server) RequestCleaning(id int) {
	s.change(id, func(row *Row) { row.Cleaning = true })
}

func (s *Server) change(id int, how func(*Row)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if row := s.byID(id); row != nil {
		how(row)
	}
}

// Runners returns a copy of the rows, in the order of their ids.
func (s *Server) Runners() []Row {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.rows)
}

// create makes the row of a new runner with the next id.
func (s *Server) create(row Row) Row {
	row.ID, row.Token = s.lastID+1, s.opts.NewToken()
	return s.insert(row)
}

func (s *Server) insert(row Row) Row {
	s.lastID = max(s.lastID, row.ID)
	s.rows = append(s.rows, row)
	slices.SortFunc(s.rows, func(a, b Row) int { return a.ID - b.ID })
	return row
}

func (s *Server) remove(id int) {
	s.rows = slices.DeleteFunc(s.rows, func(r Row) bool { return r.ID == id })
}

func (s *Server) byID(id int) *Row {
	return s.find(func(r Row) bool { return r.ID == id })
}

func (s *Server) byToken(token string) *Row {
	return s.find(func(r Row) bool { return r.Token == token })
}

func (s *Server) find(is func(Row) bool) *Row {
	if i := slices.IndexFunc(s.rows, is); i >= 0 {
		return &s.rows[i]
	}
	return nil
}

// A Request is one request the server received, whatever it answered.
type Request struct {
	Method string
	Path   string // as sent, with its query; //api/... stays
	Header http.Header
	Body   string
}

// Requests returns everything received, oldest first. Beyond ten thousand the
// newest are not kept; see Dropped.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// Dropped is how many requests were answered but not remembered. A test that
// proves harmlessness by Requests must see zero.
func (s *Server) Dropped() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.dropped
}

func (s *Server) record(r *http.Request, body []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.requests) >= maxRequests {
		s.dropped++
		return
	}
	uri := r.RequestURI
	if uri == "" { // a request made without a wire
		uri = r.URL.RequestURI()
	}
	s.requests = append(s.requests, Request{Method: r.Method, Path: uri, Header: r.Header.Clone(), Body: string(body)})
}
