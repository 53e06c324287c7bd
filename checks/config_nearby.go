package checks

import (
	"path"

	"github.com/semadoctor/semadoctor/internal/jsondoc"
	"github.com/semadoctor/semadoctor/say"
)

// nearby offers the configs beside the one that is missing. "semaphore runner
// setup" has called it config-runner.json and config.runner.json in its time.
func (t *Target) nearby(missing string) []say.Text {
	dir := path.Dir(missing)
	names, _ := t.Files.ReadDir(dir) // where we may not look we have nothing to offer
	var advice []say.Text
	for _, name := range names {
		if file := path.Join(dir, name); path.Ext(name) == ".json" && t.isRunnerConfig(file) {
			advice = append(advice, say.Textf("if %s is the runner's config, name it: --config %s", file, say.Shell(file)))
		}
	}
	return advice
}

// isRunnerConfig reports whether a file is a config with something for a runner.
func (t *Target) isRunnerConfig(file string) bool {
	data, err := t.Files.ReadFile(file)
	if err != nil {
		return false
	}
	doc, err := jsondoc.Parse(data)
	return err == nil && doc.Get("runner") != nil
}
