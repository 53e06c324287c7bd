package checks

import (
	"context"
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
		Evidence: []Evidence{{What: say.Verbatim(runnerWords(x.Err)), From: p.Server.Given.From}},
	}
	var invalid x509.CertificateInvalidError
	var name x509.HostnameError
	host := p.Server.URL.Host
	switch {
	case errors.As(x.Err, &name):
		f.Summary = say.Textf("the certificate of %s is for %s", host, say.List(names(name.Certificate)))
		f.Advice = []say.Text{say.Textf("use one of these names in the URL, or a certificate that has %s", name.Host)}
	case (problem == TLSExpired || problem == TLSNotYetValid) && errors.As(x.Err, &invalid):
		t.outOfTime(ctx, p, invalid.Cert, &f)
	default:
		f.Summary = say.Textf("the certificate of %s is not trusted: signed by an authority the runner does not know", host)
		f.Advice = t.trustAdvice(ctx, p)
	}
	return f
}

// outOfTime is about a certificate whose time is over, or has not come, by this
// host's clock. The clock is to blame if the certificate is good at the true
// time, and only then.
func (t *Target) outOfTime(ctx context.Context, p *runner.Probe, c *x509.Certificate, f *Finding) {
	host, now := p.Server.URL.Host, t.Net.Now()
	f.Summary = say.Textf("the certificate of %s expired on %s", host, moment(c.NotAfter))
	f.Advice = []say.Text{say.Textf("renew the server's certificate; by this host's clock it is %s", moment(now))}
	if f.Problem == TLSNotYetValid {
		f.Summary = say.Textf("the certificate of %s is valid from %s on, and by this host's clock it is %s", host, moment(c.NotBefore), moment(now))
		f.Advice = []say.Text{say.Textf("set this host's clock right if it is behind, else have the server's certificate made anew")}
	}
	if sum, ok := t.trueTime(ctx); ok {
		f.Alone = !validAt(c, now.Add(sum.Offset))
	}
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

func names(c *x509.Certificate) []string {
	all := append([]string{}, c.DNSNames...)
	for _, ip := range c.IPAddresses {
		all = append(all, ip.String())
	}
	if len(all) == 0 {
		all = append(all, "no name at all")
	}
	return all
}
