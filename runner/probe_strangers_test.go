package runner

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/semadoctor/semadoctor/internal/fakeserver"
)

// TestAskStrangers: who does not answer as Semaphore gets no token, and nobody
// is asked because somebody else says so.
func TestAskStrangers(t *testing.T) {
	t.Parallel()
	target, _, reached := recorder(t, fakeserver.New(fakeserver.Options{Era: "E4c"}))
	tests := []struct {
		name string
		h    http.Handler
		want ServerKind
	}{
		{"a web page for everything", fakeserver.HTML200(), NotSemaphore},
		{"pong for everything", fakeserver.Status(200, "pong"), NotSemaphore},
		{"404 for everything", fakeserver.Status(404, "Not Found"), NotSemaphore},
		{"401 for everything", fakeserver.Status(401, ""), NobodyKnown},
		{"401 in another's words", fakeserver.Status(401, `{"message":"Unauthorized"}`), NobodyKnown},
		{"bad gateway", fakeserver.Status(502, fakeserver.BadGatewayPage), NobodyKnown},
		{"too many requests", fakeserver.Status(429, "slow down"), NobodyKnown},
		{"too slow", fakeserver.Status(408, ""), NobodyKnown},
		{"a login", fakeserver.Unauthorized("staff"), NobodyKnown},
		{"301", fakeserver.Redirect301(target), NobodyKnown},
		{"302", fakeserver.Redirect(302, target), NobodyKnown},
		{"307", fakeserver.Redirect(307, target), NobodyKnown},
		{"308", fakeserver.Redirect(308, target), NobodyKnown},
		{"to itself", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) }), NobodyKnown},
	}
	for _, tt := range tests {
		for _, era := range []Era{E1, E2b, E4c} {
			url, _, methods := recorder(t, tt.h)
			p := asked(t.Context(), t, era, url, identityFile(era, "3", rowToken))
			if p.Kind() != tt.want || p.Token != nil {
				t.Errorf("%s asked by %s: Kind = %q, Token %+v, want %q and no token", tt.name, era, p.Kind(), p.Token, tt.want)
			}
			got := methods()
			if n := len(got); n < 2 || n > 2 && (tt.want != NotSemaphore || n > 2+maxSought) || strings.Join(got, "") != strings.Repeat("GET", n) {
				t.Errorf("%s asked by %s: requests %v", tt.name, era, got)
			}
			if p.Found != nil {
				t.Errorf("%s asked by %s: found at %s", tt.name, era, p.Found)
			}
		}
	}
	if got := reached(); got != nil {
		t.Errorf("a redirect's target was asked: %v", got)
	}
}

// veil puts pages in the place of a server's errors.
func veil(status int, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := httptest.NewRecorder()
		h.ServeHTTP(answer, r)
		if answer.Code < 400 {
			w.WriteHeader(answer.Code)
			_, _ = w.Write(answer.Body.Bytes())
			return
		}
		code := status
		if code == 0 {
			code = answer.Code
		}
		fakeserver.Status(code, "<html>oops</html>").ServeHTTP(w, r)
	})
}

// TestAskVeiled: a proxy with error pages of its own hides who the server is from
// all but the runner itself.
func TestAskVeiled(t *testing.T) {
	t.Parallel()
	tests := []struct {
		era    Era
		status int // of every page; 0 is the server's own
		row    bool
		want   ServerKind
	}{
		{E2b, 0, true, LegacyServer}, {E4c, 0, true, ModernServer}, {E6, 0, true, ModernServer},
		{E2b, 200, true, LegacyServer}, {E4c, 200, true, ModernServer}, {E1, 0, true, LegacyServer},
		{E4c, 0, false, ModernServer}, {E2b, 0, false, LegacyServer}, // 404 where others get 401
		{E4c, 200, false, NotSemaphore}, {E4c, 403, false, NobodyKnown}, {E1, 0, false, NotSemaphore},
	}
	for _, tt := range tests {
		server := fakeserver.New(fakeserver.Options{Era: string(tt.era)})
		if tt.row {
			server.AddRunner(3, rowToken)
		}
		web := httptest.NewServer(veil(tt.status, server))
		p := asked(t.Context(), t, tt.era, web.URL, identityFile(tt.era, "3", rowToken))
		known := tt.want == LegacyServer || tt.want == ModernServer
		if p.Kind() != tt.want || p.Veiled() != known || p.Accepted() != tt.row || p.Unknown() != (known && !tt.row) || (p.Token != nil) != known {
			t.Errorf("%v: Kind = %q, veiled %t, accepted %t, unknown %t, token %+v", tt, p.Kind(), p.Veiled(), p.Accepted(), p.Unknown(), p.Token)
		}
		web.Close()
	}
}

// TestAskWrongPath: /api where it must not be, a slash too many, a sub-path.
func TestAskWrongPath(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, base, path string
		era              Era
		want             ServerKind
		status           int    // to the token
		found            string // path of the URL that is right; "-" when none was found
	}{
		{"no sub-path given", "/semaphore", "", E4c, NotSemaphore, 0, "/semaphore"},
		{"no sub-path given, E1", "/semaphore", "", E1, NotSemaphore, 0, "/semaphore/api"},
		{"an uncommon one, named by the page", "/tools/ci", "", E4c, NotSemaphore, 0, "/tools/ci"},
		{"sub-path", "/semaphore", "/semaphore", E4c, ModernServer, 204, "-"},
		{"sub-path, E3", "/semaphore", "/semaphore", E3, LegacyServer, 204, "-"},
		{"sub-path and api", "/tools/ci", "/tools/ci/api/internal", E6, NotSemaphore, 0, "/tools/ci"},
		{"sub-path where there is none", "", "/semaphore", E4c, NotSemaphore, 0, ""},
		{"a page of the web UI", "", "/project/1/history", E2b, NotSemaphore, 0, "/api"},
		{"api twice", "", "/api", E4c, NotSemaphore, 0, ""},
		{"api twice, E3", "", "/api", E3, NotSemaphore, 0, "/api"},
		{"a slash too many", "", "/", E4c, NobodyKnown, 0, "-"},
		{"a slash too many, E3", "", "/", E3, NobodyKnown, 0, "-"},
	}
	for _, tt := range tests {
		server := fakeserver.New(fakeserver.Options{Era: string(tt.era), BasePath: tt.base})
		server.AddRunner(3, rowToken)
		url, _, _ := recorder(t, server)
		p := asked(t.Context(), t, tt.era, url+tt.path, identityFile(tt.era, "3", rowToken))
		if p.Kind() != tt.want || tokenStatus(p) != tt.status {
			t.Errorf("%s: Kind = %q, token answered %d, want %q, %d", tt.name, p.Kind(), tokenStatus(p), tt.want, tt.status)
		}
		found := "-"
		if p.Found != nil {
			found = p.Found.Path
		}
		if found != tt.found {
			t.Errorf("%s: found at %q, want %q", tt.name, found, tt.found)
		}
	}
}
