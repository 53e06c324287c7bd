package checktest

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/internal/fakentp"
	"github.com/semadoctor/semadoctor/internal/fakeserver"
)

// network is what is around the machine: a server at http://semaphore.test:3000
// and perhaps https://semaphore.test:3443, a proxy at proxy.test:3128, and time
// servers.
type network struct {
	recorder  recorder
	server    *fakeserver.Server // nil when nothing of the kind answers
	dial      map[string]dialer
	addresses []address // of the server
	ntp       string    // address of the time server
	kernel    func() (host.KernelClock, error)
	liars     map[string]string // addresses of time servers that differ from it
	lossy     bool              // bodies are lost on the way to the server

	proxyHeader http.Header // of what the proxy answers by itself
}

// now is the time in all cases, so that what depends on it can be compared.
func now() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }

// Net is the network and the clock, as the checks see them.
func (n *network) Net() host.Net { return host.Net{Dial: n.dialled, Now: now, Kernel: n.kernel} }

func (n *network) dialled(ctx context.Context, proto, addr string) (net.Conn, error) {
	return n.recorder.dial(ctx, n.connect, proto, addr)
}

func (n *network) udp(ctx context.Context, name string) (net.Conn, error) {
	at := n.ntp
	if liar, ok := n.liars[name]; ok {
		at = liar
	}
	return (&net.Dialer{}).DialContext(ctx, "udp", at)
}

// newNetwork is what "server:", "row:", "clock:" and "ntp:" describe.
func newNetwork(t testing.TB, c *Case) *network {
	n := &network{proxyHeader: http.Header{}, dial: map[string]dialer{}, liars: map[string]string{}, addresses: c.Addresses, kernel: kernelClock(t, c.Kernel)}
	n.timeServers(t, c)
	kind, more, _ := strings.Cut(c.Server, " ")
	switch kind {
	case "", "nxdomain":
	case "refused":
		n.dial[plainAddr] = refuse
	case "silent":
		n.dial[plainAddr] = swallow
	case "reset", "alert":
		n.dial[plainAddr] = speechless(t, kind)
	case "ssh", "h2", "nameless":
		n.dial[plainAddr] = speechless(t, kind)
		n.dial[tlsAddr] = speechless(t, kind)
		n.dial[net.JoinHostPort(ownAddress().String(), "3443")] = n.dial[tlsAddr]
		if more == "proxy" {
			n.dial[proxyAddr] = (&front{network: n}).proxy(t, "")
		}
	case "hang": // below HTTP, too
		n.dial[tlsAddr] = speechless(t, kind)
		n.serve(t, c, kind, nil)
	default:
		n.serve(t, c, kind, strings.Fields(more))
	}
	return n
}

// timeServers reads "ntp: [named] [silent] [unsynchronised] [kiss=CODE] [dispersion=DUR] [NAME=DUR ...]":
// all servers are DUR of "clock:" ahead of this machine, those that are named
// so much more.
func (n *network) timeServers(t testing.TB, c *Case) {
	o := fakentp.Options{Offset: c.Clock}
	liars := map[string]time.Duration{}
	for _, word := range strings.Fields(c.NTP) {
		name, arg, _ := strings.Cut(word, "=")
		switch name {
		case "named":
		case "silent":
			o.Silent = true
		case "unsynchronised":
			o.Unsynchronised = true
		case "kiss":
			o.Kiss = arg
		case "dispersion":
			o.RootDispersion = duration(t, arg)
		default:
			liars[name] = duration(t, arg)
		}
	}
	n.ntp = startNTP(t, o)
	for name, by := range liars {
		o.Offset = c.Clock + by
		n.liars[name] = startNTP(t, o)
	}
}

// kernelClock is what the kernel says of its clock: "unsynchronised", or how far
// off it may be; nothing when kernel is "".
func kernelClock(t testing.TB, kernel string) func() (host.KernelClock, error) {
	k := host.KernelClock{Unsynchronised: kernel == "unsynchronised", Max: 16 * time.Second}
	switch {
	case kernel == "":
		return nil
	case !k.Unsynchronised:
		k.Max = duration(t, kernel)
	}
	return func() (host.KernelClock, error) { return k, nil }
}

func startNTP(t testing.TB, o fakentp.Options) string {
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	addr, stop := fakentp.Start(ctx, o)
	t.Cleanup(stop)
	return addr
}

func duration(t testing.TB, s string) time.Duration {
	d, err := time.ParseDuration(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// serve starts a fake Semaphore of an era, or what stands in for one, with
// faults around it: KIND [NAME[=ARG] ...].
func (n *network) serve(t testing.TB, c *Case, kind string, words []string) {
	f := &front{handler: n.behind(kind, words), network: n}
	for _, row := range c.Rows {
		n.row(t, row)
	}
	for _, w := range words {
		name, arg, _ := strings.Cut(w, "=")
		if err := f.fault(t, name, arg); err != nil {
			t.Fatalf("fault %q: %v", w, err)
		}
	}
	h := dated(f.handler, f.date)
	plain := h
	if f.moved != "" {
		plain = dated(fakeserver.Redirect301(f.moved), f.date)
	}
	n.dial[plainAddr] = n.listen(t, plain, nil)
	if f.certificate != nil || f.signed {
		c.Machine.replace("@CA@", authorityPEM())
	}
	if f.certificate != nil {
		n.dial[tlsAddr] = n.listen(t, h, f.certificate)
	}
}

// row reads "ID TOKEN [active] [name=NAME] [key=[rsa]] [parallel=TASKS] [seen=AGO]
// [project=ID] [webhook=URL]".
func (n *network) row(t testing.TB, row string) {
	words := strings.Fields(row)
	if n.server == nil || len(words) < 2 {
		t.Fatalf("row %q", row)
	}
	id := rowNumber(t, row, words[0])
	n.server.AddRunner(id, words[1])
	for _, w := range words[2:] {
		switch name, arg, _ := strings.Cut(w, "="); name {
		case "active":
			n.server.SetActive(id, true)
		case "name":
			n.server.SetName(id, arg)
		case "key": // an empty one is what a registration without a key leaves
			n.server.SetPublicKey(id, map[string]string{"rsa": publicKey}[arg])
		case "parallel":
			n.server.SetLimit(id, rowNumber(t, row, arg))
		case "project":
			n.server.SetProject(id, rowNumber(t, row, arg))
		case "webhook":
			n.server.SetWebhook(id, arg)
		case "seen":
			n.server.SetTouched(id, now().Add(-duration(t, arg)))
		default:
			t.Fatalf("row %q: nobody knows %s", row, w)
		}
	}
}

func rowNumber(t testing.TB, row, text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("row %q: %v", row, err)
	}
	return n
}

// dated sets the clock of a server, so much ahead of the machine's.
func dated(h http.Handler, by time.Duration) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Date", now().Add(by).Format(http.TimeFormat))
		h.ServeHTTP(w, r)
	})
}

// httptestServer is a server on loopback until the end of the test.
func httptestServer(t testing.TB, h http.Handler) *httptest.Server {
	s := httptest.NewUnstartedServer(h)
	s.Config.ErrorLog = quiet()
	t.Cleanup(s.Close)
	t.Cleanup(func() { s.CloseClientConnections() })
	return s
}
