package fakeserver

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A replay owns the listeners of one recording: the server itself, plain and
// with TLS, and the stand-ins for whatever was in front of it.
type replay struct {
	t        *testing.T
	line     int
	server   *Server
	toServer int

	plain, redirect, badGateway, secure *httptest.Server

	handshakes chan string // what the TLS listener said about failed handshakes
}

func newReplay(t *testing.T, era string, list []exchange) *replay {
	opts, rows := prime(list)
	opts.Era = era
	r := &replay{t: t, server: New(opts), handshakes: make(chan string, len(list))}
	for _, row := range rows {
		r.server.AddRunner(row.ID, row.Token)
	}
	r.plain = httptest.NewServer(r.server)
	r.badGateway = httptest.NewServer(Status(http.StatusBadGateway, BadGatewayPage))
	r.redirect = httptest.NewServer(Redirect301("https://" + tlsHost(list)))
	r.secure = httptest.NewUnstartedServer(r.server)
	r.secure.Config.ErrorLog = log.New(lineWriter(r.handshakes), "", 0)
	r.secure.StartTLS()
	t.Cleanup(func() {
		for _, s := range []*httptest.Server{r.plain, r.badGateway, r.redirect, r.secure} {
			s.Close()
		}
	})
	return r
}

// lineWriter sends each log line down a channel.
type lineWriter chan string

func (w lineWriter) Write(p []byte) (int, error) {
	w <- strings.TrimSpace(string(p))
	return len(p), nil
}

func tlsHost(list []exchange) string {
	for _, e := range list {
		if e.TLS {
			return e.Host
		}
	}
	return "unused"
}

// prime finds what the server must have known: the registration token and
// the tokens it gave out, from successful registrations; the API token; and
// the rows that were polled successfully without having been registered here.
func prime(list []exchange) (Options, []Row) {
	opts := Options{RegistrationToken: "configured, but never sent here"}
	var issued []string
	var rows []Row
	known := map[string]bool{}
	for _, e := range list {
		var sent struct {
			RegistrationToken string `json:"registration_token"`
		}
		var got struct {
			Token string `json:"token"`
		}
		switch {
		case e.RespHeaders.Get("Content-Type") != "application/json" || e.Status >= 300:
		case e.Method == "POST":
			_ = json.Unmarshal([]byte(e.ReqBody), &sent)
			_ = json.Unmarshal([]byte(e.RespBody), &got)
			opts.RegistrationToken = sent.RegistrationToken
			issued = append(issued, got.Token)
			known[strconv.Itoa(len(rows)+len(issued))] = true
			known[got.Token] = true
		case e.Path == "/api/info":
			opts.APIToken = strings.TrimPrefix(e.ReqHeaders.Get("Authorization"), "Bearer ")
		default:
			if row := polledRow(e); row.ID != 0 && !known[row.Token] && !known[strconv.Itoa(row.ID)] {
				rows = append(rows, row)
				known[row.Token], known[strconv.Itoa(row.ID)] = true, true
			}
		}
	}
	opts.NewToken = func() string {
		if len(issued) == 0 {
			return "more tokens than were recorded"
		}
		token := issued[0]
		issued = issued[1:]
		return token
	}
	return opts, rows
}

// polledRow is the row a successful poll names; E1 shows no token.
func polledRow(e exchange) Row {
	if token := e.ReqHeaders.Get("X-Runner-Token"); token != "" && e.Path == "/api/internal/runners" {
		return Row{ID: 1, Token: token}
	}
	m := regexp.MustCompile(`^/api/runners/(\d+)$`).FindStringSubmatch(e.Path)
	if m == nil {
		return Row{}
	}
	id, _ := strconv.Atoi(m[1])
	token := e.ReqHeaders.Get("X-Api-Token")
	if token == "" {
		token = "never seen on the wire"
	}
	return Row{ID: id, Token: token}
}

// exchange sends one recorded request to the listener that answered it.
func (r *replay) exchange(e exchange) {
	switch {
	case e.ServerError != "":
		r.handshake(e.ServerError)
	case e.ProxyError != "":
		r.compare(e, r.badGateway, nil)
	case e.TLS:
		r.toServer++
		r.compare(e, r.secure, allHeaders(e))
	case strings.HasPrefix(e.RespHeaders.Get("Location"), "https://"):
		r.compare(e, r.redirect, []string{"Location"}) // the stand-in proxy recorded no other header
	default:
		r.toServer++
		r.compare(e, r.plain, allHeaders(e))
	}
}

// allHeaders names every header that either side may send. Date is left out
// because it is the time of day, and Last-Modified is compared by presence,
// because it is the time the server process started.
func allHeaders(e exchange) []string {
	names := []string{"Content-Type", "Content-Length", "Location", "Allow", "Www-Authenticate",
		"X-Content-Type-Options", "Accept-Ranges", "Last-Modified", "Cache-Control", "Set-Cookie"}
	for name := range e.RespHeaders {
		if name != "Date" {
			names = append(names, name)
		}
	}
	return names
}

func (r *replay) compare(e exchange, to *httptest.Server, headers []string) {
	r.t.Helper()
	req, err := http.NewRequest(e.Method, to.URL+e.Path, strings.NewReader(e.ReqBody))
	if err != nil {
		r.t.Fatal(err)
	}
	req.Header = e.ReqHeaders.Clone()
	req.Header.Del("Content-Length") // net/http computes it
	client := to.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	resp, err := client.Do(req)
	if err != nil {
		r.t.Fatalf("line %d: %v", r.line, err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		r.t.Fatalf("line %d: %v", r.line, err)
	}
	got := summary(resp.StatusCode, resp.Header, string(body), headers)
	want := summary(e.Status, e.RespHeaders, e.RespBody, headers)
	if diff := cmp.Diff(want, got); diff != "" {
		r.t.Errorf("line %d: %s %s (-recorded +got):\n%s", r.line, e.Method, e.Path, diff)
	}
}

func summary(status int, h http.Header, body string, headers []string) map[string]any {
	m := map[string]any{"status": status, "body": body}
	for _, name := range headers {
		m[name] = h[name]
		if name == "Last-Modified" {
			m[name] = len(h[name])
		}
	}
	return m
}

// handshake repeats a connection that never became a request and demands that
// the server complains as recorded.
func (r *replay) handshake(want string) {
	r.t.Helper()
	addr := r.secure.Listener.Addr().String()
	if strings.HasSuffix(want, ": EOF") {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			r.t.Fatal(err)
		}
		conn.Close()
	} else {
		_, err := tls.Dial("tcp", addr, &tls.Config{RootCAs: x509.NewCertPool()})
		if !errors.As(err, new(x509.UnknownAuthorityError)) {
			r.t.Fatalf("line %d: handshake with an untrusted certificate = %v", r.line, err)
		}
	}
	select {
	case got := <-r.handshakes:
		if diff := cmp.Diff(withoutPorts(want), withoutPorts(got)); diff != "" {
			r.t.Errorf("line %d (-recorded +got):\n%s", r.line, diff)
		}
	case <-time.After(5 * time.Second):
		r.t.Errorf("line %d: the server said nothing, want %s", r.line, want)
	}
}

func withoutPorts(s string) string {
	return regexp.MustCompile(`127\.0\.0\.1:\d+`).ReplaceAllString(s, "H:P")
}
