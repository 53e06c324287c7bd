package host

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"sync"
	"time"

	"github.com/beevik/ntp"
)

// NTPTimeout is how long one server may take, its name's address included.
const NTPTimeout = 3 * time.Second

// Why an answer does not tell the time, for errors.Is.
var (
	ErrNTPForeign = ntp.ErrServerResponseMismatch              // it is to another question
	ErrNTPInvalid = errors.New("the answer is not to be used") // by its own words, stale or too far from its source
)

// NTPOptions are for tests and impatient callers. The zero value is for real.
type NTPOptions struct {
	Timeout time.Duration // of one server, retry included; 0 is NTPTimeout
	// Dial connects to a server; nil is net.Dialer. With other than a
	// *net.UDPConn the kernel's receive times are not to be had.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// NTPAnswer is what one server says about our clock.
type NTPAnswer struct {
	Server string // as it was asked for
	// Offset is positive if the server's clock is ahead of ours, that is, ours
	// is slow. Add it to our time to get the server's.
	Offset time.Duration
	// Bound is how far off Offset can be: the root distance, half the way to the
	// primary source and back plus the dispersion along it.
	Bound          time.Duration
	RTT            time.Duration // to the server and back
	Stratum        uint8         // 1 has a clock of its own; 0 and 16 have none
	Unsynchronised bool          // the server does not claim to know the time
	Kiss           string        // it refuses to answer, and why: "RATE", "DENY" (RFC 5905, section 7.4)
	Err            error         // it did not answer, or nonsense
}

// Good reports whether the answer tells the time.
func (a NTPAnswer) Good() bool { return a.Err == nil && !a.Unsynchronised && a.Kiss == "" }

// AskNTP asks all servers side by side, each HOST or HOST:PORT, and returns
// their answers in the same order.
func AskNTP(ctx context.Context, servers []string, opt NTPOptions) []NTPAnswer {
	answers := make([]NTPAnswer, len(servers))
	var all sync.WaitGroup
	for i, server := range servers {
		all.Go(func() { answers[i] = askOne(ctx, server, opt) })
	}
	all.Wait()
	return answers
}

// askOne asks a second time after a bad packet, for beevik/ntp gives up on the
// first, and after half of the time without an answer, for packets get lost. Who
// answers, be it a kiss of death, is not asked again.
func askOne(ctx context.Context, server string, opt NTPOptions) NTPAnswer {
	if opt.Timeout == 0 {
		opt.Timeout = NTPTimeout
	}
	ctx, cancel := context.WithTimeoutCause(ctx, opt.Timeout, fmt.Errorf("no answer within %v: %w", opt.Timeout, context.DeadlineExceeded))
	defer cancel()
	r, err := queryEarly(ctx, server, opt)
	if err != nil && !settled(err) && ctx.Err() == nil {
		r, err = query(ctx, server, opt)
	}
	if err != nil {
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		return NTPAnswer{Server: server, Err: fmt.Errorf("ask %s for the time: %w", server, err)}
	}
	return answerOf(server, r)
}

// queryEarly is a question that leaves half of the time for another.
func queryEarly(ctx context.Context, server string, opt NTPOptions) (*ntp.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, opt.Timeout/2)
	defer cancel()
	r, err := query(ctx, server, opt)
	if err != nil && ctx.Err() != nil {
		err = ctx.Err()
	}
	return r, err
}

// settled reports an error that a second question would not mend: nobody is
// there, or there is no way.
func settled(err error) bool {
	var network net.Error
	return errors.As(err, &network) && !network.Timeout()
}

// query is one question. Its connection is closed at the end of ctx, for
// beevik/ntp has no context.
func query(ctx context.Context, server string, opt NTPOptions) (*ntp.Response, error) {
	dial := opt.Dial
	if dial == nil {
		dial = new(net.Dialer).DialContext
	}
	over := func() bool { return true }
	defer func() { over() }()
	return ntp.QueryWithOptions(server, ntp.QueryOptions{
		Timeout: 2 * opt.Timeout, // never before that of ctx
		Dialer: func(_, address string) (net.Conn, error) {
			conn, err := dial(ctx, "udp", address)
			if err == nil {
				over = context.AfterFunc(ctx, func() { conn.Close() })
			}
			return conn, err
		},
	})
}

// answerOf reads a response. That a server is not synchronised must be seen
// first: Validate calls it a kiss of death, for its stratum is 0 as well.
func answerOf(server string, r *ntp.Response) NTPAnswer {
	a := NTPAnswer{
		Server: server, Offset: r.ClockOffset, RTT: r.RTT, Stratum: r.Stratum,
		Bound: max(r.RootDistance, r.RTT/2), Kiss: r.KissCode,
	}
	starting := []string{"INIT", "STEP"} // kisses of ntpd before it knows the time
	switch {
	case a.Kiss != "":
		a.Unsynchronised = slices.Contains(starting, a.Kiss)
	case r.Leap == ntp.LeapNotInSync, r.Stratum >= 16:
		a.Unsynchronised = true
	default:
		if err := r.Validate(); err != nil {
			a.Err = fmt.Errorf("ask %s for the time: %w", server, invalid{err})
		}
	}
	return a
}

// invalid is why an answer is not to be used, in beevik/ntp's words.
type invalid struct{ error }

func (invalid) Is(target error) bool { return target == ErrNTPInvalid }
func (e invalid) Unwrap() error      { return e.error }
