package checks

import (
	"crypto/tls"
	"errors"
	"net"
	"strings"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// endsAtProxy reports whether a request that got no answer came no further than
// to the proxy. Where there is no tunnel, that is all that is known of it.
func endsAtProxy(p *runner.Probe, x *runner.Exchange) bool {
	if p.Proxy == nil {
		return false
	}
	kept := len(x.Way) > 0 && x.Way[0].Step == runner.StepHTTP // over a tunnel that was there
	return p.Server.URL.Scheme != "https" || !x.Way.Tunnelled() && !kept || paged(x)
}

// paged reports a tunnel that is none: a web server has answered CONNECT with a
// page of its own, and knows nothing of what came then.
func paged(x *runner.Exchange) bool {
	all := x.Way.Of(runner.StepProxy)
	return x.Way.Tunnelled() && len(all[len(all)-1].Got) > 1 && tlsFault(x.Err) == TLSOnHTTPPort
}

// unreached is about a proxy that gives no answer, by the first layer that broke.
func (d byProxy) unreached(x *runner.Exchange) Finding {
	var dns *net.DNSError
	name := d.Proxy.Hostname()
	switch last := x.Way.Last(); {
	case paged(x):
		return d.noProxy(reply{words: say.List(x.Way.Of(runner.StepProxy)[0].Got)})
	case tlsFault(x.Err) != nil || last == runner.StepTLS && !timedOut(x.Err):
		return d.handshake(x)
	case errors.As(x.Err, &dns) && scheming(name):
		return d.misread(name)
	case errors.As(x.Err, &dns) && !dns.IsTimeout:
		return Finding{
			Summary: say.Textf("the proxy's name %s does not resolve, and the way to %s leads through it", name, d.host),
			Advice:  []say.Text{say.Textf("correct the name in %s, or make it known to this host (getent hosts %s); if there is to be no proxy, do not set it at all", d.from, say.Shell(name))},
		}
	case errors.As(x.Err, &dns), last == runner.StepResolve && timedOut(x.Err):
		return Finding{
			Summary: say.Textf("the name servers do not answer for the proxy's name %s", name),
			Advice:  []say.Text{say.Textf("see which name servers this host asks: cat /etc/resolv.conf")},
		}
	case last == runner.StepConnect, last == "": // out of time before it began
		return d.unconnected(x)
	case timedOut(x.Err):
		return d.silent(x)
	case last == runner.StepProxy && strings.HasPrefix(d.Proxy.Scheme, "socks"):
		return Finding{Summary: say.Textf("the proxy %s does not let the runner through to %s: %s", d.proxy, d.host, bare(x.Err))}
	}
	f := Finding{
		Summary: say.Textf("the connection to the proxy %s breaks: %s", d.proxy, runnerWords(x.Err)),
		Advice:  []say.Text{say.Textf("see whether host and port in %s are those of a proxy, and read its log", d.from)},
	}
	if d.Proxy.Scheme == "http" {
		f.Advice[0] = say.Textf("see whether host and port in %s are those of a proxy, and read its log; if it speaks TLS, write https:// in front", d.from)
	}
	return f
}

// scheming reports a name that is the beginning of a URL, with quotes that a
// file for Docker or a service has kept.
func scheming(name string) bool {
	plain := strings.Trim(name, "'\" ")
	return plain != name || plain == "http" || plain == "https" || plain == "socks5" || plain == "socks5h"
}

// misread is about a URL whose scheme Go takes for the name of the proxy: what it
// cannot read it reads once more with http:// in front.
func (d byProxy) misread(name string) Finding {
	return Finding{
		Stays:   true,
		Summary: say.Textf("the proxy in %s is not written so that the runner can read it: it takes %s for the proxy's name", d.from, name),
		Advice:  []say.Text{say.Sentence("write it as http://HOST:PORT or http://USER:PASSWORD@HOST:PORT, without quotes that stay in it, with %20 for a blank and %25 for a percent sign")},
	}
}

func (d byProxy) unconnected(x *runner.Exchange) Finding {
	f := Finding{Advice: []say.Text{say.Textf("correct host and port in %s, or start the proxy there", d.from)}}
	if _, port, _ := net.SplitHostPort(lastTarget(x)); d.Proxy.Port() == "" && port != "" {
		f.Advice[0] = say.Textf("name the proxy's port in %s, often 3128 or 8080: without one the runner takes %s", d.from, port)
	}
	all, refused := deaf(x.Way), len(targets(x.Way, isRefusal)) > 0
	switch {
	case refused && len(all) > 1:
		f.Summary = say.Textf("nothing accepts connections at the proxy %s: %s", d.proxy, say.List(all))
	case refused:
		f.Summary = say.Textf("nothing accepts connections at the proxy %s: connection refused", d.proxy)
	case timedOut(x.Err):
		f.Summary = say.Textf("no connection to the proxy %s within %s", d.proxy, seconds(x.Took))
		f.Advice = []say.Text{say.Textf("look for a firewall between this host and the proxy, and whether host and port in %s are right", d.from)}
	default:
		f.Summary = say.Textf("no connection to the proxy %s: %s", d.proxy, bare(x.Err))
	}
	return f
}

// silent: the proxy may be waiting for the server, which nobody can see from here.
// Go waits a minute for a tunnel, and for an answer as long as it takes.
func (d byProxy) silent(x *runner.Exchange) Finding {
	f := Finding{
		Summary: say.Textf("the proxy %s accepts the connection (%s) and does not answer for %s within %s", d.proxy, lastTarget(x), d.host, seconds(x.Took)),
		Detail:  say.Textf("The proxy hangs, or waits in vain for the server. The runner waits for the answer without any limit: it logs nothing and gets no tasks, until the connection breaks."),
		Advice:  []say.Text{say.Textf("on the proxy's host: getent hosts %s, and curl -sS --noproxy '*' %s", say.Shell(d.Server.URL.Hostname()), say.Shell(d.Ping.URL))},
	}
	if d.Server.URL.Scheme == "https" {
		f.Detail = say.Textf("The proxy hangs, or waits in vain for the server. The runner gives up after a minute and tries again, for ever.")
	}
	if strings.HasPrefix(d.Proxy.Scheme, "socks") && x.Way.Last() == runner.StepProxy {
		f.Summary = say.Textf("the proxy %s accepts the connection (%s) and says nothing that SOCKS knows within %s", d.proxy, lastTarget(x), seconds(x.Took))
		f.Detail, f.Advice = say.Text{}, []say.Text{say.Textf("see whether host and port in %s are those of a SOCKS proxy; one for HTTP is written http://%s", d.from, d.Proxy.Host)}
	}
	if x.Way.Last() == runner.StepTLS {
		f.Summary = say.Textf("the proxy %s accepts the connection (%s) and does not finish the TLS handshake within %s", d.proxy, lastTarget(x), seconds(x.Took))
		f.Detail, f.Advice = say.Text{}, []say.Text{say.Textf("see whether host and port in %s are those of a proxy that speaks TLS; most do not: http://%s", d.from, d.Proxy.Host)}
	}
	return f
}

// lastTarget is the address that the way led to last.
func lastTarget(x *runner.Exchange) string {
	all := x.Way.Of(runner.StepConnect)
	if len(all) == 0 {
		return x.Addr
	}
	return all[len(all)-1].To
}

// handshake is about TLS with the proxy itself, which has nothing to do with the
// server's.
func (d byProxy) handshake(x *runner.Exchange) Finding {
	other := *d.Proxy
	f := Finding{Stays: true}
	switch fault := tlsFault(x.Err); {
	case fault == HTTPOnTLSPort:
		other.Scheme = "https"
		f.Summary = say.Textf("the proxy's URL says %s, and %s speaks TLS", d.Proxy.Scheme, d.Proxy.Host)
		f.Advice = []say.Text{say.Textf("write it into %s so: %s", d.from, runner.ShownURL(&other))}
	case fault == TLSOnHTTPPort:
		other.Scheme = "http"
		f.Summary = say.Textf("the proxy's URL says https, and %s speaks no TLS", d.Proxy.Host)
		f.Advice = []say.Text{say.Textf("write it into %s so: %s", d.from, runner.ShownURL(&other))}
	case fault != nil:
		f.Summary = say.Textf("the runner does not trust the proxy %s: %s", d.proxy, certificateWords(x.Err))
		f.Advice = []say.Text{say.Textf("mend the proxy's certificate, or give the runner that of its authority: SSL_CERT_FILE in its environment, or the system's store")}
	default:
		f.Stays = false
		f.Summary = say.Textf("the TLS handshake with the proxy %s breaks: %s", d.proxy, bare(x.Err))
		f.Advice = []say.Text{say.Textf("see what the other side says: %s", "openssl s_client -connect "+say.Shell(d.Proxy.Host)+serverNamed(d.Proxy.Hostname())+" </dev/null")}
	}
	return f
}

// certificateWords is what Go says about a certificate, without what was being done.
func certificateWords(err error) say.Text {
	var op *net.OpError
	var verify *tls.CertificateVerificationError
	switch {
	case errors.As(err, &verify):
		err = verify.Err
	case errors.As(err, &op):
		err = op.Err
	}
	return say.Error(err)
}

// inTunnel is about a server that is silent, or breaks off, behind a proxy that
// has made a tunnel. Some make one before they know whether they get there.
func (d byProxy) inTunnel(x *runner.Exchange) Finding {
	f := Finding{
		Detail: say.Textf("It is not known who is to blame: some proxies report a tunnel before they have reached the server, and some look into it."),
		Advice: []say.Text{say.Textf("on the proxy's host: getent hosts %s, and curl -sS --noproxy '*' %s", say.Shell(d.Server.URL.Hostname()), say.Shell(d.Ping.URL))},
	}
	switch silent, step := timedOut(x.Err), x.Way.Last(); {
	case silent && step == runner.StepTLS:
		f.Summary = say.Textf("in the tunnel that the proxy %s has made, %s does not finish the TLS handshake within %s", d.proxy, d.host, seconds(x.Took))
	case silent:
		f.Summary = say.Textf("in the tunnel that the proxy %s has made, %s does not answer within %s", d.proxy, d.host, seconds(x.Took))
	case step == runner.StepTLS:
		f.Summary = say.Textf("in the tunnel that the proxy %s has made, the TLS handshake with %s breaks: %s", d.proxy, d.host, bare(x.Err))
	default:
		f.Summary = say.Textf("in the tunnel that the proxy %s has made, the connection to %s breaks: %s", d.proxy, d.host, bare(x.Err))
	}
	return f
}
