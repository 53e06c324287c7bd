package runner

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/semadoctor/semadoctor/internal/fakeserver"
)

// TestTorn: two releases behind one address are known by answers that no one of them
// gives; servers of one kind, and what stands in front of one, are not.
func TestTorn(t *testing.T) {
	t.Parallel()
	server := func(era string) http.Handler {
		s := fakeserver.New(fakeserver.Options{Era: era})
		s.AddRunner(3, rowToken)
		return s
	}
	tests := []struct {
		name      string
		as        Era
		gets      http.Handler
		puts      http.Handler
		token     string
		want      bool
		wantToken int
	}{
		{"an old runner whose PUT comes to a new server", E2b, server("E2b"), server("E4c"), rowToken, true, 401},
		{"an old runner whose PUT comes to an old one", E2b, server("E4c"), server("E2b"), rowToken, true, 204},
		{"and does not know it", E3, server("E4c"), server("E3"), otherToken, true, 401},
		{"a new runner whose PUT comes to a new server", E4c, server("E2b"), server("E4c"), rowToken, true, 204},
		{"and does not know it, E1", E4c, server("E1"), server("E4c"), otherToken, true, 404},
		{"both of one kind", E2b, server("E2b"), server("E3"), rowToken, false, 204},
		{"one server, another's token", E2b, server("E2b"), server("E2b"), otherToken, false, 401},
		{"somebody refuses the PUT", E2b, server("E2b"), fakeserver.Status(401, ""), rowToken, false, 401},
		{"somebody does not know the PUT", E4c, server("E4c"), fakeserver.Status(404, "Not Found\n"), rowToken, false, 404},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodPut {
					tt.puts.ServeHTTP(w, r)
					return
				}
				tt.gets.ServeHTTP(w, r)
			}))
			defer web.Close()
			p := asked(t.Context(), t, tt.as, web.URL, identityFile(tt.as, "3", tt.token))
			if got := p.Torn(); got != tt.want || p.Token == nil || p.Token.Status != tt.wantToken {
				t.Errorf("Torn = %v, token %+v, want %v and %d", got, p.Token, tt.want, tt.wantToken)
			}
		})
	}
}
