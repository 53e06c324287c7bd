package runner

// ExecutorType is how the runner runs its tasks: "local", "docker" or "k8s"; ""
// when nothing says so, which is local, or the version knows no other way (up to
// 2.18; read in source, 2026).
func (c *Config) ExecutorType() string {
	if c.Era.Before(E6) {
		return ""
	}
	if v, ok := c.Install.Env["SEMAPHORE_RUNNER_EXECUTOR_TYPE"]; ok {
		return v.V
	}
	if v := c.document().Find("/runner/executor/type"); v != nil {
		return v.Text
	}
	return ""
}

// AtLeast reports whether the version is known to be this release or a newer
// one. A version that is only an era is not.
func (v Version) AtLeast(major, minor, patch int) bool {
	return num(v.Major, v.Minor, v.Patch) >= num(major, minor, patch)
}
