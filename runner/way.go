package runner

import (
	"time"

	"github.com/semadoctor/semadoctor/say"
)

// A Step is what is done on the way to a server, from the first to the last.
type Step string

// The steps. The words are for reports that programs read, too.
const (
	StepResolve Step = "resolve" // a name into addresses
	StepConnect Step = "connect" // to one address
	StepProxy   Step = "proxy"   // through a proxy, asked with CONNECT or by SOCKS
	StepTLS     Step = "tls"     // the handshake
	StepHTTP    Step = "http"    // a request, until its answer has been read
)

// A Layer is one step of a way, as it went.
type Layer struct {
	Step Step
	To   string        // the name that was looked up, the address, or who was spoken to
	Got  []string      // what came of it: addresses, the version of TLS, a status
	Took time.Duration // until it was done, or given up
	Err  error         // why it was not; ErrSilent when nothing at all came
}

// ErrSilent is what became of a step of which nothing was heard.
var ErrSilent = say.Errorf("no answer")

// A Way is the steps that one request took, in the order in which they began.
// A connection that was kept has its last step only.
type Way []Layer

// Of lists the layers of one step.
func (w Way) Of(s Step) (all Way) {
	for _, l := range w {
		if l.Step == s {
			all = append(all, l)
		}
	}
	return all
}

// Last is the step that the way came to; "" when not even one was begun. Of a
// request without an answer it is the one that broke.
func (w Way) Last() Step {
	if len(w) == 0 {
		return ""
	}
	return w[len(w)-1].Step
}

// Tunnelled reports whether a proxy has said that it made a tunnel.
func (w Way) Tunnelled() bool {
	all := w.Of(StepProxy)
	return len(all) > 0 && all[len(all)-1].Err == nil
}

// Addresses are those that names on the way resolved to.
func (w Way) Addresses() (all []string) {
	for _, l := range w.Of(StepResolve) {
		all = append(all, l.Got...)
	}
	return all
}
