package checks

import (
	"net/netip"
	"strings"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// handshake is about one that breaks, not for what is in a certificate.
func handshake(p *runner.Probe, x *runner.Exchange) Finding {
	if strings.Contains(x.Err.Error(), "remote error: tls: unrecognized name") {
		return nameless(p)
	}
	host, name := dialled(p), p.Server.URL.Hostname()
	return Finding{
		Problem: ConnectionFailed, Summary: say.Textf("the TLS handshake with %s breaks: %s", host, runnerWords(x.Err)),
		Advice: []say.Text{say.Textf("see what the other side says: openssl s_client -connect %s -servername %s </dev/null", say.Shell(host), say.Shell(name))},
	}
}

// nameless is about a server that ends the handshake because it has no certificate
// for the name that it is asked for: nginx with ssl_reject_handshake, and Go's own server. An
// address is asked for by no name at all (RFC 6066, section 3).
func nameless(p *runner.Probe) Finding {
	host, name := dialled(p), p.Server.URL.Hostname()
	f := Finding{
		Problem: ConnectionFailed, Summary: say.Textf("the TLS handshake with %s breaks: the server knows no certificate for the name %s (unrecognized name)", host, name),
		Advice: []say.Text{
			say.Textf("write the server's own name into %s: one that it has a certificate for", setter(p.Server.Given.From)),
			say.Textf("or have the server answer for that name (server_name in nginx): openssl s_client -connect %s -servername %s </dev/null", say.Shell(host), say.Shell(name)),
		},
	}
	if _, err := netip.ParseAddr(name); err == nil {
		f.Summary = say.Textf("the TLS handshake with %s breaks: the server knows no certificate for who names it by its address (unrecognized name)", host)
		f.Advice = f.Advice[:1]
	}
	return f
}

// handshakeDetail: up to 2.17 the runner has Go's own limit for a handshake, and
// later the transport is its own (read in source, 2025 and 2026).
func handshakeDetail(era runner.Era) say.Text {
	if era.Before(runner.E5b) {
		return say.Textf("Up to 2.17 the runner gives up after 10 s, says \"net/http: TLS handshake timeout\" and tries again, for ever.")
	}
	return say.Textf("The runner waits for the other side, and gets no tasks as long as it does.")
}
