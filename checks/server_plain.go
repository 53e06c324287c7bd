package checks

import (
	"context"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// URLPlainHTTP is a token in clear on a network that is everybody's.
var URLPlainHTTP = &Problem{
	ID: "url-plain-http", Title: "The runner sends its token in clear to a public address", Status: Warn,
	Doc: pageURLPlainHTTP,
}

// plainHTTP is about an http URL that leads out of what is local or private. It
// explains a redirect to https, and no other.
func (t *Target) plainHTTP(ctx context.Context, s *runner.Server) []Finding {
	if s.URL.Scheme != "http" || homely(s.URL.Hostname()) {
		return nil
	}
	p, public := t.publicAddress(ctx, s)
	if public == "" {
		return nil
	}
	f := Finding{
		Problem:  URLPlainHTTP,
		Summary:  say.Textf("the server URL is plain http, and %s is a public address", public),
		Detail:   say.Textf("The runner's token, and the keys and passwords of its tasks, can be read by everybody on the way."),
		Evidence: []Evidence{{What: say.Verbatim(s.String()), From: s.Given.From}},
		Advice:   []say.Text{say.Textf("let a proxy in front of the server speak TLS, and set %s to https", setter(s.Given.From))},
		Explains: []*Problem{},
	}
	if to := secured(p); to != nil {
		f.Explains = nil
		f.Advice = redirectAdvice(p, to)
	}
	return []Finding{f}
}

// publicAddress is an address of the server's that is everybody's; "" when none
// is, or none is known. Through a proxy only the URL says where it goes.
func (t *Target) publicAddress(ctx context.Context, s *runner.Server) (*runner.Probe, string) {
	var p *runner.Probe
	if !t.Offline {
		p, _ = t.Probe(ctx) // without an answer the URL has to do
	}
	if ip, err := netip.ParseAddr(s.URL.Hostname()); err == nil {
		return p, ifPublic(ip)
	}
	if p == nil || p.Ping == nil || p.Proxy != nil {
		return p, ""
	}
	if at, err := netip.ParseAddrPort(p.Ping.Addr); err == nil {
		return p, ifPublic(at.Addr())
	}
	for _, text := range p.Ping.Way.Addresses() {
		if ip, err := netip.ParseAddr(text); err == nil && ifPublic(ip) != "" {
			return p, text
		}
	}
	return p, ""
}

// ifPublic is an address, or "" when it is local or private: loopback, link-local,
// RFC 1918, ULA, and what carriers and overlay networks share (RFC 6598).
func ifPublic(ip netip.Addr) string {
	ip = ip.Unmap().WithZone("")
	shared := netip.PrefixFrom(netip.AddrFrom4([4]byte{100, 64}), 10)
	if ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() || ip.IsUnspecified() || shared.Contains(ip) {
		return ""
	}
	return ip.String()
}

// homely reports a name that is given out on a host or in a network of one's own
// only (RFC 6761, 6762, 8375, 9476; ICANN's .internal).
func homely(name string) bool {
	name = strings.TrimSuffix(strings.ToLower(name), ".")
	if _, err := netip.ParseAddr(name); err == nil {
		return false
	}
	labels := strings.Split(name, ".")
	own := []string{"localhost", "local", "internal", "localdomain", "lan", "svc"}
	return len(labels) == 1 || strings.HasSuffix(name, ".home.arpa") || slices.Contains(own, labels[len(labels)-1])
}

// secured is the https URL that the server redirects the runner to; nil when it
// does not.
func secured(p *runner.Probe) *url.URL {
	if p == nil {
		return nil
	}
	for _, x := range []*runner.Exchange{p.Token, p.Bare, p.Ping} {
		if !x.Answered() || x.Status/100 != 3 {
			continue
		}
		if to, ok := redirectBase(p, x); ok && to.Scheme == "https" {
			return to
		}
	}
	return nil
}
