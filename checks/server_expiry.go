package checks

import (
	"crypto/x509"
	"errors"
	"net/http"
	"strings"
	"syscall"
	"time"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// TLSExpiresSoon is a certificate that nobody seems to renew.
var TLSExpiresSoon = &Problem{
	ID: "tls-expires-soon", Title: "The server's certificate expires soon", Status: Warn,
	Doc: pageTLSExpiresSoon,
}

// TLSClientCertificate is a server that wants to see a certificate of the runner.
var TLSClientCertificate = &Problem{
	ID: "tls-client-certificate", Title: "The server wants a certificate from the runner", Status: Fail,
	Doc: pageTLSClientCertificate,
}

// expirySoon is when a certificate should have been renewed: two weeks before its
// end, and before the last fifth of its life, for some live six days.
func expirySoon(c *x509.Certificate) time.Duration {
	return min(14*24*time.Hour, c.NotAfter.Sub(c.NotBefore)/5)
}

// expiresSoon looks at all certificates by which the runner trusts the server.
func (t *Target) expiresSoon(p *runner.Probe) []Finding {
	s := p.Ping.TLS
	if s == nil || len(s.VerifiedChains) == 0 {
		return nil
	}
	now, own := t.Net.Now(), s.PeerCertificates[0]
	for _, c := range s.VerifiedChains[0] {
		if left := c.NotAfter.Sub(now); left < expirySoon(c) {
			return []Finding{soon(p, c, own, left)}
		}
	}
	return nil
}

func soon(p *runner.Probe, c, own *x509.Certificate, left time.Duration) Finding {
	f := Finding{
		Problem:  TLSExpiresSoon,
		Summary:  say.Textf("the certificate of %s expires on %s, in %s", p.Server.URL.Host, moment(c.NotAfter), span(left)),
		Detail:   say.Textf("From then on every request of the runner fails, and it gets no tasks."),
		Evidence: []Evidence{{What: say.Textf("certificate of %s, issued by %s: valid from %s to %s", subject(c), issuerName(c), moment(c.NotBefore), moment(c.NotAfter)), From: p.Server.Given.From}},
		Advice:   []say.Text{say.Textf("renew it on the server, and see why that has not happened by itself: certbot renew --dry-run, systemctl list-timers")},
	}
	if c != own && !c.Equal(own) {
		f.Summary = say.Textf("the certificate of %s, which vouches for that of %s, expires on %s, in %s", subject(c), p.Server.URL.Host, moment(c.NotAfter), span(left))
		f.Advice = []say.Text{say.Textf("renew the authority's certificate, on the server and where the runner has it")}
	}
	return f
}

// span says how long something lasts still, in days or hours.
func span(d time.Duration) say.Text {
	if hours := int(d / time.Hour); hours < 48 {
		return say.Textf("%d hours", hours)
	}
	return say.Textf("%d days", int(d/(24*time.Hour)))
}

// wantsCertificate reports a server that turns away who shows no certificate:
// with an alert, by hanging up, or with a page as nginx and Apache have it. One
// that asks and goes on without is no matter.
func wantsCertificate(p *runner.Probe) bool {
	for _, x := range []*runner.Exchange{p.Ping, p.Bare, p.Token} {
		switch {
		case x == nil || !x.Asked:
		case x.Err == nil:
			if x.Status == http.StatusBadRequest && strings.Contains(x.Body, "No required SSL certificate was sent") {
				return true
			}
		case strings.Contains(x.Err.Error(), "remote error: tls:"), errors.Is(x.Err, syscall.ECONNRESET), errors.Is(x.Err, syscall.EPIPE):
			return true
		}
	}
	return false
}

func clientCertificate(p *runner.Probe) Finding {
	f := Finding{
		Problem: TLSClientCertificate,
		Summary: say.Textf("%s wants a certificate from the runner and gets none", p.Server.URL.Host),
		Detail:  say.Textf("No version of the runner has a certificate of its own to show: every request of it fails."),
		Advice: []say.Text{
			say.Textf("let what stands in front of the server pass the runner's path without a certificate: %s", taskPaths(p)),
			say.Textf("in nginx: ssl_verify_client optional, and a check of $ssl_client_verify in every other location"),
		},
	}
	what, to := answered(p.Ping), p.Ping
	if x := p.Failed(); x != nil {
		what, to = say.Textf("%s %s: %s", x.Method, x.URL, runnerWords(x.Err)), x
	}
	f.Evidence = append([]Evidence{{What: what, From: p.Server.Given.From}}, way(to)...)
	return f
}
