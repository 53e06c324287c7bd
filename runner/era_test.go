package runner

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWithin(t *testing.T) {
	t.Parallel()
	tests := []struct {
		era, first, last Era
		want             bool
	}{
		{E2b, E1, E3, true},
		{E1, E1, E3, true},
		{E3, E1, E3, true},
		{E4a, E1, E3, false},
		{E7, E4a, "", true},
		{E1, "", E1, true},
		{E1, E2a, "", false},
		{"", "", "", false},
		{"E9", E1, "", false},
	}
	for _, tt := range tests {
		if got := tt.era.Within(tt.first, tt.last); got != tt.want {
			t.Errorf("%q.Within(%q, %q) = %v, want %v", tt.era, tt.first, tt.last, got, tt.want)
		}
	}
}

func TestErasInOrder(t *testing.T) {
	t.Parallel()
	for i, e := range Eras() {
		if got := e.place(); got != i+1 {
			t.Errorf("%s is number %d of the eras, want %d", e, got, i+1)
		}
	}
}

func TestStartsWith(t *testing.T) {
	t.Parallel()
	tests := []struct {
		era    Era
		config string
		want   []string
	}{
		{E1, "/c", []string{"runner", "--config", "/c"}},
		{E2b, "", []string{"runner"}},
		{E3, "/c", []string{"runner", "start", "--config", "/c"}},
		{E7, "", []string{"runner", "start"}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, tt.era.StartsWith(tt.config)); diff != "" {
			t.Errorf("%s.StartsWith(%q) (-want +got):\n%s", tt.era, tt.config, diff)
		}
	}
}

func TestTokenHeader(t *testing.T) {
	t.Parallel()
	want := map[Era]string{
		E1: "", E2a: "X-API-Token", E2b: "X-API-Token", E3: "X-API-Token", E4a: "X-Runner-Token", E4b: "X-Runner-Token",
		E4c: "X-Runner-Token", E5: "X-Runner-Token", E5b: "X-Runner-Token", E6: "X-Runner-Token", E7: "X-Runner-Token",
	}
	for _, era := range Eras() {
		if got := era.TokenHeader(); got != want[era] {
			t.Errorf("%s.TokenHeader() = %q, want %q", era, got, want[era])
		}
	}
}

func TestGuess(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, config string
		env          []string
		want         Era
	}{
		{"nothing", `{}`, nil, Newest},
		{"api_url", `{"runner":{"api_url":"x"}}`, nil, E3},
		{"a state in the config's place", `{"runner_id":1,"token":"x"}`, nil, E3},
		{"web_host", `{"web_host":"x"}`, nil, Newest},
		{"both", `{"web_host":"x","runner":{"api_url":"x"}}`, nil, Newest},
		{"a key, which 2.19 has no more", `{"web_host":"x","runner":{"private_key_file":"k"}}`, nil, E5b},
		{"a token and a token file, which 2.19 panics over", `{"web_host":"x","runner":{"token":"t"}}`, []string{"SEMAPHORE_RUNNER_TOKEN_FILE=/t"}, E5b},
		{"a token file and no token", `{"web_host":"x","runner":{"token":"t","token_file":"/t"}}`, []string{"SEMAPHORE_RUNNER_TOKEN="}, Newest},
		{"state file in the environment", `{}`, []string{"SEMAPHORE_RUNNER_CONFIG_FILE=/x"}, E3},
		{"key case", `{"Runner":{"API_URL":"x"}}`, nil, E3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			in := install(tt.env...)
			f, err := Open(config(tt.config), in, "")
			if err != nil {
				t.Fatal(err)
			}
			if got := Guess(f, in.Env); got != tt.want {
				t.Errorf("Guess(%s, %v) = %s, want %s", tt.config, tt.env, got, tt.want)
			}
		})
	}
	if got := Guess(nil, nil); got != Newest {
		t.Errorf("Guess of nothing = %s, want %s", got, Newest)
	}
}
