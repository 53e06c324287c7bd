package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/semadoctor/semadoctor/internal/fakeserver"
)

const (
	patientVersion = "2.9.58"
	patientEra     = "E2b"
	firstRequest   = "/first-request" // beside the API: only the runner asks for it
)

// A patient is a healthy runner that is registered, and its server.
type patient struct {
	config  string
	secure  string         // the same runner's config with the server behind TLS
	bundle  string         // of the system's certificates and the server's
	https   string         // the server's URL there
	url     string         // of the server
	arrived chan time.Time // when the runner's first request came
	web     *http.Server
	others  []*http.Server
}

func newPatient(dir string) (*patient, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &patient{
		config:  filepath.Join(dir, "config.json"),
		url:     "http://" + l.Addr().String(),
		arrived: make(chan time.Time, 1),
	}
	const token = "0123456789ab"
	server := fakeserver.New(fakeserver.Options{Era: patientEra, RegistrationToken: "registration-token"})
	server.AddRunner(1, token)
	p.web = &http.Server{Handler: p.handler(server), ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = p.web.Serve(l) }() // ends with close
	if p.https, p.bundle, err = p.encrypted(dir, server); err != nil {
		return nil, err
	}
	p.secure = filepath.Join(dir, "secure.json")
	if err := p.write(dir, token); err != nil {
		return nil, err
	}
	return p, nil
}

func (p *patient) handler(server http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == firstRequest {
			p.arrived <- time.Now()
			return
		}
		server.ServeHTTP(w, r)
	})
}

// write makes the runner's files.
func (p *patient) write(dir, token string) error {
	state := filepath.Join(dir, "state.json")
	tmp := filepath.Join(dir, "tmp")
	if err := os.Mkdir(tmp, 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(state, fmt.Appendf(nil, `{"runner_id":1,"token":%q}`, token), 0o600); err != nil {
		return err
	}
	for config, url := range map[string]string{p.config: p.url, p.secure: p.https} {
		if err := writeConfig(config, url, state, tmp); err != nil {
			return err
		}
	}
	return nil
}

func writeConfig(name, url, state, tmp string) error {
	return os.WriteFile(name, fmt.Appendf(nil, `{
  "runner": {
    "registration_token": "registration-token",
    "api_url": %q,
    "config_file": %q
  },
  "tmp_path": %q
}
`, url+"/api", state, tmp), 0o600)
}

func (p *patient) close() {
	for _, w := range append(p.others, p.web) {
		_ = w.Close()
	}
}
