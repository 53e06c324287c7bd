//go:build integration && linux

package main

import (
	"crypto/tls"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/semadoctor/semadoctor/internal/fakeserver"
	"github.com/semadoctor/semadoctor/report"
	"github.com/semadoctor/semadoctor/runner"
)

// unlocal is this host by an address that Go does not take for it, and so asks a
// proxy for.
const unlocal = "0.0.0.0"

// TestTinyproxy puts a real proxy between runners of every era and their servers.
func TestTinyproxy(t *testing.T) {
	t.Parallel()
	binary := program(t, "tinyproxy")
	s := newStreet(t, binary)
	for _, version := range []string{"2.9.37", "2.9.58", "2.10.22", "2.10.32", "2.15.0", "2.19.12", "2.20.0"} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			h := s.house(t, version)
			for _, r := range rides() {
				t.Run(r.name, func(t *testing.T) { h.look(t, r) })
			}
		})
	}
}

// A street has the proxies, which any runner may use, and who is not there.
type street struct {
	dir, dead string
	proxies   map[string]string // HOST:PORT of each
}

func newStreet(t *testing.T, binary string) *street {
	t.Helper()
	s := &street{dir: t.TempDir(), dead: deadPort(t), proxies: map[string]string{}}
	writeCertificates(t, s.dir)
	writeIn(t, s.dir, "forbidden", "^0\\.0\\.0\\.0$\n")
	for name, config := range map[string]string{
		"open": "", "login": "BasicAuth someone something\n", "narrow": "ConnectPort 443\n",
		"strict": "Filter \"" + filepath.Join(s.dir, "forbidden") + "\"\n",
		"silent": "DisableViaHeader Yes\n",
	} {
		s.proxies[name] = startTinyproxy(t, binary, config)
	}
	s.proxies["dead"] = "127.0.0.1:" + s.dead
	s.proxies["server"] = serve(t, fakeserver.Status(http.StatusMethodNotAllowed, "<html>Not Allowed</html>\n"))
	s.proxies["page"] = serve(t, fakeserver.HTML200())
	return s
}

// startTinyproxy runs a proxy and returns where it listens.
func startTinyproxy(t *testing.T, binary, config string) string {
	t.Helper()
	dir, port := t.TempDir(), tcpPort(t)
	file := writeIn(t, dir, "tinyproxy.conf", "Port "+port+"\nListen 127.0.0.1\nTimeout 60\nMaxClients 200\nLogLevel Error\n"+config)
	addr := "127.0.0.1:" + port
	startComponent(t, dir, nil, binary, "-d", "-c", file).await(answers("http://" + addr))
	return addr
}

// A house is a server of one era, with and without TLS.
type house struct {
	*street
	version      string
	plain, https string // its ports
}

func (s *street) house(t *testing.T, version string) *house {
	t.Helper()
	server := fakeserver.New(fakeserver.Options{Era: eraOf(t, version)})
	server.AddRunner(1, patientToken)
	pair, err := tls.LoadX509KeyPair(filepath.Join(s.dir, "good.pem"), filepath.Join(s.dir, "good.key"))
	if err != nil {
		t.Fatal(err)
	}
	secure := httptest.NewUnstartedServer(server)
	secure.TLS = &tls.Config{Certificates: []tls.Certificate{pair}}
	secure.StartTLS()
	t.Cleanup(secure.Close)
	t.Cleanup(secure.CloseClientConnections)
	h := &house{street: s, version: version}
	_, h.plain, _ = net.SplitHostPort(serve(t, server))
	_, h.https, _ = net.SplitHostPort(secure.Listener.Addr().String())
	return h
}

// A ride is a way to a server that may lead through a proxy.
type ride struct {
	name  string
	proxy string // which
	by    string // what stands before its address in the variable; http:// if ""
	https bool
	gone  bool     // no server is there
	mute  bool     // the proxy waits for more, or gives up: it depends, and so do the words
	env   []string // more variables
	cause string   // of a runner that heeds a proxy; "": it is well
	says  string   // what the finding says, or the note of one that is well
}

