package checks

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// misfit is the certificate whose issuer is there, by name, in the runner's trust or
// among what the server sends, but has not signed it as it should; nil when nobody of
// that name is there. Go says so in the words of its error alone.
func misfit(err error) *x509.Certificate {
	var unknown x509.UnknownAuthorityError
	if errors.As(err, &unknown) && strings.Contains(unknown.Error(), "candidate authority certificate") {
		return unknown.Cert
	}
	return nil
}

// misfits is about such a certificate.
func (t *Target) misfits(ctx context.Context, p *runner.Probe, err error, f *Finding) {
	c, host, sent := misfit(err), p.Server.URL.Host, chainOf(p.Failed())
	powerless := strings.Contains(err.Error(), "parent certificate cannot sign")
	switch {
	case strings.Contains(err.Error(), "insecure algorithm"):
		f.Summary = say.Textf("the certificate of %s is not trusted: that of %s is signed with %s, which the runner does not accept", host, subject(c), c.SignatureAlgorithm.String())
		f.Advice = []say.Text{say.Textf("have %s sign it anew, with SHA-256", issuerName(c))}
	case powerless && selfSigned(c): // the runner has the one before it
		t.untrusted(ctx, p, sent, f)
		return
	case powerless:
		f.Summary = say.Textf("the certificate of %s is not trusted: the certificate of %s, which has signed that of %s, is not one of an authority", host, issuerName(c), subject(c))
		f.Advice = []say.Text{say.Textf("have the certificate of %s made anew as one of an authority (basicConstraints CA:TRUE, and keyCertSign if it has a keyUsage)", issuerName(c))}
	case sent.hasIssuer(c):
		f.Summary = say.Textf("the certificate of %s is not trusted: the server sends a certificate of %s whose key has not signed that of %s", host, issuerName(c), subject(c))
		f.Advice = append([]say.Text{say.Textf("have the server send the chain that belongs to its certificate")}, t.trustAdvice(ctx, p)...)
	default: // it was made anew
		f.Summary = say.Textf("the certificate of %s is not trusted: the runner knows an authority by the name of %s, and another one of that name has signed", host, issuerName(c))
		f.Advice = t.trustAdvice(ctx, p)
	}
	f.Evidence = append(f.Evidence, sent.evidence()...)
}

// hasIssuer reports whether another certificate by the name of an issuer was sent.
func (c chain) hasIssuer(of *x509.Certificate) bool {
	return slices.ContainsFunc(c, func(by *x509.Certificate) bool {
		return !by.Equal(of) && bytes.Equal(by.RawSubject, of.RawIssuer)
	})
}
