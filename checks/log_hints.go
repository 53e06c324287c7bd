package checks

import (
	"slices"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// hints are what lines of a log mean of which no check can find the cause: it is on
// the server, in a repository, or in the release.
func hints(l *runner.Life, trouble runner.Trouble) (all []say.Text) {
	told := func(id string) bool {
		return slices.ContainsFunc(trouble.Told, func(t runner.Told) bool { return t.Signature != nil && t.Signature.ID == id })
	}
	for _, t := range trouble.Told {
		if t.Signature == nil || t.Signature.ID == "task-chdir" && told("tmp-project") { // of which it is a consequence
			continue
		}
		h := hint(t.Signature.ID)
		if diesAtWork(l, trouble, t) {
			h = say.Textf("it was at work on task %d: such a crash is the release's and not the config's; upgrade the runner", atWork(l))
		}
		if !h.IsZero() && !slices.ContainsFunc(all, func(x say.Text) bool { return x.String() == h.String() }) {
			all = append(all, h)
		}
	}
	return all
}

func hint(id string) say.Text {
	switch id {
	case "access-key":
		return say.Textf("start the server with the access_key_encryption with which its keys were stored, or enter them anew in its Key Store: a runner needs none")
	case "ssh-key":
		return say.Textf("look at the SSH key in the server's Key Store: it must be a whole private key, with its last line break, of the type SSH key")
	case "executor-task":
		return say.Textf("see why at the runner's last start: \"failed to initialise executor provider\" comes with the reason")
	case "task-directory", "task-chdir", "not-a-directory":
		return say.Textf("see where the task was to start, for that is what is missing, not the program: the repository's path, and a Terraform template's, must be a directory on the runner, not a file in one or a path that only the server has")
	case "output", "output-e5":
		return say.Textf("let the task print shorter lines: one was longer than the runner reads, and it gave the task up")
	case "launch-e5", "launch-e5b":
		return say.Textf("read what the task itself has printed: it is on the server, in the task's log")
	case "config-not-read-e5", "config-not-parsed-e5", "config-not-parsed-e5b":
		return say.Textf("name a file for the token (runner.token_file), and register again: it was to be written into the config, which must be JSON and nothing else for that, not YAML")
	case "killed-for-memory":
		return say.Textf("let fewer tasks run at a time (max_parallel_tasks), or give the unit more memory (MemoryMax=) or the machine: the kernel has ended what took too much")
	case "exec-format":
		return say.Textf("take an image that is made for this machine's processor: docker image inspect --format '{{.Architecture}}' IMAGE, and uname -m")
	case "wrapper":
		return say.Textf("look at the image: its start script does not find, or may not run, what it is to start")
	case "unknown-flag":
		return say.Textf("look which options this release has (semaphore runner start --help): --register and others came later than 2.10, --no-config with 2.10.26")
	}
	return say.Text{}
}

// diesAtWork reports whether a line is that of a process which dies of a mistake in its
// program while it works on a task.
func diesAtWork(l *runner.Life, trouble runner.Trouble, t runner.Told) bool {
	crashes := []string{"nil-pointer", "nil-channel", "concurrent-map", "unknown-app"}
	return trouble.Lately > 0 && slices.Contains(crashes, t.Signature.ID) && atWork(l) != 0
}

// atWork is the task that a log leaves unfinished since the last start; 0 for none,
// or where the log does not tell.
func atWork(l *runner.Life) int64 {
	for _, t := range slices.Backward(l.Tasks.Recent) {
		if after, ok := t.Started.Since(l.LastStart); ok && after >= 0 && t.State == runner.TaskStarted {
			return t.ID
		}
	}
	return 0
}
