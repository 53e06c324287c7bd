package checktest

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"sync"
	"testing"
	"time"
)

// certificate is what a server shows, with its key.
type certificate struct {
	pair tls.Certificate
	x509 *x509.Certificate
}

// authority signs the certificates of all cases. "@CA@" in a file of a case
// stands for its own.
var authority = sync.OnceValue(func() *certificate {
	c, err := sign(template("Case Authority", true), nil)
	if err != nil {
		panic("checktest: " + err.Error()) // no case can go on without
	}
	return c
})

func authorityPEM() []byte {
	return bytes.TrimSpace(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: authority().x509.Raw}))
}

// newCertificate is one for semaphore.test, with what is wrong with it.
func newCertificate(t testing.TB, wrong string) *certificate {
	c, by := template("semaphore.test", false), authority()
	switch wrong {
	case "":
	case "expired":
		c.NotAfter = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	case "early":
		c.NotBefore = time.Date(2026, 11, 23, 12, 1, 0, 0, time.UTC)
	case "name":
		c.DNSNames = []string{"www.semaphore.test", "localhost"}
	case "stranger":
		by = nil
	default:
		t.Fatalf("no certificate is wrong by being %q", wrong)
	}
	made, err := sign(c, by)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func template(name string, ca bool) *x509.Certificate {
	return &x509.Certificate{
		SerialNumber:          big.NewInt(1),
		Subject:               pkix.Name{CommonName: name},
		DNSNames:              []string{name},
		NotBefore:             time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
		NotAfter:              time.Date(2036, 1, 1, 0, 0, 0, 0, time.UTC),
		IsCA:                  ca,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
}

// sign makes a certificate; without by it is signed with its own key.
func sign(c *x509.Certificate, by *certificate) (*certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	parent, signer := c, key
	if by != nil {
		parent, signer = by.x509, by.pair.PrivateKey.(*ecdsa.PrivateKey)
	}
	der, err := x509.CreateCertificate(rand.Reader, c, parent, &key.PublicKey, signer)
	if err != nil {
		return nil, err
	}
	made, err := x509.ParseCertificate(der)
	return &certificate{tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, made}, err
}

// replace puts text into every file of the machine that has a mark for it.
func (m *Machine) replace(mark string, text []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, n := range m.nodes {
		n.Data = bytes.ReplaceAll(n.Data, []byte(mark), text)
	}
}
