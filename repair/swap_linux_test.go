package repair

import (
	"errors"
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
