package checks

import (
	"fmt"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// MomentWords are what a moment in the life of a runner is.
func MomentWords(m runner.Moment) say.Text {
	switch m.Deed {
	case runner.DeedInstalls:
		return say.Textf("the image's wrapper installs Python packages")
	case runner.DeedLaunches:
		return say.Textf("the image's wrapper starts the runner")
	case runner.DeedStarts:
		return say.Textf("a process starts")
	case runner.DeedTries:
		return say.Textf("it looks whether it has to register")
	case runner.DeedRegisters:
		return say.Textf("it asks the server for an identity")
	case runner.DeedRegistered:
		return say.Textf("it has an identity, from the server or from its file")
	case runner.DeedWorks:
		return say.Textf("it begins to ask for tasks")
	case runner.DeedConnected:
		return say.Textf("the server accepts its reports")
	case runner.DeedEnds:
		return say.Textf("systemd says that the process has ended")
	}
	if m.Code != 0 && (m.Topic == runner.LogServerErrors || m.Topic == runner.LogRegistrationFails) {
		return say.Textf("%s (status %v)", plainWords(m.Topic), m.Code)
	}
	return plainWords(m.Topic)
}

// summary is what lines of one topic say, and when.
func summary(l *runner.Life, t runner.Trouble) say.Text {
	if t.Topic == runner.LogRegistersAgain {
		return say.Textf("the runner has registered %d times%s", l.Registrations, lastly(t.Last))
	}
	return say.Textf("%s: %s", topicWords(l, t), when(t.Count))
}

// topicWords is what is wrong, in one sentence.
func topicWords(l *runner.Life, t runner.Trouble) say.Text {
	switch t.Topic {
	case runner.LogServerErrors, runner.LogRegistrationFails:
		if c := codes(t); !c.IsZero() {
			return say.Textf("%s (status %v)", plainWords(t.Topic), c)
		}
	case runner.LogTaskRunsAgain:
		return say.Textf("task %s is handed out again within a minute", say.List(l.Tasks.Repeated))
	case runner.LogUnknownError:
		if l.Untold > 0 {
			return say.Textf("at least %d kinds of errors that semadoctor does not know", len(t.Told))
		}
		if len(t.Told) == 1 {
			return say.Textf("an error that semadoctor does not know")
		}
		return say.Textf("%d kinds of errors that semadoctor does not know", len(t.Told))
	}
	return plainWords(t.Topic)
}

// lastly is when something was said last, if the log tells.
func lastly(t runner.LogTime) say.Text {
	if t.IsZero() {
		return say.Text{}
	}
	return say.Textf(", the last time %s", t)
}

// wordless is the evidence where no single line is.
func wordless(l *runner.Life, t runner.Trouble) say.Text {
	if t.Topic == runner.LogTaskRunsAgain {
		return say.Textf("%d times a task was enqueued, %d of them again", l.Tasks.Enqueued, l.Tasks.Again)
	}
	if t.Topic == runner.LogSetupFails {
		return say.Verbatim("Installing additional python dependencies")
	}
	return say.Verbatim("Registering a new runner")
}

// plainWords are those of topics that need no number.
func plainWords(t runner.Topic) say.Text {
	switch t {
	case runner.LogConfigRefused:
		return say.Textf("the runner cannot use its config")
	case runner.LogWrongCommand:
		return say.Textf("the command starts no runner: it prints help, does not know its words, or cannot be run")
	case runner.LogSetupFails:
		return say.Textf("the container ends before the runner begins: Python packages cannot be installed")
	case runner.LogTokenUnusable:
		return say.Textf("the runner has no token that it can send")
	case runner.LogURLUnusable:
		return say.Textf("the runner cannot use the address of its server")
	case runner.LogServerUnreachable:
		return say.Textf("the runner does not reach its server")
	case runner.LogTLSFails:
		return say.Textf("TLS with the server fails")
	case runner.LogNotSemaphore:
		return say.Textf("the answers are none of Semaphore's runner API")
	case runner.LogServerErrors:
		return say.Textf("the server, or what stands before it, answers with an error")
	case runner.LogRegistrationFails:
		return say.Textf("the runner cannot register")
	case runner.LogIdentityNotStored:
		return say.Textf("the runner has registered and cannot store its token")
	case runner.LogLoop401:
		return say.Textf("the server answers the runner 401")
	case runner.LogLoop404:
		return say.Textf("the server answers the runner 404")
	case runner.LogLoop400:
		return say.Textf("the server answers the runner 400")
	case runner.LogKeyUnusable:
		return say.Textf("the runner cannot use its private key")
	case runner.LogRunnerPanics:
		return say.Textf("the runner dies")
	case runner.LogTaskCannotRun:
		return say.Textf("tasks cannot be run")
	}
	return say.Verbatim(string(t))
}

// codes are the HTTP statuses of some lines; zero when they name none.
func codes(t runner.Trouble) say.Text {
	var all []string
	seen := map[int]bool{}
	for _, l := range t.Told {
		if l.Code != 0 && !seen[l.Code] {
			seen[l.Code] = true
			all = append(all, fmt.Sprint(l.Code))
		}
	}
	return say.List(all)
}

// when is how often something was said, and from when to when.
func when(c runner.Count) say.Text {
	switch {
	case c.N == 1 && c.First.IsZero():
		return say.Textf("once")
	case c.N == 1:
		return say.Textf("once, %s", c.First)
	case c.First.IsZero() || c.Last.IsZero():
		return say.Textf("%d times", c.N)
	case c.First == c.Last:
		return say.Textf("%d times, %s", c.N, c.First)
	}
	return say.Textf("%d times, %s to %s", c.N, c.First, c.Last)
}

// continued is whether it goes on since the last start.
func continued(l *runner.Life, t runner.Trouble) say.Text {
	switch {
	case l.Starts < 2:
		return say.Text{}
	case t.Lately == 0:
		return say.Textf("Not since the runner was last started.")
	case t.Lately == t.N:
		return say.Textf("Only since the runner was last started.")
	}
	return say.Textf("Since the runner was last started, too: %d of %d.", t.Lately, t.N)
}
