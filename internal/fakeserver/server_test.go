package fakeserver

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// do sends one request straight into a handler.
func do(h http.Handler, method, target, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// TestUnrecorded is what the facts and the source say beyond the recordings.
func TestUnrecorded(t *testing.T) {
	t.Parallel()
	const notFound = `{"error":"Runner not found"}` + "\n"
	const invalid = `{"error":"Invalid token"}` + "\n"
	tests := []struct {
		name, era, method, target, body string
		headers                         []string
		status                          int
		want                            string
	}{
		{"E1 takes any token", "E1", "GET", "/api/runners/1", "", nil, 200, emptyPoll},
		{"E2a unknown id, empty token", "E2a", "GET", "/api/runners/9", "", nil, 404, notFound},
		{"E2a unknown id, some token", "E2a", "GET", "/api/runners/9", "", []string{"X-API-Token", "t"}, 401, invalid},
		{"E2a right token", "E2a", "PUT", "/api/runners/1", `{"Jobs":null}`, []string{"X-API-Token", "right"}, 204, ""},
		{"E2a no such path", "E2a", "GET", "/api/nosuch", "", nil, 404, ""},
		{"E2b bad id with a token", "E2b", "GET", "/api/runners/x", "", []string{"X-API-Token", "t"}, 400, `{"error":"runner_id required"}` + "\n"},
		{"E3 looks at the token before the id", "E3", "GET", "/api/runners/x", "", nil, 401, invalid},
		{"PUT without jobs", "E4c", "PUT", "/api/internal/runners", `{}`, []string{"X-Runner-Token", "right"}, 204, ""},
		{"jobs of the wrong type", "E4c", "PUT", "/api/internal/runners", `{"Jobs":5}`, []string{"X-Runner-Token", "right"}, 400, `{"error":"Invalid format"}` + "\n"},
		{"only the first JSON value counts", "E3", "PUT", "/api/runners/1", `{} and more`, []string{"X-API-Token", "right"}, 204, ""},
		{"two slashes at the end are not one", "E4c", "GET", "/api/internal/runners//", "", nil, 404, "Not Found\n"},
		{"/apix is API to the newer servers", "E3", "GET", "/apix", "", nil, 404, "Not Found\n"},
		{"and UI to the oldest", "E1", "GET", "/apix", "", nil, 200, uiPage},
		{"missing asset", "E2b", "GET", "/js/app.js", "", nil, 404, "Not Found\n"},
		{"missing asset, E1", "E1", "GET", "/js/app.js", "", nil, 404, "404 not found"},
		{"not an administrator", "E4c", "GET", "/api/runners", "", []string{"Authorization", "Bearer user"}, 403, ""},
		{"but a user", "E2b", "GET", "/api/info", "", []string{"Authorization", "Bearer user"}, 200, `{"ansible":"","version":"v2.9.58"}` + "\n"},
		{"bearer in any case", "E2b", "GET", "/api/info", "", []string{"Authorization", "BEARER ADMIN"}, 200, `{"ansible":"","version":"v2.9.58"}` + "\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := New(Options{Era: tt.era, APIToken: "admin", UserToken: "user"})
			s.AddRunner(1, "right")
			w := do(s, tt.method, tt.target, tt.body, tt.headers...)
			if w.Code != tt.status || w.Body.String() != tt.want {
				t.Errorf("%s %s = %d %q, want %d %q", tt.method, tt.target, w.Code, w.Body, tt.status, tt.want)
			}
		})
	}
}

