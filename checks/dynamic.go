package checks

import (
	"slices"
	"strconv"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/say"
)

// unfix takes away repairs and commands that would give files to a user whom
// systemd makes up at every start (DynamicUser=).
func unfix(fs []Finding) {
	gives := func(e repair.Edit) bool {
		switch e := e.(type) {
		case repair.MakeDir:
			return e.Owner.UID == host.DynamicUID
		case repair.WriteNew:
			return e.Owner.UID == host.DynamicUID
		case repair.Chown:
			return e.Owner.UID == host.DynamicUID
		}
		return false
	}
	number := strconv.Itoa(host.DynamicUID)
	for i := range fs {
		f := &fs[i]
		before := len(f.Advice)
		f.Advice = slices.DeleteFunc(f.Advice, func(a say.Text) bool { return strings.Contains(a.String(), number) })
		useless := f.Fix != nil && slices.ContainsFunc(f.Fix.Edits, gives)
		if useless {
			f.Fix = nil
		}
		if useless || len(f.Advice) < before {
			f.Advice = append(f.Advice, say.Textf("with DynamicUser= no file can be given to the runner: let systemd make its directory with StateDirectory=, or hand it a file of root's with LoadCredential="))
		}
	}
}
