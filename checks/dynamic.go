package checks

import (
	"fmt"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/say"
)

// unfix takes away repairs and commands that would give files to a user who has no number
// to write down: systemd makes one up at every start (DynamicUser=), or it is not known.
func unfix(as host.Identity, fs []Finding) {
	gives := func(e repair.Edit) bool {
		switch e := e.(type) {
		case repair.MakeDir:
			return e.Owner.UID == as.UID
		case repair.WriteNew:
			return e.Owner.UID == as.UID
		case repair.Chown:
			return e.Owner.UID == as.UID
		}
		return false
	}
	instead := say.Textf("with DynamicUser= no file can be given to the runner: let systemd make its directory with StateDirectory=, or hand it a file of root's with LoadCredential=")
	numbers := []string{fmt.Sprint(as.UID)}
	if as.Unknown != nil {
		instead = say.Textf("write the user as numbers, UID:GID: then semadoctor can say what to give to it")
		numbers = []string{as.Owner().String(), "-o -1", "chgrp -1"}
	}
	named := func(a say.Text) bool {
		return slices.ContainsFunc(numbers, func(n string) bool { return strings.Contains(a.String(), n) })
	}
	for i := range fs {
		f := &fs[i]
		before := len(f.Advice)
		f.Advice = slices.DeleteFunc(f.Advice, named)
		useless := f.Fix != nil && slices.ContainsFunc(f.Fix.Edits, gives)
		if useless {
			f.Fix = nil
		}
		if useless || len(f.Advice) < before {
			f.Advice = append(f.Advice, instead)
		}
	}
}
