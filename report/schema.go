package report

import _ "embed" // the schema

// schema is the JSON Schema of the report.
//
//go:embed schema.json
var schema string

// JSONSchema is the JSON Schema (draft 2020-12) of what JSON writes.
func JSONSchema() string { return schema }
