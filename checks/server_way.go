package checks

import (
	"crypto/tls"
	"errors"
	"net"
	"strconv"
	"syscall"
	"time"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// way is a way to a server as evidence, layer by layer, up to the one that broke.
func way(x *runner.Exchange) (seen []Evidence) {
	for _, l := range x.Way {
		if l.Step == runner.StepHTTP && x.Err == nil {
			continue // the finding says what the answer was
		}
		seen = append(seen, Evidence{What: layerText(l)})
	}
	return seen
}

// layerText says what came of one layer.
func layerText(l runner.Layer) say.Text {
	spent := brief(l.Took)
	var refused *tls.CertificateVerificationError
	switch {
	case errors.As(l.Err, &refused): // its words are long, and stand beside it
		return say.Textf("%s %s: certificate refused, after %s", stepText(l.Step), l.To, spent)
	case l.Err != nil && isSilence(l.Err):
		return say.Textf("%s %s: no answer within %s", stepText(l.Step), l.To, spent)
	case l.Err != nil:
		return say.Textf("%s %s: %s, after %s", stepText(l.Step), l.To, bare(l.Err), spent)
	case len(l.Got) > 0:
		return say.Textf("%s %s: %s, after %s", stepText(l.Step), l.To, say.List(l.Got), spent)
	}
	return say.Textf("%s %s: done, after %s", stepText(l.Step), l.To, spent)
}

func stepText(s runner.Step) say.Text {
	switch s {
	case runner.StepResolve:
		return say.Textf("resolve")
	case runner.StepConnect:
		return say.Textf("connect")
	case runner.StepProxy:
		return say.Textf("proxy to")
	}
	return say.Verbatim(string(s))
}

// brief says the time that a layer took, which may be well below a millisecond.
func brief(d time.Duration) string {
	if d >= 10*time.Millisecond {
		return seconds(d)
	}
	return strconv.FormatFloat(float64(d.Round(100*time.Microsecond))/float64(time.Millisecond), 'f', -1, 64) + " ms"
}

// bare is an error without the operation and the address in front, which stand
// beside it.
func bare(err error) say.Text {
	var op *net.OpError
	var sys syscall.Errno
	var dns *net.DNSError
	var tunnel *runner.TunnelError
	switch {
	case errors.As(err, &dns):
		return say.Verbatim(dns.Err)
	case errors.As(err, &tunnel):
		return say.Verbatim(tunnel.Text)
	case errors.As(err, &sys):
		return say.Error(sys)
	case errors.As(err, &op):
		return say.Error(op.Err)
	}
	return say.Verbatim(runnerWords(err))
}

// deaf lists the addresses that did not let in who came, and what each of them
// did: on a way that works those that were tried before the right one.
func deaf(w runner.Way) (all []say.Text) {
	for _, l := range w.Of(runner.StepConnect) {
		switch {
		case l.Err == nil:
		case isRefusal(l.Err):
			all = append(all, say.Textf("%s refuses the connection", l.To))
		case isSilence(l.Err):
			all = append(all, say.Textf("%s does not answer", l.To))
		default:
			all = append(all, say.Textf("%s: %s", l.To, bare(l.Err)))
		}
	}
	return all
}

// targets lists where the layers of a way led to whose error is of a kind.
func targets(w runner.Way, kind func(error) bool) (all []string) {
	for _, l := range w.Of(runner.StepConnect) {
		if l.Err != nil && kind(l.Err) {
			all = append(all, l.To)
		}
	}
	return all
}

func isRefusal(err error) bool { return errors.Is(err, syscall.ECONNREFUSED) }

func isSilence(err error) bool { return errors.Is(err, runner.ErrSilent) || timedOut(err) }

// detour is what a healthy check has to say about the way: how long it is, which
// addresses do not work beside one that does, and proxies.
func (t *Target) detour(p *runner.Probe) []Finding {
	x, host := p.Ping, p.Server.URL.Host
	v := t.Install.ProxyVariable(p.Server.URL.Scheme)
	notes := []Finding{note("%s answers after %s", x.Addr, brief(x.Took))}
	switch {
	case p.Proxy != nil:
		notes[0] = note("%s answers through the proxy %s (%s), after %s", host, runner.ShownURL(p.Proxy), setter(v.From), brief(x.Took))
		notes = append(notes, oddScheme(p)...)
	case v.V != "" && !p.Server.Era.Before(runner.E5b):
		notes = append(notes, note("the runner goes to %s without a proxy: from 2.18 on it does not heed %s", host, setter(v.From)))
	case v.V != "":
		notes = append(notes, note("the runner goes to %s without a proxy: NO_PROXY, or Go's rule for this host itself, makes an exception from %s", host, setter(v.From)))
	}
	if dead := deaf(x.Way); len(dead) > 0 {
		f := note("the runner gets through, but not at its first attempt: %s", say.List(dead))
		f.Evidence = way(x)
		notes = append(notes, f)
	}
	return notes
}

// oddScheme: which Go a release is built with is not known. Up to 1.22 it takes
// what it does not know for a host (golang.org/x/net, 8c07e20f, 2024).
func oddScheme(p *runner.Probe) []Finding {
	switch scheme := p.Proxy.Scheme; scheme {
	case "http", "https", "socks5":
		return nil
	default:
		return []Finding{note("the proxy's URL begins with %s://: a runner that is built with Go 1.22 or older takes that for the proxy's name; all know http://, https:// and socks5://", scheme)}
	}
}
