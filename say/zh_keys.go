package say

// zhKeys is about keys and variables.
func zhKeys() []string {
	return []string{
		// checks/config.go, checks/config_syntax.go: --no-config
		"the runner is started with --no-config: it reads no config file, only its environment",
		"Runner 以 --no-config 启动：它不读取任何配置文件，只看环境变量",

		"the runner reads no config file (--no-config)",
		"Runner 不读取配置文件（--no-config）",
	}
}
