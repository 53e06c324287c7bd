package checks

import (
	"strings"

	"github.com/semadoctor/semadoctor/internal/jsondoc"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// ServerOnlyKey is a secret of the server's on the host of a runner.
var ServerOnlyKey = &Problem{
	ID: "server-only-key", Title: "A secret of the server's in the runner's config", Status: Warn,
	Doc: pageServerOnlyKey,
}

// serverSecrets are the values that only a server has a use for, and that open
// something to whoever reads them.
func serverSecrets() []string {
	return strings.Fields(`
		/mysql/pass /postgres/pass /cookie_hash /cookie_encryption /access_key_encryption /option_encryption
		/email_password /ldap_bindpassword /telegram_token /gotify_token /runner_registration_token
		/ha/redis/pass /metrics/password /subscription/key`)
}

// serverRegistration is the registration token as a server has it.
const serverRegistration = "/runner_registration_token"

// serverOnly is one finding about all of them: they came together, and go
// together.
func (k keys) serverOnly() []Finding {
	if !k.onlyRunner() {
		return nil
	}
	f := Finding{
		Problem: ServerOnlyKey,
		Detail:  say.Textf("A runner opens no database and signs no cookie: whoever gets hold of this file has the server's keys as well. The tasks it runs can read it, if they run as its user."),
	}
	var held []string
	var edits []repair.Edit
	for _, p := range serverSecrets() {
		if v := k.c.File.Doc.Find(p); v != nil && v.Kind == jsondoc.String && v.Text != "" {
			held = append(held, runner.Dotted(p))
			if p != serverRegistration || k.cr.Next == runner.Polls { // else it is what somebody will register with
				edits = append(edits, repair.DropKey{File: k.c.File.Path, Pointer: p})
			}
			f.Evidence = append(f.Evidence, Evidence{What: say.Verbatim(runner.Dotted(p)), From: k.c.File.Origin(p, v)})
		}
	}
	if held == nil {
		return nil
	}
	f.Summary = say.Textf("the runner's config %s holds secrets that only a server needs: %s", k.c.File.Path, say.List(held))
	f.Advice = []say.Text{say.Textf("if no server reads %s too, take them out, and let the server have new ones if others could read the file", k.c.File.Path)}
	if len(edits) == len(held) && k.sure() && !k.besideServer() && k.t.feasible(edits...) != nil {
		f.Fix = &repair.Fix{Title: say.Textf("take the server's secrets out of %s: %s", k.c.File.Path, say.List(held)), Edits: edits, Safety: repair.Safe}
		f.Advice = []say.Text{say.Textf("let the server have new ones if others could read the file")}
	}
	return []Finding{f}
}

// besideServer reports whether the server may be on this host, and read this very
// file.
func (k keys) besideServer() bool {
	if _, real, ok := k.t.onHost(k.c.File.Path); k.t.Install.Container != nil && ok && k.t.mountedByOthers(k.c.File.Path, real) {
		return true
	}
	s := runner.NewServer(k.c)
	return s.URL == nil || local(s.URL.Hostname())
}

// onlyRunner reports whether a config is clearly a runner's own: it says where
// the server is or who the runner is, and not that this is a server.
func (k keys) onlyRunner() bool {
	doc := k.c.File.Doc
	r := doc.Get("runner")
	if r == nil || r.Kind != jsondoc.Object || doc.Get("runners") != nil || doc.Get("use_remote_runner") != nil {
		return false
	}
	for _, key := range []string{"api_url", "config_file", "token", "token_file", "private_key_file"} {
		if v := r.Get(key); v != nil && v.Text != "" {
			return true
		}
	}
	return false
}
