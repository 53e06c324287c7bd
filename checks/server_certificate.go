package checks

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"time"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// certificate is about a certificate that was refused.
func (t *Target) certificate(ctx context.Context, p *runner.Probe, x *runner.Exchange, problem *Problem) Finding {
	f := Finding{
		Problem:  problem,
		Detail:   say.Textf("Every request of the runner fails with this error, again and again."),
		Evidence: append([]Evidence{{What: say.Verbatim(runnerWords(x.Err)), From: p.Server.Given.From}}, way(x)...),
	}
	var invalid x509.CertificateInvalidError
	var name x509.HostnameError
	host := p.Server.URL.Host
	var verify *tls.CertificateVerificationError
	switch {
	case errors.As(x.Err, &name) && len(names(name.Certificate)) == 0:
		f.Summary = say.Textf("the certificate of %s has no name that counts: only the Common Name %s", host, name.Certificate.Subject.CommonName)
		f.Detail = say.Textf("No version of the runner looks at the Common Name: every request fails with this error, again and again.")
		f.Advice = []say.Text{say.Textf("have a certificate made with %s as a Subject Alternative Name", name.Host)}
	case errors.As(x.Err, &name):
		f.Summary = say.Textf("the certificate of %s is for %s", host, say.List(names(name.Certificate)))
		f.Advice = []say.Text{say.Textf("use one of these names in the URL, or a certificate that has %s", name.Host)}
	case (problem == TLSExpired || problem == TLSNotYetValid) && errors.As(x.Err, &invalid):
		t.outOfTime(ctx, p, invalid.Cert, &f)
	case errors.As(x.Err, &invalid):
		f.Summary = say.Textf("the certificate of %s cannot be used: %s", host, say.Error(invalid))
		f.Advice = []say.Text{say.Textf("have the server's certificate made anew, by an authority, for a server")}
	case misfit(x.Err) != nil:
		t.misfits(ctx, p, x.Err, &f)
	case errors.As(x.Err, &verify) && len(verify.UnverifiedCertificates) > 0:
		t.untrusted(ctx, p, verify.UnverifiedCertificates, &f)
	default:
		f.Summary = say.Textf("the certificate of %s is not trusted: signed by an authority the runner does not know", host)
		f.Advice = t.trustAdvice(ctx, p)
	}
	return f
}

// untrusted is about a chain that leads to nobody whom the runner knows.
func (t *Target) untrusted(ctx context.Context, p *runner.Probe, sent chain, f *Finding) {
	f.Summary = sent.untrusted(p.Server.URL.Host)
	f.Evidence = append(f.Evidence, sent.evidence()...)
	f.Advice = t.trustAdvice(ctx, p)
	switch advice, known, ok := sent.missing(); {
	case ok && known:
		f.Advice = append([]say.Text{advice}, f.Advice...)
	case ok:
		f.Advice = append(f.Advice, advice)
	}
	if p.Proxy != nil {
		f.Advice = append(f.Advice, say.Textf("if %s is the proxy's own authority, the proxy %s looks into TLS: the runner needs the certificate of that authority, or a way around the proxy (NO_PROXY)", issuerName(sent.top()), runner.ShownURL(p.Proxy)))
	}
}

// outOfTime is about a certificate whose time is over, or has not come, by this
// host's clock. The clock is to blame if the certificate is good at the true
// time, and only then.
func (t *Target) outOfTime(ctx context.Context, p *runner.Probe, c *x509.Certificate, f *Finding) {
	host, now := p.Server.URL.Host, t.Net.Now()
	f.Summary = say.Textf("the certificate of %s expired on %s", host, moment(c.NotAfter))
	f.Advice = []say.Text{say.Textf("renew the server's certificate; by this host's clock it is %s", moment(now))}
	if own := chainOf(p.Failed()); c.IsCA && (len(own) == 0 || !c.Equal(own[0])) {
		f.Summary = say.Textf("the certificate of %s, which vouches for that of %s, expired on %s", subject(c), host, moment(c.NotAfter))
		f.Advice = []say.Text{say.Textf("have the server send a chain that is valid, or renew the authority's certificate where the runner has it; by this host's clock it is %s", moment(now))}
	}
	if f.Problem == TLSNotYetValid {
		f.Summary = say.Textf("the certificate of %s is valid from %s on, and by this host's clock it is %s", host, moment(c.NotBefore), moment(now))
		f.Advice = []say.Text{say.Textf("set this host's clock right if it is behind, else have the server's certificate made anew")}
	}
	if sum, ok := t.trueTime(ctx); ok {
		f.Alone = !validAt(c, now.Add(sum.Offset))
	}
}

// chainOf is the certificates that a server has shown and the runner refused.
func chainOf(x *runner.Exchange) chain {
	var verify *tls.CertificateVerificationError
	if x == nil || !errors.As(x.Err, &verify) {
		return nil
	}
	return verify.UnverifiedCertificates
}

func moment(t time.Time) string { return t.UTC().Format(time.RFC3339) }

func validAt(c *x509.Certificate, t time.Time) bool {
	return !t.Before(c.NotBefore) && !t.After(c.NotAfter)
}

// trustAdvice says where this version takes its trust from (2.18 on: read in
// source, 2026).
func (t *Target) trustAdvice(ctx context.Context, p *runner.Probe) []say.Text {
	given := t.Install.Env[runner.CertFileEnv]
	setting, own := runner.SettingOf(p.Server.Era, runner.CAFile)
	if c, err := t.Config(ctx); own && err == nil && c.Path(runner.CAFile).V != "" {
		given = c.Path(runner.CAFile)
	}
	switch a := host.CanRead(t.Files, t.Install.Abs(given.V), t.Install.As); {
	case given.V != "" && !a.OK():
		return []say.Text{say.Textf("let the runner read the file that %s names: %s, and the runner ignores that in silence", setter(given.From), a.Why)}
	case given.V != "":
		return []say.Text{say.Textf("put the certificate of the authority that signed the server's into %s, which %s names, in PEM form", given.V, setter(given.From))}
	case own:
		return []say.Text{say.Textf("set %s to a file with the authority's certificate, in PEM form; the runner then trusts nothing else", setting.Key())}
	}
	return []say.Text{say.Textf("give the runner the authority's certificate: SSL_CERT_FILE in its environment, or the system's store")}
}

// names lists the names of a certificate, the first dozen of them.
func names(c *x509.Certificate) []string {
	const most = 12
	all := append([]string{}, c.DNSNames...)
	for _, ip := range c.IPAddresses {
		all = append(all, ip.String())
	}
	if len(all) > most {
		all = append(all[:most], "…")
	}
	return all
}
