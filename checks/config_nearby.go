package checks

import (
	"context"
	"path"
	"slices"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// nearby offers the configs beside the one that is missing. "semaphore runner
// setup" has called it config-runner.json and config.runner.json in its time.
func (t *Target) nearby(ctx context.Context, missing string) []say.Text {
	dir := path.Dir(missing)
	names, _ := t.Files.ReadDir(dir) // where we may not look we have nothing to offer
	v, _ := t.toldVersion(ctx)
	var advice []say.Text
	for _, name := range names {
		if file := path.Join(dir, name); t.isRunnerConfig(file, v.Era) {
			advice = append(advice, say.Textf("if %s is the runner's config, name it: --config %s", file, say.Shell(file)))
		}
	}
	return advice
}

// isRunnerConfig reports whether a file is a config with something for a runner.
func (t *Target) isRunnerConfig(file string, era runner.Era) bool {
	if !slices.Contains([]string{".json", ".yaml", ".yml"}, path.Ext(file)) {
		return false
	}
	f, err := runner.Open(t.Files, &runner.Installation{Config: file, As: t.Install.As}, era)
	return err == nil && f.Doc != nil && f.Doc.Get("runner") != nil
}
