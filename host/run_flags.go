package host

import (
	"slices"
	"strings"
)

// A RunWord is one word of a command that makes a container, and where it stands.
type RunWord struct {
	Text string
	At   Place
}

// A runFlag is one flag of "run", by its long name, with its value.
type runFlag struct {
	name, value string
	at          Place
}

// runSwitches are the flags of "docker run" and "podman run" that take no value, or
// one behind = only (docker 28, podman 5.5). All others take the next word.
func runSwitches() []string {
	return []string{
		"detach", "disable-content-trust", "env-host", "help", "http-proxy", "init", "interactive", "latest", "no-healthcheck",
		"no-hostname", "no-hosts", "oom-kill-disable", "passwd", "privileged", "publish-all", "quiet", "read-only", "read-only-tmpfs",
		"replace", "rm", "rmi", "rootfs", "sig-proxy", "tls-verify", "tty", "unsetenv-all", "use-api-socket",
	}
}

// longFlag is the long name of a flag of one letter; "" where it is none that matters
// here.
func longFlag(letter byte) string {
	return map[byte]string{
		'd': "detach", 'i': "interactive", 't': "tty", 'P': "publish-all", 'q': "quiet",
		'e': "env", 'v': "volume", 'u': "user", 'w': "workdir",
	}[letter]
}

// runFlags takes the flags off the words of "run". What is left is the image with its
// command.
func runFlags(words []RunWord) (flags []runFlag, rest []RunWord) {
	for len(words) > 0 && len(words[0].Text) > 1 && words[0].Text[0] == '-' {
		word := words[0]
		words = words[1:]
		if word.Text == "--" {
			break
		}
		found, wants := oneWord(word)
		if wants && len(words) > 0 {
			found[len(found)-1].value, words = words[0].Text, words[1:]
		}
		flags = append(flags, found...)
	}
	return flags, words
}

// oneWord are the flags of one word; the last of them may want the next word.
func oneWord(word RunWord) (found []runFlag, wants bool) {
	if long, ok := strings.CutPrefix(word.Text, "--"); ok {
		name, value, inline := strings.Cut(long, "=")
		if name == "net" {
			name = "network"
		}
		return []runFlag{{name, value, word.At}}, !inline && !slices.Contains(runSwitches(), name)
	}
	for i := 1; i < len(word.Text); i++ {
		name := longFlag(word.Text[i])
		f := runFlag{name: name, at: word.At}
		if name != "" && slices.Contains(runSwitches(), name) {
			if value, inline := strings.CutPrefix(word.Text[i+1:], "="); inline {
				f.value = value
				return append(found, f), false
			}
			found = append(found, f)
			continue
		}
		f.value = strings.TrimPrefix(word.Text[i+1:], "=")
		return append(found, f), i+1 == len(word.Text)
	}
	return found, false
}

// on reports whether a flag without a value, or with that of a boolean, is on.
func (f runFlag) on() bool { return f.value == "" || UnitTruth(f.value) }
