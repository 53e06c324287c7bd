//go:build unix

package main

import (
	"testing"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/say"
)

// That a server refuses a runner is said only where something fails at the server.
func TestCauseOfARefusal(t *testing.T) {
	t.Parallel()
	collision := checks.Result{Check: checks.PathsDiffer, Status: checks.Fail, Findings: []checks.Finding{
		{Problem: checks.PathCollision, Status: checks.Fail, Summary: say.Textf("%s", "one file")},
	}}
	token := checks.Result{Check: checks.ServerToken, Status: checks.Fail}
	tests := []struct {
		name    string
		results []checks.Result
		want    string
	}{
		{"not asked", []checks.Result{collision}, "the runner cannot work: path-collision: one file"},
		{"asked", []checks.Result{collision, token}, "the server does not accept the runner: path-collision: one file"},
		{"not known", nil, "it could not be found out whether the server accepts the runner"},
	}
	for _, tt := range tests {
		a := &attention{last: &look{d: checks.Diagnosis{Results: tt.results}}}
		if got := a.cause().String(); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
