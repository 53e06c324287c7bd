package runner

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/internal/fakeserver"
)

// rowToken is that of the one row the servers have.
const rowToken, otherToken = "row-token-1234", "other-token-12"

// identityFile is what the era keeps of an identity.
func identityFile(era Era, id, token string) string {
	if era.Legacy() {
		return `{"runner_id":` + id + `,"token":"` + token + `"}`
	}
	return token
}

// asked makes a runner of an era, with a URL and an identity, and asks.
func asked(ctx context.Context, t testing.TB, era Era, base, file string) *Probe {
	t.Helper()
	if era.Legacy() {
		base += "/api"
	}
	setting, _ := SettingOf(era, ServerURL)
	in := install(setting.Env + "=" + base)
	m := config(identityConfig).with(idPath, plain(file))
	f, err := Open(m, in, era)
	if err != nil {
		t.Fatal(err)
	}
	secrets := newSecrets()
	c := Resolve(f, in, Version{Era: era}, secrets)
	w := &Wire{Net: host.RealNet(), Proxy: ProxyOf(c), Trust: TrustOf(m, c)}
	defer w.Close()
	return presented(ctx, w, NewServer(c), NewCredential(m, c, secrets))
}

// presented is a server met, and shown a token.
func presented(ctx context.Context, w *Wire, s *Server, cr *Credential) *Probe {
	return Meet(ctx, w, s).Present(ctx, w, s, cr)
}

// TestAskMatrix asks the server of every era as the runner of every era, with
// every kind of identity: who it is that answers, what it says to the token,
// and that nothing was sent but what may be.
func TestAskMatrix(t *testing.T) {
	t.Parallel()
	identities := []struct{ name, id, token string }{
		{"good", "3", rowToken}, {"wrong token", "3", otherToken}, {"unknown id", "9", rowToken},
		{"no token", "3", ""}, {"nothing", "0", ""},
	}
	for _, as := range Eras() {
		for _, of := range Eras() {
			for _, who := range identities {
				t.Run(string(as)+" asks "+string(of)+" "+who.name, func(t *testing.T) {
					t.Parallel()
					server := fakeserver.New(fakeserver.Options{Era: string(of), RegistrationToken: "regtoken"})
					server.AddRunner(3, rowToken)
					web := httptest.NewServer(server)
					defer web.Close()
					p := asked(t.Context(), t, as, web.URL, identityFile(as, who.id, who.token))
					want := map[bool]ServerKind{true: LegacyServer, false: ModernServer}[of.Legacy()]
					if p.Kind() != want || !p.Pong() || p.Failed() != nil {
						t.Errorf("Kind = %q, ping %+v, want %q", p.Kind(), p.Ping, want)
					}
					if got, want := told(p), tellable(as, of, answer(as, of, who.id, who.token)); got != want {
						t.Errorf("Eras = %s, want %s", got, want)
					}
					if got, want := tokenStatus(p), answer(as, of, who.id, who.token); got != want {
						t.Errorf("the token was answered %d, want %d", got, want)
					}
					if diff := cmp.Diff(allowed(as, who.id, who.token, p), sent(server)); diff != "" {
						t.Errorf("requests (-want +got):\n%s", diff)
					}
				})
			}
		}
	}
}

func told(p *Probe) string {
	first, last := p.Eras()
	return string(first + " " + last)
}

// tellable is what can be known of a server: E1 and E2a differ only in what they
// say to a runner of their time, and not when it is 404.
func tellable(as, of Era, status int) string {
	switch {
	case !of.Legacy():
		return "E4a E7"
	case of == E2b, of == E3:
		return "E2b E3"
	case as.Legacy() && status == 401:
		return "E2a E2a"
	case as == E1 && status == 204:
		return "E1 E1"
	}
	return "E1 E2a"
}

func tokenStatus(p *Probe) int {
	if p.Token == nil {
		return 0
	}
	return p.Token.Status
}

// answer is section 4.3 and 4.4 of the facts for PUT {}; 0 when it is not sent.
func answer(as, of Era, id, token string) int {
	known, good := id == "3", id == "3" && token == rowToken
	switch {
	case !as.Legacy() && token == "", as == E3 && token == "":
		return 0 // dies, or registers
	case as.Legacy() && !of.Legacy():
		return 401
	case of.Legacy() && !as.Legacy():
		return 404
	case !of.Legacy():
		return map[bool]int{true: 204, false: 404}[token == rowToken]
	case of == E1:
		return map[bool]int{true: 204, false: 404}[known]
	case as == E1: // sends no token
		return map[bool]int{true: 404, false: 401}[of == E2a && !known]
	case good:
		return 204
	case of == E2a: // an unknown id has the token ""
		return map[bool]int{true: 404, false: 401}[!known && token == ""]
	}
	return map[bool]int{true: 404, false: 401}[!known && token != ""]
}

