package checks

import (
	"bytes"
	"crypto/x509"
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

// chain is the certificates that a server has shown, its own first.
type chain []*x509.Certificate

// top is the last certificate of the chain that the server's own begins: the one
// whose issuer the server did not show, or one that signed itself.
func (c chain) top() *x509.Certificate {
	at := c[0]
	for range c {
		up := c.issuer(at)
		if up == nil || up == at {
			return at
		}
		at = up
	}
	return at
}

func (c chain) issuer(of *x509.Certificate) *x509.Certificate {
	if selfSigned(of) {
		return of
	}
	for _, by := range c {
		if bytes.Equal(by.RawSubject, of.RawIssuer) && by.IsCA {
			return by
		}
	}
	return nil
}

func selfSigned(c *x509.Certificate) bool { return bytes.Equal(c.RawSubject, c.RawIssuer) }

// untrusted says how a chain ends that the runner does not trust.
func (c chain) untrusted(host string) say.Text {
	switch top := c.top(); {
	case selfSigned(c[0]):
		return say.Textf("the certificate of %s is not trusted: it is signed by itself", host)
	case selfSigned(top):
		return say.Textf("the certificate of %s is not trusted: it is signed by %s, an authority the runner does not know", host, subject(top))
	case top == c[0]:
		return say.Textf("the certificate of %s is not trusted: its issuer %s is not known to the runner, and the server does not send it", host, issuerName(top))
	default:
		return say.Textf("the certificate of %s is not trusted: the chain ends at %s, whose issuer %s is not known to the runner, and the server does not send it", host, subject(top), issuerName(top))
	}
}

// missing is what to do about a certificate that the server does not send; ok is
// false when it sends all. Where to get it stands in the certificate, if its
// authority is a public one.
func (c chain) missing() (advice say.Text, known, ok bool) {
	top := c.top()
	if selfSigned(top) {
		return say.Text{}, false, false
	}
	for _, at := range top.IssuingCertificateURL {
		if strings.HasPrefix(at, "http") && len(at) < 200 {
			return say.Textf("have the server send the certificate of %s with its own (in nginx, ssl_certificate takes the whole chain); it is at %s", issuerName(top), at), true, true
		}
	}
	return say.Textf("if %s is an intermediate authority, have the server send its certificate, too", issuerName(top)), false, true
}

// evidence lists the certificates as they were sent.
func (c chain) evidence() (seen []Evidence) {
	for i, sent := range c[:min(len(c), 5)] {
		seen = append(seen, Evidence{What: say.Textf("certificate %d: %s, issued by %s", i+1, subject(sent), issuerName(sent))})
	}
	return seen
}

func subject(c *x509.Certificate) string {
	return nameOf(c.Subject.CommonName, c.Subject.String(), c.DNSNames...)
}

func issuerName(c *x509.Certificate) string {
	return nameOf(c.Issuer.CommonName, c.Issuer.String())
}

// nameOf is the shortest name that a certificate has.
func nameOf(common, all string, others ...string) string {
	switch {
	case common != "":
		return common
	case len(others) > 0:
		return others[0]
	}
	return all
}
