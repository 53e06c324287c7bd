package host

import (
	"net"
	"path"
	"slices"
	"strings"
)

// NTPServers are the servers that the time service of this host is configured
// to ask, from the files of systemd-timesyncd, chrony, ntpd and ntpsec: HOST or
// HOST:PORT, each once; nil when there are none. That a file is there does not
// say that its service runs, and what timesyncd asks by default is not in any.
func NTPServers(files Files) []string {
	found := timesyncd(files)
	for _, name := range append([]string{"/etc/chrony/chrony.conf", "/etc/chrony.conf"}, list(files, "/etc/chrony/sources.d", ".sources")...) {
		found = append(found, chrony(files, name)...)
	}
	for _, name := range []string{"/etc/ntp.conf", "/etc/ntpsec/ntp.conf"} {
		found = append(found, ntpd(files, name)...)
	}
	var once []string
	for _, s := range found {
		if !slices.Contains(once, s) {
			once = append(once, s)
		}
	}
	return once
}

// timesyncd reads timesyncd.conf(5) and its drop-ins. FallbackNTP= comes last;
// an assignment adds to those before it, an empty one takes them back.
func timesyncd(files Files) []string {
	set := map[string][]string{}
	for _, name := range append([]string{"/etc/systemd/timesyncd.conf"}, list(files, "/etc/systemd/timesyncd.conf.d", ".conf")...) {
		section := ""
		for _, line := range lines(files, name, "#;") {
			if strings.HasPrefix(line, "[") {
				section = line
			}
			key, value, ok := strings.Cut(line, "=")
			if key = strings.TrimSpace(key); !ok || section != "[Time]" {
				continue
			}
			servers := strings.Fields(value)
			if set[key] = append(set[key], servers...); len(servers) == 0 {
				set[key] = nil
			}
		}
	}
	return append(set["NTP"], set["FallbackNTP"]...)
}

// chrony reads the sources of chrony.conf(5), with their "port" option.
func chrony(files Files, name string) (servers []string) {
	for _, line := range lines(files, name, "#%;!") {
		f := strings.Fields(line)
		if !isSource(f) {
			continue
		}
		server := f[1]
		if i := slices.Index(f[2:], "port"); i >= 0 && i+3 < len(f) {
			server = net.JoinHostPort(server, f[i+3])
		}
		servers = append(servers, server)
	}
	return servers
}

// ntpd reads the sources of ntp.conf(5), but no reference clocks, which have
// addresses in 127.127.
func ntpd(files Files, name string) (servers []string) {
	for _, line := range lines(files, name, "#") {
		f := strings.Fields(line)
		f = slices.DeleteFunc(f, func(s string) bool { return s == "-4" || s == "-6" })
		if isSource(f) && !strings.HasPrefix(f[1], "127.127.") {
			servers = append(servers, f[1])
		}
	}
	return servers
}

func isSource(fields []string) bool {
	return len(fields) > 1 && slices.Contains([]string{"server", "pool", "peer"}, strings.ToLower(fields[0]))
}

// list is the files in dir with a suffix, in the order of their names.
func list(files Files, dir, suffix string) (names []string) {
	all, _ := files.ReadDir(dir) // that there is none is usual
	for _, name := range all {
		if strings.HasSuffix(name, suffix) {
			names = append(names, path.Join(dir, name))
		}
	}
	return names
}

// lines reads a file if it is there, without blank lines and those that begin
// with one of comments.
func lines(files Files, name, comments string) (lines []string) {
	data, _ := files.ReadFile(name) // that there is none is usual
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.Contains(comments, line[:1]) {
			lines = append(lines, line)
		}
	}
	return lines
}
