package checks

import (
	"strings"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// speaksHTTP2 recognises the first words of HTTP/2 in what Go says of them: a frame of
// settings, of kind 4, without flags and of no stream (RFC 9113, section 6.5).
func speaksHTTP2(err error) bool {
	_, begin, found := strings.Cut(err.Error(), `malformed HTTP response "\x00\x00`)
	const length = len(`\x12`) // at most
	at := strings.Index(begin, `\x04\x00\x00\x00\x00\x00`)
	return found && at > 0 && at <= length
}

// onlyHTTP2 is about a port for HTTP/2 without TLS. The runner would speak it with TLS
// alone.
func onlyHTTP2(p *runner.Probe) Finding {
	return Finding{
		Problem: ConnectionFailed, Stays: true,
		Summary: say.Textf("%s speaks HTTP/2 alone, and the runner speaks HTTP/1.1 to an http:// URL", dialled(p)),
		Detail:  say.Textf("The runner says \"malformed HTTP response\" at every attempt, and gets no tasks."),
		Advice:  []say.Text{say.Textf("have that port speak HTTP/1.1, too (in nginx: no http2 in a listen without ssl), or name another one in %s", setter(p.Server.Given.From))},
	}
}
