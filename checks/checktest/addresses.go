package checktest

import (
	"context"
	"fmt"
	"net"
	"net/http/httptrace"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// address is one of those that the server has.
type address struct {
	ip    netip.Addr
	fault string // "refused" or "silent"; "" is the way of the whole server
}

// slow reports whether a case waits for somebody who says nothing.
func (c *Case) slow() bool {
	for _, a := range c.Addresses {
		if a.fault == "silent" {
			return true
		}
	}
	return strings.Contains(c.NTP, "silent") || c.Server == "silent" || c.Server == "hang" ||
		strings.Contains(c.Server, " stuck") || strings.Contains(c.Server, "proxy=silent") || strings.Contains(c.Server, "proxy=hang")
}

// address reads "IP [refused|silent]".
func (c *Case) address(s string) error {
	ip, fault, _ := strings.Cut(s, " ")
	a, err := netip.ParseAddr(ip)
	if err == nil && fault != "" && fault != "refused" && fault != "silent" {
		err = fmt.Errorf("an address is not %q", fault)
	}
	c.Addresses = append(c.Addresses, address{a, fault})
	return err
}

// ownAddress is the server's when the case names none, proxyAddress the proxy's.
func ownAddress() netip.Addr   { return netip.AddrFrom4([4]byte{10, 0, 0, 7}) }
func proxyAddress() netip.Addr { return netip.AddrFrom4([4]byte{10, 0, 0, 8}) }

// resolve is the addresses of a name, and whether it had to be looked up.
func (n *network) resolve(name string) (all []address, looked bool) {
	if ip, err := netip.ParseAddr(name); err == nil {
		return []address{{ip: ip}}, false
	}
	switch {
	case name == "proxy.test":
		return []address{{ip: proxyAddress()}}, true
	case len(n.addresses) > 0:
		return n.addresses, true
	}
	return []address{{ip: ownAddress()}}, true
}

// connect is the network's dialer. It tells a trace what net.Dialer would.
func (n *network) connect(ctx context.Context, proto, addr string) (net.Conn, error) {
	name, port, _ := net.SplitHostPort(addr)
	if strings.HasPrefix(proto, "udp") {
		return n.udp(ctx, name)
	}
	d, trace := n.dial[addr], traceOf(ctx)
	all, looked := n.resolve(name)
	if !looked {
		d = n.dial["semaphore.test:"+port]
	}
	if looked {
		trace.DNSStart(httptrace.DNSStartInfo{Host: name})
		if d == nil {
			err := &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
			trace.DNSDone(httptrace.DNSDoneInfo{Err: err})
			return nil, &net.OpError{Op: "dial", Net: proto, Err: err}
		}
		trace.DNSDone(httptrace.DNSDoneInfo{Addrs: ips(all)})
	}
	if d == nil {
		d = refuse
	}
	return d.first(ctx, trace, all, port)
}

// first goes to one address after the other; to a silent one it goes on waiting.
func (d dialer) first(ctx context.Context, trace *httptrace.ClientTrace, all []address, port string) (net.Conn, error) {
	var first error
	silent := false
	for _, a := range all {
		to := netip.AddrPortFrom(a.ip, number(port))
		trace.ConnectStart("tcp", to.String())
		way := map[string]dialer{"": d, "refused": refuse}[a.fault]
		if a.fault == "silent" && len(all) > 1 {
			silent = true
			continue
		} else if way == nil {
			way = swallow
		}
		conn, err := way(ctx, to)
		trace.ConnectDone("tcp", to.String(), err)
		if err == nil {
			return named{conn, net.TCPAddrFromAddrPort(to)}, nil
		}
		if first == nil {
			first = err
		}
	}
	if silent {
		<-ctx.Done()
	}
	if first == nil {
		return swallow(ctx, netip.AddrPortFrom(all[0].ip, number(port)))
	}
	return nil, first
}

// named is a connection to an address that this host cannot have.
type named struct {
	net.Conn
	remote net.Addr
}

func (c named) RemoteAddr() net.Addr { return c.remote }

func number(port string) uint16 {
	n, _ := strconv.ParseUint(port, 10, 16)
	return uint16(n)
}

func ips(all []address) (ips []net.IPAddr) {
	for _, a := range all {
		ips = append(ips, net.IPAddr{IP: a.ip.AsSlice()})
	}
	return ips
}

// traceOf is the trace of a context, with every hook in it that is used here.
func traceOf(ctx context.Context) *httptrace.ClientTrace {
	t := httptrace.ClientTrace{}
	if given := httptrace.ContextClientTrace(ctx); given != nil {
		t = *given
	}
	if t.ConnectStart == nil { // somebody's who looks at other things
		t.DNSStart, t.DNSDone = func(httptrace.DNSStartInfo) {}, func(httptrace.DNSDoneInfo) {}
		t.ConnectStart, t.ConnectDone = func(_, _ string) {}, func(_, _ string, _ error) {}
	}
	return &t
}

// A dialer makes a connection to one address.
type dialer func(ctx context.Context, at netip.AddrPort) (net.Conn, error)

func to(addr string) dialer {
	return func(context.Context, netip.AddrPort) (net.Conn, error) { return net.Dial("tcp", addr) }
}

func refuse(_ context.Context, at netip.AddrPort) (net.Conn, error) {
	return nil, &net.OpError{Op: "dial", Net: "tcp", Addr: net.TCPAddrFromAddrPort(at), Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
}

func swallow(ctx context.Context, at netip.AddrPort) (net.Conn, error) {
	<-ctx.Done()
	return nil, &net.OpError{Op: "dial", Net: "tcp", Addr: net.TCPAddrFromAddrPort(at), Err: ctx.Err()}
}
