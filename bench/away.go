package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/semadoctor/semadoctor/internal/fakeserver"
)

// far are runners that are asked after over a network: of one server that many
// runners share, and of one that takes its time.
type far struct {
	many string // directory of the configs of manyRunners
	slow string // directory of the configs of slowRunners
	one  string // one of them
	url  string // of the server of many
	web  []*http.Server
}

const (
	manyRunners = 1_000
	slowRunners = 50
	slowness    = 100 * time.Millisecond // of each answer
)

// newFar makes them on a disk, see newFleets.
func newFar() (*far, func(), error) {
	dir, remove, err := onDisk()
	if err != nil {
		return nil, nil, err
	}
	f := &far{many: filepath.Join(dir, "many"), slow: filepath.Join(dir, "slow"), one: filepath.Join(dir, "one")}
	stop := func() {
		for _, w := range f.web {
			_ = w.Close()
		}
		remove()
	}
	if err := f.start(); err != nil {
		stop()
		return nil, nil, err
	}
	return f, stop, nil
}

func (f *far) start() error {
	server := fakeserver.New(fakeserver.Options{Era: patientEra})
	for i := range manyRunners {
		server.AddRunner(i+1, farToken(i))
	}
	slow, err := f.serve(slowly(server))
	if err != nil {
		return err
	}
	if f.url, err = f.serve(server); err != nil {
		return err
	}
	if err := writeFar(f.many, manyRunners, f.url); err != nil {
		return err
	}
	if err := writeFar(f.one, 1, slow); err != nil {
		return err
	}
	return writeFar(f.slow, slowRunners, slow)
}

func (f *far) serve(h http.Handler) (url string, err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	web := &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second}
	f.web = append(f.web, web)
	go func() { _ = web.Serve(l) }() // ends with Close
	return "http://" + l.Addr().String(), nil
}

func slowly(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(slowness)
		h.ServeHTTP(w, r)
	})
}

func farToken(i int) string { return fmt.Sprintf("%012d", i) }

func writeFar(dir string, n int, url string) error {
	for _, d := range []string{dir, dir + "-states", dir + "-tmp"} {
		if err := os.Mkdir(d, 0o700); err != nil {
			return err
		}
	}
	for i := range n {
		state := filepath.Join(dir+"-states", fmt.Sprintf("runner-%05d.json", i))
		if err := os.WriteFile(state, fmt.Appendf(nil, `{"runner_id":%d,"token":%q}`, i+1, farToken(i)), 0o600); err != nil {
			return err
		}
		config := fmt.Appendf(nil, `{"runner": {"api_url": %q, "config_file": %q}, "tmp_path": %q}`, url+"/api", state, dir+"-tmp")
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("runner-%05d.json", i)), config, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// The commands of far, in the order of their results.
const (
	floorMany = iota
	floorPoll
	farMany
	farOne
	farSlow
)

func (b *binaries) farCommands(f *far) []command {
	check := func(dir string) []string {
		return []string{b.semadoctor, "check", "--config", dir, "--runner-version", patientVersion, "--skip", "clock/ntp", "-o", "text"}
	}
	return []command{
		floorMany: {fmt.Sprintf("floor: ask %d times, 16 at once", manyRunners), []string{b.floor, f.url + "/api/ping", fmt.Sprint(manyRunners)}},
		floorPoll: {fmt.Sprintf("floor: read %d and their states, show their tokens", manyRunners), []string{b.floor, f.many, "poll"}},
		farMany:   {fmt.Sprintf("semadoctor check of %d on one server", manyRunners), check(f.many)},
		farOne:    {"semadoctor check of one on a slow server", check(f.one)},
		farSlow:   {fmt.Sprintf("semadoctor check of %d on it", slowRunners), check(f.slow)},
	}
}

func scoreFar(times []series) []row {
	return []row{
		compare("P10", "1,000 live checks / 1,000 requests", times[farMany], times[floorMany], 2.0, 1.3),
		compare("", "  the same / read them and show their tokens", times[farMany], times[floorPoll], 2.0, 1.3),
		compare("", "50 live checks of a slow server / one", times[farSlow], times[farOne], 1.3, 1.1),
	}
}

// encrypted puts TLS before a server, with a certificate of its own, and returns
// its URL and a bundle: that of the system, and the certificate.
func (p *patient) encrypted(dir string, h http.Handler) (url, bundle string, err error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return "", "", err
	}
	der, pair, err := selfSigned(key)
	if err != nil {
		return "", "", err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", "", err
	}
	certFile, keyFile := filepath.Join(dir, "certificate.pem"), filepath.Join(dir, "key.pem")
	own := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	system, _ := os.ReadFile("/etc/ssl/certs/ca-certificates.crt") // where there is none, the row is not worth much
	bundle = filepath.Join(dir, "bundle.pem")
	for name, text := range map[string][]byte{certFile: own, keyFile: pair, bundle: slices.Concat(system, own)} {
		if err := os.WriteFile(name, text, 0o600); err != nil {
			return "", "", err
		}
	}
	web := &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second}
	p.others = append(p.others, web)
	go func() { _ = web.ServeTLS(l, certFile, keyFile) }() // ends with close
	return "https://" + strings.Replace(l.Addr().String(), "127.0.0.1", "localhost", 1), bundle, nil
}

func selfSigned(key *ecdsa.PrivateKey) (der, pair []byte, err error) {
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "localhost"}, DNSNames: []string{"localhost"},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(90 * 24 * time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	if der, err = x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key); err != nil {
		return nil, nil, err
	}
	raw, err := x509.MarshalECPrivateKey(key)
	return der, pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: raw}), err
}
