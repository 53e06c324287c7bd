package runner

import (
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/internal/fakeserver"
)

// TestRegister has runners of every era register with the server of theirs.
func TestRegister(t *testing.T) {
	t.Parallel()
	for _, era := range Eras() {
		server := fakeserver.New(fakeserver.Options{Era: string(era), RegistrationToken: "S3CR3T-registration"})
		url, _, _ := recorder(t, server)
		s, secrets := serverAt(url, era), NewSecrets(make([]byte, 16))
		n := Newcomer{Token: secrets.New("S3CR3T-registration"), Parallel: 3, Name: "build-1", Enabled: true}
		state, err := Register(t.Context(), &Wire{Net: host.RealNet()}, s, n, secrets)
		rows := server.Runners()
		if err != nil || len(rows) != 1 || rows[0].Token != state.Token || rows[0].MaxParallelTasks != 3 {
			t.Errorf("%s: Register() = %v, %v; the server has %+v", era, state, err, rows)
			continue
		}
		if legacy := era.Legacy(); legacy != (state.RunnerID == rows[0].ID) {
			t.Errorf("%s: the runner's number is %d, want %d up to E3 and none later", era, state.RunnerID, rows[0].ID)
		}
		if later := era.Within(E5b, ""); rows[0].Active != (later || era.Legacy()) || later != (rows[0].Name == "build-1") {
			t.Errorf("%s: the row is %+v", era, rows[0])
		}
		if secrets.Redact(state.Token) == state.Token {
			t.Errorf("%s: the token that was given is no secret", era)
		}
		n.Token = secrets.New("S3CR3T-wrong")
		refused := (*Refusal)(nil)
		if _, err := Register(t.Context(), &Wire{Net: host.RealNet()}, s, n, secrets); !errors.As(err, &refused) || refused.Status != 400 || errors.Is(err, ErrUnanswered) {
			t.Errorf("%s: with a wrong token, Register() = %v", era, err)
		}
	}
}

func serverAt(url string, era Era) *Server {
	if era.Legacy() {
		url += "/api"
	}
	s := &Server{Given: Value[string]{V: url}, Era: era}
	s.URL, s.Err = parseServer(url)
	return s
}

// What is said in a request that makes a row is what the era has.
func TestNewcomerBody(t *testing.T) {
	t.Parallel()
	project := 3
	n := Newcomer{Token: NewSecrets(nil).New("reg"), Webhook: "http://hook", Parallel: 2, Key: "PEM", Name: "n", Tags: []string{"a"}, Enabled: false, Project: &project}
	for era, want := range map[Era]string{
		E1:  `{"registration_token":"reg","webhook":"http://hook","max_parallel_tasks":2}`,
		E4c: `{"registration_token":"reg","webhook":"http://hook","max_parallel_tasks":2}`,
		E5:  `{"registration_token":"reg","webhook":"http://hook","max_parallel_tasks":2,"public_key":"PEM"}`,
		E6:  `{"registration_token":"reg","webhook":"http://hook","max_parallel_tasks":2,"name":"n","tags":["a"],"enabled":false,"project_id":3}`,
	} {
		said := n
		if era.Before(E5) || !era.Before(E6) {
			said.Key = ""
		}
		if era.Before(E5b) {
			said.Name, said.Tags, said.Project = "", nil, nil
		}
		if got := said.body(era); got != want {
			t.Errorf("%s: %s\nwant %s", era, got, want)
		}
	}
}

