package runner

import (
	"regexp"
	"strings"
	"testing"
)

// TestRules is section 2.5 of the facts: what a runner panics on before it does
// anything.
func TestRules(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, version, config string
		env                   []string
		want                  string // the fields whose rules are broken
	}{
		{"nothing set", "2.9.58", `{}`, nil, ""},
		{"no dialect", "2.9.37", `{}`, nil, "Dialect"},
		{"no dialect, 2.9.19", "2.9.19", `{}`, nil, "Dialect"},
		{"no dialect, before rules", "2.9.18", `{"port":"x"}`, nil, ""},
		{"no dialect, some release of E1", "E1", `{}`, nil, ""},
		{"no dialect, 2.9.40-beta", "2.9.40-beta", `{}`, nil, ""},
		{"a dialect", "2.9.37", `{"dialect":"bolt"}`, nil, ""},
		{"a dialect in the environment", "2.9.37", `{}`, []string{"SEMAPHORE_DB_DIALECT=mysql"}, ""},
		{"a dialect of a wrong type", "2.9.37", `{"dialect":1}`, nil, ""}, // a mismatch
		{"looser than it looks", "2.10.32", `{"dialect":"mysql8"}`, nil, ""},
		{"sqlite before it was there", "2.10.32", `{"dialect":"sqlite"}`, nil, "Dialect"},
		{"sqlite, 2.16", "2.16.31", `{"dialect":"sqlite"}`, nil, ""},
		{"bolt, 2.18", "2.18.2", `{"dialect":"bolt"}`, nil, ""},
		{"bolt, 2.19", "2.19.12", `{"dialect":"bolt"}`, nil, "Dialect"},
		{"no dialect, 2.19", "2.19.12", `{}`, nil, ""},
		{"service link", "2.10.35", `{"port":":3000"}`, []string{"SEMAPHORE_PORT=tcp://10.0.0.1:3000"}, "Port"},
		{"ports", "2.10.35", `{"port":"3000"}`, nil, ""},
		{"no port", "2.10.35", `{"port":"x"}`, []string{"SEMAPHORE_PORT="}, ""}, // the default fills it
		{"git client", "2.20.0", `{"git_client":"git","port":"123456"}`, nil, "Port GitClientId"},
	}
	for _, tt := range tests {
		v, err := ParseVersion(tt.version)
		if err != nil {
			t.Fatal(err)
		}
		in := install(tt.env...)
		f, err := Open(config(tt.config), in, v.Era)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, b := range Resolve(f, in, v, newSecrets()).Broken {
			got = append(got, b.Setting.Field)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s (%s): rules broken by %v, want %s", tt.name, tt.version, got, tt.want)
		}
	}
}

// TestDefaultsObey: a setting with a rule names its field, and its default is a
// value the rule allows.
func TestDefaultsObey(t *testing.T) {
	t.Parallel()
	for _, s := range Settings() {
		switch {
		case (s.Rule == "") != (s.Field == ""):
			t.Errorf("%s: rule %q of field %q", s.Name, s.Rule, s.Field)
		case s.Default != "" && !regexp.MustCompile(s.Rule).MatchString(s.Default):
			t.Errorf("%s: the default %q breaks the rule %q", s.Name, s.Default, s.Rule)
		}
	}
}
