package checks

import (
	"net/http"
	"strconv"
	"time"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// ServerError is a 5xx from the server or from what stands in front of it.
var ServerError = &Problem{
	ID: "server-error", Title: "The server is in trouble", Status: Fail,
	Doc:      pageServerError,
	CausedBy: []*Problem{ProxyInterferes, AuthProxy},
}

// whoFails tells Semaphore's own 500 from what a proxy says that does not reach it,
// and from what somebody else means by another status. To what a runner asks, none of
// its handlers gives another 5xx (read in source, 2.9.37 to 2.10.32).
func whoFails(x *runner.Exchange) say.Text {
	switch who := software(x); {
	case x.Status == http.StatusInternalServerError && x.JSONError() != "":
		return say.Textf("Semaphore itself says so: \"%s\". It has trouble with its database.", x.JSONError())
	case !unreachedBehind(x.Status):
		return say.Textf("Of all statuses from 500 on, Semaphore itself gives a runner 500 alone, with {\"error\":\"Unexpected error\"} when its database fails. This answer comes from something in front of it, or in its place: its log or its manual says what it means by %d.", x.Status)
	case who != "":
		return say.Textf("%s says so: a proxy that does not reach Semaphore, waits for it in vain, or keeps everybody out for a while.", who)
	}
	return say.Textf("502, 503 and 504 come from something in front of Semaphore: a proxy that does not reach it, or that keeps everybody out for a while.")
}

// unreachedBehind reports a status of a proxy with nobody behind it who answers.
func unreachedBehind(status int) bool {
	return status == http.StatusBadGateway || status == http.StatusServiceUnavailable || status == http.StatusGatewayTimeout
}

// portal is about a network that lets nobody through before a login (RFC 6585,
// section 6).
func portal(x *runner.Exchange, f *Finding) {
	f.Problem = AuthProxy
	f.Summary = say.Textf("the network between this host and the server wants a login first (%d)", x.Status)
	f.Detail = say.Textf("That is what a network says that lets nobody through before a login, as in a hotel. Semaphore did not get the request.")
	f.Advice = []say.Text{say.Textf("log this host in to the network, or have who runs it let this host through; its answer says where: curl -sS %s", say.Shell(x.URL))}
}

// longestWait is the longest wait that a server is believed to ask for.
const longestWait = 365 * 24 * time.Hour

// leaveAlone is what an answer says about when to ask again, which runners of no
// version heed; zero when it says nothing, or nothing that RFC 9110 allows
// (section 10.2.3).
func leaveAlone(h http.Header) say.Text {
	when := h.Get("Retry-After")
	if n, err := strconv.ParseUint(when, 10, 32); err == nil {
		if wait := time.Duration(n) * time.Second; wait > 0 && wait <= longestWait {
			return say.Textf("it asks to be left alone for %s", seconds(wait))
		}
		return say.Text{}
	}
	if at, err := http.ParseTime(when); err == nil {
		return say.Textf("it asks to be left alone until %s", at.UTC().Format(http.TimeFormat))
	}
	return say.Text{}
}

// tooBusy is about an answer that only says to come back later.
func tooBusy(x *runner.Exchange) error {
	if wait := leaveAlone(x.Header); !wait.IsZero() {
		return CannotTell(nil, "the server answers %d to %s, which is no answer: ask again later (%s)", x.Status, x.URL, wait)
	}
	return CannotTell(nil, "the server answers %d to %s, which is no answer: ask again later", x.Status, x.URL)
}
