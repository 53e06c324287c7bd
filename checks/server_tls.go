package checks

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"strings"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// TLSUntrusted is a certificate from an authority the runner does not know.
var TLSUntrusted = &Problem{
	ID: "tls-untrusted", Title: "The runner does not trust the server's certificate", Status: Fail,
	Doc: pageTLSUntrusted, CausedBy: []*Problem{CAFileUnusable},
}

// TLSWrongName is a certificate for other names.
var TLSWrongName = &Problem{
	ID: "tls-wrong-name", Title: "The server's certificate is for another name", Status: Fail,
	Doc: pageTLSWrongName,
}

// TLSExpired is a certificate whose time is over.
var TLSExpired = &Problem{
	ID: "tls-expired", Title: "The server's certificate has expired", Status: Fail,
	Doc: pageTLSExpired, CausedBy: []*Problem{ClockSkew},
}

// TLSNotYetValid is a certificate whose time has not come, by this host's clock.
var TLSNotYetValid = &Problem{
	ID: "tls-not-yet-valid", Title: "The server's certificate is not valid yet", Status: Fail,
	Doc: pageTLSNotYetValid, CausedBy: []*Problem{ClockSkew},
}

// TLSOnHTTPPort is https to a port that speaks plain HTTP.
var TLSOnHTTPPort = &Problem{
	ID: "tls-on-http-port", Title: "The URL says https, the port speaks http", Status: Fail,
	Doc: pageTLSOnHTTPPort,
}

// HTTPOnTLSPort is http to a port that speaks TLS.
var HTTPOnTLSPort = &Problem{
	ID: "http-on-tls-port", Title: "The URL says http, the port speaks https", Status: Fail,
	Doc: pageHTTPOnTLSPort,
}

// ServerTLS finds out whether the runner trusts the server it reaches.
var ServerTLS = &Check{
	ID:    "server/tls",
	Title: "The runner trusts the server's certificate",
	Problems: []*Problem{
		TLSOnHTTPPort, HTTPOnTLSPort, CAFileUnusable, TLSNotYetValid, TLSExpired, TLSWrongName, TLSUntrusted, TLSClientCertificate,
		TLSExpiresSoon, TLSVerificationOff,
	},
	Requires: []*Check{ServerReachable},
	Needs:    Network,
	Run:      serverTLS,
}

func serverTLS(ctx context.Context, t *Target) ([]Finding, error) {
	p, err := t.asked(ctx)
	if err != nil {
		return nil, err
	}
	x := p.Failed()
	var problem *Problem
	if x != nil {
		problem = tlsFault(x.Err)
	}
	host := p.Server.URL.Host
	switch {
	case problem == HTTPOnTLSPort, p.Server.URL.Scheme == "http" && wantsTLS(p.Ping):
		return one(tlsFinding(p, HTTPOnTLSPort, say.Textf("the URL says http, and %s speaks https", host), "https"))
	case p.Server.URL.Scheme == "http":
		return nil, NotApplicable("the URL is not https")
	case problem == TLSOnHTTPPort:
		return one(tlsFinding(p, problem, say.Textf("the URL says https, and %s speaks plain http", host), "http"))
	}
	found, err := t.trust(ctx, p, problem == TLSUntrusted)
	switch {
	case err != nil && (problem == TLSUntrusted || problem == nil):
		return nil, err
	case problem != nil:
		found = append(found, t.certificate(ctx, p, x, problem))
	case wantsCertificate(p):
		found = append(found, clientCertificate(p))
	default:
		found = append(found, t.expiresSoon(p)...)
	}
	return found, nil
}

// wantsTLS recognises the answer of a TLS port to plain HTTP, by the words of
// Go, nginx and Apache (Go's observed with 2.9.58 to 2.10.32).
func wantsTLS(x *runner.Exchange) bool {
	for _, words := range []string{"HTTP request to an HTTPS server", "plain HTTP request was sent to HTTPS port", "speaking plain HTTP to an SSL-enabled server port"} {
		if x.Answered() && strings.Contains(x.Body, words) {
			return true
		}
	}
	return false
}

// tlsFault tells what is wrong with TLS from the error of a request; nil when
// it is about something else.
func tlsFault(err error) *Problem {
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var record tls.RecordHeaderError
	var verify *tls.CertificateVerificationError
	switch {
	case err == nil:
		return nil
	case strings.Contains(err.Error(), `malformed HTTP response "\x15\x03`): // a TLS alert
		return HTTPOnTLSPort
	case errors.As(err, &record) && isHTTP(record.RecordHeader[:]), strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		return TLSOnHTTPPort
	case errors.As(err, &name):
		return TLSWrongName
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return expiredOrEarly(err, invalid)
	case errors.As(err, &unknown), errors.As(err, &verify), errors.As(err, &invalid):
		return TLSUntrusted
	}
	return nil
}

// isHTTP tells an HTTP server's answer to a TLS handshake, a page without a header
// from some, from that of a server of something else, such as SSH or mail.
func isHTTP(begin []byte) bool {
	return bytes.HasPrefix(begin, []byte("HTTP/")) || begin[0] == '<'
}

// expiredOrEarly tells apart what Go calls Expired both ways. The detail says
// "before" when the certificate is for the future.
func expiredOrEarly(err error, invalid x509.CertificateInvalidError) *Problem {
	if strings.Contains(invalid.Detail, "is before") || strings.Contains(err.Error(), "is before") {
		return TLSNotYetValid
	}
	return TLSExpired
}

func tlsFinding(p *runner.Probe, problem *Problem, summary say.Text, scheme string) Finding {
	u := *p.Server.URL
	u.Scheme = scheme
	f := Finding{
		Problem:  problem,
		Summary:  summary,
		Detail:   say.Textf("Every request of the runner fails with \"http: server gave HTTP response to HTTPS client\" or the like."),
		Evidence: append([]Evidence{{What: say.Verbatim(p.Server.String()), From: p.Server.Given.From}}, way(p.Ping)...),
		Advice:   []say.Text{say.Textf("set %s to %s, or name the port that speaks %s", setter(p.Server.Given.From), runner.ShownURL(&u), p.Server.URL.Scheme)},
	}
	if problem == HTTPOnTLSPort {
		f.Detail = say.Textf("Every request of the runner fails; many servers answer it 400, the number of a wrong registration token.")
	}
	return f
}
