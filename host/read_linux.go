package host

import (
	"errors"
	"path"

	"golang.org/x/sys/unix"
)

// readPlain is readRegular of the machine itself with half of the system calls:
// package os asks whether it could wait for a file that is never waited for, and
// reads in pieces, because it does not know how long a file is.
func readPlain(name string) ([]byte, error) {
	var st unix.Stat_t
	if err := regular(retry(func() error { return unix.Stat(name, &st) }), &st); err != nil {
		return nil, err
	}
	return readOpened(name, 0)
}

// readSeen implements seenReader. Should there be a link by now, it is looked at
// where that leads before anything is opened.
func (o OS) readSeen(name string) ([]byte, error) {
	if o.Root != "" || !path.IsAbs(name) {
		return o.ReadFile(name)
	}
	data, err := readOpened(o.local(name), unix.O_NOFOLLOW)
	if errors.Is(err, unix.ELOOP) {
		return o.ReadFile(name)
	}
	return data, named("read", name, err)
}

// readOpened opens what was seen to be a regular file, and looks again at what it
// has opened.
func readOpened(name string, flags int) ([]byte, error) {
	fd := -1
	err := retry(func() (err error) {
		fd, err = unix.Open(name, unix.O_RDONLY|unix.O_NONBLOCK|unix.O_CLOEXEC|unix.O_LARGEFILE|flags, 0)
		return err
	})
	if err != nil {
		return nil, err
	}
	defer unix.Close(fd) //nolint:errcheck // only read from
	var st unix.Stat_t
	if err := regular(retry(func() error { return unix.Fstat(fd, &st) }), &st); err != nil {
		return nil, err
	}
	return readAll(fd, st.Size)
}

// regular demands what wantRegular does.
func regular(err error, st *unix.Stat_t) error {
	switch {
	case err != nil:
		return err
	case st.Mode&unix.S_IFMT != unix.S_IFREG:
		return ErrNotRegular
	case st.Size > MaxFile:
		return ErrTooLarge
	}
	return nil
}

// readAll reads to the end. One that is where the size said it would be needs no
// second look; that of a file in /proc is 0, and says nothing. There is room for
// one byte more, to see that a file has grown.
func readAll(fd int, size int64) ([]byte, error) {
	room := size + 1
	if size == 0 {
		room = 512
	}
	data := make([]byte, 0, room)
	for {
		n := 0
		err := retry(func() (err error) {
			n, err = unix.Read(fd, data[len(data):cap(data)])
			return err
		})
		if err != nil {
			return nil, err
		}
		data = data[:len(data)+n]
		switch {
		case len(data) > MaxFile:
			return nil, ErrTooLarge
		case n == 0, size > 0 && int64(len(data)) == size:
			return data, nil
		case len(data) == cap(data):
			data = append(data, 0)[:len(data)]
		}
	}
}

// retry repeats what a signal interrupted.
func retry(call func() error) error {
	for {
		if err := call(); !errors.Is(err, unix.EINTR) {
			return err
		}
	}
}
