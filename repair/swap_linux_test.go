package repair

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"testing"
)

// Whoever writes between our look and the rename finds what they wrote.
func TestStoreGivesBackWhatHasChanged(t *testing.T) {
	t.Parallel()
	m, root := newMachine(t)
	file := func(data string) *Snapshot { return &Snapshot{Data: []byte(data), Mode: 0o600, Owner: ours()} }
	seen, theirs := file("seen"), file("theirs")
	mustStore(t, m, "/f", theirs)
	p, err := m.open("/f")
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	n, err := p.look()
	if err != nil {
		t.Fatal(err)
	}
	defer n.Close()
	for name, store := range map[string]func() error{
		"replace":  func() error { return p.replace(seen, file("ours")) },
		"exchange": func() error { return p.exchange(seen, file("ours")) },
		"rewrite":  func() error { return n.rewrite(seen, file("ours")) },
		"turn":     func() error { return p.turn(n, seen, file("ours")) },
	} {
		if err := store(); !errors.Is(err, ErrChanged) {
			t.Errorf("%s() = %v, want ErrChanged", name, err)
		}
		if now, err := m.Load("/f"); err != nil || !same(now, theirs) {
			t.Errorf("after %s() there is %+v, %v", name, now, err)
		}
		wantNoTemp(t, root)
	}
	if err := os.Remove(root + "/f"); err != nil {
		t.Fatal(err)
	}
	if err := p.replace(seen, file("ours")); err == nil {
		t.Error("replace() of what is gone succeeded")
	}
	wantNoTemp(t, root)
}

// TestGiveBackLosesNoSave: somebody saves again and again while we give back what
// they saved before. What they saved last is at the name in the end.
func TestGiveBackLosesNoSave(t *testing.T) {
	t.Parallel()
	file := func(data string) *Snapshot { return &Snapshot{Data: []byte(data), Mode: 0o600, Owner: ours()} }
	for saves := range mostExchanges {
		name, aside, saved := file("ours"), file("save 0"), 0
		s := swapping{
			exchange: func() error {
				if saved < saves { // in the moment before
					saved++
					name = file(fmt.Sprint("save ", saved))
				}
				name, aside = aside, name
				return nil
			},
			aside: func() (*Snapshot, error) { return aside, nil },
		}
		err := s.giveBack(aside, file("ours"))
		last := fmt.Sprint("save ", saves)
		if !errors.Is(err, ErrChanged) {
			t.Errorf("%d saves: giveBack() = %v, want ErrChanged", saves, err)
		}
		if string(name.Data) != last {
			t.Errorf("after %d saves %q is at the name and %q aside", saves, name.Data, aside.Data)
		}
	}
}

// Where the last word is not known, both are kept.
func TestGiveBackUnsettled(t *testing.T) {
	t.Parallel()
	looks := map[string]func() (*Snapshot, error){
		"somebody who does not stop": func() (*Snapshot, error) { return &Snapshot{Data: []byte(rand.Text())}, nil },
		"what cannot be looked at":   func() (*Snapshot, error) { return nil, errSymlink },
	}
	for name, look := range looks {
		s := swapping{exchange: func() error { return nil }, aside: look}
		if err := s.giveBack(nil, &Snapshot{}); !errors.Is(err, errUnsettled) || errors.Is(err, ErrChanged) {
			t.Errorf("%s: giveBack() = %v, want errUnsettled", name, err)
		}
	}
}
