package fakeserver

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// println is fmt.Println of the real runner: standard output.
func (p *process) println(words ...any) { fmt.Fprintln(p.Stdout, words...) }

// log writes a line as logrus does without a terminal: standard error, fields
// in alphabetical order. fields are names and values in turn, already sorted.
func (p *process) log(level, msg string, fields ...string) {
	if level == "debug" && !p.Debug {
		return
	}
	var b strings.Builder
	fmt.Fprintf(&b, "time=%q level=%s msg=%s", p.Now().Format(time.RFC3339), level, logrusValue(msg))
	for i := 0; i < len(fields); i += 2 {
		fmt.Fprintf(&b, " %s=%s", fields[i], logrusValue(fields[i+1]))
	}
	fmt.Fprintln(p.Stderr, b.String())
}

// unlessDead keeps a terminated process from complaining about its own end.
func (p *process) unlessDead(complain func()) {
	if p.ctx.Err() == nil {
		complain()
	}
}

// actionError is the error line of E4 (JobLogger.ActionError, v2.10.32).
func (p *process) actionError(context, action, text string, err error) {
	p.log("error", err.Error(), "action", action, "context", context, "error", text, "type", "action")
}

// logrusValue quotes what logrus quotes (TextFormatter.needsQuoting, v1.9.3).
func logrusValue(s string) string {
	for _, c := range s {
		plain := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune("-._/@^+", c)
		if !plain {
			return strconv.Quote(s)
		}
	}
	return s
}

// crash ends the process as a Go panic does. The stack is a stand-in: real ones
// differ in every run.
func (p *process) crash(text string) error {
	fmt.Fprintf(p.Stderr, "panic: %s\n\ngoroutine 1 [running]:\nmain.main()\n\t/fake/semaphore/cli/main.go:8 +0xf\n", text)
	return exit(exitPanic)
}

// nilPointer is the crash of a URL that does not parse.
func (p *process) nilPointer() error {
	return p.crash("runtime error: invalid memory address or nil pointer dereference\n" +
		"[signal SIGSEGV: segmentation violation code=0x1 addr=0x18 pc=0x56826c]")
}
