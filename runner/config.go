package runner

import (
	"strconv"
	"strings"

	"github.com/semadoctor/semadoctor/internal/jsondoc"
)

// A Config is the effective configuration of a runner: file, then environment,
// then defaults, as its era lays them over each other.
type Config struct {
	File       *File // nil when no file is read
	Install    *Installation
	Version    Version
	Era        Era        // of Version
	Mismatches []Mismatch // values the era's decoder refuses; the runner panics on the first

	texts   map[Name]Value[string]
	secrets map[Name]Value[Secret]
}

// A Mismatch is a value of a type the runner cannot take.
type Mismatch struct {
	Setting Setting
	Got     string // "number", "string" ...; in the environment the text that does not parse
	From    Origin
}

// Text is the effective value of a setting that is no secret; zero when the era
// does not read it.
func (c *Config) Text(n Name) Value[string] { return c.texts[n] }

// Secret is the effective value of a secret setting.
func (c *Config) Secret(n Name) Value[Secret] { return c.secrets[n] }

// Path is a setting that names a file, absolute as the runner means it.
func (c *Config) Path(n Name) Value[string] {
	v := c.texts[n]
	v.V = c.Install.Abs(v.V)
	return v
}

// Truth is a setting that is on or off.
func (c *Config) Truth(n Name) bool { return truth(c.texts[n].V) }

// truth is how Semaphore reads a boolean from text: anything but these is
// false, without an error.
func truth(s string) bool {
	switch strings.ToLower(s) {
	case "1", "true", "yes":
		return true
	}
	return false
}

// Resolve lays file and environment over each other as the version does. f may
// be nil: the runner then has its environment only.
func Resolve(f *File, in *Installation, v Version, secrets *Secrets) *Config {
	c := &Config{File: f, Install: in, Version: v, Era: v.Era, texts: map[Name]Value[string]{}, secrets: map[Name]Value[Secret]{}}
	for _, s := range SettingsOf(v.Era) {
		set := c.fromFile(s)
		c.fromEnv(s, &set)
		if s.Secret {
			c.secrets[s.Name] = Value[Secret]{V: secrets.New(set.V), From: set.From, Shadows: set.Shadows}
			continue
		}
		if set.V == "" { // defaults fill whatever is zero, set or not
			set.V = s.Default
		}
		c.texts[s.Name] = set
	}
	return c
}

func (c *Config) fromFile(s Setting) (v Value[string]) {
	if c.File == nil || c.File.Doc == nil || s.Pointer == "" {
		return v
	}
	node := c.File.Doc.Find(s.Pointer)
	if node == nil || node.Kind == jsondoc.Null {
		return v
	}
	v.From = c.File.Origin(s.Pointer, node)
	if !fits(s.Kind, node) {
		c.Mismatches = append(c.Mismatches, Mismatch{s, string(node.Kind), v.From})
		return v
	}
	if v.V = node.Text; node.Kind == jsondoc.Array || node.Kind == jsondoc.Object {
		v.V = string(c.File.Data[node.Start:node.End])
	}
	return v
}

// fits reports whether encoding/json puts a value into a field of that kind.
func fits(k Kind, v *jsondoc.Value) bool {
	switch k {
	case Text:
		return v.Kind == jsondoc.String
	case Number:
		_, err := strconv.ParseInt(v.Text, 10, 64)
		return v.Kind == jsondoc.Number && err == nil
	case Truth:
		return v.Kind == jsondoc.Bool
	case List:
		return v.Kind == jsondoc.Array
	}
	return v.Kind == jsondoc.Object
}

// fromEnv lays the environment over v. A variable that is set to nothing still
// overrides (observed 2.10.32). Before 2.9.19 only the file counts.
func (c *Config) fromEnv(s Setting, v *Value[string]) {
	env, ok := c.Install.Env[s.Env]
	if !ok || s.Env == "" || !c.Version.readsEnv() {
		return
	}
	if v.Set() {
		v.Shadows = append(v.Shadows, v.From)
	}
	v.V, v.From = env.V, env.From
	v.Shadows = append(v.Shadows, env.Shadows...)
	if s.Kind == Number {
		if _, err := strconv.Atoi(env.V); err != nil {
			c.Mismatches = append(c.Mismatches, Mismatch{s, strconv.Quote(env.V), env.From})
		}
	}
}

// readsEnv reports whether this release reads runner settings from the
// environment at all: from 2.9.19 on (read in source).
func (v Version) readsEnv() bool {
	return v.Major == 0 || num(v.Major, v.Minor, v.Patch) >= num(2, 9, 19)
}
