package runner

// An EntryStatus says how the value of an Entry came about.
type EntryStatus string

// The statuses.
const (
	IsSet     EntryStatus = "set"     // somebody set it
	IsDefault EntryStatus = "default" // Semaphore fills it in
	IsUnset   EntryStatus = "unset"   // it has no value
	IsIgnored EntryStatus = "ignored" // somebody set it, and this era does not read it
)

// An Entry is one setting as people ask for it: its value in effect, or a value
// that is set and has none.
type Entry struct {
	Setting     Setting
	Status      EntryStatus
	Value       Value[string] // a secret is masked
	First, Last Era           // the eras that read it from there; Last "" means up to the newest
}

// Entries lists every setting that the runner's era reads, and then what is set
// and not read.
func (c *Config) Entries(secrets *Secrets) []Entry {
	var list []Entry
	for _, s := range SettingsOf(c.Era) {
		list = append(list, c.entry(s, secrets))
	}
	return append(list, c.ignored(secrets)...)
}

// entry is a setting in effect. One that was set to nothing, and filled in, is a
// default over the place where it was set.
func (c *Config) entry(s Setting, secrets *Secrets) Entry {
	e := Entry{Setting: s, Status: IsUnset}
	e.First, e.Last = span(func(o Setting) bool { return o.Name == s.Name && o.Pointer == s.Pointer && o.Env == s.Env })
	scratch := c.bare()
	v := scratch.fromFile(scratch.document(), s)
	scratch.fromEnv(s, &v)
	switch {
	case v.V == "" && s.Default != "":
		e.Status = IsDefault
		if v.Set() {
			v.Shadows = append([]Origin{v.From}, v.Shadows...)
		}
		v.V, v.From = s.Default, Origin{}
	case v.Set():
		e.Status = IsSet
	}
	e.Value = shown(s, v, secrets)
	return e
}

// bare is the same config with nothing noted, to ask without leaving a trace.
func (c *Config) bare() *Config {
	return &Config{File: c.File, Install: c.Install, Version: c.Version, Era: c.Era}
}

// ignored lists what other eras would read here, each place once.
func (c *Config) ignored(secrets *Secrets) []Entry {
	var list []Entry
	seen := map[string]bool{}
	for _, s := range SettingsOf(c.Era) {
		seen[s.Pointer] = true
		if c.Version.readsEnv() {
			seen[s.Env] = true
		}
	}
	for _, s := range Settings() {
		if !seen[s.Pointer] {
			list = append(list, c.ignoredKey(s, secrets)...)
		}
		if env, ok := c.Install.Env[s.Env]; ok && !seen[s.Env] {
			e := Entry{Setting: s, Status: IsIgnored, Value: shown(s, env, secrets)}
			e.First, e.Last = span(func(o Setting) bool { return o.Env == s.Env })
			list = append(list, e)
		}
		seen[s.Pointer], seen[s.Env] = true, true
	}
	return list
}

func (c *Config) ignoredKey(s Setting, secrets *Secrets) []Entry {
	scratch := c.bare()
	v := scratch.fromFile(scratch.document(), s)
	if !v.Set() {
		return nil
	}
	e := Entry{Setting: s, Status: IsIgnored, Value: shown(s, v, secrets)}
	e.First, e.Last = span(func(o Setting) bool { return o.Pointer == s.Pointer })
	return []Entry{e}
}

// span is from the first to the last era of the settings that are like one.
func span(like func(Setting) bool) (first, last Era) {
	for _, s := range Settings() {
		switch {
		case !like(s):
			continue
		case first == "":
			first, last = s.First, s.Last
		case last != "" && (s.Last == "" || last.Before(s.Last)):
			last = s.Last
		}
	}
	return first, last
}

// shown is a value as it may be shown. What could hide in it is learned first:
// a login in a URL, a secret in an object.
func shown(s Setting, v Value[string], secrets *Secrets) Value[string] {
	switch {
	case s.Secret, SecretKey(s.Key()):
		v.V = secrets.New(v.V).String()
	case s.Kind == List, s.Kind == Object:
		v.V = string(secrets.Mask([]byte(v.V)))
	default:
		learnLogin(v.V, secrets)
		v.V = secrets.Redact(v.V)
	}
	return v
}
