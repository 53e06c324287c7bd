package runner

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// credentialKeys are the settings that give a unit credentials (systemd.exec(5), v257).
func credentialKeys() []string {
	return []string{"LoadCredential", "SetCredential", "LoadCredentialEncrypted", "SetCredentialEncrypted", "ImportCredential"}
}

// credentialStores are where credentials are that are named without a path.
func credentialStores() []string {
	return []string{"/etc/credstore", "/run/credstore", "/usr/local/lib/credstore", "/usr/lib/credstore"}
}

// credentials are files of the unit's own, which its user alone may read. What is in an
// encrypted one nobody can look at.
func (r *unitReader) credentials() {
	owner, dir := r.in.As.Owner(), host.CredentialsDir(r.u.Name)
	first := true
	for _, key := range credentialKeys() {
		for _, e := range r.u.List("Service", key) {
			if first {
				first = false
				r.lay(dir, host.Layer{Kind: host.Empty, Root: host.Info{Mode: 0o500, Owner: owner}, ReadOnly: true, Life: host.UntilStopped})
			}
			r.credential(key, e, dir, owner)
		}
	}
}

func (r *unitReader) credential(key string, e host.UnitEntry, dir string, owner host.Owner) {
	if key == "ImportCredential" {
		r.unseen(say.Textf("the credentials of %s= (line %d of %s) are not looked into", key, e.Line, e.File))
		return
	}
	id, rest, _ := strings.Cut(r.expand(e, e.Value), ":")
	var data []byte
	switch key {
	case "SetCredential":
		data = []byte(rest)
		if words, err := host.SplitWords(rest); err == nil && len(words) == 1 {
			data = []byte(words[0])
		}
	case "LoadCredential":
		if real, ok := r.credentialFile(id, rest, e); ok {
			r.lay(path.Join(dir, id), host.Layer{Kind: host.Bound, Path: real, Owner: &owner, Root: host.Info{Mode: 0o400}, ReadOnly: true, Life: host.UntilStopped})
			return
		}
	}
	sketch := &host.Sketch{Why: say.Textf("what is in the credential %s is not visible from here", id), Known: map[string]host.Drawn{"/": host.DrawnFile(0o400, owner.UID, owner.GID, data)}}
	r.lay(path.Join(dir, id), host.Layer{Kind: host.Bound, From: sketch, Path: "/", ReadOnly: true, Life: host.UntilStopped})
}

// setsCredential reports whether SetCredential= has one for when there is no file.
func (r *unitReader) setsCredential(id string) bool {
	return slices.ContainsFunc(append(r.u.List("Service", "SetCredential"), r.u.List("Service", "SetCredentialEncrypted")...), func(e host.UnitEntry) bool {
		return strings.HasPrefix(e.Value, id+":")
	})
}

// credentialFile is the file that a credential is loaded from; false where it is none of
// this machine's files, or cannot be looked at.
func (r *unitReader) credentialFile(id, from string, e host.UnitEntry) (string, bool) {
	names := []string{from}
	if from == "" {
		names = nil
		for _, store := range credentialStores() {
			names = append(names, path.Join(store, id))
		}
	} else if !path.IsAbs(from) {
		return "", false // of the manager's own credentials
	}
	for _, name := range names {
		real, err := host.Resolve(r.files, path.Clean(name))
		if err == nil {
			_, err = r.files.Lstat(real)
		}
		switch {
		case err == nil:
			return real, true
		case !errors.Is(err, fs.ErrNotExist):
			return "", false
		}
	}
	if from != "" && !r.setsCredential(id) {
		r.fault(e, "243/CREDENTIALS", say.Textf("%s=%s: the path is not there", e.Key, from))
	}
	return "", false
}
