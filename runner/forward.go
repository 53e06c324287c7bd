package runner

import (
	"encoding/json"
	"slices"
)

// A Handing is what a runner's tasks get of its environment.
type Handing string

// The ways to hand on.
const (
	HandsOnAll   Handing = "all"   // all but what is Semaphore's own secret: up to 2.10.31
	HandsOnNone  Handing = "none"  // nothing, and no setting changes it: 2.10.32 (read in source)
	HandsOnNamed Handing = "named" // what forwarded_env_vars and env_vars name: from 2.10.33 on
)

// HandsOn is what tasks of this version get. A release that is only an era is taken
// for the era's first.
func (v Version) HandsOn() Handing {
	switch {
	case !v.Era.Before(E5) && v.Era.Known(), v.Era == E4c && v.AtLeast(2, 10, 33):
		return HandsOnNamed
	case v.Era == E4c && v.AtLeast(2, 10, 32):
		return HandsOnNone
	}
	return HandsOnAll
}

// Forwarded are the variables that forwarded_env_vars names; ok is false when what is
// there cannot be read.
func (c *Config) Forwarded() (names []string, ok bool) {
	text := c.raw("/forwarded_env_vars", "SEMAPHORE_FORWARDED_ENV_VARS")
	if text == "" {
		return nil, true
	}
	err := json.Unmarshal([]byte(text), &names)
	return names, err == nil
}

// GivesTasks reports whether tasks are given a variable by name, as it is in the
// runner's environment or with another value. It is true, too, where what is there
// cannot be read.
func (c *Config) GivesTasks(name string) bool {
	names, ok := c.Forwarded()
	if !ok || slices.Contains(names, name) {
		return true
	}
	text := c.raw("/env_vars", "SEMAPHORE_ENV_VARS")
	if text == "" {
		return false
	}
	given := map[string]any{}
	err := json.Unmarshal([]byte(text), &given)
	_, has := given[name]
	return err != nil || has
}

// raw is the JSON of a setting that releases of E4c have from 2.10.33 on only, which
// the table of settings does not tell apart.
func (c *Config) raw(pointer, variable string) string {
	if v, ok := c.Install.Env[variable]; ok {
		return v.V
	}
	if v := c.document().Find(pointer); v != nil {
		return v.JSON()
	}
	return ""
}
