package checks

import (
	"context"
	"crypto/x509"
	"errors"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// CAFileUnusable is a file of certificates from which the runner learns nothing.
var CAFileUnusable = &Problem{
	ID: "ca-file-unusable", Title: "The CA file cannot be used", Status: Fail,
	Doc: pageCAFileUnusable,
}

// TLSVerificationOff is a runner that trusts whoever answers.
var TLSVerificationOff = &Problem{
	ID: "tls-verification-off", Title: "The runner does not verify the server's certificate", Status: Warn,
	Doc: pageTLSVerificationOff,
}

// trust judges what the runner trusts: refused says that it does not trust the
// server. It matters for https alone.
func (t *Target) trust(ctx context.Context, p *runner.Probe, refused bool) ([]Finding, error) {
	c, err := t.Config(ctx)
	if err != nil {
		return nil, err
	}
	if c.Truth(runner.SkipTLSVerify) {
		return []Finding{t.verificationOff(c, p)}, nil
	}
	b, given := runner.GivenBundle(t.Files, c)
	switch {
	case !given:
		return nil, nil
	case b.Missed() && (b.Only || refused):
		return nil, CannotTell(b.Err, "it is not known whom the runner trusts: semadoctor cannot read %s, which %s names; run it as root or as the runner's user", b.Path.V, setter(b.Path.From))
	case b.Usable(), !b.Only && !refused:
		return nil, nil
	}
	f := t.unusable(c, b)
	if !refused { // the system's store did
		f.Status = Warn
	}
	return []Finding{f}, nil
}

// unusable: a file that is named and is of no use. Since 2.18 one that cannot be
// read is ignored, and one without certificates trusts nobody (read in source,
// 2026); Go itself takes SSL_CERT_FILE for all bundles.
func (t *Target) unusable(c *runner.Config, b runner.Bundle) Finding {
	f := Finding{
		Problem:  CAFileUnusable,
		Summary:  say.Textf("the CA file that %s names cannot be used: %s", setter(b.Path.From), b.Access.Why),
		Detail:   say.Textf("The runner ignores a file that it cannot read in silence, and trusts the system's store in its place."),
		Evidence: []Evidence{{What: say.Verbatim(b.Path.V), From: b.Path.From}},
		Advice:   []say.Text{letRead(b, c.Install.As), say.Textf("or take %s out, if the server's certificate is from a public authority", setter(b.Path.From))},
	}
	if b.Empty {
		f.Summary = say.Textf("there is no certificate in PEM form in %s, the CA file that %s names", b.Path.V, setter(b.Path.From))
		f.Detail = say.Textf("The runner then trusts nobody: every request fails with \"certificate signed by unknown authority\".")
		f.Advice[0] = say.Textf("put the certificate of the authority that signed the server's into %s, which %s names, in PEM form", b.Path.V, setter(b.Path.From))
	}
	if b.Binary {
		f.Advice[0] = say.Textf("write it in PEM form, from what looks like DER: openssl x509 -inform der -in %s -out %s", say.Shell(b.Path.V), say.Shell(b.Path.V+".pem"))
	}
	if !b.Only {
		f.Detail = say.Textf("The runner then has no bundle of certificates at all, only what is in the directories of SSL_CERT_DIR or of the system.")
	}
	return f
}

// letRead says how the runner gets to read a file of certificates, which are no
// secrets.
func letRead(b runner.Bundle, as host.Identity) say.Text {
	switch a := b.Access; {
	case a.Verdict == host.Missing:
		return say.Textf("put the authority's certificate there, in PEM form, or correct the path")
	case a.At == b.Path.V && a.Verdict == host.Denied:
		return say.Textf("let everybody read it, for a certificate is no secret: chmod a+r %s", say.Shell(b.Path.V))
	case a.Verdict == host.Denied:
		return say.Textf("let %s pass through %s: chmod a+x %s", as, a.At, say.Shell(a.At))
	}
	return say.Textf("put a regular file with the authority's certificate there, in PEM form")
}

// verificationOff is about a runner that does not look at certificates; what it
// would see if it did is worth knowing before the setting is taken out.
func (t *Target) verificationOff(c *runner.Config, p *runner.Probe) Finding {
	v := c.Text(runner.SkipTLSVerify)
	ca, _ := runner.SettingOf(c.Era, runner.CAFile)
	f := Finding{
		Problem:  TLSVerificationOff,
		Summary:  say.Textf("the runner trusts whoever answers: %s is on", setter(v.From)),
		Detail:   say.Textf("Its token, and the keys and passwords of its tasks, go to anybody who gets between it and the server. An expired certificate or one for another name is not noticed either."),
		Evidence: []Evidence{{What: say.Verbatim(v.V), From: v.From}},
		Advice:   []say.Text{say.Textf("take %s out; if the server's authority is your own, set %s to a file with its certificate, in PEM form", setter(v.From), c.Calls(ca))},
	}
	if s := p.Ping.TLS; s != nil && len(s.PeerCertificates) > 0 {
		t.unverified(c, p, s.PeerCertificates, &f)
	}
	return f
}

// unverified says what the runner does not look at.
func (t *Target) unverified(c *runner.Config, p *runner.Probe, sent chain, f *Finding) {
	name, v := p.Server.URL.Hostname(), c.Text(runner.SkipTLSVerify)
	f.Evidence = append(f.Evidence, sent.evidence()...)
	if b, given := runner.GivenBundle(t.Files, c); given && b.Missed() {
		return // semadoctor does not know whom the runner would trust
	}
	err := runner.Judge(t.Files, c, sent, name, t.Net.Now())
	if err == nil {
		f.Evidence = append(f.Evidence, Evidence{What: say.Textf("if it looked, the runner would accept the certificate")})
		f.Advice = []say.Text{say.Textf("take %s out: it is not needed, the runner trusts the server's certificate", setter(v.From))}
		return
	}
	f.Evidence = append(f.Evidence, Evidence{What: say.Textf("if it looked, the runner would refuse the certificate: %s", err.Error())})
	var wrong x509.HostnameError
	var invalid x509.CertificateInvalidError
	switch {
	case errors.As(err, &wrong):
		f.Advice = []say.Text{say.Textf("have the server show a certificate that has %s as a Subject Alternative Name, then take %s out", name, setter(v.From))}
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		f.Advice = []say.Text{say.Textf("have the certificate of %s renewed, which is valid from %s to %s, then take %s out", subject(invalid.Cert), moment(invalid.Cert.NotBefore), moment(invalid.Cert.NotAfter), setter(v.From))}
	}
}
