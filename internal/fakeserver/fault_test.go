package fakeserver

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestFaults(t *testing.T) {
	t.Parallel()
	s := New(Options{Era: "E4c"})
	s.AddRunner(1, "right")
	const path = "/api/internal/runners"
	tests := []struct {
		name   string
		h      http.Handler
		status int
		header string
		want   string
	}{
		{"no fault", s, 200, "Content-Type", "application/json"},
		{"a header is lost", StripHeader("X-Runner-Token", s), 401, "Content-Type", "application/json"},
		{"another header is lost", StripHeader("Cookie", s), 200, "Content-Type", "application/json"},
		{"to https", Redirect301("https://h/"), 301, "Location", "https://h" + path},
		{"308", Redirect(308, "https://h"), 308, "Location", "https://h" + path},
		{"not Semaphore", HTML200(), 200, "Content-Type", "text/html"},
		{"502", Status(502, BadGatewayPage), 502, "Content-Type", "text/html"},
		{"wants a password", Unauthorized("staff"), 401, "WWW-Authenticate", `Basic realm="staff"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := do(tt.h, "GET", path, "", "X-Runner-Token", "right")
			if got := w.Header().Get(tt.header); w.Code != tt.status || got != tt.want {
				t.Errorf("= %d, %s %q, want %d, %q", w.Code, tt.header, got, tt.status, tt.want)
			}
		})
	}
}

func TestHang(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(Hang())
	defer s.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, "PUT", s.URL, strings.NewReader(`{"Jobs":null}`))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err == nil {
		body, _ := io.ReadAll(resp.Body)
		t.Fatalf("a hanging server answered %d %q", resp.StatusCode, body)
	}
	if ctx.Err() == nil {
		t.Errorf("the request ended before its time: %v", err)
	}
}
