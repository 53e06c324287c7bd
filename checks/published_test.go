package checks_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/checks/checktest"
)

// TestPublished: of the configurations that people published, those that work
// are left in peace, and in all the others something is found.
func TestPublished(t *testing.T) {
	t.Parallel()
	for _, file := range checktest.Files(t, "../testdata/cases/published") {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			target, _ := checktest.Load(t, file).Target(t)
			d := checks.Diagnose(context.Background(), target, checks.Builtin())
			if found, good := aboveSkip(d), strings.HasPrefix(name, "good-"); good != (len(found) == 0) {
				t.Errorf("found %v", found)
			}
		})
	}
}

// aboveSkip is every check that neither passed nor was skipped.
func aboveSkip(d checks.Diagnosis) []string {
	var found []string
	for _, r := range d.Results {
		if r.Status != checks.Pass && r.Status != checks.Skip {
			found = append(found, r.Check.ID+": "+r.Status.String())
		}
	}
	return found
}
