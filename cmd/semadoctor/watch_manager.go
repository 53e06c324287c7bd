//go:build unix

package main

import (
	"fmt"
	"os"
	"time"

	"github.com/semadoctor/semadoctor/say"
)

// status tells the service manager, if there is one, how it goes: systemctl status
// shows it.
func (w *watcher) status(t say.Text) { w.manage("STATUS=" + w.safe(t.In(w.lang))) }

// manage sends some lines to the service manager. One that does not listen is told
// nothing: the runner works without it.
func (w *watcher) manage(lines ...string) { _ = w.manager.Tell(lines...) }

// becomeReady tells the service manager once that the runner polls and is accepted.
// MAINPID is this process, also where a shell around it was started: its exit code
// is the runner's.
func (w *watcher) becomeReady() {
	w.ready.Do(func() { w.manage("READY=1", fmt.Sprintf("MAINPID=%d", os.Getpid())) })
}

// watchdog gives signs of life, as often as the manager wants, until the result is
// called. It stays silent when a restart would help, so that there is one.
func (w *watcher) watchdog() (end func()) {
	every := w.manager.Watchdog()
	if every == 0 {
		return func() {}
	}
	ticker, done := time.NewTicker(every), make(chan struct{})
	go func() {
		for {
			if !w.state.restartHelps() {
				w.manage("WATCHDOG=1")
			}
			select {
			case <-ticker.C:
			case <-done:
				return
			}
		}
	}()
	return func() {
		ticker.Stop()
		close(done)
	}
}
