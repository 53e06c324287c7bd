package report

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strconv"
	"strings"
)

// A spot is the place of a finding for programs that show it beside a file.
type spot struct {
	file string // "" when there is none
	line int    // from 1; 0 when nobody knows it
}

// spotOf is the file and the line of the first evidence that has them, else the
// beginning of the config.
func spotOf(t Target, f Finding) spot {
	for _, e := range f.Evidence {
		switch {
		case e.File != "" && e.Line > 0:
			return spot{e.File, e.Line}
		case e.File != "" && t.Config == "": // a log, of which nobody knows the line
			return spot{e.File, 0}
		case e.File != "":
			return spot{e.File, 1}
		}
	}
	if t.Config == "" {
		return spot{}
	}
	return spot{t.Config, 1}
}

// A Base is the directory that the paths of a repository are relative to; "" when
// there is none.
type Base string

// relative is a path as it is seen from the base; ok is false when it lies
// elsewhere, and then it stays as it is.
func (b Base) relative(path string) (rel string, ok bool) {
	path, dir := slashes(path), strings.TrimSuffix(slashes(string(b)), "/")
	if b == "" || !strings.HasPrefix(path, dir+"/") {
		return path, !absolute(path)
	}
	return path[len(dir)+1:], true
}

// slashes writes a path of Windows as the others.
func slashes(path string) string {
	if len(path) > 2 && path[1] == ':' && path[2] == '\\' {
		return strings.ReplaceAll(path, `\`, "/")
	}
	return path
}

func absolute(path string) bool {
	return strings.HasPrefix(path, "/") || len(path) > 2 && path[1:3] == ":/"
}

// uri is a path as a relative reference, or as a URL.
func (b Base) uri(path string) string {
	rel, ok := b.relative(path)
	switch {
	case ok:
		return (&url.URL{Path: rel}).String()
	case strings.HasPrefix(rel, "/"):
		return (&url.URL{Scheme: "file", Path: rel}).String()
	}
	return (&url.URL{Scheme: "file", Path: "/" + rel}).String()
}

// A prints gives findings names that are the same on every run: what was found,
// on which target and in which file, and neither words nor lines.
type prints struct{ seen map[[16]byte]int }

// of is the fingerprint of a finding. The second that is alike gets another one.
func (p *prints) of(id, target, file string) string {
	key := strings.Join([]string{id, target, file}, "\x00")
	sum := printOf(key)
	if p.seen == nil {
		p.seen = map[[16]byte]int{}
	}
	n := p.seen[sum]
	p.seen[sum] = n + 1
	if n > 0 {
		sum = printOf(key + "\x00" + strconv.Itoa(n))
	}
	return hex.EncodeToString(sum[:])
}

func printOf(key string) [16]byte {
	sum := sha256.Sum256([]byte(key))
	return [16]byte(sum[:16])
}
