package fakeserver

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"strings"
	"testing"
	"time"
)

const internalPath = "/api/internal/runners"

// tokenEras are those whose runners are known by their token alone.
func tokenEras() []string { return []string{"E4a", "E4b", "E4c", "E5", "E5b", "E6", "E7"} }

// TestByToken is what all of them have in common: the HTTP matrix of v2.10.32.
func TestByToken(t *testing.T) {
	t.Parallel()
	const notFound, invalid = `{"error":"Runner not found"}`, `{"error":"Invalid token"}`
	tests := []struct {
		method, path, body, token string
		status                    int
		want                      string
	}{
		{"GET", "/api/ping", "", "", 200, "pong"},
		{"GET", internalPath, "", "", 401, invalid},
		{"GET", internalPath, "", "wrong", 404, notFound},
		{"GET", internalPath, "", "right", 200, strings.TrimSpace(emptyPoll)},
		{"HEAD", internalPath, "", "right", 200, ""},
		{"PUT", internalPath, "{}", "", 401, invalid},
		{"PUT", internalPath, "{}", "wrong", 404, notFound},
		{"PUT", internalPath, "{}", "right", 204, ""},
		{"PUT", internalPath, `{"Jobs":null}`, "right", 204, ""},
		{"PUT", internalPath, "", "right", 400, `{"error":"Invalid format"}`},
		{"GET", "/api/runners", "", "", 401, ""},
		{"GET", "/api/runners/0", "", "", 401, ""},
		{"PUT", "/api/runners/7", "{}", "right", 401, ""},
		{"POST", internalPath, `{"registration_token":"wrong"}`, "", 400, `{"error":"Invalid registration token"}`},
	}
	for _, era := range tokenEras() {
		for _, tt := range tests {
			s := New(Options{Era: era, RegistrationToken: "reg"})
			s.AddRunner(7, "right")
			var headers []string
			if tt.token != "" {
				headers = []string{"X-Runner-Token", tt.token}
			}
			w := do(s, tt.method, tt.path, tt.body, headers...)
			if got := strings.TrimSpace(w.Body.String()); w.Code != tt.status || got != tt.want {
				t.Errorf("%s: %s %s with token %q = %d %q, want %d %q", era, tt.method, tt.path, tt.token, w.Code, got, tt.status, tt.want)
			}
		}
	}
}

// TestKeys is a poll in each state of the row's public key (facts 3.5).
func TestKeys(t *testing.T) {
	t.Parallel()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	public := string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: x509.MarshalPKCS1PublicKey(&key.PublicKey)}))
	for _, era := range tokenEras() {
		keys := era == "E5" || era == "E5b"
		for _, sent := range []string{"", "no key", public} {
			s := New(Options{Era: era, RegistrationToken: "reg", NewToken: func() string { return "right" }})
			body, _ := json.Marshal(map[string]string{"registration_token": "reg", "public_key": sent})
			do(s, "POST", internalPath, string(body))
			w := do(s, "GET", internalPath, "", "X-Runner-Token", "right")
			switch {
			case !keys && w.Body.String() != emptyPoll:
				t.Errorf("%s does not answer in the clear: %d %q", era, w.Code, w.Body)
			case keys && sent != public && (w.Code != 400 || w.Body.Len() > 0):
				t.Errorf("%s with public key %q = %d %q, want an empty 400", era, sent, w.Code, w.Body)
			case keys && sent == public:
				if got := decrypt(t, key, w.Body.Bytes()); got != emptyPoll || w.Header().Get("Content-Type") != "application/octet-stream" {
					t.Errorf("%s decrypts to %q", era, got)
				}
			}
			if w := do(s, "PUT", internalPath, "{}", "X-Runner-Token", "right"); w.Code != 204 {
				t.Errorf("%s: PUT = %d, want 204 whatever the key", era, w.Code)
			}
		}
	}
}

// decrypt is what the runner does with its private key.
func decrypt(t *testing.T, key *rsa.PrivateKey, body []byte) string {
	var plain []byte
	for len(body) > 0 {
		n := min(len(body), key.Size())
		block, err := rsa.DecryptPKCS1v15(nil, key, body[:n]) //nolint:staticcheck // what runners of E5 do
		if err != nil {
			t.Fatal(err)
		}
		plain, body = append(plain, block...), body[n:]
	}
	return string(plain)
}

// A row that was never given a key is answered in the clear, and one longer than
// a block comes in several.
func TestEncrypted(t *testing.T) {
	t.Parallel()
	s := New(Options{Era: "E5"})
	s.AddRunner(7, "right")
	if w := do(s, "GET", internalPath, "", "X-Runner-Token", "right"); w.Body.String() != emptyPoll {
		t.Errorf("a row without a key = %d %q", w.Code, w.Body)
	}
	key, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	der := x509.MarshalPKCS1PublicKey(&key.PublicKey)
	text := strings.Repeat("0123456789", 30)
	rep := encrypted(text, string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})))
	if len(rep.body) != 3*128 || decrypt(t, key, []byte(rep.body)) != text {
		t.Errorf("300 bytes became %d, want 3 blocks of 128 that decrypt", len(rep.body))
	}
}

