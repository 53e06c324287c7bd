//go:build integration && linux

package main

import (
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/semadoctor/semadoctor/internal/fakeserver"
)

// TestNginx puts a real nginx in front of a server of every era, in the ways
// that keep runners from their work and in those that do not.
func TestNginx(t *testing.T) {
	t.Parallel()
	binary := program(t, "nginx")
	for _, version := range []string{"2.9.37", "2.9.58", "2.10.22", "2.10.32", "2.15.0", "2.19.12", "2.20.0"} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			g := startNginx(t, binary, version)
			for i, w := range ways() {
				t.Run(w.name, func(t *testing.T) { g.look(t, i, w) })
			}
		})
	}
}

// A gateway is one nginx that has a port for every way, and behind it a server
// of one era.
type gateway struct {
	dir, version string
	ports        []string
}

// startNginx hands its ports down to nginx, as an old one does to a new one: so
// nobody can take them in between.
func startNginx(t *testing.T, binary, version string) *gateway {
	t.Helper()
	g := &gateway{dir: t.TempDir(), version: version}
	cmd := exec.Command(binary, "-p", g.dir, "-c", filepath.Join(g.dir, "nginx.conf"), "-e", "stderr")
	cmd.Env = []string{"NGINX="}
	for i := range ways() {
		l, port := listener(t)
		f, err := l.File()
		if err != nil {
			t.Fatal(err)
		}
		l.Close()
		g.ports = append(g.ports, port)
		cmd.ExtraFiles = append(cmd.ExtraFiles, f)
		cmd.Env[0] += strconv.Itoa(3+i) + ";"
	}
	writeCertificates(t, g.dir)
	writeIn(t, g.dir, "htpasswd", "someone:{PLAIN}something\n")
	writeIn(t, g.dir, "nginx.conf", g.config(t))
	c := start(t, g.dir, cmd)
	for _, f := range cmd.ExtraFiles {
		f.Close()
	}
	c.await(answers("http://127.0.0.1:" + g.ports[0]))
	return g
}

// config is nginx's, with a server block for every way.
func (g *gateway) config(t *testing.T) string {
	t.Helper()
	words := strings.NewReplacer(
		"@UP@", g.upstream(t, ""), "@SUB@", g.upstream(t, "/sem"),
		"@HANG@", serve(t, fakeserver.Hang()), "@DEAD@", "127.0.0.1:"+deadPort(t),
		"@GOOD@", "127.0.0.1:"+g.ports[slices.IndexFunc(ways(), func(w way) bool { return w.name == "https" })],
	)
	var b strings.Builder
	b.WriteString("daemon off; user root root; pid nginx.pid; error_log stderr;\n" +
		"events { worker_connections 256; }\nhttp {\naccess_log off; limit_req_zone $server_port zone=few:1m rate=1r/m;\n")
	for _, dir := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
		b.WriteString(dir + "_temp_path tmp_" + dir + ";\n")
	}
	for i, w := range ways() {
		b.WriteString("server { " + strings.ReplaceAll(words.Replace(w.server), "@PORT@", "127.0.0.1:"+g.ports[i]) + " }\n")
	}
	b.WriteString("}\n")
	return b.String()
}

// upstream is a server of the era that knows the patient.
func (g *gateway) upstream(t *testing.T, base string) string {
	t.Helper()
	s := fakeserver.New(fakeserver.Options{Era: eraOf(t, g.version), BasePath: base})
	s.AddRunner(1, patientToken)
	return serve(t, s)
}

// serve returns the address at which h answers.
func serve(t *testing.T, h http.Handler) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	t.Cleanup(s.CloseClientConnections)
	return s.Listener.Addr().String()
}

// look has a runner of the era go one way.
func (g *gateway) look(t *testing.T, i int, w way) {
	t.Parallel()
	p := newPatient(t, g.version)
	if !w.stranger {
		p.env["SSL_CERT_FILE"] = caFile(g.dir)
	}
	config := p.config(w.scheme() + "://" + w.user + "127.0.0.1:" + g.ports[i] + w.path)
	target := p.check(config, "--only", "server,clock/server", "--timeout", "20s")
	want := w.want(eraOf(t, g.version))
	if !slices.Equal(worst(target), want) {
		t.Errorf("found %q, want %q\n%s", worst(target), want, told(target))
	}
}

