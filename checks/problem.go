// Package checks finds out what is wrong with a runner, and what is merely its
// consequence.
package checks

// A Problem is one thing that can be wrong. Problems are documented where they
// are declared; "explain", the catalogue pages and its test read this one place.
type Problem struct {
	ID     string // "path-collision": stable for ever, never used for anything else
	Title  string // "Config and state share one file"
	Doc    string // Markdown: what it means by era, how it is decided, what to do by hand, sources
	Status Status // Fail or Warn, unless the finding says otherwise

	// CausedBy lists the problems that explain this one: if one of them was
	// found on the same target, this one is its symptom.
	CausedBy []*Problem
}

func (p *Problem) String() string { return p.ID }
