package main

import (
	"net/netip"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"
)

// saneTimeServers refuses what names no time server. Asked all the same, it would
// be told as a name that does not resolve, or no server would be asked but this
// host's own.
func saneTimeServers(c *cli.Context) error {
	servers := commas(listOf(c, "ntp"))
	if c.IsSet("ntp") && len(servers) == 0 {
		return usagef("--ntp needs a value")
	}
	for _, s := range servers {
		if !timeServer(s) {
			return usagef("--ntp %s: want HOST, HOST:PORT, or [IPv6]:PORT", harmless(s))
		}
	}
	return nil
}

// timeServer reports whether a text is a HOST or an address, perhaps with a port:
// whether the name exists is the network's to say.
func timeServer(s string) bool {
	if _, err := netip.ParseAddr(s); err == nil {
		return true // also ::1, whose colons lead to no port
	}
	if inner, found := strings.CutPrefix(s, "["); found {
		address, after, closed := strings.Cut(inner, "]")
		_, err := netip.ParseAddr(address)
		port, given := strings.CutPrefix(after, ":")
		return closed && err == nil && (after == "" || given && portNumber(port))
	}
	name, port, given := strings.Cut(s, ":")
	return name != "" && !strings.ContainsAny(name, `/\@?#[]`) && !strings.ContainsFunc(name, blankOrControl) && (!given || portNumber(port))
}

func portNumber(s string) bool {
	n, err := strconv.ParseUint(s, 10, 16)
	return err == nil && n > 0
}

// blankOrControl is what stands in no host name.
func blankOrControl(r rune) bool { return r <= ' ' || r == 0x7f }
