package say

// zhKeeping is about what a runner keeps, and where.
func zhKeeping() []string {
	return []string{
		// host/access.go
		"%s is on a file system that is mounted noexec",
		"%s 所在的文件系统以 noexec 方式挂载",

		// host/permission.go
		"%s, for it lacks CAP_DAC_OVERRIDE here",
		"%s，因为它在这里没有 CAP_DAC_OVERRIDE",

		"%v cannot execute %s (%s)",
		"%v 无法执行 %s（%s）",

		// host/sticky.go
		"%v may not remove %s, which belongs to %v, from the sticky directory %s",
		"%v 不能从带粘滞位的目录 %[4]s 中删除属于 %[3]v 的 %[2]s",

		"%v may not write %s, which %v put into a sticky directory that others may write to (fs.protected_regular)",
		"%v 不能写入 %s：它由 %v 放在一个他人也可写的粘滞目录里（fs.protected_regular）",
	}
}
