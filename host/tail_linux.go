package host

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// watchFile tells when something happens in the directories of a file. Which file
// it was is not looked at: one look too many costs less than a name that was
// missed.
func watchFile(name string) (<-chan struct{}, func(), error) {
	fd, err := unix.InotifyInit1(unix.IN_CLOEXEC | unix.IN_NONBLOCK)
	if err != nil {
		return nil, nil, fmt.Errorf("watch %s: %w", name, err)
	}
	events := os.NewFile(uintptr(fd), "inotify") // that blocks in the runtime's poller, and not in a thread
	for _, dir := range placesOf(name) {
		if _, err := unix.InotifyAddWatch(fd, dir, unix.IN_MODIFY|unix.IN_CREATE|unix.IN_MOVED_TO|unix.IN_MOVED_FROM|unix.IN_DELETE); err != nil {
			events.Close()
			return nil, nil, fmt.Errorf("watch %s: %w", dir, err)
		}
	}
	wake := make(chan struct{}, 1)
	go func() {
		buf := make([]byte, 64*(unix.SizeofInotifyEvent+unix.NAME_MAX+1))
		for {
			if _, err := events.Read(buf); err != nil {
				return // closed
			}
			select {
			case wake <- struct{}{}:
			default: // who waits has not looked yet
			}
		}
	}()
	return wake, func() { events.Close() }, nil
}
