package repair

import (
	"errors"
	"os"
	"testing"

	"golang.org/x/sys/unix"
)

// While a file is written in place nobody opens it, to read or to write.
func TestAlone(t *testing.T) {
	t.Parallel()
	m, root := newMachine(t)
	mustStore(t, m, "/f", &Snapshot{Data: []byte("old"), Mode: 0o600, Owner: ours()})
	f, err := os.OpenFile(root+"/f", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	release := alone(f)
	if kind, err := unix.FcntlInt(f.Fd(), unix.F_GETLEASE, 0); err != nil || kind != unix.F_WRLCK {
		t.Skipf("this file system has no leases: %d, %v", kind, err)
	}
	for _, flags := range []int{os.O_RDONLY, os.O_WRONLY} {
		if other, err := os.OpenFile(root+"/f", flags|unix.O_NONBLOCK, 0); !errors.Is(err, unix.EWOULDBLOCK) {
			other.Close()
			t.Errorf("somebody else opens the file: %v", err)
		}
	}
	if data, err := content(f); err != nil || string(data) != "old" {
		t.Errorf("content() = %q, %v", data, err)
	}
	release()
	other, err := os.OpenFile(root+"/f", os.O_RDWR|unix.O_NONBLOCK, 0)
	if err != nil {
		t.Fatalf("after release: %v", err)
	}
	defer other.Close()
	alone(f)() // somebody has it open: then without
}