// TestRegisterInDoubt tells what was surely not done from what may have been.
func TestRegisterInDoubt(t *testing.T) {
	t.Parallel()
	status := func(n int, body string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(n); _, _ = io.WriteString(w, body) })
	}
	tests := []struct {
		name    string
		handler http.Handler // nil: nobody is there
		doubt   error        // nil: surely not
	}{
		{"nobody", nil, nil},
		{"400", status(400, `{"error":"Invalid registration token"}`), nil},
		{"a redirect", fakeserver.Redirect301("http://elsewhere.test"), nil},
		{"a login", fakeserver.Unauthorized("Staff only"), nil},
		{"502", status(502, fakeserver.BadGatewayPage), ErrUnanswered},
		{"accepted, later", status(202, ""), ErrUnanswered},
		{"breaks off", http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }), ErrUnanswered},
		{"a page", fakeserver.HTML200(), ErrNoToken},
		{"a token for two lines", status(200, `{"token":"S3CR3Tabcdef\nSEMAPHORE_X=1"}`), ErrNoToken},
		{"no token", status(200, `{}`), ErrNoToken},
	}
	for _, tt := range tests {
		url := "http://127.0.0.1:1"
		if tt.handler != nil {
			url, _, _ = recorder(t, tt.handler)
		}
		secrets := NewSecrets(make([]byte, 16))
		_, err := Register(t.Context(), &Wire{Net: host.RealNet(), Connect: 5 * time.Second}, serverAt(url, E4c), Newcomer{Token: secrets.New("S3CR3T-registration")}, secrets)
		in := errors.Is(err, ErrUnanswered) || errors.Is(err, ErrNoToken)
		if err != nil && tt.doubt != nil && strings.Contains(err.Error(), tt.doubt.Error()) {
			t.Errorf("%s: %v: what is in doubt is said by who asked", tt.name, err)
		}
		if err == nil || in != (tt.doubt != nil) || tt.doubt != nil && !errors.Is(err, tt.doubt) || strings.Contains(err.Error(), "S3CR3T") {
			t.Errorf("%s: Register() = %v, want in doubt: %v", tt.name, err, tt.doubt)
		}
	}
}

// A registration makes a row each time: it is sent once, also when a connection that
// was kept turns out to be closed.
func TestRegisterIsSentOnce(t *testing.T) {
	t.Parallel()
	got := make(chan string, 10)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			buf := make([]byte, 4096)
			for range 2 { // answers a first request, and closes on the second
				n, err := c.Read(buf)
				if err != nil {
					break
				}
				method, _, _ := strings.Cut(string(buf[:n]), " ")
				got <- method
				if method == http.MethodPost {
					break
				}
				_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npong")
			}
			c.Close()
		}
	}()
	w, s, secrets := &Wire{Net: host.RealNet()}, serverAt("http://"+l.Addr().String(), E4c), NewSecrets(nil)
	w.do(t.Context(), http.MethodGet, s.Ping(), "", http.Header{})
	if _, err := Register(t.Context(), w, s, Newcomer{Token: secrets.New("S3CR3T-registration")}, secrets); !errors.Is(err, ErrUnanswered) {
		t.Errorf("Register() = %v", err)
	}
	var all []string
	for len(got) > 0 {
		all = append(all, <-got)
	}
	if diff := cmp.Diff([]string{"GET", "POST"}, all); diff != "" {
		t.Errorf("the server got (-want +got):\n%s", diff)
	}
}

// TestOrders switches a row on and deletes it, as an administrator may.
func TestOrders(t *testing.T) {
	t.Parallel()
	server := fakeserver.New(fakeserver.Options{Era: "E6", APIToken: "S3CR3T-api"})
	server.AddRunner(7, "S3CR3T-token")
	url, _, _ := recorder(t, server)
	w, secrets := &Wire{Net: host.RealNet()}, NewSecrets(make([]byte, 16))
	p := Meet(t.Context(), w, serverAt(url, E6))
	if err := Activate(t.Context(), w, p, secrets.New("S3CR3T-api"), 7); err != nil || !server.Runners()[0].Active {
		t.Errorf("Activate() = %v, %+v", err, server.Runners())
	}
	if err := DeleteRow(t.Context(), w, p, secrets.New("S3CR3T-nobodys"), 7); err == nil || len(server.Runners()) != 1 || strings.Contains(err.Error(), "S3CR3T") {
		t.Errorf("DeleteRow() with another's token = %v, %+v", err, server.Runners())
	}
	if err := DeleteRow(t.Context(), w, p, secrets.New("S3CR3T-api"), 7); err != nil || len(server.Runners()) != 0 {
		t.Errorf("DeleteRow() = %v, %+v", err, server.Runners())
	}
	gone := (*Refusal)(nil)
	if err := DeleteRow(t.Context(), w, p, secrets.New("S3CR3T-api"), 7); !errors.As(err, &gone) || gone.Status != http.StatusNotFound {
		t.Errorf("DeleteRow() again = %v", err)
	}
	for _, q := range server.Requests() {
		if strings.Contains(q.Path, "S3CR3T") || q.Method == "POST" && !json.Valid([]byte(q.Body)) {
			t.Errorf("%s %s %s", q.Method, q.Path, q.Body)
		}
	}
}
