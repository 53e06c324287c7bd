package checks

import (
	"net/netip"
	"net/url"
	"strings"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// alerted reports a handshake that the server itself has ended, with an alert. A
// proxy on the way has made its tunnel then, and says no more.
func alerted(x *runner.Exchange) bool {
	return x != nil && x.Err != nil && x.Way.Last() == runner.StepTLS && strings.Contains(x.Err.Error(), "remote error: tls: ")
}

// handshake is about one that breaks, not for what is in a certificate.
func handshake(p *runner.Probe, x *runner.Exchange) Finding {
	words := runnerWords(x.Err)
	if strings.Contains(words, "remote error: tls: unrecognized name") {
		return nameless(p)
	}
	f := Finding{
		Problem: ConnectionFailed, Summary: say.Textf("the TLS handshake with %s breaks: %s", dialled(p), words),
		Advice: []say.Text{say.Textf("see what the other side says: %s", openssl(p))},
	}
	if strings.Contains(words, "protocol version") {
		f.Advice = append([]say.Text{say.Textf("have the server speak TLS 1.2 or newer (ssl_protocols in nginx): the runner takes nothing older")}, f.Advice...)
	}
	return f
}

// openssl is a command that shows a handshake with the server.
func openssl(p *runner.Probe) string {
	name := p.Server.URL.Hostname()
	return "openssl s_client" + byWayOf(p.Proxy) + " -connect " + say.Shell(dialled(p)) + serverNamed(name) + " </dev/null"
}

// byWayOf: openssl knows proxies that are asked with CONNECT.
func byWayOf(proxy *url.URL) string {
	if proxy == nil || proxy.Scheme != "http" || proxy.Port() == "" {
		return ""
	}
	return " -proxy " + say.Shell(proxy.Host)
}

// serverNamed is how openssl names the server as the runner does: an address by no
// name at all (RFC 6066, section 3).
func serverNamed(name string) string {
	if _, err := netip.ParseAddr(name); err == nil {
		return " -noservername"
	}
	return " -servername " + say.Shell(name)
}

// nameless is about a server that ends the handshake because it has no certificate
// for the name that it is asked for: nginx with ssl_reject_handshake, and Go's own server.
func nameless(p *runner.Probe) Finding {
	host, name := dialled(p), p.Server.URL.Hostname()
	f := Finding{
		Problem: ConnectionFailed, Summary: say.Textf("the TLS handshake with %s breaks: the server knows no certificate for the name %s (unrecognized name)", host, name),
		Advice: []say.Text{
			say.Textf("write the server's own name into %s: one that it has a certificate for", setter(p.Server.Given.From)),
			say.Textf("or have the server answer for that name (server_name in nginx): %s", openssl(p)),
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