// A way is one to put nginx in front of Semaphore.
type way struct {
	name     string
	server   string // nginx's server block
	path     string // of the server URL, before /api
	user     string // of the server URL, with an @ behind
	stranger bool   // the runner does not trust the authority
	http     bool   // the URL says http although the port speaks TLS
	https    bool   // the URL says https although the port does not speak TLS
	cause    string // the root cause, or "warn ID" of one that works; "" is a runner that is well
	but      map[string]string
}

func (w way) scheme() string {
	if w.https || strings.Contains(w.server, " ssl") && !w.http {
		return "https"
	}
	return "http"
}

// want is what is found in an era.
func (w way) want(era string) []string {
	cause := w.cause
	if but, ok := w.but[era]; ok {
		cause = but
	}
	if cause == "" {
		return nil
	}
	return []string{cause}
}

const plain = "listen @PORT@; "

// tlsWith listens with one of the certificates.
func tlsWith(name string) string {
	return "listen @PORT@ ssl; ssl_certificate " + name + ".pem; ssl_certificate_key " + name + ".key; "
}

func redirectTo(status int) string {
	return plain + "location / { return " + strconv.Itoa(status) + " https://@GOOD@$request_uri; }"
}

const through = "location / { proxy_pass http://@UP@; }"

// ways are nginx's. Each is healthy but for one thing, if that.
func ways() []way {
	return []way{
		{name: "http", server: plain + through},
		{name: "https", server: tlsWith("good") + through},
		{name: "https with an intermediate", server: tlsWith("whole") + through},
		{name: "http 2", server: strings.Replace(tlsWith("good"), " ssl;", " ssl http2;", 1) + through},
		{name: "http 1.0 to the server, gzip", server: plain + "gzip on; gzip_types *; gzip_min_length 1; " + through},
		{name: "keeps alive to the server", server: plain + `location / { proxy_http_version 1.1; proxy_set_header Connection ""; proxy_pass http://@UP@; }`},
		{name: "headers that people add", server: tlsWith("good") + `add_header Strict-Transport-Security "max-age=63072000" always; add_header X-Frame-Options DENY always; ` +
			`underscores_in_headers on; proxy_set_header Host $host; proxy_set_header X-Forwarded-Proto $scheme; ` + through},
		{name: "sub-path", path: "/sem", server: plain + "location /sem/ { proxy_pass http://@SUB@; }"},
		{name: "sub-path that is taken off", path: "/sem", server: plain + "location /sem/ { proxy_pass http://@UP@/; }"},
		{name: "sub-path left out", server: plain + "location /sem/ { proxy_pass http://@SUB@; }", cause: "not-semaphore"},
		{name: "another sub-path", path: "/semaphore", server: plain + "location /sem/ { proxy_pass http://@SUB@; }", cause: "not-semaphore"},

		{name: "expired", server: tlsWith("expired") + through, cause: "tls-expired"},
		{name: "future", server: tlsWith("future") + through, cause: "tls-not-yet-valid"},
		{name: "wrong name", server: tlsWith("name") + through, cause: "tls-wrong-name"},
		{name: "unknown authority", server: tlsWith("unknown") + through, cause: "tls-untrusted"},
		{name: "authority not in the system's store", server: tlsWith("good") + through, stranger: true, cause: "tls-untrusted"},
		{name: "missing intermediate", server: tlsWith("short") + through, cause: "tls-untrusted"},
		{name: "old TLS only", server: tlsWith("good") + "ssl_protocols TLSv1.1; ssl_ciphers ALL:@SECLEVEL=0; " + through, cause: "connection-failed"},
		{name: "client certificate wanted", server: tlsWith("good") + "ssl_verify_client on; ssl_client_certificate ca.pem; " + through, cause: "tls-client-certificate"},
		{name: "no certificate for the address", server: "listen @PORT@ ssl; ssl_reject_handshake on; " + through, cause: "connection-failed"},
		{name: "http on a TLS port", http: true, server: tlsWith("good") + through, cause: "http-on-tls-port"},
		{name: "https on a plain port", https: true, server: plain + through, cause: "tls-on-http-port"},

		{name: "basic auth", server: plain + "auth_basic closed; auth_basic_user_file htpasswd; " + through, cause: "auth-proxy"},
		{name: "basic auth but for the runners", server: plain + "auth_basic closed; auth_basic_user_file htpasswd; " + through +
			" location /api/runners { auth_basic off; proxy_pass http://@UP@; } location /api/internal { auth_basic off; proxy_pass http://@UP@; }"},
		{name: "forbidden", server: plain + "deny all; " + through, cause: "auth-proxy"},
		{name: "token taken off", server: plain + `location / { proxy_set_header X-Runner-Token ""; proxy_set_header X-API-Token ""; proxy_pass http://@UP@; }`,
			cause: "task-endpoint-401", but: map[string]string{"E1": ""}},
		{name: "redirect 301", server: redirectTo(301), cause: "redirects"},
		{name: "redirect 302", server: redirectTo(302), cause: "redirects"},
		{name: "redirect 307", server: redirectTo(307), cause: "warn redirects", but: map[string]string{"E7": "redirects"}},
		{name: "redirect 308", server: redirectTo(308), cause: "warn redirects", but: map[string]string{"E7": "redirects"}},
		{name: "502", server: plain + "location / { proxy_pass http://@DEAD@; }", cause: "server-error"},
		{name: "503", server: plain + "location / { return 503; }", cause: "server-error"},
		{name: "504", server: plain + "location / { proxy_read_timeout 200ms; proxy_pass http://@HANG@; }", cause: "server-error"},
		{name: "welcome page", server: plain + "location / { default_type text/html; return 200 '<html>Welcome to nginx!</html>'; }", cause: "not-semaphore"},
		{name: "basic auth, and a login in the URL", user: "someone:something@", server: plain + "auth_basic closed; auth_basic_user_file htpasswd; " + through},
		{name: "basic auth, and a wrong login in the URL", user: "someone:else@", server: plain + "auth_basic closed; auth_basic_user_file htpasswd; " + through, cause: "auth-proxy"},
		{name: "plain requests sent to https", http: true, server: tlsWith("good") + "error_page 497 =301 https://$http_host$request_uri; " + through, cause: "redirects"},
		{name: "closes without a word", server: plain + "return 444;", cause: "connection-failed"},
		{name: "only GET allowed", server: plain + "location / { limit_except GET { deny all; } proxy_pass http://@UP@; }", cause: "auth-proxy"},
		{name: "PUT is no method", server: plain + "if ($request_method !~ ^(GET|HEAD|POST)$) { return 405; } " + through, cause: "not-semaphore"},
		{name: "error pages of its own", server: plain + "proxy_intercept_errors on; error_page 401 404 /oops.html; location = /oops.html { internal; default_type text/html; return 200 '<html>oops</html>'; } " + through},
		{name: "one error page for all", server: plain + "proxy_intercept_errors on; error_page 401 404 =200 /oops.html; location = /oops.html { internal; default_type text/html; return 200 '<html>oops</html>'; } " + through},
		{name: "too many requests", server: "limit_req zone=few; limit_req_status 429; " + plain + through, cause: "unknown server/semaphore"},
		{name: "bodies forbidden", server: plain + "client_max_body_size 1; " + through, cause: "not-semaphore"},
		{name: "trailing slash that nginx takes off", path: "/", server: plain + "location / { proxy_pass http://@UP@/; }", cause: "warn url-trailing-slash"},
		{name: "api only", server: plain + "location /api/internal/ { proxy_pass http://@UP@; } location /api/runners/ { proxy_pass http://@UP@; } location / { return 404; }"},
		{name: "api only of E4", server: plain + "location = /api/internal/runners { proxy_pass http://@UP@; } location ~ ^/api/runners/[0-9]+$ { proxy_pass http://@UP@; } location / { return 403; }"},
		{name: "runners hidden", server: plain + "location /api/internal { return 404; } location /api/runners { return 404; } " + through, cause: "not-semaphore"},
		{name: "cors", server: plain + "add_header Access-Control-Allow-Origin * always; add_header WWW-Authenticate 'Bearer' always; " + through},
		{name: "trailing slash", path: "/", server: plain + through, cause: "url-trailing-slash"},
		{name: "api suffix", path: "/api", server: plain + through, cause: "url-api-suffix",
			but: map[string]string{"E1": "wrong-base-path", "E2b": "wrong-base-path", "E3": "wrong-base-path"}},
	}
}
