package checks

import (
	"errors"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// ProxyInterferes is a proxy between runner and server that does not let it through.
var ProxyInterferes = &Problem{
	ID: "proxy-interferes", Title: "A proxy stands between runner and server", Status: Fail,
	Doc: pageProxyInterferes, CausedBy: unusableURL(),
}

// A byProxy is a way to a server that leads through a proxy.
type byProxy struct {
	*runner.Probe
	proxy  string // its URL for people
	host   string // the server, and the port if the URL has one
	from   runner.Origin
	except runner.Value[string] // NO_PROXY
}

func (t *Target) byProxy(p *runner.Probe) byProxy {
	return byProxy{
		Probe: p, proxy: runner.ShownURL(p.Proxy), host: p.Server.URL.Host,
		from: t.Install.ProxyVariable(p.Server.URL.Scheme).From, except: t.Install.ProxyExceptions(),
	}
}

// proxied is about a way to the server that ends at a proxy, or behind it in a
// tunnel. x is the request that got no answer, or nil.
func (t *Target) proxied(p *runner.Probe, x *runner.Exchange) Finding {
	d := t.byProxy(p)
	var f Finding
	var refused *runner.TunnelError
	switch {
	case x == nil:
		x = spoken(p)
		f = d.turnedDown(reply{status: x.Status, words: answerWords(x), header: x.Header, by: speakerOf(x)})
		f.Evidence = slices.Concat([]Evidence{{What: answered(x), From: d.from}}, way(p.Ping), f.Evidence)
		if words := gist(x); words != "" {
			f.Evidence = append(f.Evidence, Evidence{What: say.Textf("it says \"%s\"", words)})
		}
	case errors.As(x.Err, &refused):
		f = d.turnedDown(reply{status: refused.Status, words: say.Verbatim(refused.Text), header: refused.Header, by: theProxy, connect: true})
		f.Evidence = append(d.evidence(x), f.Evidence...)
	case endsAtProxy(p, x):
		f = d.unreached(x)
		f.Evidence = d.evidence(x)
	default:
		f = d.inTunnel(x)
		f.Evidence = d.evidence(x)
	}
	f.Problem = ProxyInterferes
	if f.Detail.IsZero() {
		f.Detail = say.Textf("Up to 2.17 the runner sends its requests where HTTP_PROXY, HTTPS_PROXY and NO_PROXY tell it to, also those to a server in its own network.")
	}
	f.Advice = append(f.Advice, d.around()...)
	return f
}

// evidence is the request that got no answer, and the way up to where it broke.
func (d byProxy) evidence(x *runner.Exchange) []Evidence {
	return append([]Evidence{{What: say.Textf("%s %s: %s", x.Method, x.URL, runnerWords(x.Err)), From: d.from}}, way(x)...)
}

// around is how to get past the proxy, and how to see whether that works.
func (d byProxy) around() []say.Text {
	name := d.Server.URL.Hostname()
	advice := say.Textf("if the server can be reached without the proxy, name it in the runner's environment: NO_PROXY=%s", name)
	switch list := strings.TrimRight(d.except.V, ", "); {
	case list == "":
	case strings.Contains(strings.ToLower(list), strings.ToLower(name)):
		advice = say.Textf("%s names %s in a form that the runner does not understand: it takes names, .SUFFIXES, addresses and ranges like 10.0.0.0/8, with commas between them, without http:// and a path; a port must be the URL's", d.except.From, name)
	default:
		advice = say.Textf("if the server can be reached without the proxy, add it to %s: %s,%s", d.except.From, list, name)
	}
	return append([]say.Text{advice}, d.compare()...)
}

// compare is how to see whether the proxy makes a difference.
func (d byProxy) compare() []say.Text {
	if scheming(d.Proxy.Hostname()) {
		return nil // there is nobody to compare with
	}
	compare := say.Textf("compare both ways: curl -sS --noproxy '*' %s, and curl -sS -x %s %s", say.Shell(d.Ping.URL), say.Shell(d.proxy), say.Shell(d.Ping.URL))
	if strings.Contains(d.proxy, "xxxxx") {
		compare = say.Textf("compare both ways, with the login in the place of xxxxx: curl -sS --noproxy '*' %s, and curl -sS -x %s %s", say.Shell(d.Ping.URL), say.Shell(d.proxy), say.Shell(d.Ping.URL))
	}
	return []say.Text{compare}
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

// scriptProxy is about a variable by which Go takes the runner for a CGI script.
func (t *Target) scriptProxy(p *runner.Probe) Finding {
	from, method := t.Install.ProxyVariable(p.Server.URL.Scheme).From, t.Install.Env["REQUEST_METHOD"]
	return Finding{
		Problem:  ProxyInterferes,
		Stays:    true,
		Summary:  say.Textf("the runner refuses the proxy in %s, because REQUEST_METHOD is set, too", from),
		Detail:   say.Textf("By REQUEST_METHOD Go takes the runner for a CGI script, in which HTTP_PROXY may be a stranger's. It says \"%s\" at every attempt, and no request leaves this host.", runner.ErrCGI.Error()),
		Evidence: []Evidence{{What: say.Verbatim("REQUEST_METHOD=" + short(method.V)), From: method.From}},
		Advice:   []say.Text{say.Textf("take %s out of the runner's environment", method.From)},
	}
}

// unheeded is about a variable that names a proxy, and of which a runner that does
// not reach its server takes no notice.
func (t *Target) unheeded(p *runner.Probe) []say.Text {
	scheme := p.Server.URL.Scheme
	v := t.Install.ProxyVariable(scheme)
	switch other := t.Install.OtherProxyVariable(scheme); {
	case v.V != "" && !p.Server.Era.Before(runner.E5b):
		return []say.Text{say.Textf("if only a proxy leads there: up to 2.17 the runner heeds %s, 2.18 and 2.19 do not", setter(v.From))}
	case v.V != "" && p.Proxy == nil && t.Install.ProxyExceptions().V != "":
		return []say.Text{say.Textf("if only a proxy leads there: %s makes an exception from %s", t.Install.ProxyExceptions().From, setter(v.From))}
	case v.V == "" && other.V != "" && p.Server.Era.Before(runner.E5b):
		return []say.Text{say.Textf("if only a proxy leads there: for a URL that begins with %s:// the runner heeds %s_PROXY, and not %s", scheme, strings.ToUpper(scheme), setter(other.From))}
	}
	return nil
}
