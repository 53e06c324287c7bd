package say

// zhKeys is about keys and variables.
func zhKeys() []string {
	return []string{
		// checks/config.go, checks/config_syntax.go: --no-config
		"the runner is started with --no-config: it reads no config file, only its environment",
		"Runner 以 --no-config 启动：它不读取任何配置文件，只看环境变量",

		"the runner reads no config file (--no-config)",
		"Runner 不读取配置文件（--no-config）",

		// checks/config_yaml.go, and what is not edited in YAML
		"There is nothing in it that a runner could work with.",
		"里面没有任何 Runner 能用的内容。",

		"The runner says \"Could not decode configuration!\" and panics, exit status 2.",
		"Runner 输出 \"Could not decode configuration!\" 并崩溃，退出码 2。",

		"%s is YAML, but not a mapping: it must hold keys with values",
		"%s 是 YAML，但不是映射：它必须由键和值组成",

		"%s is not YAML that the runner can read, at line %d: %s",
		"%s 不是 Runner 能读取的 YAML，第 %d 行：%s",

		"the second YAML document, from line %d of %s on, is ignored by the runner",
		"%[2]s 从第 %[1]d 行起的第二个 YAML 文档会被 Runner 忽略",

		"in line %d of %s, set %s to %s",
		"在 %[2]s 的第 %[1]d 行，把 %[3]s 设为 %[4]s",

		"in line %d of %s, set %s to %s, and make %s for %s",
		"在 %[2]s 的第 %[1]d 行，把 %[3]s 设为 %[4]s，并为 %[6]s 创建 %[5]s",

		"in %s, set %s to %s, and make %s for %s",
		"在 %s 中，把 %s 设为 %s，并为 %[5]s 创建 %[4]s",
	}
}
