package checks

import (
	"io/fs"
	"path"
	"slices"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

func (t *Target) configNotAFile(f *runner.File, a host.Access) Finding {
	finding := Finding{
		Problem:  ConfigNotAFile,
		Summary:  say.Textf("the config cannot be read: %s", a.Why),
		Evidence: []Evidence{{What: say.Verbatim(f.Path), From: f.From}},
		Advice:   []say.Text{say.Textf("name a regular file with --config")},
	}
	switch {
	case a.Err != nil: // links that go round in circles do not open
		finding.Detail = say.Textf("The runner says \"Cannot Find configuration!\" and exits 1.")
	case a.Info.Mode.IsDir():
		finding.Detail = say.Textf("The runner says \"Could not decode configuration!\" and panics with \"read %s: is a directory\", exit status 2. %s", f.Path, whyDirectory(f))
		finding.Advice = []say.Text{t.insteadOfDirectory(f, a.At)}
	case a.Info.Mode&fs.ModeNamedPipe != 0:
		finding.Detail = say.Textf("The runner waits until somebody writes a config into it, at every start.")
	}
	return finding
}

// whyDirectory is how a directory usually comes to be in a config's place.
func whyDirectory(f *runner.File) say.Text {
	if f.From.Env == runner.ConfigPathEnv {
		return say.Textf("%s names a directory for the start script of Semaphore's Docker images, which exports it, and a file for the program itself.", runner.ConfigPathEnv)
	}
	return say.Textf("Docker makes a directory where the source of a bind mount is missing.")
}

func (t *Target) insteadOfDirectory(f *runner.File, dir string) say.Text {
	if names, _ := t.Files.ReadDir(dir); slices.Contains(names, "config.json") {
		return say.Textf("name the file in it: --config %s", say.Shell(path.Join(f.Path, "config.json")))
	}
	return say.Textf("put a file in its place, on the host if it is a bind mount, or name the right one with --config")
}

// configTooLarge is about semadoctor's limit: the runner has none.
func configTooLarge(f *runner.File) Finding {
	return Finding{
		Problem:  ConfigNotAFile,
		Summary:  say.Textf("%s is larger than %d KiB: that is no runner's config", f.Path, host.MaxFile>>10),
		Detail:   say.Textf("A runner's config has a few hundred bytes. The runner itself knows no limit; semadoctor reads no further."),
		Evidence: []Evidence{{What: say.Verbatim(f.Path), From: f.From}},
		Advice:   []say.Text{say.Textf("name the config with --config, for the runner and for semadoctor")},
	}
}
