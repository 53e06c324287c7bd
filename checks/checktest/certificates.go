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
	asks tls.ClientAuthType // of who comes
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

// newCertificate is one for a name, of a kind:
//
//	expired, early   the time is not right
//	soon, renewed    it ends in 13 days 23 hours, in 14 days
//	brief            it lives six days, and two of them are left
//	name, cn         it is for other names, or has a Common Name only
//	usage            it is not for servers
//	stranger         it is signed with its own key
//	namesake         it is signed by another authority of the same name
//	powerless        it is signed by one who is no authority, and is sent
//	mixed            it is sent with an authority of its issuer's name, and another key
//	sha1             it is signed with SHA-1
//	intermediate     it is signed by an authority of an authority, which is not sent
//	public           likewise, and it says where that is to be had
//	chain            likewise, and it is sent
//	root             the authority's is sent along
//	client, request  the server wants one of the client's, or would like one
func newCertificate(t testing.TB, name, kind string) *certificate {
	c, by := template(name, false), authority()
	var sent []*certificate
	var asks tls.ClientAuthType
	switch kind {
	case "":
	case "expired":
		c.NotAfter = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	case "early":
		c.NotBefore = time.Date(2026, 11, 23, 12, 1, 0, 0, time.UTC)
	case "soon":
		c.NotAfter = now().AddDate(0, 0, 14).Add(-time.Hour)
	case "renewed":
		c.NotAfter = now().AddDate(0, 0, 14)
	case "brief":
		c.NotBefore, c.NotAfter = now().AddDate(0, 0, -4), now().AddDate(0, 0, 2)
	case "name":
		c.DNSNames = []string{"www.semaphore.test", "localhost"}
	case "cn":
		c.DNSNames = nil
	case "usage":
		c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
	case "stranger":
		by = nil
	case "namesake":
		by = issue(t, template("Case Authority", true), nil, nil, tls.NoClientCert)
	case "powerless":
		by = issue(t, template("Case Intermediate", false), authority(), nil, tls.NoClientCert)
		sent = append(sent, by)
	case "mixed":
		by, sent = intermediate(t), append(sent, intermediate(t))
	case "sha1":
		c.SignatureAlgorithm = x509.ECDSAWithSHA1
	case "root":
		sent = append(sent, by)
	case "intermediate", "public", "chain":
		by = intermediate(t)
		if kind == "chain" {
			sent = append(sent, by)
		}
		if kind == "public" {
			c.IssuingCertificateURL = []string{"http://ca.test/intermediate.der"}
		}
	case "client":
		asks = tls.RequireAnyClientCert
	case "request":
		asks = tls.RequestClientCert
	default:
		t.Fatalf("no certificate is %q", kind)
	}
	return issue(t, c, by, sent, asks)
}

func issue(t testing.TB, c *x509.Certificate, by *certificate, sent []*certificate, asks tls.ClientAuthType) *certificate {
	made, err := sign(c, by)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sent {
		made.pair.Certificate = append(made.pair.Certificate, s.x509.Raw)
	}
	made.asks = asks
	return made
}

// intermediate is an authority that the authority of all cases vouches for.
func intermediate(t testing.TB) *certificate {
	return issue(t, template("Case Intermediate", true), authority(), nil, tls.NoClientCert)
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
	return &certificate{pair: tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, x509: made}, err
}

// replace puts text into every file of the machine that has a mark for it.
func (m *Machine) replace(mark string, text []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, n := range m.nodes {
		n.Data = bytes.ReplaceAll(n.Data, []byte(mark), text)
	}
}
