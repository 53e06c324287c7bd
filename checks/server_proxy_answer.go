package checks

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// A speaker is who gave an answer that came over a proxy.
type speaker int

// The speakers.
const (
	eitherOfThem speaker = iota // nothing tells
	theProxy
	whoIsBehind // the server, or what stands in front of it
)

// speakerOf tells a proxy's own answer from one that it passed on, by what Squid
// and tinyproxy set (tinyproxy 1.11.1 observed: Server in its own answers, Via in
// the others) and by Semaphore's own words.
func speakerOf(x *runner.Exchange) speaker {
	via, product := strings.ToLower(x.Header.Get("Via")), productOf(x.Header)
	switch {
	case x.Status == http.StatusProxyAuthRequired, x.Header.Get("X-Squid-Error") != "":
		return theProxy
	case x.JSONError() != "":
		return whoIsBehind
	case isProxy(product):
		return theProxy
	case via != "" && product != "" && !strings.Contains(via, product):
		return whoIsBehind
	}
	return eitherOfThem
}

// productOf is what an answer's sender calls itself, without a version.
func productOf(h http.Header) string {
	product, _, _ := strings.Cut(strings.ToLower(h.Get("Server")), "/")
	return product
}

func isProxy(product string) bool { return product == "tinyproxy" || product == "squid" }

// spoken is the answer that a finding about a proxy quotes: that to the runner's
// own path, if there is one.
func spoken(p *runner.Probe) *runner.Exchange {
	if p.Bare.Answered() {
		return p.Bare
	}
	return p.Ping
}

