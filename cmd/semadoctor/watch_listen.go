//go:build unix

package main

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"runtime"
	"sync"
	"time"

	"github.com/semadoctor/semadoctor/report"
	"github.com/semadoctor/semadoctor/say"
)

// What --listen bears: few who ask, and little at a time.
const (
	mostAskers   = 64 // connections at once
	headerTime   = 5 * time.Second
	answerTime   = 10 * time.Second
	mostOfHeader = 8 << 10 // bytes
)

// listen answers at an address, until the result is called. A port alone is one of
// this host's own: who wants to be asked from elsewhere has to say so.
func (w *watcher) listen(addr string) (end func(), err error) {
	if addr == "" {
		return func() {}, nil
	}
	host, port, err := net.SplitHostPort(addr)
	if err == nil {
		_, err = net.LookupPort("tcp", port)
	}
	if err != nil {
		return nil, usagef("--listen %s: want HOST:PORT, or :PORT for this host alone", addr)
	}
	if host == "" {
		host = "127.0.0.1"
	}
	l, err := net.Listen("tcp", net.JoinHostPort(host, port))
	if err != nil {
		return nil, say.Errorf("listen for who asks how the runner is: %w", err)
	}
	w.tell(say.Textf("how the runner is, is told at http://%s/healthz", l.Addr()))
	server := &http.Server{
		Handler: w.answers(), MaxHeaderBytes: mostOfHeader,
		ReadHeaderTimeout: headerTime, ReadTimeout: headerTime, WriteTimeout: answerTime,
	}
	server.SetKeepAlivesEnabled(false) // nobody keeps a place
	go server.Serve(newGuarded(l, mostAskers))
	return func() { server.Close() }, nil
}

// answers are all that is answered. Nobody who asks has anything looked at: it is
// what was seen last that is told.
func (w *watcher) answers() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/livez", w.livez)
	mux.HandleFunc("/readyz", w.readyz)
	mux.HandleFunc("/healthz", w.healthz)
	mux.HandleFunc("/metrics", w.metrics)
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Cache-Control", "no-store")
		rw.Header().Set("X-Content-Type-Options", "nosniff")
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			rw.Header().Set("Allow", "GET, HEAD")
			http.Error(rw, "only GET and HEAD", http.StatusMethodNotAllowed)
			return
		}
		mux.ServeHTTP(rw, r)
	})
}

// livez is bad only when a restart would help.
func (w *watcher) livez(rw http.ResponseWriter, _ *http.Request) {
	w.plain(rw, !w.state.restartHelps())
}

// readyz is good while the server accepts the runner.
func (w *watcher) readyz(rw http.ResponseWriter, _ *http.Request) { w.plain(rw, w.state.isReady()) }

func (w *watcher) plain(rw http.ResponseWriter, good bool) {
	rw.Header().Set("Content-Type", "text/plain; charset=utf-8")
	rw.WriteHeader(statusOf(good))
	fmt.Fprintln(rw, w.state.inWords())
}

func statusOf(good bool) int {
	if good {
		return http.StatusOK
	}
	return http.StatusServiceUnavailable
}

// healthz is the last report, in short or, with ?verbose, check by check.
func (w *watcher) healthz(rw http.ResponseWriter, r *http.Request) {
	h := w.state.health(version)
	rw.Header().Set("Content-Type", "application/health+json")
	rw.WriteHeader(statusOf(h.Status != "fail"))
	_ = h.Write(rw, r.URL.Query().Has("verbose")) // a client that is gone
}

func (w *watcher) metrics(rw http.ResponseWriter, _ *http.Request) {
	rw.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	_, _ = rw.Write(w.state.metrics()) // a client that is gone
}

// health is the last report with how it stands with the runner itself.
func (c *condition) health(version string) *report.Health {
	c.mu.Lock()
	defer c.mu.Unlock()
	r := c.report
	if r == nil { // nobody has looked yet
		r = &report.Report{Tool: report.Tool{Version: version}}
	}
	h := report.NewHealth(r, c.looked)
	state := report.HealthCheck{ComponentType: "component", ObservedValue: string(c.phase), Time: c.since.UTC().Truncate(time.Second), Status: "fail", Output: c.why}
	switch c.phase {
	case isAccepted:
		state.Status = "pass"
	case isUnpolled, isChecking:
		state.Status = "warn"
	}
	h.Add("runner:accepted", state)
	return h
}

// metrics are numbers about the runner, and about the last report.
func (c *condition) metrics() []byte {
	var b bytes.Buffer
	c.mu.Lock()
	defer c.mu.Unlock()
	m := report.NewMetrics(&b)
	m.Gauge("semadoctor_build_info", "Which semadoctor this is.", report.Is(true, "version", version, "goversion", runtime.Version()))
	m.Gauge("semadoctor_runner_up", "Whether the runner's process runs.", report.Is(c.pid != 0))
	m.Gauge("semadoctor_runner_accepted", "Whether the server accepts the runner.", report.Is(c.phase == isAccepted))
	m.Gauge("semadoctor_runner_restart_helps", "Whether what is wrong is of the kind that a restart cures.", report.Is(c.restart))
	m.Counter("semadoctor_runner_starts_total", "How often the runner was started.", report.Sample{Value: float64(c.starts)})
	if c.starts > 0 {
		m.Gauge("semadoctor_runner_start_timestamp_seconds", "When the runner was last started.", report.When(c.began))
		m.Gauge("semadoctor_runner_last_exit_code", "How the runner last ended; 0 before that.", report.Sample{Value: float64(c.code)})
		m.Gauge("semadoctor_runner_output_bytes", "What the runner has said since its start.", report.Sample{Value: float64(c.hearing.bytes.Load())})
		m.Gauge("semadoctor_runner_failed_polls", "Lines about polls that went wrong, since the runner's start.", report.Sample{Value: float64(c.hearing.failed())})
	}
	if c.report != nil {
		m.Report(c.report, c.looked)
	}
	if !c.healthy.IsZero() {
		m.Gauge("semadoctor_last_success_timestamp_seconds", "When a look last found nothing that keeps the runner from working.", report.When(c.healthy))
	}
	_ = m.Flush() // to memory
	return b.Bytes()
}

// A guarded listener lets so many connections in at once; the others wait outside.
type guarded struct {
	net.Listener
	places chan struct{}
}

func newGuarded(l net.Listener, most int) guarded { return guarded{l, make(chan struct{}, most)} }

// Accept waits for a place first.
func (g guarded) Accept() (net.Conn, error) {
	g.places <- struct{}{}
	c, err := g.Listener.Accept()
	if err != nil {
		<-g.places
		return nil, err
	}
	return guest{c, sync.OnceFunc(func() { <-g.places })}, nil
}

// A guest leaves its place when it is closed, once.
type guest struct {
	net.Conn
	leave func()
}

// Close closes the connection.
func (g guest) Close() error {
	defer g.leave()
	return g.Conn.Close()
}
