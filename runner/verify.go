package runner

import (
	"bytes"
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"net"
	"net/url"
	"strings"
	"time"
)

// How a certificate begins and ends in a bundle.
const (
	beginCertificate = "-----BEGIN CERTIFICATE-----"
	endCertificate   = "-----END CERTIFICATE-----"
)

// config is for connections to a server, through a proxy or nil.
func (t *Trust) config(now func() time.Time, server, proxy *url.URL) *tls.Config {
	cfg := &tls.Config{InsecureSkipVerify: t.skip} //nolint:gosec // as the runner is told to
	switch {
	case !t.own:
	case proxy != nil && proxy.Scheme == "https":
		cfg.RootCAs = t.all() // crypto/tls does not tell which of two handshakes is to be judged
	default:
		cfg.InsecureSkipVerify = true // judge does it
		cfg.VerifyConnection = func(s tls.ConnectionState) error {
			chains, err := t.judge(s, now(), server)
			t.chains.Store(&chains)
			return err
		}
	}
	return cfg
}

// judged is the state of a connection with what judge found out about it.
func (t *Trust) judged(s *tls.ConnectionState) *tls.ConnectionState {
	if s == nil || t == nil || t.chains.Load() == nil {
		return s
	}
	other := *s
	other.VerifiedChains = *t.chains.Load()
	return &other
}

// all are the roots of both parts.
func (t *Trust) all() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(t.bundle)
	if t.rest != nil {
		t.rest(pool)
	}
	return pool
}

// judge judges a server's certificates as crypto/tls does.
func (t *Trust) judge(s tls.ConnectionState, now time.Time, server *url.URL) ([][]*x509.Certificate, error) {
	name := cmp.Or(s.ServerName, serverName(server)) // an address is in no ServerName
	chains, err := t.verify(s.PeerCertificates, name, now)
	if err != nil {
		return nil, &tls.CertificateVerificationError{UnverifiedCertificates: s.PeerCertificates, Err: err}
	}
	return chains, nil
}

// verify parses only those roots of the bundle that may have signed what was sent:
// to parse all took a quarter of a check over https.
func (t *Trust) verify(sent []*x509.Certificate, name string, now time.Time) ([][]*x509.Certificate, error) {
	opts := x509.VerifyOptions{DNSName: name, CurrentTime: now, Intermediates: x509.NewCertPool()}
	for _, c := range sent[1:] {
		opts.Intermediates.AddCert(c)
	}
	if t.own {
		opts.Roots = x509.NewCertPool()
		opts.Roots.AppendCertsFromPEM(about(sent, t.bundle))
	}
	chains, err := sent[0].Verify(opts)
	if err != nil && t.rest != nil {
		t.rest(opts.Roots)
		chains, err = sent[0].Verify(opts)
	}
	return chains, err
}

// serverName is what http.Transport has the certificates held against: an address
// of IPv6 in brackets.
func serverName(u *url.URL) string {
	return strings.TrimSuffix(net.JoinHostPort(u.Hostname(), ""), ":")
}

// about is the part of a bundle that matters to some certificates: roots with the
// name of an issuer of theirs, the certificates themselves, and all that is not
// plainly a certificate, for others to judge.
func about(certs []*x509.Certificate, bundle []byte) (part []byte) {
	var der []byte
	for one := range bytes.SplitAfterSeq(bundle, []byte(endCertificate)) {
		var plain bool
		if der, plain = decode(der[:0], one); !plain || concerns(der, certs) {
			part = append(part, one...)
		}
	}
	return part
}

// decode appends what stands between the lines of a certificate; ok is false where
// there is anything else in between.
func decode(to, pem []byte) (der []byte, ok bool) {
	_, text, begun := bytes.Cut(pem, []byte(beginCertificate))
	text, ended := bytes.CutSuffix(text, []byte(endCertificate))
	der, err := base64.StdEncoding.AppendDecode(to, text)
	return der, begun && ended && err == nil
}

func concerns(der []byte, certs []*x509.Certificate) bool {
	for _, c := range certs {
		if bytes.Contains(der, c.RawIssuer) || bytes.Equal(der, c.Raw) {
			return true
		}
	}
	return false
}
