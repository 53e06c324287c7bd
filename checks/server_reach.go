package checks

import (
	"context"
	"errors"
	"net"
	"net/http"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// unusableURL lists what keeps a request from being made at all.
func unusableURL() []*Problem { return []*Problem{URLMissing, URLMalformed, PlaceholderValue} }

// DNSFailure is a server name that does not resolve.
var DNSFailure = &Problem{
	ID: "dns-failure", Title: "The server's name does not resolve", Status: Fail,
	Doc: pageDNSFailure, CausedBy: unusableURL(),
}

// ConnectionRefused is a server's host where nothing listens on the port.
var ConnectionRefused = &Problem{
	ID: "connection-refused", Title: "The server refuses the connection", Status: Fail,
	Doc: pageConnectionRefused, CausedBy: unusableURL(),
}

// ConnectionTimeout is a server that does not answer in time.
var ConnectionTimeout = &Problem{
	ID: "connection-timeout", Title: "The server does not answer", Status: Fail,
	Doc: pageConnectionTimeout, CausedBy: unusableURL(),
}

// ConnectionFailed is any other way not to reach a server.
var ConnectionFailed = &Problem{
	ID: "connection-failed", Title: "The connection to the server breaks", Status: Fail,
	Doc: pageConnectionFailed, CausedBy: unusableURL(),
}

// ServerReachable finds out whether the server answers at all.
var ServerReachable = &Check{
	ID:       "server/reachable",
	Title:    "The server can be reached",
	Problems: []*Problem{DNSFailure, ConnectionRefused, ConnectionTimeout, ProxyInterferes, ConnectionFailed},
	Requires: []*Check{ConfigDecodes, ConfigValues}, // not ServerURL: a slash too many does not keep a server from being reached
	Needs:    Network,
	Run:      serverReachable,
}

func serverReachable(ctx context.Context, t *Target) ([]Finding, error) {
	p, err := t.asked(ctx)
	if err != nil {
		return nil, err
	}
	x := p.Failed()
	switch {
	case x != nil && errors.Is(x.Err, runner.ErrBadProxy):
		return one(t.badProxy(p))
	case x != nil && errors.Is(x.Err, runner.ErrCGI):
		return one(t.scriptProxy(p))
	case x != nil && endsAtProxy(p, x):
		return one(t.proxied(p, x))
	case x != nil && tlsFault(x.Err) != nil, wantsCertificate(p):
		return nil, nil // server/tls says what
	case alerted(x):
		return one(t.unreached(p, x))
	case p.Proxy != nil && (x != nil || proxyAnswers(p)):
		return one(t.proxied(p, x))
	case x != nil:
		return one(t.unreached(p, x))
	}
	return t.detour(p), nil
}

// asked is the server's answers; NotApplicable without a URL to ask.
func (t *Target) asked(ctx context.Context) (*runner.Probe, error) {
	p, err := t.Probe(ctx)
	if err != nil {
		return nil, err
	}
	if p.Server.URL == nil {
		return nil, NotApplicable("needs a server URL: see server/url")
	}
	return p, nil
}

// askedAs is asked, with the version the runner asks as.
func (t *Target) askedAs(ctx context.Context) (*runner.Probe, runner.Version, error) {
	p, err := t.asked(ctx)
	if err != nil {
		return nil, runner.Version{}, err
	}
	v, err := t.Version(ctx)
	return p, v, err
}

func (t *Target) unreached(p *runner.Probe, x *runner.Exchange) Finding {
	f := layer(p, x)
	f.Advice = append(portless(p, x), f.Advice...)
	f.Evidence = append([]Evidence{{What: say.Textf("%s %s: %s", x.Method, x.URL, runnerWords(x.Err)), From: p.Server.Given.From}}, way(x)...)
	f.Advice = append(f.Advice, t.unheeded(p)...)
	if p.Proxy != nil {
		f.Advice = append(f.Advice, t.byProxy(p).compare()...)
	} else if x.Method == http.MethodGet {
		f.Advice = append(f.Advice, say.Textf("from this host, as the runner's user: curl -sS %s", say.Shell(x.URL)))
	}
	if f.Detail.IsZero() {
		f.Detail = retryDetail(p.Server.Era, x.Err)
	}
	return f
}

// portless is about a URL without a port where nobody takes the connection: who
// copies it from a guide forgets Semaphore's own.
func portless(p *runner.Probe, x *runner.Exchange) []say.Text {
	if u := p.Server.URL; u.Port() != "" || u.Scheme != "http" || x.Addr != "" || x.Way.Last() != runner.StepConnect {
		return nil
	}
	return []say.Text{say.Textf("if nothing stands in front of Semaphore, name its port in %s: that is 3000 unless the server is told otherwise, and a URL without a port means 80", setter(p.Server.Given.From))}
}

// retryDetail: only 2.10.27 does not survive an error of the network (read in
// source).
func retryDetail(era runner.Era, err error) say.Text {
	if era == runner.E4b {
		return say.Textf("2.10.27 crashes on any error of the network: \"invalid memory address or nil pointer dereference\". Later versions try again.")
	}
	return say.Textf("The runner logs a line like \"%s\" at every attempt and keeps trying; it recovers by itself when it gets through.", runnerWords(err))
}

// layer names the first layer that broke.
func layer(p *runner.Probe, x *runner.Exchange) Finding {
	var dns *net.DNSError
	host, name := dialled(p), p.Server.URL.Hostname()
	switch {
	case errors.As(x.Err, &dns) && !dns.IsTimeout:
		return Finding{
			Problem: DNSFailure, Summary: say.Textf("the server's name %s does not resolve", name),
			Advice: []say.Text{say.Textf("correct the name, or make it known to this host; in a container, only names of its own networks are: getent hosts %s", say.Shell(name))},
		}
	case errors.As(x.Err, &dns), x.Way.Last() == runner.StepResolve && timedOut(x.Err):
		return Finding{
			Problem: DNSFailure, Summary: say.Textf("the name servers do not answer for %s", name),
			Advice: []say.Text{say.Textf("see which name servers this host asks: cat /etc/resolv.conf")},
		}
	case len(targets(x.Way, isRefusal)) > 0 && x.Way.Last() == runner.StepConnect:
		return refusal(host, x)
	case timedOut(x.Err) && p.Pong() && x != p.Ping:
		return stuck(host, x)
	case timedOut(x.Err):
		return silence(host, p.Server.Era, x)
	case x.Way.Last() == runner.StepConnect:
		return Finding{
			Problem: ConnectionFailed, Summary: say.Textf("no connection to %s: %s", host, bare(x.Err)),
			Advice: []say.Text{say.Textf("see which way this host would take: ip route get %s; \"no route to host\" may also be a firewall's answer", say.Shell(lastAddress(x)))},
		}
	case x.Way.Last() == runner.StepTLS:
		return handshake(p, x)
	case speaksHTTP2(x.Err):
		return onlyHTTP2(p)
	}
	return Finding{
		Problem: ConnectionFailed, Summary: say.Textf("the connection to %s breaks: %s", host, runnerWords(x.Err)),
		Advice: []say.Text{say.Textf("look at the log of what stands in front of the server, and whether it speaks HTTP on that port")},
	}
}

// lastAddress is the address that was tried last, without its port.
func lastAddress(x *runner.Exchange) string {
	all := x.Way.Of(runner.StepConnect)
	address, _, _ := net.SplitHostPort(all[len(all)-1].To)
	return address
}

// dialled is the server's host with the port that the URL means.
func dialled(p *runner.Probe) string {
	u := p.Server.URL
	if port := u.Port(); port != "" {
		return net.JoinHostPort(u.Hostname(), port)
	}
	return net.JoinHostPort(u.Hostname(), map[string]string{"http": "80", "https": "443"}[u.Scheme])
}

// refusal names each address when there are several: one that does not answer
// beside one that refuses is another matter than two of a kind.
func refusal(host string, x *runner.Exchange) Finding {
	f := Finding{
		Problem: ConnectionRefused, Summary: say.Textf("nothing accepts connections at %s: connection refused", host),
		Advice: []say.Text{say.Textf("see on the server whether Semaphore runs, and on which address and port: ss -ltnp")},
	}
	all, tried := deaf(x.Way), x.Way.Of(runner.StepConnect)
	if len(all) > 1 {
		f.Summary = say.Textf("nothing accepts connections at %s: %s", host, say.List(all))
	}
	if to := targets(tried, isRefusal); len(to) > 1 && len(to) == len(tried) {
		f.Summary = say.Textf("nothing accepts connections at %s: each of its addresses refuses: %s", host, say.List(to))
	}
	return f
}

// silence tells a firewall from a server that hangs. The runner itself has no
// limit of time for an answer, in any version (read in source).
func silence(host string, era runner.Era, x *runner.Exchange) Finding {
	f := Finding{Problem: ConnectionTimeout}
	if x.Addr == "" && x.Way.Last() != runner.StepTLS {
		f.Summary = say.Textf("no connection to %s within %s", host, seconds(x.Took))
		if all := deaf(x.Way); len(all) > 1 {
			f.Summary = say.Textf("no connection to %s within %s: %s", host, seconds(x.Took), say.List(all))
		}
		f.Advice = []say.Text{say.Textf("look for a firewall between this host and the server, and whether the address is the server's")}
		return f
	}
	f.Summary = say.Textf("%s accepts the connection (%s) and does not answer within %s", host, x.Addr, seconds(x.Took))
	if x.Status != 0 {
		f.Summary = say.Textf("%s begins an answer (%d) and does not end it within %s", host, x.Status, seconds(x.Took))
	}
	f.Detail = say.Textf("The runner waits for the answer without any limit: it logs nothing and gets no tasks, until the connection breaks.")
	if x.Addr == "" {
		f.Summary = say.Textf("%s accepts the connection and does not finish the TLS handshake within %s", host, seconds(x.Took))
		f.Detail = handshakeDetail(era)
	}
	f.Advice = []say.Text{say.Textf("look at the server's log, its load and its database: something accepts connections there and does no work")}
	return f
}

// stuck is about a server that answers the ping and nothing else: for the ping it needs
// no database (observed 2.9.58 with a locked BoltDB, 2.10.32 with a locked table).
func stuck(host string, x *runner.Exchange) Finding {
	return Finding{
		Problem: ConnectionTimeout,
		Summary: say.Textf("%s answers the ping, and does not answer %s %s within %s", host, x.Method, x.URL, seconds(x.Took)),
		Detail:  say.Textf("The runner waits for the answer without any limit: it logs nothing and gets no tasks, until the connection breaks."),
		Advice:  []say.Text{say.Textf("look at the server's database and its log: the ping needs no database, and a runner's requests do")},
	}
}

func timedOut(err error) bool {
	var ne net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &ne) && ne.Timeout()
}

// runnerWords is the error as Go's HTTP client says it, without a query.
func runnerWords(err error) string {
	s := err.Error()
	if errors.Is(err, context.DeadlineExceeded) {
		return "i/o timeout"
	}
	return s
}
