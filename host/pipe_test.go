//go:build unix

package host

import (
	"bufio"
	"context"
	"io"
	"strings"
	"testing"
)

func TestPipe(t *testing.T) {
	t.Parallel()
	sh := func(script string) Command { return Command{Path: "/bin/sh", Args: []string{"-c", script}, Dir: "/"} }
	p, err := RealPipe(t.Context(), sh("echo one; echo two"))
	if err != nil {
		t.Fatal(err)
	}
	if out, err := io.ReadAll(p); err != nil || string(out) != "one\ntwo\n" {
		t.Errorf("read %q, %v", out, err)
	}
	if err := p.Close(); err != nil {
		t.Errorf("Close = %v", err)
	}

	p, err = RealPipe(t.Context(), sh("echo one; echo no journal >&2; exit 3"))
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, p)
	if err := p.Close(); err == nil || !strings.Contains(err.Error(), "exit status 3: no journal") {
		t.Errorf("Close = %v, want what the command says", err)
	}

	ctx, cancel := context.WithCancel(t.Context())
	p, err = RealPipe(ctx, sh("echo one; exec sleep 60"))
	if err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(p).ReadString('\n'); err != nil || line != "one\n" {
		t.Errorf("read %q, %v", line, err)
	}
	cancel()
	if err := p.Close(); err != nil {
		t.Errorf("Close of one that was ended = %v", err)
	}
	if _, err := RealPipe(t.Context(), Command{Path: "/no/such/program"}); err == nil {
		t.Error("a program that is not there was started")
	}
}
