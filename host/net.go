package host

import (
	"context"
	"net"
	"time"
)

// A Net is the network and the clock of a machine. Tests put their own in.
type Net struct {
	Dial   func(ctx context.Context, network, addr string) (net.Conn, error) // never nil
	Now    func() time.Time                                                  // never nil
	Kernel func() (KernelClock, error)                                       // how the kernel keeps Now; nil: nobody can say
}

// RealNet is the network and the clock of this host.
func RealNet() Net {
	return Net{
		Dial:   (&net.Dialer{}).DialContext,
		Now:    time.Now,
		Kernel: kernelClock,
	}
}
