package host

import (
	"errors"

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
	fd := -1
	err := retry(func() (err error) {
		fd, err = unix.Open(name, unix.O_RDONLY|unix.O_NONBLOCK|unix.O_CLOEXEC|unix.O_LARGEFILE, 0)
		return err
	})
	if err != nil {
		return nil, err
	}
	defer unix.Close(fd) //nolint:errcheck // only read from
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
// second look; that of a file in /proc is 0, and says nothing.
func readAll(fd int, size int64) ([]byte, error) {
	data := make([]byte, 0, size+512)
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
