package main

import (
	"flag"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/semadoctor/semadoctor/internal/fakeserver"
)

// TestMain makes this binary two programs for the scripts: semadoctor, and a
// semaphore that behaves as the release FAKE_SEMAPHORE_VERSION names.
func TestMain(m *testing.M) {
	programs := map[string]func(){
		"semadoctor": main,
		"weighed":    weighed,
		"semaphore": func() {
			os.Exit(fakeserver.SemaphoreMain(os.Args[1:], os.Environ(), os.Stdin, os.Stdout, os.Stderr))
		},
	}
	maps.Copy(programs, otherPrograms())
	maps.Copy(programs, watchedPrograms())
	testscript.Main(m, programs)
}

// update rewrites the goldens in the scripts.
var update = flag.Bool("update", false, "rewrite the goldens in the scripts")

// TestScripts plays whole command lines: flags, prompts, exit codes, undo.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("..", "..", "testdata", "scripts"),
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("FAKE_SEMAPHORE_INTERVAL", "10ms")
			e.Setenv("SEMADOCTOR_STATE_DIR", filepath.ToSlash(filepath.Join(e.WorkDir, "journal")))
			e.Setenv("LC_ALL", "C")
			e.Values[accepted] = make(chan struct{}, 100)
			e.Values[running] = &atomic.Pointer[fakeserver.Server]{}
			return nil
		},
		Condition: func(cond string) (bool, error) {
			if cond != "root" {
				return false, fmt.Errorf("unknown condition %q", cond)
			}
			return os.Geteuid() == 0, nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"server": server, "subst": subst, "rc": rc, "mode": mode, "await": await, "rows": rows,
		},
	})
}

// server starts a fake Semaphore, "server E2b [row=ID:TOKEN ...] [trouble=N] [routeless=N]",
// for which a proxy answers the first N requests with 502, or 404, or
// something that accepts connections and says nothing, "server silent", and puts its URL into $SERVER.
// S3CR3T-api is an administrator's API token.
func server(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) == 0 {
		ts.Fatalf("usage: server ERA|silent [row=ID:TOKEN ...]")
	}
	var addr string
	switch args[0] {
	case "silent":
		addr = silent(ts)
	default:
		s := fakeserver.New(fakeserver.Options{Era: args[0], RegistrationToken: "S3CR3T-registration", APIToken: "S3CR3T-api", NewToken: newToken(args[0])})
		ts.Value(running).(*atomic.Pointer[fakeserver.Server]).Store(s)
		h := http.Handler(s)
		for _, a := range args[1:] {
			if n, ok := strings.CutPrefix(a, "trouble="); ok {
				h = starting(ts, n, fakeserver.Status(http.StatusBadGateway, fakeserver.BadGatewayPage), s)
				continue
			}
			if n, ok := strings.CutPrefix(a, "routeless="); ok {
				h = starting(ts, n, fakeserver.Status(http.StatusNotFound, "default backend - 404"), s)
				continue
			}
			id, token, _ := strings.Cut(strings.TrimPrefix(a, "row="), ":")
			n, err := strconv.Atoi(id)
			ts.Check(err)
			s.AddRunner(n, token)
		}
		web := httptest.NewServer(h)
		ts.Defer(web.Close)
		addr = web.Listener.Addr().String()
	}
	ts.Setenv("SERVER", "http://"+addr)
}

// running is a script's value: the fake Semaphore that was started last.
const running = "running"

// newToken makes tokens of an era's shape that are known when they escape.
func newToken(era string) func() string {
	n, form := 0, "S3CR3Tnew%034d="
	if strings.HasPrefix(era, "E1") || strings.HasPrefix(era, "E2") || era == "E3" {
		form = "S3CR3T%06d"
	}
	return func() string {
		n++
		return fmt.Sprintf(form, n)
	}
}

// rows demands what runners the server has: "rows 7 8:on 9:named".
func rows(ts *testscript.TestScript, _ bool, want []string) {
	got := []string{}
	for _, row := range ts.Value(running).(*atomic.Pointer[fakeserver.Server]).Load().Runners() {
		text := strconv.Itoa(row.ID)
		if row.Active {
			text += ":on"
		}
		if row.Name != "" {
			text += ":" + row.Name
		}
		got = append(got, text)
	}
	if !slices.Equal(got, want) {
		ts.Fatalf("the server has the runners %q, want %q", got, want)
	}
}

// starting is a proxy before a server that is not there for the first n requests,
// and what it says until then.
func starting(ts *testscript.TestScript, n string, gone, h http.Handler) http.Handler {
	var asked atomic.Int64
	first, err := strconv.ParseInt(n, 10, 64)
	ts.Check(err)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1) <= first {
			gone.ServeHTTP(w, r)
			return
		}
		h.ServeHTTP(w, r)
	})
}

// silent accepts connections and never says a word.
func silent(ts *testscript.TestScript) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Defer(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			ts.Value(accepted).(chan struct{}) <- struct{}{}
			go io.Copy(io.Discard, c)
		}
	}()
	return l.Addr().String()
}

// accepted is a script's value: a channel that hears of every connection to the
// silent server.
const accepted = "accepted"

// await waits until somebody has connected to the silent server.
func await(ts *testscript.TestScript, _ bool, _ []string) {
	select {
	case <-ts.Value(accepted).(chan struct{}):
	case <-time.After(10 * time.Second):
		ts.Fatalf("nobody came")
	}
}

// subst fills in $VARIABLES in files: "subst FILE ...".
func subst(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		text := os.Expand(ts.ReadFile(name), ts.Getenv)
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte(text), 0o600))
		ts.Check(os.Chmod(ts.MkAbs(name), 0o600))
	}
}

// rc runs a program and demands its exit code: "rc 1 semadoctor check ...".
func rc(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: rc CODE PROGRAM ARGS...")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if err != nil {
		_, got, _ = strings.Cut(err.Error(), "exit status ")
	}
	if got != args[0] {
		ts.Fatalf("exit code %q (%v), want %s", got, err, args[0])
	}
}

// mode demands permission bits: "mode 600 FILE".
func mode(ts *testscript.TestScript, _ bool, args []string) {
	info, err := os.Stat(ts.MkAbs(args[1]))
	ts.Check(err)
	want, err := strconv.ParseUint(args[0], 8, 12)
	ts.Check(err)
	if got := uint64(info.Mode().Perm()); got != want {
		ts.Fatalf("%s has mode %o, want %o", args[1], got, want)
	}
}
