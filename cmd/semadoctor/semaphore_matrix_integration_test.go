//go:build integration && linux

package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httputil"
	"net/url"
	"slices"
	"strconv"
	"testing"

	"github.com/semadoctor/semadoctor/internal/fakeserver"
	"github.com/semadoctor/semadoctor/runner"
)

// TestRealServer has runners of every era come to a real server of one release.
func TestRealServer(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"", "/semaphore"} {
		t.Run("path="+path, func(t *testing.T) {
			t.Parallel()
			r := newRelease(t)
			r.serve(path)
			s := &visited{release: r, base: r.url}
			s.login()
			t.Run("deleted", s.administered(s.deleted))
			s.id, s.token = s.register()
			t.Run("accepted", s.accepted)
			t.Run("another token", s.anotherToken)
			t.Run("wrong base", s.wrongBase)
			t.Run("redirected", s.redirected)
			t.Run("header lost", s.headerLost)
			t.Run("inactive", s.administered(s.inactive))
		})
	}
}

// administered is a test that needs an API which the release may not have.
func (s *visited) administered(test func(*testing.T)) func(*testing.T) {
	return func(t *testing.T) {
		if s.version.Era == runner.E4a {
			t.Skip("the API of 2.10.26-beta lists no runners and deletes none: it panics")
		}
		test(t)
	}
}

// visited is a real server that runners come to.
type visited struct {
	*release
	base   string // its URL, without /api
	client http.Client
	api    string // an administrator's token
	id     int    // of a registered runner
	token  string
}

// call asks the API, and fails the test unless the answer has one of the statuses.
func (s *visited) call(t *testing.T, method, path, body string, into any, statuses ...int) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, s.base+"/api"+path, bytes.NewReader([]byte(body)))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := s.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	data, _ := io.ReadAll(resp.Body)
	if !slices.Contains(statuses, resp.StatusCode) {
		t.Fatalf("%s %s: %s %q", method, path, resp.Status, data)
	}
	if into != nil {
		if err := json.Unmarshal(data, into); err != nil {
			t.Fatalf("%s %s: %v in %q", method, path, err, data)
		}
	}
}

// login gets an administrator's API token.
func (s *visited) login() {
	s.client.Jar, _ = cookiejar.New(nil) // its error is always nil
	s.call(s.T, "POST", "/auth/login", `{"auth":"admin","password":"`+realPassword+`"}`, nil, http.StatusNoContent)
	var token struct{ ID string }
	s.call(s.T, "POST", "/user/tokens", "", &token, http.StatusCreated)
	s.api = writeIn(s.T, s.dir, "api-token", token.ID)
}

// register makes a row as a runner does.
func (s *visited) register() (id int, token string) {
	path := "/internal/runners"
	if s.version.Era.Legacy() {
		path = "/runners"
	}
	var row struct {
		RunnerID int `json:"runner_id"`
		Token    string
	}
	s.call(s.T, "POST", path, `{"registration_token":"`+realToken+`"}`, &row, http.StatusOK, http.StatusCreated)
	return row.RunnerID, row.Token
}

// expect has a runner of a version look at the server at a URL.
func (s *visited) expect(t *testing.T, version, base string, want []string, args ...string) {
	t.Helper()
	p := newPatient(t, version)
	p.id, p.token = s.id, s.token
	target := p.check(p.config(base), append([]string{"--only", "server,clock/server"}, args...)...)
	got := slices.DeleteFunc(worst(target), func(found string) bool { return found == "warn known-bad-version" }) // of the release, whatever is wrong
	if !slices.Equal(got, want) {
		t.Errorf("a runner of %s: found %q, want %q\n%s", version, got, want, told(target))
	}
}

// own is the version of a runner of the same release.
func (s *visited) own() string { return s.version.Text }

// some is one cause, or none.
func some(cause string) []string {
	if cause == "" {
		return nil
	}
	return []string{cause}
}

// accepted has runners of all eras come with what was given to one.
func (s *visited) accepted(t *testing.T) {
	for _, version := range []string{"2.9.37", "2.9.40-beta", "2.9.58", "2.10.22", "2.10.26", "2.10.32", "2.16.31", "2.18.25", "2.19.5", "2.20.0"} {
		era, cause := parsed(t, version).Era, ""
		if era.Legacy() != s.version.Era.Legacy() || era == runner.E1 && s.version.Era != runner.E1 {
			cause = "version-mismatch"
		}
		s.expect(t, version, s.base, some(cause))
	}
}

// anotherToken: servers of 2.9.1 to 2.9.40 look at the number alone, newer ones at
// both, and from 2.10.26 on at the token alone.
func (s *visited) anotherToken(t *testing.T) {
	other, cause := *s, "task-endpoint-401"
	other.token = patientToken
	switch era := s.version.Era; {
	case era == runner.E1:
		cause = ""
	case !era.Legacy():
		cause = "runner-unknown"
	}
	other.expect(t, s.own(), s.base, some(cause))
}

// deleted registers a runner and deletes its row; servers that cannot do that
// have lost their database instead, and know no number.
func (s *visited) deleted(t *testing.T) {
	gone := *s
	gone.id, gone.token = 77, patientToken
	if !s.version.Era.Legacy() {
		_, gone.token = s.register()
		s.call(t, "DELETE", "/runners/1", "", nil, http.StatusNoContent)
	}
	cause := "runner-unknown"
	if s.version.Era == runner.E2a { // which says 401 to both
		cause = "task-endpoint-401"
	}
	gone.expect(t, s.own(), s.base, some(cause))
}

func (s *visited) wrongBase(t *testing.T) {
	s.expect(t, s.own(), s.base+"/elsewhere", some("wrong-base-path"))
}

func (s *visited) redirected(t *testing.T) {
	s.expect(t, s.own(), s.before(t, func(http.Handler) http.Handler {
		return fakeserver.Redirect(http.StatusMovedPermanently, s.base)
	}), some("redirects"))
}

func (s *visited) headerLost(t *testing.T) {
	header := s.version.Era.TokenHeader()
	cause := "task-endpoint-401"
	if header == "" {
		header, cause = runner.E2b.TokenHeader(), ""
	}
	s.expect(t, s.own(), s.before(t, func(h http.Handler) http.Handler { return fakeserver.StripHeader(header, h) }), some(cause))
}

// before puts something before the server, and returns its URL.
func (s *visited) before(t *testing.T, what func(http.Handler) http.Handler) string {
	t.Helper()
	to, err := url.Parse(s.base)
	if err != nil {
		t.Fatal(err)
	}
	path := to.Path
	to.Path = ""
	return "http://" + serve(t, what(httputil.NewSingleHostReverseProxy(to))) + path
}

// inactive is a runner that registered by itself (observed 2.10.32); before
// 2.10.26 there is no such thing, and the API token tells the release alone.
func (s *visited) inactive(t *testing.T) {
	if s.version.Era.Legacy() {
		s.expect(t, s.own(), s.base, nil, "--server-token-file", s.api)
		return
	}
	s.expect(t, s.own(), s.base, some("runner-inactive"), "--server-token-file", s.api)
	var rows []struct{ ID int }
	s.call(t, "GET", "/runners", "", &rows, http.StatusOK)
	for _, row := range rows {
		s.call(t, "POST", "/runners/"+strconv.Itoa(row.ID)+"/active", `{"active":true}`, nil, http.StatusNoContent)
	}
	s.expect(t, s.own(), s.base, nil, "--server-token-file", s.api)
}
