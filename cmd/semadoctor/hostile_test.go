package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/report"
)

// hostileToken is the runner's, which no server gets out of us.
const hostileToken = "S3CR3TabcdefghijklmnopqrstuvwxyzABCDEFGHIJK="

// hostileServers are the ways to keep a client busy, or to speak through it.
func hostileServers() map[string]func(net.Conn) {
	const ok = "HTTP/1.1 200 OK\r\n"
	return map[string]func(net.Conn){
		"never answers":    func(c net.Conn) { wait(c) },
		"one byte":         func(c net.Conn) { _, _ = io.WriteString(c, "H"); wait(c) },
		"one byte of body": func(c net.Conn) { _, _ = io.WriteString(c, ok+"Content-Length: 4\r\n\r\np"); wait(c) },
		"endless body":     func(c net.Conn) { endless(c, ok+"\r\n", "pong") },
		"endless chunks":   func(c net.Conn) { endless(c, ok+"Transfer-Encoding: chunked\r\n\r\n", "1\r\np\r\n") },
		"endless headers":  func(c net.Conn) { endless(c, ok, "X-More: and more\r\n") },
		"endless header":   func(c net.Conn) { endless(c, ok+"X-More: ", "and more") },
		"endless status":   func(c net.Conn) { endless(c, "HTTP/1.1 200 ", "OK") },
		"endless hints":    func(c net.Conn) { endless(c, "", "HTTP/1.1 103 Early Hints\r\n\r\n") },
		"gzip bomb":        func(c net.Conn) { endless(c, ok+"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08", "\x00\x00\x00") },
		"redirect loop":    func(c net.Conn) { once(c, "HTTP/1.1 302 Found\r\nLocation: /api/ping\r\nContent-Length: 0\r\n\r\n") },
		"many cookies": func(c net.Conn) {
			once(c, ok+strings.Repeat("Set-Cookie: a=b\r\n", 1000)+"Content-Length: 4\r\n\r\npong")
		},
		"control in status": func(c net.Conn) {
			once(c, "HTTP/1.1 500 \x1b[31mred\x07 "+hostileToken+"\r\nContent-Length: 0\r\n\r\n")
		},
		"control in body": func(c net.Conn) {
			once(c, "HTTP/1.1 401 No\r\nContent-Length: 60\r\n\r\n"+`{"error":"`+strings.Repeat("\x1b]0;\x07", 9)+`     "}`)
		},
		"secret in location": func(c net.Conn) {
			once(c, "HTTP/1.1 302 Found\r\nLocation: https://evil.test/\u202e\u009b31m?token="+hostileToken+"\r\nContent-Length: 0\r\n\r\n")
		},
		"secret in login": func(c net.Conn) {
			once(c, "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\""+hostileToken+"\u009b\"\r\nContent-Length: 0\r\n\r\n")
		},
		"not HTTP": func(c net.Conn) { once(c, "\x1b[2J220 smtp.test "+hostileToken+"\r\n") },
	}
}

// wait blocks until the other side has gone.
func wait(c net.Conn) { _, _ = io.Copy(io.Discard, c) }

func endless(c net.Conn, first, more string) {
	_, err := io.WriteString(c, first)
	for chunk := strings.Repeat(more, 1000); err == nil; {
		_, err = io.WriteString(c, chunk)
	}
}

func once(c net.Conn, answer string) { _, _ = io.WriteString(c, answer) }

// hostile serves every connection with what f does after the request.
func hostile(t *testing.T, f func(net.Conn)) (addr string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				if _, err := c.Read(make([]byte, 4096)); err == nil {
					f(c)
				}
			}()
		}
	}()
	return l.Addr().String()
}

// TestHostileServers: whatever answers, there is a finding or an unknown in time,
// in little memory, and nothing of it reaches the terminal raw.
func TestHostileServers(t *testing.T) {
	t.Parallel()
	for name, f := range hostileServers() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			askHostile(t, "http://"+hostile(t, f))
		})
	}
	t.Run("a handshake that stalls", func(t *testing.T) {
		t.Parallel()
		askHostile(t, "https://"+hostile(t, wait))
	})
}

func askHostile(t *testing.T, url string) {
	dir := t.TempDir()
	config, token, scale := filepath.Join(dir, "config.json"), filepath.Join(dir, "token"), filepath.Join(dir, "status")
	put(t, token, hostileToken)
	put(t, config, `{"web_host":"`+url+`","tmp_path":"`+filepath.ToSlash(dir)+`","runner":{"token_file":"`+filepath.ToSlash(token)+`"}}`)
	for _, format := range []string{"json", "table"} {
		began := time.Now()
		cmd := exec.Command("weighed", "check", "--config", config, "--runner-version", "2.10.32", "--clean-env",
			"--timeout", "800ms", "--skip", "clock", "-o", format)
		cmd.Env = append(os.Environ(), "NO_COLOR=1", "LC_ALL=C.UTF-8", weighedFile+"="+scale)
		var out, errs bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &errs
		_ = cmd.Run() // the exit code says it
		if code := cmd.ProcessState.ExitCode(); code != 1 && code != 3 {
			t.Fatalf("%s: exit code %d, want 1 or 3\n%s%s", format, code, out.Bytes(), errs.Bytes())
		}
		if took := time.Since(began); took > 10*time.Second { // a busy machine
			t.Errorf("%s: took %s", format, took)
		}
		clean(t, out.String()+errs.String())
		if peak := peakMemory(t, scale); peak > 32<<10 {
			t.Errorf("%s: %d KiB", format, peak)
		}
		if format == "json" {
			felt(t, out.Bytes())
		}
	}
}

// weighedFile names the file that weighed leaves what the kernel says of it in.
const weighedFile = "WEIGHED_STATUS"

// weighed is semadoctor, and then what memory it took. What the kernel tells the
// parent has the parent's own in it, up to the moment of exec.
func weighed() {
	log.SetOutput(io.Discard)
	code := Main(realWorld(), checks.Builtin(), os.Args)
	status, _ := os.ReadFile("/proc/self/status") // Linux alone has it
	if os.WriteFile(os.Getenv(weighedFile), status, 0o600) != nil {
		code = 99
	}
	os.Exit(code)
}

// peakMemory is the most memory the program had, in KiB; 0 where nobody knows.
func peakMemory(t *testing.T, status string) (kib int) {
	data, err := os.ReadFile(status)
	if err != nil {
		t.Fatal(err)
	}
	_, after, found := strings.Cut(string(data), "VmHWM:")
	if found && !raceEnabled {
		_, err = fmt.Sscan(after, &kib)
	}
	if err != nil {
		t.Fatal(err)
	}
	return kib
}

func put(t *testing.T, name, text string) {
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// clean demands text without what a terminal obeys, and without the secret.
func clean(t *testing.T, text string) {
	for _, r := range text {
		if r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e {
			t.Errorf("%U in the output", r)
			break
		}
	}
	if strings.Contains(text, hostileToken) || strings.Contains(text, hostileToken[:20]) {
		t.Errorf("the token is in the output:\n%s", text)
	}
}

// felt demands that a check of the server says so.
func felt(t *testing.T, doc []byte) {
	var r report.Report
	if err := json.Unmarshal(doc, &r); err != nil {
		t.Fatal(err)
	}
	for _, res := range r.Targets[0].Results {
		if strings.HasPrefix(res.Check, "server/") && (res.Status == "fail" || res.Status == "unknown") {
			return
		}
	}
	t.Errorf("no check of the server fails:\n%s", doc)
}
