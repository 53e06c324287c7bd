package report_test

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/report"
)

// definition is what is compared of a schema's object or enumeration.
type definition struct {
	Properties map[string]any `json:"properties"`
	Required   []string       `json:"required"`
	Enum       []string       `json:"enum"`
}

func definitions(t *testing.T) map[string]definition {
	t.Helper()
	var doc struct {
		Defs map[string]definition `json:"$defs"`
	}
	if err := json.Unmarshal([]byte(report.JSONSchema()), &doc); err != nil {
		t.Fatal(err)
	}
	return doc.Defs
}

// TestSchemaHasEveryField: the schema says of every struct of the report which keys
// it has, and which are always there.
func TestSchemaHasEveryField(t *testing.T) {
	t.Parallel()
	defs := definitions(t)
	wires := map[string]reflect.Type{}
	gatherWires(reflect.TypeFor[report.Report](), wires)
	for name, wire := range wires {
		keys, required := keysOf(wire)
		if diff := cmp.Diff(keys, slices.Sorted(maps.Keys(defs[name].Properties))); diff != "" {
			t.Errorf("keys of %s (-Go +schema):\n%s", name, diff)
		}
		if diff := cmp.Diff(required, slices.Sorted(slices.Values(defs[name].Required))); diff != "" {
			t.Errorf("what %s always has (-Go +schema):\n%s", name, diff)
		}
	}
	for name, def := range defs {
		if wires[name] == nil && def.Properties != nil {
			t.Errorf("the schema has %s, and the report has no such struct", name)
		}
	}
}

// gatherWires collects the structs of the report by name.
func gatherWires(of reflect.Type, into map[string]reflect.Type) {
	for of.Kind() == reflect.Slice || of.Kind() == reflect.Pointer {
		of = of.Elem()
	}
	if of.Kind() != reflect.Struct || of.PkgPath() != reflect.TypeFor[report.Report]().PkgPath() || into[of.Name()] != nil {
		return
	}
	into[of.Name()] = of
	for i := range of.NumField() {
		gatherWires(of.Field(i).Type, into)
	}
}

// keysOf are the JSON keys of a struct, and those that are never left out.
func keysOf(wire reflect.Type) (keys, required []string) {
	for i := range wire.NumField() {
		name, options, _ := strings.Cut(wire.Field(i).Tag.Get("json"), ",")
		if name == "-" {
			continue
		}
		keys = append(keys, name)
		if options != "omitempty" {
			required = append(required, name)
		}
	}
	slices.Sort(keys)
	slices.Sort(required)
	return keys, required
}

// TestSchemaHasEveryWord: the enumerations are those of the program. Those of rooms
// that report does not know are cmd/semadoctor's to compare.
func TestSchemaHasEveryWord(t *testing.T) {
	t.Parallel()
	defs := definitions(t)
	var statuses []string
	for s := checks.Pass; s.String() != (checks.Fail + 1).String(); s++ {
		statuses = append(statuses, s.String())
	}
	for _, tt := range []struct {
		name      string
		got, want []string
	}{
		{"Status", defs["Status"].Enum, statuses},
		{"Counts", slices.Collect(maps.Keys(defs["Counts"].Properties)), statuses},
		{"Verdict", defs["Verdict"].Enum, []string{string(report.Healthy), string(report.Degraded), string(report.Broken), string(report.Unknown)}},
	} {
		if diff := cmp.Diff(slices.Sorted(slices.Values(tt.want)), slices.Sorted(slices.Values(tt.got))); diff != "" {
			t.Errorf("%s (-Go +schema):\n%s", tt.name, diff)
		}
	}
}

// compiled is the schema as a validator that is not ours reads it.
var compiled = sync.OnceValues(func() (*jsonschema.Schema, error) {
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(report.JSONSchema()))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("schema.json", doc); err != nil {
		return nil, err
	}
	return c.Compile("schema.json")
})

// valid demands of a JSON report that it is what the schema says.
func valid(t *testing.T, doc string) {
	t.Helper()
	if err := invalid(t, doc); err != nil {
		t.Errorf("the report is not as its schema says: %v", err)
	}
}

func invalid(t *testing.T, doc string) error {
	t.Helper()
	s, err := compiled()
	if err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(doc))
	if err != nil {
		return err
	}
	return s.Validate(v)
}

// TestSchemaRefuses: what is no report is refused, and a key that is new is not.
func TestSchemaRefuses(t *testing.T) {
	t.Parallel()
	const sound = `{"schema": 1, "tool": {"name": "semadoctor", "version": "1"}, "started_at": "2026-11-23T12:00:00Z", "duration_ms": 1,
		"verdict": "healthy", "exit_code": 0, "counts": {"pass": 1, "warn": 0, "fail": 0, "skip": 0, "unknown": 0}, "targets": [
		{"name": "a", "config": "a", "era": "E3", "runner_version": "", "version_source": "config", "identity": {"user": "", "uid": 1, "gid": 1, "source": "x"},
		 "server": "", "verdict": "healthy", "root_causes": [], "results": [
		 {"check": "paths/tmp", "title": "t", "status": "skip", "because": "b", "duration_ms": 0, "findings": []}]}]}`
	valid(t, sound)
	valid(t, strings.Replace(sound, `"schema": 1`, `"schema": 1, "new": 1`, 1))
	for name, change := range map[string][2]string{
		"another schema":         {`"schema": 1`, `"schema": 2`},
		"a verdict of no kind":   {`"healthy"`, `"fine"`},
		"a status of no kind":    {`"status": "skip"`, `"status": "skipped"`},
		"a skip without reason":  {`"because": "b"`, `"because": ""`},
		"a time that is none":    {`2026-11-23T12:00:00Z`, `yesterday`},
		"a key that is missing":  {`"era": "E3", `, ``},
		"a cause with no id":     {`"root_causes": []`, `"root_causes": [""]`},
		"a count below zero":     {`"warn": 0`, `"warn": -1`},
		"null instead of a list": {`"findings": []`, `"findings": null`},
	} {
		if doc := strings.Replace(sound, change[0], change[1], 1); doc == sound || invalid(t, doc) == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}