// TestBirth is what becomes of a runner that registers itself (facts 4.2, 5).
func TestBirth(t *testing.T) {
	t.Parallel()
	for era, want := range map[string]string{
		"E4c": "false ", "E5": "false ", "E5b": "true n", "E6": "true n", "E7": "true n",
	} {
		s := New(Options{Era: era, RegistrationToken: "reg"})
		do(s, "POST", internalPath, `{"registration_token":"reg","name":"n","enabled":true}`)
		if row := s.Runners()[0]; fmt.Sprintf("%t %s", row.Active, row.Name) != want {
			t.Errorf("%s made %t %q, want %s", era, row.Active, row.Name, want)
		}
	}
}

// TestSideEffects: what marks a runner as seen is a poll and nothing else (facts 4.6).
func TestSideEffects(t *testing.T) {
	t.Parallel()
	for _, era := range tokenEras() {
		s := New(Options{Era: era})
		s.AddRunner(7, "right")
		s.RequestCleaning(7)
		do(s, "PUT", internalPath, "{}", "X-Runner-Token", "right")
		do(s, "GET", internalPath, "")
		if row := s.Runners()[0]; !row.Touched.IsZero() || !row.Cleaning {
			t.Errorf("%s: a report or a request without a token marks the runner as seen", era)
		}
		do(s, "HEAD", internalPath, "", "X-Runner-Token", "right", "X-Runner-Started-At", "2026-01-01T00:00:00Z")
		row, touches, judges := s.Runners()[0], strings.Compare(era, "E5") >= 0, strings.Compare(era, "E6") >= 0
		if row.Touched.IsZero() == touches || row.Cleaning == touches || (row.StartedAt != "") != judges {
			t.Errorf("%s after a poll: %+v", era, row)
		}
	}
}

// TestReports: 2.19 answers a report with jobs 200, and refuses an unknown status.
func TestReports(t *testing.T) {
	t.Parallel()
	for era, want := range map[string]string{"E5b": "204  | 204 ", "E6": `200 {"terminated_jobs":[]} | 400 {"error":"Invalid task status"}`} {
		s := New(Options{Era: era})
		s.AddRunner(7, "right")
		var got []string
		for _, status := range []string{"running", "nonsense"} {
			w := do(s, "PUT", internalPath, `{"Jobs":[{"ID":1,"Status":"`+status+`"}]}`, "X-Runner-Token", "right")
			got = append(got, fmt.Sprintf("%d %s", w.Code, strings.TrimSpace(w.Body.String())))
		}
		if strings.Join(got, " | ") != want {
			t.Errorf("%s = %s, want %s", era, strings.Join(got, " | "), want)
		}
	}
}

// TestInvite is a one-time registration token from its making to its end.
func TestInvite(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	s := New(Options{Era: "E6", APIToken: "admin", NewToken: func() string { return "fresh" }, Now: func() time.Time { return now }})
	s.AddRunner(7, "right")
	token := func() string {
		var body struct {
			Token string `json:"registration_token"`
		}
		w := do(s, "POST", "/api/runners/7/registration-token", "", "Authorization", "Bearer admin")
		if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil {
			t.Fatal(err)
		}
		return body.Token
	}
	register := func(token string) int {
		return do(s, "POST", internalPath, `{"registration_token":"`+token+`"}`).Code
	}
	poll := func(token string) int { return do(s, "PUT", internalPath, "{}", "X-Runner-Token", token).Code }
	first := token()
	if got := poll("right"); got != 404 {
		t.Errorf("the old token = %d, want 404", got)
	}
	now = now.Add(inviteFor + time.Second)
	if got := register(first); got != 400 {
		t.Errorf("an expired one = %d, want 400", got)
	}
	second := token()
	if got := []int{register(second), poll("fresh"), register(second)}; fmt.Sprint(got) != "[200 204 400]" {
		t.Errorf("registering, polling, registering again = %v", got)
	}
	if old := New(Options{Era: "E5", RegistrationToken: "reg"}); do(old, "POST", internalPath, `{"registration_token":"smrs_x"}`).Code != 400 {
		t.Error("E5 knows no one-time tokens")
	}
}

// TestShownRows is what the admin API adds with the years.
func TestShownRows(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for era, want := range map[string]string{
		"E4c": `[{"id":7,"project_id":null,"webhook":"","max_parallel_tasks":1,"active":false,"name":"n"}]`,
		"E5":  `[{"id":7,"project_id":null,"webhook":"","max_parallel_tasks":1,"active":false,"name":"n","touched":"2026-11-23T12:00:00Z","cleaning_requested":false}]`,
		"E6":  `[{"id":7,"project_id":null,"webhook":"","max_parallel_tasks":1,"active":false,"name":"n","touched":"2026-11-23T12:00:00Z","cleaning_requested":false,"registered":true,"status":"online"}]`,
	} {
		s := New(Options{Era: era, APIToken: "admin", Now: func() time.Time { return now }})
		s.AddRunner(7, "right")
		s.SetName(7, "n")
		do(s, "GET", internalPath, "", "X-Runner-Token", "right")
		if got := strings.TrimSpace(do(s, "GET", "/api/runners", "", "Authorization", "Bearer admin").Body.String()); got != want {
			t.Errorf("%s shows %s, want %s", era, got, want)
		}
	}
}
