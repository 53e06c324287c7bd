package runner

import "slices"

// A Life is what a log says about a runner. However long the log is, a Life needs
// no more memory: of what is repeated it keeps the first, the last and the number.
type Life struct {
	Lines, Bytes int64   // read
	Known        int64   // lines that say something, as far as anybody knows
	Outside      int64   // of those, left out because they are not between Since and Until
	Undated      int64   // of those, left out because nobody knows whether they are
	From, Until  LogTime // of the lines that were considered
	Eras         EraSpan // whose words these are

	Starts        int64   // of the process
	LastStart     LogTime // zero: not said
	Registrations int64   // new identities that the server has given; not those of 2.9.1 to 2.9.60, where no line tells

	Moments  []Moment  // the first and the last steps, in order
	Left     int64     // moments between those that are kept
	Troubles []Trouble // in the order of LogTopics
	Untold   int64     // lines of trouble of more kinds than are kept
	Tasks    TaskTally
}

// An EraSpan is the eras that words fit to; both "" when nothing tells.
type EraSpan struct {
	First, Last Era
	Says        string // the words that narrowed it most recently: untrusted
	Changed     bool   // there are words of another version before
}

// A Moment is a step in a life, or many of one kind without another between.
type Moment struct {
	From, Until LogTime
	N           int64  // lines
	Deed        Deed   // "" when it is trouble
	Topic       Topic  // "" when it is none
	Code        int    // HTTP status; 0 for none
	Text        string // the first line of trouble: untrusted, may hold secrets
}

// A Trouble is all lines of one topic.
type Trouble struct {
	Topic Topic
	Count
	Told []Told // the first kinds of lines; none where no single line tells
}

// A Count is how many lines, and when.
type Count struct {
	First, Last LogTime
	N           int64 // lines
	Lately      int64 // of those since the last start
	Line        int64 // of the first of them, from 1, over all that was read

	starts int64 // there were when Lately was counted
}

// A Told is all lines of one signature, or of one kind that none knows.
type Told struct {
	Signature *Signature // nil: none knows it
	Code      int        // HTTP status; 0 for none
	Count
	Text string // the first of them: untrusted, may hold secrets

	shape string // of Text, where no signature knows it
}

// A TaskTally is the tasks of a log.
type TaskTally struct {
	Enqueued, Finished, Failed int64
	Again                      int64   // enqueued though it had been within a minute
	Recent                     []Task  // the last ones, in the order in which they were enqueued
	Repeated                   []int64 // numbers of the first tasks that came again
}

// A Task is one run of a task.
type Task struct {
	ID                          int64
	Enqueued, Started, Finished LogTime // zero: no line says so
	State                       TaskState
	Failed                      bool
	Run                         int // 1; more when it has come again
}

// What is kept of what may have no end.
const (
	keptMoments  = 100 // half of them from the beginning
	keptTold     = 20  // kinds of lines of a topic
	keptTasks    = 50
	keptRepeated = 10
)

// Trouble is what there is of a topic, nil if there is nothing.
func (l *Life) Trouble(t Topic) *Trouble {
	i := slices.IndexFunc(l.Troubles, func(x Trouble) bool { return x.Topic == t })
	if i < 0 {
		return nil
	}
	return &l.Troubles[i]
}

// Within reports whether the eras are all between first and last; not when
// nothing tells.
func (s EraSpan) Within(first, last Era) bool {
	return s.First != "" && s.First.Within(first, last) && s.Last.Within(first, last)
}
