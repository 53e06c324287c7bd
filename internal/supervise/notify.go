package supervise

import (
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"
)

// A Manager is the service manager that started us, if it wants to be told how it
// goes: sd_notify(3). A nil Manager is one that does not.
type Manager struct {
	socket string
	every  time.Duration
}

// NewManager reads what a service manager has put into the environment, for the
// process with that id.
func NewManager(env map[string]string, pid int) *Manager {
	socket := env["NOTIFY_SOCKET"]
	if socket == "" || socket[0] != '/' && socket[0] != '@' {
		return nil // also what is not a Unix socket, which a virtual machine may have
	}
	m := &Manager{socket: socket}
	usec, err := strconv.ParseInt(env["WATCHDOG_USEC"], 10, 64)
	mine := env["WATCHDOG_PID"] == "" || env["WATCHDOG_PID"] == strconv.Itoa(pid)
	if err == nil && usec > 0 && mine {
		m.every = time.Duration(usec) * time.Microsecond / 2 // as sd_watchdog_enabled(3) recommends
	}
	return m
}

// Variables are those that are meant for us, and for nobody whom we start.
func Variables() []string { return []string{"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"} }

// Watchdog is how often the manager wants a sign of life; 0: it wants none.
func (m *Manager) Watchdog() time.Duration {
	if m == nil {
		return 0
	}
	return m.every
}

// tellPatience is how long a manager may take to make room for what it is told.
const tellPatience = time.Second

// Tell sends some lines, like READY=1. A manager that does not listen is none:
// the runner works without it.
func (m *Manager) Tell(lines ...string) error {
	if m == nil {
		return nil
	}
	c, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: m.socket, Net: "unixgram"})
	if err != nil {
		return fmt.Errorf("notify the service manager: %w", err)
	}
	defer c.Close()
	_ = c.SetWriteDeadline(time.Now().Add(tellPatience)) // the kernel blocks while the queue is full
	if _, err = c.Write([]byte(strings.Join(lines, "\n"))); err != nil {
		return fmt.Errorf("notify the service manager: %w", err)
	}
	return nil
}
