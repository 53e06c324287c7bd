package repair

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strconv"

	"github.com/semadoctor/semadoctor/say"
)

// ErrLocked reports that another process is changing things.
var ErrLocked = say.Errorf("the journal is in use")

// Lock keeps the journal for this process until unlock is called or the process
// ends. If another one has it, the error is ErrLocked and says which. What a
// process that was killed has left half written is removed: nobody is at it.
func (j *Journal) Lock() (unlock func() error, err error) {
	dir, err := j.open(true)
	if err != nil {
		return nil, say.Errorf("lock the journal: %w", err)
	}
	defer dir.Close()
	f, err := dir.OpenFile("lock", os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, say.Errorf("lock the journal: %w", err)
	}
	if err = lockFile(f); err == nil {
		err = noteHolder(f)
	} else if errors.Is(err, ErrLocked) {
		err = say.Errorf("%w by process %s", err, holder(f))
	}
	if err != nil {
		f.Close()
		return nil, say.Errorf("lock the journal: %w", err)
	}
	sweepTemps(dir)
	return f.Close, nil // the file stays: removing it would race with the next
}

func noteHolder(f *os.File) error {
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err := f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	return err
}

// holder is the process id in a lock file. The other process may not have
// written it yet.
func holder(f *os.File) string {
	data, _ := io.ReadAll(io.LimitReader(f, 20))
	if pid, err := strconv.Atoi(string(bytes.TrimSpace(data))); err == nil {
		return strconv.Itoa(pid)
	}
	return "(not known yet)"
}