// proxyAnswers reports whether an answer that came through a proxy is the
// proxy's own, or may be. Into a tunnel, as for https, it cannot speak.
func proxyAnswers(p *runner.Probe) bool {
	if p.Server.URL.Scheme != "http" || p.Pong() || p.Ping.Status/100 == 3 {
		return false
	}
	ownFault := p.Server.Slash() || p.Server.WrongAPI()
	switch by := speakerOf(spoken(p)); {
	case p.Ping.Status == http.StatusProxyAuthRequired:
		return true
	case by == theProxy:
		return spoken(p).Status >= http.StatusBadRequest
	case by == whoIsBehind || ownFault:
		return false
	}
	return strange(p)
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

// A reply is what came in place of the server's answer.
type reply struct {
	status  int
	words   say.Text // with the status
	header  http.Header
	by      speaker
	connect bool // it was asked for a tunnel
}

// answerWords is a status as a status line has it.
func answerWords(x *runner.Exchange) say.Text {
	return say.Verbatim(strings.TrimSpace(strconv.Itoa(x.Status) + " " + http.StatusText(x.Status)))
}

// told is what the head of an answer says besides: why, who, and for how long.
func (r reply) told() (all []Evidence) {
	for _, name := range []string{"X-Squid-Error", "Proxy-Status"} {
		if why := short(r.header.Get(name)); why != "" {
			all = append(all, Evidence{What: say.Textf("it says why: %s", why)})
		}
	}
	if who := short(r.header.Get("Server")); who != "" {
		all = append(all, Evidence{What: say.Textf("what answered calls itself %s", who)})
	}
	if wait := leaveAlone(r.header); !wait.IsZero() {
		all = append(all, Evidence{What: wait})
	}
	return all
}

// turnedDown is about a proxy that answers in place of the server.
func (d byProxy) turnedDown(r reply) Finding {
	var f Finding
	switch known := r.by == theProxy; {
	case r.status == http.StatusProxyAuthRequired, r.status == http.StatusUnauthorized && (d.Proxy.User != nil || isProxy(productOf(r.header))):
		f = d.wantsLogin(r)
	case known && r.status == http.StatusForbidden:
		f = d.forbids(r)
	case r.connect && noTunnel(r.status):
		f = d.noProxy(r)
	case known && r.status >= http.StatusInternalServerError:
		f = d.reachesNobody(r)
	case known:
		f.Summary = say.Textf("the proxy %s answers %s in place of %s", d.proxy, r.words, d.host)
	default:
		f.Summary = say.Textf("the proxy %s, or what it leads to, answers %s in place of %s", d.proxy, r.words, d.host)
		f.Detail = say.Textf("The answer does not say whether the proxy gave it or passed it on. A web server that is no proxy answers so, too.")
	}
	f.Evidence = append(f.Evidence, r.told()...)
	routeless := r.status == http.StatusNotFound && !r.connect && r.by != theProxy // yet, says perhaps a gateway behind it
	f.Stays = r.status < http.StatusInternalServerError && !routeless || r.status == http.StatusNotImplemented
	return f
}

// wantsLogin: Go's client, and so the runner, knows Basic and nothing else. To a
// wrong login tinyproxy answers 401 (observed 1.11.1).
func (d byProxy) wantsLogin(r reply) Finding {
	f := Finding{Summary: say.Textf("the proxy %s wants a login before it lets the runner through to %s: %d", d.proxy, d.host, r.status)}
	if d.Proxy.User != nil {
		f.Summary = say.Textf("the proxy %s does not accept the login in its URL, and does not let the runner through to %s: %d", d.proxy, d.host, r.status)
	}
	f.Advice = []say.Text{say.Textf("write the proxy's user and password into %s: %s://USER:PASSWORD@%s", d.from, d.Proxy.Scheme, d.Proxy.Host), d.specialCharacters()}
	if wanted := schemes(r.header); len(wanted) > 0 && !contains(wanted, "basic") {
		f.Detail = say.Textf("The proxy offers a login by %s; the runner knows Basic only, in every version.", say.List(wanted))
		f.Advice = []say.Text{say.Textf("have the proxy let this host through to %s without a login, or put a proxy between that knows %s, as cntlm does", d.host, say.List(wanted))}
	}
	return f
}

// specialCharacters: systemd takes a percent sign in a unit for the beginning of
// a name of its own.
func (d byProxy) specialCharacters() say.Text {
	if strings.HasSuffix(d.from.File, ".service") || strings.HasSuffix(d.from.File, ".conf") {
		return say.Sentence("write special characters of the password by their codes, in a unit with two percent signs: %%40 for @, %%3A for :, %%2F for /, %%25 for %")
	}
	return say.Sentence("write special characters of the password by their codes: %40 for @, %3A for :, %2F for /, %25 for %")
}

// schemes are the ways of logging in that a proxy offers.
func schemes(h http.Header) (all []string) {
	for _, line := range h.Values("Proxy-Authenticate") {
		if name, _, _ := strings.Cut(strings.TrimSpace(line), " "); name != "" {
			all = append(all, short(name))
		}
	}
	return all
}

func contains(all []string, name string) bool {
	for _, s := range all {
		if strings.EqualFold(s, name) {
			return true
		}
	}
	return false
}

// forbids: a proxy has rules about hosts, ports and who may come.
func (d byProxy) forbids(r reply) Finding {
	f := Finding{
		Summary: say.Textf("the proxy %s forbids the way to %s: %s", d.proxy, d.host, r.words),
		Advice:  []say.Text{say.Textf("have who runs the proxy let this host through to %s", dialled(d.Probe))},
	}
	if r.connect && !strings.HasSuffix(dialled(d.Probe), ":443") {
		f.Advice[0] = say.Textf("have who runs the proxy let this host through to %s: many allow tunnels to port 443 alone (SSL_ports in Squid, ConnectPort in tinyproxy)", dialled(d.Probe))
	}
	return f
}

// reachesNobody: what this host can resolve and reach is no matter.
func (d byProxy) reachesNobody(r reply) Finding {
	return Finding{
		Summary: say.Textf("the proxy %s does not reach %s: %s", d.proxy, d.host, r.words),
		Detail:  say.Textf("It is the proxy that looks up the server's name and connects to it. That this host can do so does not help."),
		Advice:  []say.Text{say.Textf("on the proxy's host: getent hosts %s, and curl -sS --noproxy '*' %s", say.Shell(d.Server.URL.Hostname()), say.Shell(d.Ping.URL))},
	}
}

// noTunnel reports a status that no proxy has for who asks for a tunnel, and web
// servers have.
func noTunnel(status int) bool {
	switch status {
	case http.StatusBadRequest, http.StatusUnauthorized, http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusNotImplemented, http.StatusHTTPVersionNotSupported:
		return true
	}
	return status < 400
}

func (d byProxy) noProxy(r reply) Finding {
	return Finding{
		Summary: say.Textf("what answers at %s makes no tunnel to %s, as a proxy does for https: %s", d.proxy, d.host, r.words),
		Advice:  []say.Text{say.Textf("correct host and port in %s: an ordinary web server answers there, or a proxy that does not know CONNECT", d.from)},
	}
}
