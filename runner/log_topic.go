package runner

// A Topic is what lines of trouble have in common: the id of the problem that
// they are told as. "" is no trouble.
type Topic string

// The topics, in the order in which they are told.
const (
	LogConfigRefused     Topic = "log-config-refused"       // the config cannot be used
	LogWrongCommand      Topic = "log-wrong-command"        // nothing that starts a runner
	LogSetupFails        Topic = "log-setup-fails"          // the image\'s wrapper ends before the runner begins
	LogTokenUnusable     Topic = "log-token-unusable"       // no token, or one that cannot be sent
	LogURLUnusable       Topic = "log-url-unusable"         // an address no request can be sent to
	LogServerUnreachable Topic = "log-server-unreachable"   // no connection
	LogTLSFails          Topic = "log-tls-fails"            // a connection, and no trust
	LogNotSemaphore      Topic = "log-not-semaphore"        // answers that are no answers of Semaphore's
	LogServerErrors      Topic = "log-server-errors"        // 5xx, and other codes of somebody between
	LogRegistrationFails Topic = "log-registration-fails"   // the runner cannot register
	LogIdentityNotStored Topic = "log-identity-not-stored"  // registered, and the token is lost
	LogLoop401           Topic = "log-401-loop"             // polls answered 401
	LogLoop404           Topic = "log-404-loop"             // polls answered 404
	LogLoop400           Topic = "log-400-loop"             // polls answered 400
	LogKeyUnusable       Topic = "log-key-unusable"         // the private key
	LogRunnerPanics      Topic = "log-panic"                // the process dies
	LogTaskRunsAgain     Topic = "log-task-runs-again"      // one task twice within a minute
	LogRegistersAgain    Topic = "log-registers-again"      // two identities in one log
	LogTaskCannotRun     Topic = "log-task-cannot-run"      // of tasks, not of the runner
	LogUnknownError      Topic = "log-unknown-error"        // no signature explains it
	byStatus             Topic = "by the code of an answer" // of a poll: one of those above
	registrationStatus   Topic = "by the code of a refusal" // of a registration
)

// LogTopics lists them all, in the order in which they are told.
func LogTopics() []Topic {
	return []Topic{
		LogConfigRefused, LogWrongCommand, LogSetupFails, LogTokenUnusable, LogURLUnusable, LogServerUnreachable, LogTLSFails, LogNotSemaphore, LogServerErrors,
		LogRegistrationFails, LogIdentityNotStored, LogLoop401, LogLoop404, LogLoop400, LogKeyUnusable, LogRunnerPanics,
		LogTaskRunsAgain, LogRegistersAgain, LogTaskCannotRun, LogUnknownError,
	}
}

// of is the topic of an answer with that code.
func (t Topic) of(code int) Topic {
	switch {
	case t != byStatus && t != registrationStatus:
		return t
	case code >= 500:
		return LogServerErrors
	case t == registrationStatus:
		return LogRegistrationFails
	case code == 401:
		return LogLoop401
	case code == 404:
		return LogLoop404
	case code == 400:
		return LogLoop400
	}
	return LogServerErrors
}

// A Deed is a step in the life of a runner that is no trouble by itself.
type Deed string

// The deeds.
const (
	DeedInstalls   Deed = "installs"   // the image's wrapper installs Python packages
	DeedLaunches   Deed = "launches"   // and then starts the runner
	DeedStarts     Deed = "starts"     // a process reads its config
	DeedTries      Deed = "tries"      // it looks whether it has to register; up to 2.10.25 each start says so
	DeedRegisters  Deed = "registers"  // it asks for an identity
	DeedRegistered Deed = "registered" // 2.9: it has one, from the server or from its file
	DeedWorks      Deed = "works"      // 2.9.64 to 2.10.25: it begins to ask for tasks
	DeedConnected  Deed = "connected"  // from 2.15 or 2.16 on: its first report was accepted
	DeedEnds       Deed = "ends"       // systemd says that the process has ended
)

// A TaskState is how far a task has come.
type TaskState string

// The states of a task, in order.
const (
	TaskEnqueued TaskState = "enqueued"
	TaskDequeued TaskState = "dequeued"
	TaskStarted  TaskState = "started"
	TaskFinished TaskState = "finished"
	TaskRemoved  TaskState = "removed"
)

// A taskStep is a TaskState in an event, of which there are millions.
type taskStep uint8

const (
	noStep taskStep = iota
	stepEnqueued
	stepDequeued
	stepStarted
	stepFinished
	stepRemoved
)

func (s taskStep) state() TaskState {
	return [...]TaskState{"", TaskEnqueued, TaskDequeued, TaskStarted, TaskFinished, TaskRemoved}[s]
}

// A logLevel is how much a line of a log matters.
type logLevel uint8

// The levels of logrus; noLevel is a line that has none.
const (
	noLevel logLevel = iota
	levelTrace
	levelDebug
	levelInfo
	levelWarning
	levelError
	levelFatal
	levelPanic
	levels int = iota
)

// levelOf reads the beginning of a level's name, however it is written.
func levelOf(c byte) logLevel {
	switch c | 0x20 {
	case 't':
		return levelTrace
	case 'd':
		return levelDebug
	case 'i':
		return levelInfo
	case 'w':
		return levelWarning
	case 'e':
		return levelError
	case 'f':
		return levelFatal
	case 'p':
		return levelPanic
	}
	return noLevel
}
