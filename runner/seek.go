package runner

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// maxSought is how many other paths are asked for a pong.
const maxSought = 5

// commonPath is the sub-path of most published proxy set-ups
// (semaphoreui/semaphore#1523, #1854).
const commonPath = "/semaphore"

// seek asks other paths of the same server for a pong, without a token, until one
// answers. One answer that does not come ends it: patience is for the server that
// was named.
func (p *Probe) seek(ctx context.Context, w *Wire) {
	for _, path := range p.bases() {
		u := *p.Server.URL
		u.Path, u.RawPath = path+"/api/ping", ""
		x := w.do(ctx, http.MethodGet, u.String(), "", http.Header{})
		p.Sought = append(p.Sought, x)
		if !x.Answered() {
			return
		}
		if x.pong() {
			u.Path = path
			if p.Server.Era.Legacy() {
				u.Path += "/api"
			}
			p.Found = &u
			return
		}
	}
}

// bases are the paths below which the server may live, the likeliest first: what
// its own page says, the one that is set without /api, each one above, and the
// common one. The one that was asked is not among them.
func (p *Probe) bases() []string {
	var all []string
	add := func(path string) {
		if path = strings.TrimRight(path, "/"); path+"/api/ping" != p.asked() && !slices.Contains(all, path) && len(all) < maxSought {
			all = append(all, path)
		}
	}
	for _, x := range []*Exchange{p.Bare, p.Ping} {
		if u := p.PageBase(x); u != nil {
			add(u.Path)
		}
	}
	own := strings.TrimRight(base(p.Server.path()), "/")
	add(own)
	for up := own; up != ""; {
		up = up[:max(strings.LastIndex(up, "/"), 0)]
		add(up)
	}
	add(commonPath)
	return all
}

// asked is the path of the ping that was sent.
func (p *Probe) asked() string {
	u, err := url.Parse(p.Server.Ping())
	if err != nil {
		return ""
	}
	return u.Path
}

// baseTag is how Semaphore's web page names the path of its server.
var baseTag = pattern(`<base href="([^"]*)">`)

// PageBase is where a page that was answered says that its server lives; nil when
// it says nothing, or names another server.
func (p *Probe) PageBase(x *Exchange) *url.URL {
	if !x.Answered() {
		return nil
	}
	m := baseTag().FindStringSubmatch(x.Body)
	if m == nil {
		return nil
	}
	u, err := p.Server.URL.Parse(m[1])
	if err != nil || u.Host != p.Server.URL.Host || u.Scheme != p.Server.URL.Scheme {
		return nil
	}
	u.Path, u.RawPath = strings.TrimRight(u.Path, "/"), ""
	return u
}
