package main

import "time"

// watchTimes are how long a watcher waits for what.
type watchTimes struct {
	settle  time.Duration // the runner's first poll comes a second after its start
	doubt   time.Duration // how long it may go on complaining while the server would accept it
	eager   time.Duration // least time between two looks
	patient time.Duration // and the most, while the runner is not accepted
	pulse   time.Duration // between two looks while all is well
	silent  time.Duration // the same for a runner that does not say when it is refused
	steady  time.Duration // a runner that ran so long is started again at once
	backoff time.Duration // before the second start in a row; each is twice the one before
	longest time.Duration // up to this
}

func usualTimes() watchTimes {
	return watchTimes{
		settle: 1500 * time.Millisecond, doubt: 5 * time.Second, eager: time.Second, patient: 3 * time.Second,
		pulse: 30 * time.Second, silent: 3 * time.Second,
		steady: time.Minute, backoff: time.Second, longest: time.Minute,
	}
}
