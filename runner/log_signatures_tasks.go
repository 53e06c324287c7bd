package runner

// taskSignatures are about tasks that cannot be run while the runner itself is
// well.
func taskSignatures() []Signature {
	return []Signature{
		{
			ID: "no-runners", Text: "no runners available", Topic: LogTaskCannotRun, Causes: []string{"runner-inactive", "remote-runners-off"},
			Line: `time="2026-01-02T15:04:05Z" level=error msg="Failed to run task: no runners available"`,
		},
		{
			ID: "access-key", Text: "cannot decrypt access key", Topic: LogTaskCannotRun, Causes: []string{},
			Line: `time="2026-01-02T15:04:05Z" level=error msg="cannot decrypt access key, perhaps encryption key was changed"`,
		},
		{
			ID: "access-key-schema", Text: "gorp: no fields ", Topic: LogTaskCannotRun, Causes: []string{"known-bad-version"}, First: E6,
			Line: `time="2026-01-02T15:04:05Z" level=error msg="gorp: no fields [task_id expire_at] in type AccessKey"`,
		},
		{
			ID: "ssh-key", Text: "ssh: no key found", Topic: LogTaskCannotRun, Causes: []string{},
			Line: `time="2026-01-02T15:04:05Z" level=error msg="parsing private key: ssh: no key found" context=running`,
		},
		{
			ID: "executor-task", Text: "cannot construct executor for task", Topic: LogTaskCannotRun, Causes: []string{}, First: E6,
			Line: `time="2026-01-02T15:04:05Z" level=error msg="cannot construct executor for task" context=checking_new_jobs error="docker: not found"`,
		},
		{
			ID: "tmp", Text: "Creating tmp dir failed", Topic: LogTaskCannotRun, Causes: []string{"tmp-unwritable", "unit-sandbox", "read-only-mount", "disk-full"},
			Line: `time="2026-01-02T15:04:05Z" level=error msg="Creating tmp dir failed: mkdir /tmp/semaphore: permission denied"`,
		},
		{
			ID: "tmp-clear", Text: " tmp directory", Like: `failed to clear (?:project )?tmp directory`, Topic: LogTaskCannotRun, First: E5b, Causes: []string{"tmp-unwritable"},
			Line: `time="2026-01-02T15:04:05Z" level=error msg="failed to clear tmp directory" context=checking_new_jobs error="unlinkat /tmp/semaphore: permission denied"`,
		},
		{
			ID: "tmp-project", Text: "project temp directory", Like: `failed to (?:create|check existing) project temp directory`, Topic: LogTaskCannotRun, First: E5,
			Causes: []string{"tmp-unwritable", "unit-sandbox", "read-only-mount", "disk-full"},
			Line:   `time="2026-01-02T15:04:05Z" level=error msg="failed to create project temp directory" context=git error="mkdir /tmp/semaphore/project_1: permission denied"`,
		},
		{
			ID: "disk-full", Text: "no space left on device", Topic: LogTaskCannotRun, Causes: []string{"disk-full", "inodes-full"},
			Line: `time="2026-01-02T15:04:05Z" level=error msg="mkdir /tmp/semaphore/repository_1_1: no space left on device"`,
		},
		{
			ID: "no-program", Text: "executable file not found in $PATH", Topic: LogTaskCannotRun, Causes: []string{"program-missing"},
			Line: `time="2026-01-02T15:04:05Z" level=error msg="exec: \"ansible-playbook\": executable file not found in $PATH"`,
		},
		{
			// Go names the program, and means the directory that it was to start in
			// (semaphoreui/semaphore#2996).
			ID: "task-directory", Text: "fork/exec ", Like: `fork/exec [^ ]+: (?:not a directory|no such file or directory)`, Topic: LogTaskCannotRun, Causes: []string{},
			Line: `time="2026-01-02T15:04:05Z" level=error msg="launch job failed" context=job_running error="fork/exec /usr/bin/terraform: not a directory" task_id=7 task_status=starting`,
		},
		{
			ID: "task-chdir", Text: ": no such file or directory", Like: `\bchdir [^ ]+: no such file or directory`, Topic: LogTaskCannotRun, Causes: []string{},
			Line: `time="2026-01-02T15:04:05Z" level=error msg="launch job failed" context=job_running error="chdir /srv/playbooks: no such file or directory" task_id=7 task_status=starting`,
		},
		{
			ID: "output", Text: "TaskRunner output exceeds the maximum allowed size", Topic: LogTaskCannotRun, First: E5b, Causes: []string{},
			Line: `time="2026-01-02T15:04:05Z" level=error msg="TaskRunner output exceeds the maximum allowed size of 10MB" context=task_logger error="bufio.Scanner: token too long" task_id=7`,
		},
		{
			ID: "output-e5", Text: "bufio.Scanner: token too long", Topic: LogTaskCannotRun, Last: E5, Causes: []string{},
			Line: `time="2026-01-02T15:04:05Z" level=warning msg="bufio.Scanner: token too long" error="Failed to read TaskRunner output"`,
		},
		{
			ID: "launch-e5", Text: `action="launch job"`, Topic: LogTaskCannotRun, Causes: launchCauses(), First: E5, Last: E5,
			Line: `time="2026-01-02T15:04:05Z" level=error msg="exit status 2" action="launch job" context=running error="job failed" type=action`,
		},
		{
			ID: "launch-e5b", Text: "launch job failed", Topic: LogTaskCannotRun, Causes: launchCauses(), First: E5b,
			Line: `time="2026-01-02T15:04:05Z" level=error msg="launch job failed" context=job_running error="exit status 2"`,
		},
	}
}

// launchCauses are why a task ends before it has well begun, as far as that is to be
// found on the runner's side.
func launchCauses() []string {
	return []string{"program-missing", "tmp-unwritable", "disk-full", "home-missing", "inodes-full", "read-only-mount", "unit-sandbox", "known-bad-version"}
}
