package host

import (
	"bufio"
	"encoding/hex"
	"io"
	"net/netip"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
)

// descriptors counts what the process has open, and where its connections lead.
// What cannot be counted is left out: only a number accuses.
func (p proc) descriptors(q *Process) {
	q.Connections = -1
	names, err := p.files.ReadDir(path.Join(p.dir, "fd"))
	if err != nil {
		return
	}
	q.Open, q.MaxOpen = len(names), p.maxOpen()
	sockets := map[string]bool{}
	for _, n := range names {
		if s, err := p.link(path.Join("fd", n)); err == nil && strings.HasPrefix(s, "socket:[") {
			sockets[strings.Trim(s, "socket:[]")] = true
		}
	}
	remotes := map[string]int{}
	for _, table := range []string{"net/tcp", "net/tcp6"} {
		err := eachLine(p.files, path.Join(p.dir, table), func(line string) { count(remotes, sockets, line) })
		if err != nil && table == "net/tcp" { // there may be no IPv6
			return
		}
	}
	q.Remotes = remotes
	q.Remote, q.Connections = most(remotes)
}

// maxOpen is the soft limit of "Max open files" in /proc/N/limits; 0 when there
// is none.
func (p proc) maxOpen() int {
	data, err := p.files.ReadFile(path.Join(p.dir, "limits"))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(data)) {
		if rest, ok := strings.CutPrefix(line, "Max open files"); ok {
			n, _ := strconv.Atoi(first(strings.Fields(rest))) // "unlimited" is 0
			return n
		}
	}
	return 0
}

func first(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return words[0]
}

// Connections that are held, as /proc/net/tcp numbers their states
// (net/tcp_states.h): established, or closed by the other end alone.
const established, closeWait = "01", "08"

// count adds a line of the table up if it is about one of some sockets, by where it
// leads.
func count(remotes map[string]int, sockets map[string]bool, line string) {
	f := strings.Fields(line)
	if len(f) < 10 || !sockets[f[9]] || f[3] != established && f[3] != closeWait {
		return
	}
	if a, ok := address(f[2]); ok {
		remotes[a.String()]++
	}
}

// maxTable is how much of such a table is read, in bytes: all sockets of a machine
// are in it, and MaxFile are not more than 7,000.
const maxTable = 256 << 20

// eachLine reads a file line by line. That of a machine may be as long as maxTable.
func eachLine(files Files, name string, each func(line string)) error {
	if long, ok := files.(interface {
		eachLine(name string, each func(line string)) error
	}); ok {
		return long.eachLine(name, each)
	}
	data, err := files.ReadFile(name)
	for line := range strings.Lines(string(data)) {
		each(line)
	}
	return err
}

// eachLine is ReadFile of what is longer than a file of a runner's may be.
func (o OS) eachLine(name string, each func(line string)) error {
	if o.Root != "" { // no process is looked at there
		return eachLine(struct{ Files }{o}, name, each)
	}
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(io.LimitReader(f, maxTable))
	for lines.Scan() {
		each(lines.Text())
	}
	return lines.Err()
}

// address reads "0100007F:0BB8". The kernel writes the words of an address as
// this machine keeps numbers; all that runners are built for keep them little
// end first, but for s390x, where an address is shown the wrong way round.
func address(s string) (netip.AddrPort, bool) {
	ip, port, _ := strings.Cut(s, ":")
	raw, err := hex.DecodeString(ip)
	n, perr := strconv.ParseUint(port, 16, 16)
	if err != nil || perr != nil || len(raw)%4 != 0 {
		return netip.AddrPort{}, false
	}
	for i := 0; i < len(raw); i += 4 {
		slices.Reverse(raw[i : i+4])
	}
	a, ok := netip.AddrFromSlice(raw)
	return netip.AddrPortFrom(a.Unmap(), uint16(n)), ok
}

// most is the address with the most connections, the first of equals.
func most(remotes map[string]int) (where string, n int) {
	for a, c := range remotes {
		if c > n || c == n && a < where {
			where, n = a, c
		}
	}
	return where, n
}
