package say

// zhFleet is about the settings in effect, and about many runners.
func zhFleet() []string {
	return []string{
		// report/settings.go
		"read by %s and later",
		"自 %s 起读取",

		"read by %s only",
		"仅 %s 读取",

		"read by %s to %s",
		"%s 至 %s 读取",

		"environment",
		"环境变量",

		// report/settings_table.go
		"set, and not read by this runner:",
		"已设置，但此 Runner 不读取：",

		"ignored",
		"被忽略的设置",

		"setting",
		"设置",

		"value, and where it comes from",
		"值及其来源",

		"the runner panics over %s: %s (%s)",
		"Runner 会因 %s 而崩溃：%s（%s）",

		"not set",
		"未设置",

		"%s (default)",
		"%s（默认值）",

		"overrides %s",
		"覆盖了 %s",

		// cmd/semadoctor/meter.go
		"%d of %d runners checked",
		"已检查 %d / %d 个 Runner",

		"(empty)",
		"（空）",

		// report/table.go
		"%d runners: %d healthy, %d with warnings, %d broken, %d not known",
		"共 %d 个 Runner：%d 个健康，%d 个有警告，%d 个有故障，%d 个情况不明",
	}
}