// TestAdminAPI repeats the recorder's own requests to v2.10.32 (notes of
// j_inactive and d_stale_deleted), which are in no http file.
func TestAdminAPI(t *testing.T) {
	t.Parallel()
	s := New(Options{Era: "E4c", RegistrationToken: "reg", APIToken: "admin", NewToken: func() string { return "TOKEN" }})
	steps := []struct {
		method, path, body string
		status             int
		want               string
	}{
		{"POST", "/api/internal/runners", `{"registration_token":"reg"}`, 200, `{"token":"TOKEN"}`},
		{"GET", "/api/runners", "", 200, `[{"id":1,"project_id":null,"webhook":"","max_parallel_tasks":0,"active":false,"name":""}]`},
		{"POST", "/api/runners/1/active", `{"active": true}`, 204, ""},
		{"GET", "/api/runners/1", "", 200, `{"id":1,"project_id":null,"webhook":"","max_parallel_tasks":0,"active":true,"name":""}`},
		{"POST", "/api/runners", `{"name": "ui runner", "active": true}`, 201, `{"id":2,"project_id":null,"webhook":"","max_parallel_tasks":0,"active":true,"name":"ui runner","token":"TOKEN"}`},
		{"PUT", "/api/runners/2", `{"name":"renamed","max_parallel_tasks":3}`, 204, ""},
		{"GET", "/api/runners/2", "", 200, `{"id":2,"project_id":null,"webhook":"","max_parallel_tasks":3,"active":false,"name":"renamed"}`},
		{"DELETE", "/api/runners/1", "", 204, ""},
		{"GET", "/api/runners/1", "", 404, `{"error":"Runner not found"}`},
		{"POST", "/api/runners/9/active", `{"active": true}`, 404, `{"error":"Runner not found"}`},
		{"POST", "/api/runners/2/active", `nonsense`, 400, `{"error":"Invalid request body"}`},
		{"POST", "/api/runners", `nonsense`, 400, ""},
		{"PATCH", "/api/runners", "", 404, "Not Found"},
	}
	for _, st := range steps {
		w := do(s, st.method, st.path, st.body, "Authorization", "Bearer admin")
		if got := strings.TrimSuffix(w.Body.String(), "\n"); w.Code != st.status || got != st.want {
			t.Errorf("%s %s = %d %s, want %d %s", st.method, st.path, w.Code, got, st.status, st.want)
		}
	}
	want := []Row{{ID: 2, Token: "TOKEN", Name: "renamed", MaxParallelTasks: 3}}
	if diff := cmp.Diff(want, s.Runners()); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

func TestBasePath(t *testing.T) {
	t.Parallel()
	s := New(Options{Era: "E4c", BasePath: "/semaphore", RegistrationToken: "reg"})
	for path, want := range map[string]int{
		"/semaphore/api/ping":              200,
		"/semaphore/api/internal/runners":  401,
		"/semaphore//api/internal/runners": 301,
		"/semaphore/api/nosuch":            404,
		"/api/internal/runners":            200, // the UI, as for any other path
	} {
		if w := do(s, "GET", path, ""); w.Code != want {
			t.Errorf("GET %s = %d, want %d", path, w.Code, want)
		}
	}
	page := do(s, "GET", "/elsewhere", "").Body.String()
	if !strings.Contains(page, `<base href="/semaphore/">`) {
		t.Errorf("the page does not name its base: %s", page)
	}
	old := New(Options{Era: "E1", BasePath: "/semaphore"})
	if w := do(old, "GET", "/semaphore/api/nosuch", ""); w.Code != 200 {
		t.Errorf("E1 below a base path: unknown API path = %d, want the UI", w.Code)
	}
}

func TestInfoOptions(t *testing.T) {
	t.Parallel()
	s := New(Options{Era: "E4c", APIToken: "t", Version: "v2.10.30", WebHost: "https://example.com", RunLocally: true})
	got := do(s, "GET", "/api/info", "", "Authorization", "Bearer t").Body.String()
	want := `{"ansible":"","use_remote_runner":false,"version":"v2.10.30","web_host":"https://example.com"}` + "\n"
	if got != want {
		t.Errorf("info = %s, want %s", got, want)
	}
}

func TestServerClock(t *testing.T) {
	t.Parallel()
	now := time.Date(2024, 1, 8, 12, 0, 0, 0, time.UTC)
	s := httptest.NewServer(New(Options{Era: "E2b", Now: func() time.Time { return now }}))
	defer s.Close()
	resp, err := http.Get(s.URL + "/api/ping")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if got := resp.Header.Get("Date"); got != "Mon, 08 Jan 2024 12:00:00 GMT" {
		t.Errorf("Date = %q, want the server's clock", got)
	}
}

func TestRandomTokens(t *testing.T) {
	t.Parallel()
	for era, want := range map[string]int{"E1": 12, "E2b": 12, "E3": 12, "E4c": 44} {
		s := New(Options{Era: era, RegistrationToken: "reg"})
		for range 2 {
			path := map[bool]string{true: "/api/internal/runners", false: "/api/runners"}[era == "E4c"]
			do(s, "POST", path, `{"registration_token":"reg"}`)
		}
		rows := s.Runners()
		if len(rows) != 2 || len(rows[0].Token) != want || rows[0].Token == rows[1].Token {
			t.Errorf("%s made rows %v, want two with different tokens of %d characters", era, rows, want)
		}
	}
}

// TestConcurrent is for the race detector, and for the cap.
func TestConcurrent(t *testing.T) {
	t.Parallel()
	s := New(Options{Era: "E3", RegistrationToken: "reg"})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range maxRequests/4 + 5 {
				do(s, "GET", "/api/ping", "")
			}
			do(s, "POST", "/api/runners", `{"registration_token":"reg"}`)
			s.AddRunner(100, "x")
			s.SetActive(100, false)
			s.DeleteRunner(100)
		})
	}
	wg.Wait()
	if got := len(s.Runners()); got != 4 {
		t.Errorf("%d rows after 4 registrations", got)
	}
	if kept, lost := len(s.Requests()), s.Dropped(); kept != maxRequests || lost != 24 {
		t.Errorf("%d requests kept and %d dropped, want %d and 24", kept, lost, maxRequests)
	}
}

func TestRequestsAreKeptAsSent(t *testing.T) {
	t.Parallel()
	s := New(Options{Era: "E4c"})
	do(s, "PUT", "//api/internal/runners?x=1", `{"Jobs":null}`, "X-Runner-Token", "secret")
	want := []Request{{
		Method: "PUT", Path: "//api/internal/runners?x=1", Body: `{"Jobs":null}`,
		Header: http.Header{"X-Runner-Token": {"secret"}},
	}}
	if diff := cmp.Diff(want, s.Requests()); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
}

func TestUnknownEra(t *testing.T) {
	t.Parallel()
	defer func() {
		if v := recover(); v == nil {
			t.Error("New accepted an era nobody knows")
		}
	}()
	New(Options{Era: "E9"})
}
