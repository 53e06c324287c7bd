package fakeserver

import (
	"net/http"
	"slices"
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

	// Active is always true before E4, which introduced it.
	Active bool
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
	s.mu.Lock()
	defer s.mu.Unlock()
	if row := s.byID(id); row != nil {
		row.Active = active
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