// allowed are the requests a doctor may send.
func allowed(era Era, id, token string, p *Probe) []string {
	bare, tasks := "/api/runners/0", "/api/runners/"+id
	if !era.Legacy() {
		bare, tasks = "/api/internal/runners", "/api/internal/runners"
	}
	requests := []string{"GET /api/ping", "GET " + bare}
	header := strings.TrimSpace(era.TokenHeader() + " " + headerOf(era, token))
	if p.Token != nil {
		requests = append(requests, strings.TrimSpace("PUT "+tasks+" {} "+header))
	}
	if p.Lost != nil {
		requests = append(requests, "PUT /api/runners/0 {} "+header)
	}
	return requests
}

func headerOf(era Era, token string) string {
	if era == E1 {
		return ""
	}
	return token
}

// sent writes down what the server received, with every header that is not
// Go's own.
func sent(server *fakeserver.Server) []string {
	var all []string
	for _, r := range server.Requests() {
		line := strings.TrimSpace(r.Method + " " + r.Path + " " + r.Body)
		for name, values := range r.Header {
			switch name {
			case "User-Agent", "Content-Length", "Content-Type", "Accept-Encoding":
				continue
			case "X-Api-Token":
				name = "X-API-Token"
			}
			line += " " + strings.TrimSpace(name+" "+strings.Join(values, ","))
		}
		all = append(all, line)
	}
	return all
}

// recorder keeps what reaches a handler.
func recorder(t *testing.T, h http.Handler) (url string, server *httptest.Server, methods func() []string) {
	t.Helper()
	got := make(chan string, 100)
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got <- r.Method + r.Header.Get("X-Runner-Token") + r.Header.Get("X-API-Token")
		h.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL, server, func() []string {
		var all []string
		for len(got) > 0 {
			all = append(all, <-got)
		}
		return all
	}
}

// TestAskKeepsNoSecrets: a 200 to a token may hold keys and passwords.
func TestAskKeepsNoSecrets(t *testing.T) {
	t.Parallel()
	real := fakeserver.New(fakeserver.Options{Era: "E4c"})
	url, _, _ := recorder(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Runner-Token") == "" {
			real.ServeHTTP(w, r)
			return
		}
		_, _ = io.WriteString(w, `{"access_keys":{"3":{"password":"hunter2"}}}`)
	}))
	p := asked(t.Context(), t, E4c, url, rowToken)
	if p.Token == nil || p.Token.Status != 200 || p.Token.Body != "" {
		t.Errorf("Token = %+v, want 200 and no body", p.Token)
	}
}

// TestAskStripped: a proxy that loses the header.
func TestAskStripped(t *testing.T) {
	t.Parallel()
	server := fakeserver.New(fakeserver.Options{Era: "E4c"})
	server.AddRunner(3, rowToken)
	url, _, _ := recorder(t, fakeserver.StripHeader("X-Runner-Token", server))
	if p := asked(t.Context(), t, E4c, url, rowToken); p.Kind() != ModernServer || tokenStatus(p) != 401 {
		t.Errorf("Kind = %q, token answered %d, want %q, 401", p.Kind(), tokenStatus(p), ModernServer)
	}
}

// TestAskLost: up to 2.10.25 a 401 has two meanings, and runner 0 tells which.
func TestAskLost(t *testing.T) {
	t.Parallel()
	for _, era := range []Era{E2a, E2b, E3} {
		for _, stripped := range []bool{true, false} {
			server := fakeserver.New(fakeserver.Options{Era: string(era)})
			server.AddRunner(3, rowToken)
			h, token := http.Handler(server), otherToken
			if stripped {
				h, token = fakeserver.StripHeader("X-API-Token", server), rowToken
			}
			url, _, _ := recorder(t, h)
			p := asked(t.Context(), t, era, url, identityFile(era, "3", token))
			if tokenStatus(p) != 401 || p.HeaderLost() != stripped {
				t.Errorf("%s, stripped %t: token answered %d, HeaderLost = %t", era, stripped, tokenStatus(p), p.HeaderLost())
			}
		}
	}
}

// TestAskNobody: what stands in the token's place, and no URL at all.
func TestAskNobody(t *testing.T) {
	t.Parallel()
	url, _, methods := recorder(t, fakeserver.New(fakeserver.Options{Era: "E4c"}))
	if p := asked(t.Context(), t, E4c, url, `{"web_host":"http://h","runner":{}}`); p.Token != nil || p.Kind() != ModernServer {
		t.Errorf("a config for a token: Token = %+v", p.Token)
	}
	if diff := cmp.Diff([]string{"GET", "GET"}, methods()); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
	if p := asked(t.Context(), t, E4c, "no-url", rowToken); p.Ping != nil || p.Kind() != NobodyKnown || p.Failed() != nil {
		t.Errorf("no URL: %+v", p)
	}
}

// TestAskStops: without an answer to the ping nothing else is sent.
func TestAskStops(t *testing.T) {
	t.Parallel()
	p := asked(t.Context(), t, E4c, "http://127.0.0.1:1", rowToken)
	if p.Failed() == nil || p.Failed() != p.Ping || p.Bare != nil || p.Token != nil {
		t.Errorf("nobody there: %+v", p)
	}
}
