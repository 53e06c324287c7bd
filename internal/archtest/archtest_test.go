package archtest

import (
	"fmt"
	"os"
	"testing"
)

// A rule is one thing that holds everywhere in the module.
type rule struct {
	name string
	why  string
	find func(*tree) []breach
}

// A breach is one place where a rule does not hold.
type breach struct {
	at   string // file:line, from the root of the module
	what string
	do   string
}

func (b breach) String() string { return fmt.Sprintf("%s: %s: %s", b.at, b.what, b.do) }

// rules is the plan of the house.
func rules() []rule {
	return []rule{
		{"layers", "a room that imports only rooms to its left can be read, tested and replaced without those to its right", layers},
		{"libraries", "a library that one package imports can be replaced in one place", libraries},
		{"dot imports", "a name says where it comes from, to a reader and to these rules", dotImports},
		{"disk", "what may change a user's files can be reviewed in one room", disk},
		{"world", "what knows the clock, the environment, the network and other programs only from host can be tested without them", world},
		{"streams", "a library that prints or exits spoils every output format and cannot be embedded", streams},
		{"no init", "what runs before main costs every start, and its order is a hidden contract", noInit},
		{"no state", "a package variable that changes ties tests together and makes a second target see the first", noState},
		{"package comments", "a package that cannot say in a sentence what it is for is two packages", packageComments},
		{"doc comments", "what is exported is a promise, and a promise is written down", docComments},
		{"short files", "nobody can review a change to a file that holds everything", shortFiles},
	}
}

// TestHouse holds every rule against the module.
func TestHouse(t *testing.T) {
	t.Parallel()
	house, err := load(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rules() {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			for _, b := range r.find(house) {
				t.Errorf("%s\n\t(%s)", b, r.why)
			}
		})
	}
}
