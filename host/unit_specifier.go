package host

import (
	"path"
	"strings"
)

// Expand fills in the specifiers of a unit (systemd.unit(5), v252). %h, %u and
// %U are those of the unit's manager, which is root's for the system, and not of
// User=. Those that the files do not tell stay as they are, and are returned.
func (u *Unit) Expand(files Files, s string) (out string, unknown []string) {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "%")
		b.WriteString(before)
		if !ok {
			return b.String(), unknown
		}
		if rest == "" {
			b.WriteByte('%')
			return b.String(), unknown
		}
		value, ok := u.specifier(files, rest[0])
		if !ok {
			value, unknown = "%"+rest[:1], append(unknown, "%"+rest[:1])
		}
		b.WriteString(value)
		s = rest[1:]
	}
}

func (u *Unit) specifier(files Files, letter byte) (value string, ok bool) {
	if value, ok = u.named(letter); ok {
		return value, true
	}
	if u.Manager != nil && strings.ContainsRune("huUgGstCESL", rune(letter)) {
		return u.Manager.specifier(files, letter)
	}
	if value, ok = fixedSpecifiers()[letter]; ok {
		return value, true
	}
	if file, ok := map[byte]string{
		'H': "/etc/hostname", 'l': "/etc/hostname", 'm': "/etc/machine-id",
		'v': "/proc/sys/kernel/osrelease", 'b': "/proc/sys/kernel/random/boot_id",
	}[letter]; ok {
		value, ok = firstLine(files, file)
		switch letter {
		case 'l':
			value, _, _ = strings.Cut(value, ".")
		case 'b':
			value = strings.ReplaceAll(value, "-", "")
		}
		return value, ok
	}
	return "", false
}

// named are the specifiers that come from the unit's name.
func (u *Unit) named(letter byte) (string, bool) {
	last := u.Prefix()[strings.LastIndexByte(u.Prefix(), '-')+1:]
	switch letter {
	case 'n':
		return u.Name, true
	case 'N':
		return u.Stem(), true
	case 'p':
		return u.Prefix(), true
	case 'P':
		return unescapeUnit(u.Prefix()), true
	case 'i':
		return u.Instance(), true
	case 'I':
		return unescapeUnit(u.Instance()), true
	case 'j':
		return last, true
	case 'J':
		return unescapeUnit(last), true
	case 'f':
		what := u.Instance()
		if what == "" {
			what = u.Prefix()
		}
		return path.Join("/", unescapeUnit(what)), true
	case 'd':
		return CredentialsDir(u.Name), true
	case 'y':
		return u.Path, true
	case 'Y':
		return path.Dir(u.Path), true
	}
	return "", false
}

// CredentialsDir is where a unit finds its credentials: %d.
func CredentialsDir(unit string) string { return path.Join("/run/credentials", unit) }

// fixedSpecifiers are the same for all units of the system.
func fixedSpecifiers() map[byte]string {
	return map[byte]string{
		'%': "%", 'h': "/root", 'u': "root", 'U': "0", 'g': "root", 'G': "0", 's': "/bin/sh",
		't': "/run", 'S': "/var/lib", 'C': "/var/cache", 'L': "/var/log", 'E': "/etc", 'T': "/tmp", 'V': "/var/tmp",
	}
}

func firstLine(files Files, name string) (string, bool) {
	data, err := ReadThrough(files, name)
	line, _, _ := strings.Cut(string(data), "\n")
	return strings.TrimSpace(line), err == nil && strings.TrimSpace(line) != ""
}

// unescapeUnit undoes systemd-escape: a dash is a slash, \xHH a byte.
func unescapeUnit(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '-':
			b.WriteByte('/')
		case s[i] == '\\' && i+3 < len(s) && s[i+1] == 'x':
			text, _ := cEscape(s[i+1:])
			b.WriteString(text)
			i += 3
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}
