package runner

import "testing"

// TestHandsOn is what the sources of these releases do.
func TestHandsOn(t *testing.T) {
	t.Parallel()
	for version, want := range map[string]Handing{
		"2.9.58": HandsOnAll, "2.10.22": HandsOnAll, "2.10.28": HandsOnAll, "2.10.31": HandsOnAll, "2.10.32": HandsOnNone,
		"2.10.33": HandsOnNamed, "2.10.43": HandsOnNamed, "2.12.4": HandsOnNamed, "2.18.25": HandsOnNamed, "2.19.12": HandsOnNamed,
	} {
		v, err := ParseVersion(version)
		if err != nil {
			t.Fatal(err)
		}
		if got := v.HandsOn(); got != want {
			t.Errorf("%s hands on %s, want %s", version, got, want)
		}
	}
	if got := (Version{Era: E4c}).HandsOn(); got != HandsOnAll {
		t.Errorf("a release of E4c that nobody knows hands on %s", got)
	}
}

// TestGivesTasks: what cannot be read is not held against the runner.
func TestGivesTasks(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		file, list, values string // the config, SEMAPHORE_FORWARDED_ENV_VARS, SEMAPHORE_ENV_VARS
		want               bool
	}{
		{`{}`, "", "", false},
		{`{"forwarded_env_vars":["B","A"]}`, "", "", true},
		{`{"forwarded_env_vars":["a"]}`, "", "", false},
		{`{"env_vars":{"A":"1"}}`, "", "", true},
		{`{"forwarded_env_vars":["A"]}`, `["B"]`, "", false},
		{`{}`, `["A"]`, "", true},
		{`{}`, "A", "", true},
		{`{}`, "", `{"A":"1"}`, true},
		{`{}`, "", `{"B":"1"}`, false},
		{`{}`, "", "A=1", true},
	} {
		words := []string{"A=1"}
		if tt.list != "" {
			words = append(words, "SEMAPHORE_FORWARDED_ENV_VARS="+tt.list)
		}
		if tt.values != "" {
			words = append(words, "SEMAPHORE_ENV_VARS="+tt.values)
		}
		if got := resolve(t, E5, tt.file, words...).GivesTasks("A"); got != tt.want {
			t.Errorf("%+v gives tasks A: %v", tt, got)
		}
	}
}
