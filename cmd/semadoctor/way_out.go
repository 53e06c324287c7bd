package main

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/say"
)

// wayOut is what somebody can do about a repair that could not write; zero when
// nothing is known to help.
func wayOut(err error, as host.Identity) say.Text {
	if !errors.Is(err, fs.ErrPermission) || as.Root() {
		return say.Text{}
	}
	return say.Textf("run it as root, or as a user who may write there: this was done as %s", as)
}

// withWayOut is an error with what to do about it behind it.
func withWayOut(err error) error {
	if hint := wayOut(err, host.Self()); !hint.IsZero() {
		return say.Errorf("%w; %s", err, hint)
	}
	return err
}

// byHand shows what taking a repair back would do, where somebody has changed its
// files since: which of both changes is to stay, only a person can say.
func (a *app) byHand(e *repair.Entry, lang say.Lang) {
	secrets := newSecrets(false)
	mask := func(_ string, data []byte) []byte { return secrets.Mask(data) }
	fmt.Fprintf(a.Stderr, "%s\n\n%s\n", a.safe(say.Textf("somebody has changed what %s had made, and nothing is taken back over that; this is what it would take, to be done by hand:", e.ID).In(lang)), repair.Diff(lang, e.Plan.Undo(), mask))
}
