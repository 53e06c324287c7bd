package report

import "github.com/semadoctor/semadoctor/say"

// SettingsSchema is the version of the JSON document of settings.
const SettingsSchema = 1

// Settings are the effective settings of some runners, in the shape of the JSON
// document.
type Settings struct {
	Schema   int              `json:"schema"`
	Document string           `json:"document"` // "settings": what tells it from a report
	Tool     Tool             `json:"tool"`
	ExitCode int              `json:"exit_code"`
	Targets  []SettingsTarget `json:"targets"`
	Stopped  string           `json:"stopped,omitempty"`
}

// A SettingsTarget is one runner and its settings.
type SettingsTarget struct {
	Name          string    `json:"name"`
	Config        string    `json:"config"` // "" when there is none
	Era           string    `json:"era"`    // "" when it could not be told
	RunnerVersion string    `json:"runner_version"`
	VersionSource string    `json:"version_source"` // flag, binary, config or unknown
	Identity      Identity  `json:"identity"`
	Status        string    `json:"status"` // pass; fail or unknown when there are no settings
	Error         string    `json:"error"`  // why there are none
	Settings      []Setting `json:"settings"`
	Refused       []Refused `json:"refused"` // values the runner panics over
}

// A Setting is one value, where it came from and what it overrides.
type Setting struct {
	Name      string   `json:"name"`   // what it means in every era: "server URL"
	Key       string   `json:"key"`    // in the config; "" when it is not read from there
	Env       string   `json:"env"`    // variable; "" when it is not read from there
	Status    string   `json:"status"` // set, default, unset or ignored
	Value     string   `json:"value"`
	Secret    bool     `json:"secret"`
	Origin    *Origin  `json:"origin"` // null when nobody set it
	Overrides []Origin `json:"overrides"`
	ReadBy    ReadBy   `json:"read_by"`
}

// An Origin is where a value stands.
type Origin struct {
	File    string `json:"file,omitempty"`
	Pointer string `json:"pointer,omitempty"` // RFC 6901
	Line    int    `json:"line,omitempty"`
	Env     string `json:"env,omitempty"`
	Flag    string `json:"flag,omitempty"`
}

// ReadBy says which runners read a setting.
type ReadBy struct {
	First string `json:"first"` // era
	Last  string `json:"last"`  // era; "" up to the newest
	From  string `json:"from"`  // release
	To    string `json:"to"`    // release; "" up to the newest
}

// Refused is a value of a wrong type, or one that its rule does not allow.
type Refused struct {
	Key    string `json:"key"`
	Got    string `json:"got"` // its type, or the value itself
	Origin Origin `json:"origin"`
}

// MakeSettings makes the document: secrets taken out, exit code decided.
func MakeSettings(ts []SettingsTarget, o Options) *Settings {
	m := maker{o}
	s := &Settings{Schema: SettingsSchema, Document: "settings", Tool: Tool{"semadoctor", o.Version}, Targets: []SettingsTarget{}, Stopped: o.Stopped}
	var c Counts
	for _, t := range ts {
		switch t.Status {
		case "pass":
			c.Pass++
		case "fail":
			c.Fail++
		default:
			c.Unknown++
		}
		s.Targets = append(s.Targets, m.settingsTarget(t))
	}
	s.ExitCode = exitCode(c, o.FailOn, o.Stopped != "")
	if c.Unknown > 0 && s.ExitCode == ExitOK {
		s.ExitCode = ExitUnknown
	}
	return s
}

func (m maker) settingsTarget(t SettingsTarget) SettingsTarget {
	for _, text := range []*string{&t.Name, &t.Config, &t.RunnerVersion, &t.Error, &t.Identity.User, &t.Identity.Source} {
		*text = m.text(*text)
	}
	if t.VersionSource == "" {
		t.VersionSource = "unknown"
	}
	settings := make([]Setting, len(t.Settings))
	for i, s := range t.Settings {
		settings[i] = m.setting(s)
	}
	refused := make([]Refused, len(t.Refused))
	for i, r := range t.Refused {
		refused[i] = Refused{m.text(r.Key), m.text(r.Got), m.origin(r.Origin)}
	}
	t.Settings, t.Refused = settings, refused
	return t
}

func (m maker) setting(s Setting) Setting {
	s.Value = m.text(s.Value)
	if s.Origin != nil {
		o := m.origin(*s.Origin)
		s.Origin = &o
	}
	over := make([]Origin, len(s.Overrides))
	for i, o := range s.Overrides {
		over[i] = m.origin(o)
	}
	s.Overrides = over
	return s
}

func (m maker) origin(o Origin) Origin {
	return Origin{m.text(o.File), m.text(o.Pointer), o.Line, m.text(o.Env), m.text(o.Flag)}
}

// label is what a setting is called where it was set, or would be.
func (s Setting) label() string {
	if s.Key == "" || s.Status == "ignored" && s.Origin != nil && s.Origin.Env != "" {
		return s.Env
	}
	return s.Key
}

// from says where a value stands, without the key if that is known.
func (s Style) from(o Origin, label string) string {
	e := Evidence{File: o.File, Line: o.Line, Pointer: o.Pointer, Env: o.Env, Flag: o.Flag}
	if dotted(o.Pointer) == label {
		e.Pointer = ""
	}
	if o.Env == label {
		if e.Env = ""; o.File == "" {
			return s.word("environment")
		}
	}
	return s.at(e)
}

// readBy says which releases read a setting; "" when all do.
func (s Style) readBy(r ReadBy) say.Text {
	switch {
	case r.First == "E1" && r.Last == "":
		return say.Text{}
	case r.Last == "":
		return say.Textf("read by %s and later", r.From)
	case r.From == r.To:
		return say.Textf("read by %s only", r.From)
	}
	return say.Textf("read by %s to %s", r.From, r.To)
}
