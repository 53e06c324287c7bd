package checks

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
)

// TestMisfitRenewed: a self-signed certificate that was made anew, where the runner
// has the old one, is called what it is. Its forerunner is no authority either.
func TestMisfitRenewed(t *testing.T) {
	t.Parallel()
	pool, renewed := x509.NewCertPool(), selfMade(t)
	pool.AddCert(selfMade(t))
	_, err := renewed.Verify(x509.VerifyOptions{Roots: pool, CurrentTime: renewed.NotBefore})
	if misfit(err) == nil {
		t.Fatalf("Verify = %v, want one that names a candidate", err)
	}
	target := NewTarget("", &runner.Installation{})
	target.Files = host.OS{Root: t.TempDir()}
	x := &runner.Exchange{Err: &tls.CertificateVerificationError{UnverifiedCertificates: []*x509.Certificate{renewed}, Err: err}}
	p := &runner.Probe{Server: &runner.Server{URL: &url.URL{Scheme: "https", Host: "semaphore.test"}, Era: runner.E4c}, Ping: x}
	got := target.certificate(t.Context(), p, x, TLSUntrusted)
	if !strings.Contains(got.Summary.String(), "signed by itself") || len(got.Advice) == 0 {
		t.Errorf("summary %q, advice %v", got.Summary, got.Advice)
	}
}

// selfMade is a certificate for a server that nobody vouches for.
func selfMade(t *testing.T) *x509.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "semaphore.test"}, BasicConstraintsValid: true,
		NotBefore: time.Unix(0, 0), NotAfter: time.Unix(1, 0),
	}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	made, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return made
}
