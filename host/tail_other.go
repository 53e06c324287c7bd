//go:build !linux

package host

import "time"

// watchFile looks once a second: what tells of changes is another thing on every
// other system.
func watchFile(string) (<-chan struct{}, func(), error) {
	ticker := time.NewTicker(time.Second)
	wake, done := make(chan struct{}), make(chan struct{})
	go func() {
		for {
			select {
			case <-ticker.C:
			case <-done:
				return
			}
			select {
			case wake <- struct{}{}:
			case <-done:
				return
			}
		}
	}()
	return wake, func() { ticker.Stop(); close(done) }, nil
}
