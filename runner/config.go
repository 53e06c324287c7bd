package runner

import (
	"slices"
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
	Broken     []Broken   // values that break their setting's rule; the runner panics on the first

	texts   kept[string] // without those that are not set and have no default
	secrets kept[Secret] // as texts
	uses    []Use        // nil until it is resolved
}

// kept are the values of settings, each name once. They are so few that to compare
// names takes less than a map.
type kept[T any] []named[T]

type named[T any] struct {
	name  Name
	value Value[T]
}

func (k kept[T]) of(n Name) Value[T] {
	for i := range k {
		if k[i].name == n {
			return k[i].value
		}
	}
	return Value[T]{}
}

// A Mismatch is a value of a type the runner cannot take.
type Mismatch struct {
	Setting Setting
	Got     string // "number", "string" ...; in the environment the text that does not parse, but for objects
	From    Origin
}

// Broken is a value that its setting's rule does not allow.
type Broken struct {
	Setting Setting
	Value   Value[string] // "" with a zero origin: nobody set one, and there is no default
}

// Text is the effective value of a setting that is no secret; zero when the era
// does not read it.
func (c *Config) Text(n Name) Value[string] { return c.texts.of(n) }

// Secret is the effective value of a secret setting.
func (c *Config) Secret(n Name) Value[Secret] { return c.secrets.of(n) }

// Path is a setting that names a file, absolute as the runner means it.
func (c *Config) Path(n Name) Value[string] {
	v := c.Text(n)
	v.V = c.Install.Abs(v.V)
	return v
}

// Editable reports whether there is a config file in JSON, of which a repair at a
// server may fill in a part when it has it.
func (c *Config) Editable() bool { return c.File != nil && !c.File.YAML }

// Calls is what somebody who sets up this runner calls a setting: its key, or
// its variable where there is no file.
func (c *Config) Calls(s Setting) string {
	if c.File == nil && s.Env != "" {
		return s.Env
	}
	return s.Key()
}

// Truth is a setting that is on or off.
func (c *Config) Truth(n Name) bool { return truth(c.Text(n).V) }

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
	c := &Config{File: f, Install: in, Version: v, Era: v.Era, texts: make(kept[string], 0, 8)}
	doc := c.document()
	for _, s := range SettingsOf(v.Era) {
		set := c.fromFile(doc, s)
		c.fromEnv(s, &set)
		c.keep(s, set, secrets)
	}
	c.uses = slices.Clip(c.findUses())
	secrets.Usual(in.As.Name, in.Dir)
	for _, u := range c.Uses() {
		secrets.Usual(u.Path.V)
	}
	learnLogin(c.Text(ServerURL).V, secrets)
	for _, name := range proxyVariables() {
		learnLogin(in.Env[name].V, secrets)
	}
	return c
}

// keep makes what is set the value of a setting, and what is not its default.
func (c *Config) keep(s Setting, set Value[string], secrets *Secrets) {
	if !s.Secret {
		if set.V == "" { // defaults fill whatever is zero, set or not
			set.V = s.Default
		}
		c.obey(s, set)
	}
	switch {
	case set.V == "" && !set.Set():
	case s.Secret:
		c.secrets = append(c.secrets, named[Secret]{s.Name, Value[Secret]{V: secrets.New(set.V), From: set.From, Shadows: set.Shadows}})
	default:
		c.texts = append(c.texts, named[string]{s.Name, set})
	}
}

// obey notes a value that breaks its rule. Rules are looked at from 2.9.19 on
// (read in source); of a release of E1 that nobody knows, a dialect that is not
// set proves nothing.
func (c *Config) obey(s Setting, v Value[string]) {
	switch {
	case s.Rule == "" || v.V != "" && v.V == s.Default || !c.Version.readsEnv() || v.V == "" && c.Version.Major == 0:
	case slices.ContainsFunc(c.Mismatches, func(m Mismatch) bool { return m.Setting.Name == s.Name }):
	case !rules()[s.Rule].MatchString(v.V):
		c.Broken = append(c.Broken, Broken{s, v})
	}
}

// document is the file as the era's decoder meets it.
func (c *Config) document() *jsondoc.Value {
	switch {
	case c.File == nil:
		return nil
	case c.Era.Before(E6):
		return c.File.Doc
	}
	return viaMap(c.File.Doc)
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
	if !fitsText(s.Kind, env.V) && !c.emptyID(s, env.V) {
		c.mismatch(s, gotText(s.Kind, env.V), env.From)
	}
}

// gotText is a variable as it may be shown: secrets may be in an object, and
// they cannot be found in what does not parse.
func gotText(k Kind, text string) string {
	if k == Object || k == Map {
		return string(jsondoc.String)
	}
	return strconv.Quote(text)
}

// emptyID: E2 takes an empty SEMAPHORE_RUNNER_ID for none (tryRegisterRunner,
// 2.9.58); every other number must be one.
func (c *Config) emptyID(s Setting, text string) bool {
	return s.Name == RunnerID && text == "" && c.Era.Before(E3)
}

// readsEnv reports whether this release reads runner settings from the
// environment at all: from 2.9.19 on (read in source). The mis-numbered 2.8.58
// and 2.9.13-beta do too: their era is not E1.
func (v Version) readsEnv() bool {
	return v.Era != E1 || v.Major == 0 || num(v.Major, v.Minor, v.Patch) >= num(2, 9, 19)
}
