package host

import (
	"bytes"
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

// maxUnitLine is the longest line systemd reads, continuations included
// (LONG_LINE_MAX, src/basic/fileio.h).
const maxUnitLine = 1 << 20

// parseUnit reads a unit file or a drop-in. As in systemd (conf-parser.c, v252)
// comments are lines that begin with # or ;, also between lines that are
// continued with \; an assignment outside of a section and a line without = are
// passed over, and a section may occur again.
//
// Sections are not looked up: what stands in [Servcie] is found in "Servcie".
func parseUnit(name string, data []byte) ([]UnitEntry, error) {
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return nil, say.Errorf("parse unit file %s: line %d: a NUL byte: %w", name, 1+bytes.Count(data[:i], []byte("\n")), ErrUnit)
	}
	p := unitParser{file: name}
	text := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.TrimPrefix(string(data), "\ufeff"))
	for line := range strings.Lines(text) {
		p.line++
		if err := p.take(strings.TrimSuffix(line, "\n")); err != nil {
			return nil, say.Errorf("parse unit file %s: line %d: %w", name, p.line, err)
		}
	}
	if err := p.assign(); err != nil {
		return nil, say.Errorf("parse unit file %s: line %d: %w", name, p.start, err)
	}
	return p.entries, nil
}

type unitParser struct {
	file    string
	line    int
	section string
	entries []UnitEntry

	parts []string // of a line that goes on
	size  int      // of parts together
	start int      // where they begin
}

// take is one line of the file.
func (p *unitParser) take(line string) error {
	if first := strings.TrimLeft(line, unitBlanks); first != "" && (first[0] == '#' || first[0] == ';') {
		return nil
	}
	if len(p.parts) == 0 {
		p.start = p.line
	}
	if p.size += len(line); p.size > maxUnitLine {
		return say.Errorf("longer than %d bytes: %w", maxUnitLine, ErrUnit)
	}
	if goesOn(line) {
		p.parts = append(p.parts, line[:len(line)-1]+" ")
		return nil
	}
	p.parts = append(p.parts, line)
	return p.assign()
}

// unitBlanks are WHITESPACE of systemd.
const unitBlanks = " \t\n\r"

// goesOn reports whether a line ends with a \ that is not escaped itself.
func goesOn(line string) bool {
	return (len(line)-len(strings.TrimRight(line, `\`)))%2 == 1
}

// assign is parse_line of conf-parser.c, for the parts collected so far.
func (p *unitParser) assign() error {
	line := strings.Trim(strings.Join(p.parts, ""), unitBlanks)
	p.parts, p.size = nil, 0
	if strings.HasPrefix(line, "[") {
		if !strings.HasSuffix(line, "]") {
			return say.Errorf("a section header without its ]: %w", ErrUnit)
		}
		p.section = line[1 : len(line)-1]
		return nil
	}
	key, value, ok := strings.Cut(line, "=")
	if !ok || p.section == "" {
		return nil
	}
	p.entries = append(p.entries, UnitEntry{
		Section: p.section, Key: strings.TrimRight(key, unitBlanks), Value: strings.TrimLeft(value, unitBlanks),
		File: p.file, Line: p.start,
	})
	return nil
}
