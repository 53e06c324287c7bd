package main

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/report"
	"github.com/semadoctor/semadoctor/runner"
)

// TestSchemaHasEveryWord: the schema of the report enumerates what other rooms can
// say in it.
func TestSchemaHasEveryWord(t *testing.T) {
	t.Parallel()
	var doc struct {
		Defs map[string]struct {
			Properties map[string]struct {
				Enum []string `json:"enum"`
			} `json:"properties"`
		} `json:"$defs"`
	}
	if err := json.Unmarshal([]byte(report.JSONSchema()), &doc); err != nil {
		t.Fatal(err)
	}
	sources := []string{"unknown"}
	for _, s := range []runner.VersionSource{runner.FromFlag, runner.FromBinary, runner.FromHelp, runner.FromImage, runner.FromConfig} {
		if !slices.Contains(sources, s.Published()) {
			sources = append(sources, s.Published())
		}
	}
	for _, tt := range []struct {
		of, key string
		want    []string
	}{
		{"Fix", "safety", []string{string(repair.Safe), string(repair.Unsafe)}},
		{"Target", "version_source", sources},
	} {
		got := doc.Defs[tt.of].Properties[tt.key].Enum
		if diff := cmp.Diff(slices.Sorted(slices.Values(tt.want)), slices.Sorted(slices.Values(got))); diff != "" {
			t.Errorf("%s of %s (-Go +schema):\n%s", tt.key, tt.of, diff)
		}
	}
}
