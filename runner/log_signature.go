package runner

import (
	"regexp"
	"strconv"
	"sync"

	"github.com/semadoctor/semadoctor/internal/literals"
)

// A Signature is a line that a runner is known to say, and what it means.
// Signatures are data: the reader of logs looks for them, the report quotes them.
type Signature struct {
	ID    string // "poll-404-e3": stable
	Text  string // stands in every such line; at least ten bytes, so that the search stays fast
	Like  string // a regular expression that matches the line too; its group is an HTTP status; "" when Text is enough
	First Era    // whose runners say it; "" is open
	Last  Era

	Deed   Deed     // "" when it is trouble
	Topic  Topic    // "" when it is none
	Causes []string // ids of the problems that usually explain it, likeliest first; nil: all those of the topic
	Line   string   // one that a runner of that era says, or ends with; for tests and people
}

// Signatures lists them all. Of several that fit a line the first counts.
func Signatures() []Signature {
	var all []Signature
	for _, part := range [...][]Signature{lifeSignatures(), startSignatures(), panicSignatures(), identitySignatures(), answerSignatures(), networkSignatures(), taskSignatures()} {
		all = append(all, part...)
	}
	return all
}

// A catalogue is the signatures made ready to be looked for. It may be used by
// several goroutines.
type catalogue struct {
	signatures []Signature
	confirm    []func() *regexp.Regexp // nil: the text is enough
	texts      *literals.Set
	owners     [][]int // of each text, the signatures that have it
}

// theCatalogue is put together when the first log is read.
var theCatalogue = sync.OnceValue(newCatalogue)

func newCatalogue() *catalogue {
	c := &catalogue{signatures: Signatures()}
	numbers, texts := map[string]int{}, []string(nil)
	for i, s := range c.signatures {
		n, known := numbers[s.Text]
		if !known {
			n = len(texts)
			numbers[s.Text], texts, c.owners = n, append(texts, s.Text), append(c.owners, nil)
		}
		c.owners[n] = append(c.owners[n], i)
		var like func() *regexp.Regexp
		if s.Like != "" {
			like = pattern(s.Like)
		}
		c.confirm = append(c.confirm, like)
	}
	c.texts = literals.New(texts)
	return c
}

// find is the first signature that fits a line, and the HTTP status in it. eras are
// those of all that fit: "connection refused" says any runner, and only some put
// their own words around it.
func (c *catalogue) find(line []byte) (sig *Signature, code int, eras eraPlaces) {
	found, any := c.texts.In(line)
	if !any {
		return nil, 0, eras
	}
	best := len(c.signatures)
	found.Each(func(n int) bool {
		for _, i := range c.owners[n] {
			status, fits := c.fits(i, line)
			if !fits {
				continue
			}
			eras = eras.and(placesOf(&c.signatures[i]))
			if i < best {
				best, code = i, status
			}
		}
		return true
	})
	if best == len(c.signatures) {
		return nil, 0, eras
	}
	return &c.signatures[best], code, eras
}

func (c *catalogue) fits(i int, line []byte) (code int, fits bool) {
	if c.confirm[i] == nil {
		return 0, true
	}
	m := c.confirm[i]().FindSubmatch(line)
	if len(m) > 1 {
		code, _ = strconv.Atoi(string(m[1]))
	}
	return code, m != nil
}
