package runner

import (
	"slices"
	"time"
)

// againWithin is how soon a task that comes again has not been finished for the
// server: results do not reach it, and it hands the task out with every poll.
const againWithin = time.Minute

// A taskBook follows tasks. It keeps the last ones, and for a minute who was
// enqueued.
type taskBook struct {
	tally   TaskTally
	recent  []Task // a ring once it is full
	next    int
	current int // of recent, the one begun last
	seen    map[int64]seen
}

// seen is when a task was last enqueued, and where it stands in the ring.
type seen struct {
	at   LogTime
	slot int
	run  int
}

// maxSeen bounds the tasks that are remembered.
const maxSeen = 4096

func newTaskBook() taskBook { return taskBook{seen: map[int64]seen{}} }

// task takes an event about a task.
func (c *chronicle) task(e *logEvent) {
	c.settle()
	if c.tasks.add(e) {
		c.troubleOf(LogTaskRunsAgain).count(e.at, e.line, c.life.Starts)
	}
}

// add reports whether a task has come again.
func (b *taskBook) add(e *logEvent) (again bool) {
	if e.state == stepEnqueued {
		return b.enqueue(e)
	}
	t := b.task(e)
	switch e.state {
	case stepStarted:
		t.Started = e.at
	case stepFinished:
		t.Finished, t.Failed = e.at, e.ended
		b.tally.Finished++
		if e.ended {
			b.tally.Failed++
		}
	}
	t.State = e.state.state()
	return false
}

func (b *taskBook) enqueue(e *logEvent) (again bool) {
	was, known := b.seen[e.task]
	if known {
		apart, comparable := e.at.Since(was.at)
		again = !comparable || apart.Abs() <= againWithin
	}
	if again {
		b.tally.Again++
		if len(b.tally.Repeated) < keptRepeated && !slices.Contains(b.tally.Repeated, e.task) {
			b.tally.Repeated = append(b.tally.Repeated, e.task)
		}
	}
	b.tally.Enqueued++
	b.open(Task{ID: e.task, Enqueued: e.at, State: TaskEnqueued, Run: was.run + 1}, e.at)
	return again
}

// task is the run of a task that goes on; one whose beginning the log does not
// have begins here.
func (b *taskBook) task(e *logEvent) *Task {
	if b.current < len(b.recent) && b.recent[b.current].ID == e.task { // most tasks come one by one
		return &b.recent[b.current]
	}
	if s, ok := b.seen[e.task]; ok && b.recent[s.slot].ID == e.task {
		return &b.recent[s.slot]
	}
	return b.open(Task{ID: e.task, Run: 1}, LogTime{})
}

func (b *taskBook) open(t Task, at LogTime) *Task {
	if len(b.seen) >= maxSeen {
		b.forget(at)
	}
	slot := b.next
	if len(b.recent) < keptTasks {
		b.recent = append(b.recent, t)
	} else {
		b.recent[slot] = t
	}
	b.next, b.current = (slot+1)%keptTasks, slot
	b.seen[t.ID] = seen{at, slot, t.Run}
	return &b.recent[slot]
}

// forget drops tasks that were enqueued more than a minute ago; all of them where
// nobody can tell.
func (b *taskBook) forget(now LogTime) {
	for id, s := range b.seen {
		if apart, ok := now.Since(s.at); !ok || apart.Abs() > againWithin {
			delete(b.seen, id)
		}
	}
	if len(b.seen) >= maxSeen {
		clear(b.seen)
	}
}

func (b *taskBook) sum() TaskTally {
	t := b.tally
	t.Repeated = slices.Clone(t.Repeated)
	if len(b.recent) < keptTasks {
		t.Recent = slices.Clone(b.recent)
	} else {
		t.Recent = append(slices.Clone(b.recent[b.next:]), b.recent[:b.next]...)
	}
	return t
}
