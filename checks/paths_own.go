package checks

import (
	"bytes"
	"path"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
)

// The paths in a config are the word of whoever can write it, often the runner
// itself, and a repair is done by root: what it gives to the runner must be a
// runner's by its place and by its content, or "fix" hands out the system.

// named are the directories in which one called after Semaphore is a runner's.
func named() []string { return []string{"/etc", "/opt", "/srv", "/var/lib", "/usr/local/etc"} }

// barred are the places where nothing is a runner's, whatever they look like:
// /usr but for /usr/local/etc/semaphore.
func barred() []string {
	return []string{"/root", "/boot", "/proc", "/sys", "/dev", "/usr", "/var/spool"}
}

// mayHave reports whether real, all links followed, is where a runner's files
// are: in its home, in a directory that belongs to it, or below one that is
// called after Semaphore.
func (t *Target) mayHave(config, real string) bool {
	return t.dedicated(config, real) || !off(real) && t.owns(path.Dir(real))
}

// mayMake reports whether the missing directory real may be made for the
// runner. Root would make it itself, and gains nothing.
func (t *Target) mayMake(config, real string) bool {
	return t.Install.As.Root() || t.dedicated(config, real) || !off(real) && t.owns(t.existing(real))
}

// dedicated reports whether real is, or is in, a directory that is a runner's by
// its name. The homes are taken
// as they are spelt: one that is a link leads to where its owner likes.
func (t *Target) dedicated(config, real string) bool {
	for _, dir := range named() {
		if sub, ok := strings.CutPrefix(real, dir+"/"); ok && strings.HasPrefix(sub, "semaphore") && (strings.Contains(sub, "/") || !t.isFile(real)) {
			return true
		}
	}
	for _, home := range homesFor(config) {
		if within(real, home) && !off(real) {
			return true
		}
	}
	return false
}

func (t *Target) isFile(name string) bool {
	info, err := t.Files.Lstat(name)
	return err == nil && !info.Mode.IsDir()
}

// off reports whether real is in a place where nothing is a runner's.
func off(real string) bool {
	for _, dir := range barred() {
		if within(real, dir) {
			return true
		}
	}
	return false
}

func within(name, dir string) bool { return name == dir || strings.HasPrefix(name, dir+"/") }

// owns reports whether dir is a directory of the runner's user.
func (t *Target) owns(dir string) bool {
	info, err := t.Files.Lstat(dir)
	return err == nil && info.Mode.IsDir() && info.Owner.UID == t.Install.As.UID
}

// existing is the nearest directory above name that is there.
func (t *Target) existing(name string) string {
	for name != "/" {
		name = path.Dir(name)
		if _, err := t.Files.Lstat(name); err == nil {
			break
		}
	}
	return name
}

// pathVouched reports whether somebody else than the runner says that a path is its own: its
// user cannot write the config that names it.
func (t *Target) pathVouched(c *runner.Config, u runner.Value[string]) bool {
	return u.From.Env != "" || c.File == nil || !host.CanWrite(t.Files, c.File.Path, t.Install.As).OK()
}

// configPath is the path of the config; "" when there is none.
func configPath(c *runner.Config) string {
	if c.File == nil {
		return ""
	}
	return c.File.Path
}

// keepsIdentity reports whether a file of size bytes is a runner's state or
// token, or will be one: empty, or what is left of a state. Data that could not
// be read is nothing to go by.
func keepsIdentity(data []byte, size int64) bool {
	if len(data) == 0 {
		return size == 0
	}
	text := bytes.TrimSpace(data)
	_, state := runner.StateIn(data)
	return state || len(text) == 0 || remains(data) || runner.TokenShape(string(text))
}

// keepsConfig reports whether a file is a config, or will be one when its
// syntax is mended.
func keepsConfig(f *runner.File) bool {
	if f.Err == nil {
		return f.Doc != nil
	}
	mended, _ := mendJSON(f.Data)
	return mended != nil
}

// keepsSecret reports whether what stands at a use's path is what the use says.
func (t *Target) keepsSecret(c *runner.Config, cr *runner.Credential, u runner.Use, real string, info host.Info) bool {
	switch u.Role {
	case runner.ConfigRole:
		return keepsConfig(c.File)
	case runner.StateRole, runner.TokenRole:
		return keepsIdentity(cr.Data, info.Size)
	}
	data, err := t.Files.ReadFile(real)
	if u.Role == runner.KeyRole {
		return err == nil && isKey(data)
	}
	return err == nil && !bytes.Contains(bytes.TrimSpace(data), []byte("\n")) // a registration token: any one line
}
