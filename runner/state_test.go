package runner

import (
	"encoding/json"
	"testing"
)

// FuzzState holds how a state is read against encoding/json, with which the runner
// reads it.
func FuzzState(f *testing.F) {
	for _, text := range []string{
		`{"runner_id":1,"token":"t"}`, ` {"token":"t","runner_id":1} ` + "\n", `{"RUNNER_ID":1,"Token":"t","to\u212aen":"kelvin"}`, `{"runner_id":1,"runner_id":2,"token":"a","token":"b"}`,
		`{"runner_id":1,"token":null}`, `{"runner_id":null}`, `{"runner_id":"1"}`, `{"runner_id":1.0}`, `{"runner_id":1e2}`, `{"runner_id":-0}`, `{"runner_id":9223372036854775808}`, `{"runner_id":true}`,
		`{"token":1}`, `{"token":"a","token":1}`, `{"token":["t"]}`, `{"token":"\ud800\n"}`, `{}`, `[]`, `null`, `"t"`, `1`, ``, ` `, `{"runner_id":1}x`, `{"runner_id":1}{}`, "{}\v", "{}\u00a0", "\ufeff{}",
		`{"other":{"token":"t"},"runner":[1]}`, `{"token":"t"`, `{"runner_id":01}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var want State
		wantErr := json.Unmarshal(data, &want)
		got, err := parseState(data)
		if got != want || (err == nil) != (wantErr == nil) || err != nil && err.Error() != wantErr.Error() {
			t.Errorf("parseState(%q) = %+v, %v, want %+v, %v", data, got.RunnerID, err, want.RunnerID, wantErr)
		}
	})
}
