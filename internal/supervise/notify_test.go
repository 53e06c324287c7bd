//go:build unix

package supervise

import (
	"net"
	"path/filepath"
	"testing"
	"time"
)

func TestManager(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		env   map[string]string
		none  bool
		every time.Duration
	}{
		{"nobody", nil, true, 0},
		{"a manager", map[string]string{"NOTIFY_SOCKET": "/run/x"}, false, 0},
		{"with a watchdog", map[string]string{"NOTIFY_SOCKET": "@x", "WATCHDOG_USEC": "4000000", "WATCHDOG_PID": "7"}, false, 2 * time.Second},
		{"a watchdog for anybody", map[string]string{"NOTIFY_SOCKET": "@x", "WATCHDOG_USEC": "4000000"}, false, 2 * time.Second},
		{"a watchdog for another", map[string]string{"NOTIFY_SOCKET": "@x", "WATCHDOG_USEC": "4000000", "WATCHDOG_PID": "8"}, false, 0},
		{"nonsense", map[string]string{"NOTIFY_SOCKET": "@x", "WATCHDOG_USEC": "soon"}, false, 0},
		{"not a Unix socket", map[string]string{"NOTIFY_SOCKET": "vsock:2:1"}, true, 0},
	}
	for _, tt := range tests {
		m := NewManager(tt.env, 7)
		if (m == nil) != tt.none || m.Watchdog() != tt.every {
			t.Errorf("%s: %+v, watchdog %s", tt.name, m, m.Watchdog())
		}
	}
}

func TestManagerTell(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "s")
	c, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: name, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	m := NewManager(map[string]string{"NOTIFY_SOCKET": name}, 1)
	if err := m.Tell("READY=1", "STATUS=well"); err != nil {
		t.Fatal(err)
	}
	b := make([]byte, 100)
	if n, err := c.Read(b); err != nil || string(b[:n]) != "READY=1\nSTATUS=well" {
		t.Errorf("the manager got %q, %v", b[:n], err)
	}
	if err := NewManager(map[string]string{"NOTIFY_SOCKET": "/none"}, 1).Tell("READY=1"); err == nil {
		t.Error("nobody listens, and that is no error")
	}
	if err := (*Manager)(nil).Tell("READY=1"); err != nil {
		t.Errorf("no manager at all: %v", err)
	}
}
