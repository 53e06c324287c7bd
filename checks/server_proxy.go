package checks

import (
	"net/http"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// ProxyInterferes is a proxy between runner and server that does not let it through.
var ProxyInterferes = &Problem{
	ID: "proxy-interferes", Title: "A proxy stands between runner and server", Status: Fail,
	Doc: pageProxyInterferes, CausedBy: unusableURL(),
}

// proxyAnswers reports whether an answer that came through a proxy is the
// proxy's own. Into a tunnel, as for https, it cannot speak.
func proxyAnswers(p *runner.Probe) bool {
	if p.Server.URL.Scheme != "http" || p.Pong() || p.Ping.Status/100 == 3 {
		return false
	}
	ownFault := p.Server.Slash() || p.Server.WrongAPI()
	return p.Ping.Status == http.StatusProxyAuthRequired || !ownFault && strange(p)
}

// strange reports an answer of somebody else, which asks for no login by name.
func strange(p *runner.Probe) bool {
	x := p.Bare
	switch {
	case !x.Answered() || x.Header.Get("WWW-Authenticate") != "":
		return false
	case p.Kind() == runner.NotSemaphore:
		return p.Found == nil
	}
	return x.Status >= 500 || p.Login(x)
}

// proxied is about a way to the server that ends at a proxy. x is the request
// that got no answer, or nil.
func (t *Target) proxied(p *runner.Probe, x *runner.Exchange) Finding {
	variable := t.Install.ProxyVariable(p.Server.URL.Scheme)
	host, proxy := p.Server.URL.Host, runner.ShownURL(p.Proxy)
	f := Finding{
		Problem: ProxyInterferes,
		Detail:  say.Textf("Up to 2.17 the runner sends its requests where HTTP_PROXY, HTTPS_PROXY and NO_PROXY tell it to, also those to a server in its own network."),
		Advice: []say.Text{
			say.Textf("if the server can be reached without the proxy, name it in the runner's environment: NO_PROXY=%s", p.Server.URL.Hostname()),
			say.Textf("compare both ways: curl -sS --noproxy '*' %s, and curl -sS -x %s %s", say.Shell(p.Ping.URL), say.Shell(proxy), say.Shell(p.Ping.URL)),
		},
	}
	what := say.Textf("%s answers %d", proxy, p.Ping.Status)
	f.Summary = say.Textf("the proxy %s answers %d in place of %s", proxy, p.Ping.Status, host)
	if x != nil {
		what = say.Textf("%s %s: %s", x.Method, x.URL, runnerWords(x.Err))
		f.Summary = say.Textf("the proxy %s does not let the runner through to %s: %s", proxy, host, runnerWords(x.Err))
	}
	f.Evidence = []Evidence{{What: what, From: variable.From}}
	f.Stays = x == nil && p.Ping.Status < http.StatusInternalServerError
	return f
}

// badProxy is about a variable that is to name a proxy, and does not. The
// address is not shown: there may be a password in it.
func (t *Target) badProxy(p *runner.Probe) Finding {
	from := t.Install.ProxyVariable(p.Server.URL.Scheme).From
	return Finding{
		Problem:  ProxyInterferes,
		Stays:    true,
		Summary:  say.Textf("the proxy in %s has no address that is a URL", from),
		Detail:   say.Textf("Up to 2.17 the runner says \"invalid proxy address\" at every attempt, and no request leaves this host."),
		Evidence: []Evidence{{What: say.Textf("not a URL"), From: from}},
		Advice:   []say.Text{say.Sentence("write it as http://HOST:PORT, with %25 for a percent sign in the password, or do not set it at all")},
	}
}