func rides() []ride {
	const used, straight = "answers through the proxy", "goes to 0.0.0.0:"
	return []ride{
		{name: "http", proxy: "open", says: used},
		{name: "https", proxy: "open", https: true, says: used},
		{name: "no scheme", proxy: "open", by: " ", https: true, says: used},
		{name: "no Via", proxy: "silent", says: used},
		{name: "a login", proxy: "login", by: "http://someone:some%74hing@", says: used},
		{name: "a login, https", proxy: "login", by: "http://someone:some%74hing@", https: true, says: used},
		{name: "no login", proxy: "login", cause: "proxy-interferes", says: "wants a login"},
		{name: "no login, https", proxy: "login", https: true, cause: "proxy-interferes", says: "wants a login"},
		{name: "a wrong login, https", proxy: "login", by: "http://someone:else@", https: true, cause: "proxy-interferes", says: "does not accept the login"},
		{name: "a wrong login", proxy: "login", by: "http://someone:else@", cause: "proxy-interferes", says: "does not accept the login"},
		{name: "filtered", proxy: "strict", cause: "proxy-interferes", says: "forbids the way to 0.0.0.0:"},
		{name: "filtered, https", proxy: "strict", https: true, cause: "proxy-interferes", says: "403 Filtered"},
		{name: "another port allowed", proxy: "narrow", https: true, cause: "proxy-interferes", says: "403 Access violation"},
		{name: "another port allowed, and no tunnel needed", proxy: "narrow", says: used},
		{name: "server gone", proxy: "open", gone: true, cause: "proxy-interferes", says: "does not reach 0.0.0.0:"},
		{name: "server gone, https", proxy: "open", gone: true, https: true, cause: "proxy-interferes", says: "500 Unable to connect"},
		{name: "server gone, no Via", proxy: "silent", gone: true, cause: "proxy-interferes", says: "does not reach 0.0.0.0:"},
		{name: "proxy gone", proxy: "dead", cause: "proxy-interferes", says: "nothing accepts connections at the proxy"},
		{name: "proxy gone, https", proxy: "dead", https: true, cause: "proxy-interferes", says: "nothing accepts connections at the proxy"},
		{name: "no TLS with the proxy", proxy: "open", by: "https://", https: true, mute: true, cause: "proxy-interferes"},
		{name: "no SOCKS", proxy: "open", by: "socks5://", https: true, mute: true, cause: "proxy-interferes"},
		{name: "a web server", proxy: "server", https: true, cause: "proxy-interferes", says: "makes no tunnel"},
		{name: "a web server with a page", proxy: "page", https: true, cause: "proxy-interferes", says: "makes no tunnel"},
		{name: "excepted", proxy: "dead", env: []string{"NO_PROXY=example.com, 0.0.0.0"}, says: straight},
		{name: "excepted by range", proxy: "dead", https: true, env: []string{"no_proxy=0.0.0.0/8"}, says: straight},
		{name: "all excepted", proxy: "dead", env: []string{"NO_PROXY=*"}, says: straight},
		{name: "excepted at another port", proxy: "dead", env: []string{"NO_PROXY=0.0.0.0:1"}, cause: "proxy-interferes", says: "nothing accepts connections at the proxy"},
		{name: "excepted with a scheme", proxy: "dead", env: []string{"NO_PROXY=http://0.0.0.0"}, cause: "proxy-interferes", says: "nothing accepts connections at the proxy"},
		{name: "excepted in small letters only", proxy: "dead", env: []string{"NO_PROXY=example.com", "no_proxy=0.0.0.0"}, cause: "proxy-interferes", says: "nothing accepts connections at the proxy"},
	}
}

// look has a runner of the era ride one way. From 2.18 on there is no proxy in it.
func (h *house) look(t *testing.T, r ride) {
	t.Parallel()
	p := newPatient(t, h.version)
	p.env["SSL_CERT_FILE"] = caFile(h.dir)
	variable, url, port := "HTTP_PROXY", "http://", h.plain
	if r.https {
		variable, url, port = "https_proxy", "https://", h.https
	}
	if r.gone {
		port = h.dead
	}
	if r.by == "" {
		r.by = "http://"
	}
	p.env[variable] = strings.TrimSpace(r.by) + h.proxies[r.proxy]
	for _, e := range r.env {
		name, value, _ := strings.Cut(e, "=")
		p.env[name] = value
	}
	timeout := "20s"
	if r.mute {
		timeout = "2s"
	}
	target := p.check(p.config(url+unlocal+":"+port), "--only", "server,clock/server", "--skip", "url-local-in-container", "--timeout", timeout)
	want, says := []string{r.cause}, r.says
	if heeds := parsed(t, h.version).Era.Before(runner.E5b); !heeds && r.gone {
		want, says = []string{"connection-refused"}, "up to 2.17 the runner heeds"
	} else if !heeds {
		want, says = nil, "from 2.18 on it does not heed"
	}
	if want != nil && want[0] == "" {
		want = nil
	}
	if !slices.Equal(worst(target), want) || !strings.Contains(reached(t, target), says) {
		t.Errorf("found %q, want %q and that it says %q\n%s%s", worst(target), want, says, reached(t, target), told(target))
	}
}

// reached is all that was said of the way.
func reached(t *testing.T, target report.Target) string {
	var b strings.Builder
	for _, f := range resultOf(t, target, "server/reachable").Findings {
		b.WriteString(f.Summary + "\n" + strings.Join(f.Advice, "\n") + "\n")
	}
	return b.String()
}
