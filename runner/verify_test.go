package runner

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	encoding "encoding/pem"
	"errors"
	"math/big"
	"net/url"
	"strings"
	"testing"
	"time"
)

// authority signs certificates.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func (a authority) text() string {
	return string(encoding.EncodeToMemory(&encoding.Block{Type: "CERTIFICATE", Bytes: a.cert.Raw}))
}

// signs makes a certificate; by the zero authority it is signed by itself.
func (a authority) signs(t *testing.T, name string, ca bool) authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: ca, BasicConstraintsValid: true,
	}
	if a.key == nil {
		a = authority{template, key}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, &key.PublicKey, a.key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return authority{cert, key}
}

// TestJudge: what is found out with the roots that matter is what crypto/tls finds
// out with all of them.
func TestJudge(t *testing.T) {
	t.Parallel()
	var none authority
	root, other, double := none.signs(t, "root", true), none.signs(t, "other", true), none.signs(t, "root", true)
	between := root.signs(t, "between", true)
	leaf, direct, self := between.signs(t, "h", false), root.signs(t, "h", false), none.signs(t, "h", false)
	for name, tt := range map[string]struct {
		bundle string
		sent   []authority
		host   string
	}{
		"good":                     {root.text() + other.text(), []authority{leaf, between}, "h"},
		"good, signed by the root": {other.text() + root.text(), []authority{direct}, "h"},
		"an intermediate missing":  {root.text() + other.text(), []authority{leaf}, "h"},
		"trusted intermediate":     {between.text() + other.text(), []authority{leaf}, "h"},
		"unknown":                  {other.text(), []authority{leaf, between}, "h"},
		"another of that name":     {double.text(), []authority{direct}, "h"},
		"both of that name":        {double.text() + root.text(), []authority{direct}, "h"},
		"itself":                   {other.text() + self.text(), []authority{self}, "h"},
		"signed by itself":         {other.text(), []authority{self}, "h"},
		"another name":             {root.text(), []authority{direct}, "else"},
		"an address":               {root.text(), []authority{direct}, "127.0.0.1"},
		"CRLF, a comment, a key":   {strings.ReplaceAll("# root\n-----BEGIN EC PRIVATE KEY-----\nMHc=\n-----END EC PRIVATE KEY-----\n"+root.text(), "\n", "\r\n"), []authority{direct}, "h"},
		"headers":                  {strings.Replace(root.text(), "-----\n", "-----\nA: b\n\n", 1), []authority{direct}, "h"},
		"blanks":                   {strings.Replace(root.text(), "M", " M", 1), []authority{direct}, "h"},
		"two beginnings":           {"-----BEGIN CERTIFICATE-----\n" + root.text(), []authority{direct}, "h"},
		"no end before it":         {strings.Replace(other.text(), "-----END CERTIFICATE-----", "", 1) + root.text(), []authority{direct}, "h"},
		"nothing":                  {"", []authority{direct}, "h"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := tls.ConnectionState{}
			all := x509.VerifyOptions{DNSName: tt.host, Roots: x509.NewCertPool(), Intermediates: x509.NewCertPool()}
			for i, a := range tt.sent {
				if s.PeerCertificates = append(s.PeerCertificates, a.cert); i > 0 {
					all.Intermediates.AddCert(a.cert)
				}
			}
			all.Roots.AppendCertsFromPEM([]byte(tt.bundle))
			want, wantErr := s.PeerCertificates[0].Verify(all)
			trust := &Trust{own: true, bundle: []byte(tt.bundle)}
			got, err := trust.judge(s, time.Now(), &url.URL{Host: tt.host})
			if len(got) != len(want) || (err == nil) != (wantErr == nil) {
				t.Fatalf("%d chains, %v; crypto/tls: %d, %v", len(got), err, len(want), wantErr)
			}
			var bad *tls.CertificateVerificationError
			if err != nil && (!errors.As(err, &bad) || bad.Err.Error() != wantErr.Error()) {
				t.Errorf("%v; crypto/tls: %v", err, wantErr)
			}
		})
	}
}

// TestAbout: of a bundle hardly anything matters to one server.
func TestAbout(t *testing.T) {
	t.Parallel()
	var none authority
	root := none.signs(t, "root", true)
	bundle := root.text()
	for range 5 {
		bundle += none.signs(t, "other", true).text()
	}
	leaf := root.signs(t, "h", false)
	if got, want := strings.TrimSpace(string(about([]*x509.Certificate{leaf.cert}, []byte(bundle)))), strings.TrimSpace(root.text()); got != want {
		t.Errorf("about:\n%s\nwant the root alone:\n%s", got, want)
	}
}
