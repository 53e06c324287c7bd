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

		// checks/config_keys.go, config_keys_words.go, config_unknown.go, config_server_only.go
		"A key that only older versions read",
		"只有旧版本才读取的键",

		"A key that only newer versions read",
		"只有新版本才读取的键",

		"A key that no version reads",
		"没有任何版本读取的键",

		"The token in the config is not read",
		"配置文件中的令牌不会被读取",

		"The registration token in the config is not read",
		"配置文件中的注册令牌不会被读取",

		"A secret of the server's in the runner's config",
		"Runner 的配置文件中有服务器的机密",

		"A value is a placeholder",
		"值只是占位符",

		"Every key of the config is one that this version reads",
		"配置文件中的每个键都是这个版本会读取的",

		"%s is not read by this version (line %d of %s)",
		"这个版本不读取 %[1]s（%[3]s 第 %[2]d 行）",

		"Semaphore passes over keys it does not know in silence.",
		"Semaphore 会默默跳过它不认识的键。",

		"From 2.10.26 on the server's address is web_host, without the /api that runner.api_url ends in; the old key is passed over in silence.",
		"从 2.10.26 起，服务器地址写在 web_host，不带 runner.api_url 结尾的 /api；旧键会被默默跳过。",

		"set web_host to %s: that is %s without /api",
		"把 web_host 设为 %s：即去掉 /api 的 %s",

		"From 2.10.26 on a runner keeps a bare token in runner.token_file, instead of JSON in runner.config_file; the old key is passed over in silence.",
		"从 2.10.26 起，Runner 把纯令牌存放在 runner.token_file，而不是把 JSON 存放在 runner.config_file；旧键会被默默跳过。",

		"write the token that stands in %s, and nothing else, to a file of its own and let %s name it: the token stays valid",
		"把 %s 中的令牌单独写入一个文件，除此之外什么也不写，并让 %s 指向它：令牌仍然有效",

		"From 2.19 on no answer is encrypted, and no runner has a key.",
		"从 2.19 起，应答不再加密，Runner 也不再有密钥。",

		"set %s instead",
		"改为设置 %s",

		"take line %d out of %s",
		"从 %[2]s 中去掉第 %[1]d 行",

		"if the runner is older than semadoctor takes it for, say so with --runner-version",
		"如果 Runner 比 semadoctor 认为的版本旧，请用 --runner-version 说明",

		"%s is read only by newer versions (line %d of %s)",
		"只有更新的版本才读取 %[1]s（%[3]s 第 %[2]d 行）",

		"It is read from %s on; this version passes over it in silence.",
		"从 %s 起才会读取它；这个版本会默默跳过。",

		"for this version set %s",
		"对于这个版本，请设置 %s",

		"take line %d out of %s, or upgrade the runner together with its server",
		"从 %[2]s 中去掉第 %[1]d 行，或将 Runner 与其服务器一起升级",

		"runner.token is not read by this version (line %d of %s)",
		"这个版本不读取 runner.token（%[2]s 第 %[1]d 行）",

		"2.10.26 to 2.10.32 read the token from runner.token_file or SEMAPHORE_RUNNER_TOKEN only; 2.11 or 2.12 is the first that reads it in the config.",
		"2.10.26 到 2.10.32 只从 runner.token_file 或 SEMAPHORE_RUNNER_TOKEN 读取令牌；2.11 或 2.12 才开始读取配置文件中的令牌。",

		"take line %d out of %s: the runner has its token from elsewhere",
		"从 %[2]s 中去掉第 %[1]d 行：Runner 的令牌来自别处",

		"runner.registration_token is not read by this version (line %d of %s)",
		"这个版本不读取 runner.registration_token（%[2]s 第 %[1]d 行）",

		"From 2.10.26 on a registration token is taken from SEMAPHORE_RUNNER_REGISTRATION_TOKEN, and from 2.18 on from the file that runner.registration_token_file names, too. A runner does not register by itself any more.",
		"从 2.10.26 起，注册令牌取自 SEMAPHORE_RUNNER_REGISTRATION_TOKEN；从 2.18 起也取自 runner.registration_token_file 指向的文件。Runner 不再自行注册。",

		"take line %d out of %s: whoever can read it can register runners",
		"从 %[2]s 中去掉第 %[1]d 行：能读到它的人都能注册 Runner",

		"%s is no key of Semaphore's (line %d of %s)",
		"%[1]s 不是 Semaphore 的键（%[3]s 第 %[2]d 行）",

		"correct line %d of %s, or take it out",
		"更正 %[2]s 的第 %[1]d 行，或将其去掉",

		"take line %d out of %s: %s is set as well",
		"从 %[2]s 中去掉第 %[1]d 行：%[3]s 也已设置",

		"in line %d of %s, %s is probably meant",
		"%[2]s 第 %[1]d 行想写的可能是 %[3]s",

		"A runner opens no database and signs no cookie: whoever gets hold of this file has the server's keys as well. The tasks it runs can read it, if they run as its user.",
		"Runner 不打开数据库，也不签发 cookie：拿到这个文件的人同时也拿到了服务器的密钥。任务如果以 Runner 的用户运行，就能读到它。",

		"the runner's config %s holds secrets that only a server needs: %s",
		"Runner 的配置文件 %s 含有只有服务器才需要的机密：%s",

		"if no server reads %s too, take them out, and let the server have new ones if others could read the file",
		"如果没有服务器也在读取 %s，就去掉它们；如果其他人能读到这个文件，请给服务器换新的",

		// checks/config_placeholder.go
		"%s is a placeholder",
		"%s 只是占位符",

		"%s is a placeholder: %s",
		"%s 只是占位符：%s",

		"The runner takes the text as it is.",
		"Runner 会照原样使用这段文字。",

		"put the real value in its place (%s), or take it out",
		"换成真正的值（%s），或将其去掉",

		"text left from documentation or from the web UI",
		"从文档或网页界面留下的文字",

		// checks/config_values.go, config_env_values.go
		"A variable the runner cannot parse",
		"Runner 无法解析的变量",

		"Kubernetes sets a variable that Semaphore reads",
		"Kubernetes 设置了 Semaphore 会读取的变量",

		"%s is %s, the address of a Service called semaphore",
		"%s 是 %s，即名为 semaphore 的 Service 的地址",

		"Kubernetes sets %s for every pod beside a Service called semaphore; it overrides the config, and the runner panics over it, exit status 2.",
		"Kubernetes 会为名为 semaphore 的 Service 旁边的每个 Pod 设置 %s；它会覆盖配置文件，Runner 因此崩溃，退出码 2。",

		"set enableServiceLinks: false in the pod's spec",
		"在 Pod 的 spec 中设置 enableServiceLinks: false",

		"or set %s to %s in the container's env, which goes before what Kubernetes sets",
		"或在容器的 env 中把 %s 设为 %s，它优先于 Kubernetes 设置的值",

		"or give the Service another name than semaphore",
		"或给 Service 起一个不叫 semaphore 的名字",

		"an object of texts",
		"由文本组成的对象",

		"an object of something else",
		"由其他内容组成的对象",

		// checks/config_override.go, config_variables.go, config_ignored.go
		"The environment overrides a different value",
		"环境变量覆盖了不同的值",

		"An empty variable takes a value away",
		"空变量去掉了一个值",

		"A variable that nobody reads",
		"没有人读取的变量",

		"The config is never read",
		"配置文件从不被读取",

		"%s overrides %s with another value",
		"%s 用另一个值覆盖了 %s",

		"The environment goes before the config, in every version that reads both. Whoever edits the config will see no effect.",
		"在两者都读取的所有版本中，环境变量优先于配置文件。修改配置文件的人看不到任何效果。",

		"%s, which counts",
		"%s，起作用的是它",

		"%s, which does not",
		"%s，它不起作用",

		"a secret",
		"一个机密",

		"another value",
		"另一个值",

		"keep one of the two, or make them the same",
		"二者保留其一，或让它们一致",

		"%s is set to nothing, and takes %s away",
		"%s 设为空，去掉了 %s",

		"A variable counts by being set, to whatever: the runner goes on as if the config had no such value.",
		"变量只要设置了就算数，不论值是什么：Runner 会当作配置文件中没有这个值。",

		"take %s out of the environment, or give it its value: NAME= and NAME: \"\" in a unit, an env file or a compose file set it",
		"把 %s 从环境中去掉，或给它应有的值：unit、env 文件或 compose 文件中的 NAME= 和 NAME: \"\" 都算设置了它",

		"%s is read by no version",
		"没有任何版本读取%s",

		"Semaphore passes over variables it does not know in silence.",
		"Semaphore 会默默跳过它不认识的变量。",

		"a variable with a value",
		"一个有值的变量",

		"%s is probably meant",
		"想写的可能是 %s",

		"take it out",
		"将其去掉",

		"take it out: what this version reads is %s",
		"将其去掉：这个版本读取的是 %s",

		"its value is the server's address without /api: %s",
		"它的值是不带 /api 的服务器地址：%s",

		"%s is never read: the runner is started with --no-config",
		"%s 从不被读取：Runner 以 --no-config 启动",

		"From 2.10.28 on the runner image starts \"semaphore runner start --no-config\": the environment is all it reads, whatever is mounted.",
		"从 2.10.28 起，Runner 镜像启动的是 \"semaphore runner start --no-config\"：不论挂载了什么，它只读取环境变量。",

		"--no-config",
		"--no-config",

		"a config with keys of a runner",
		"含有 Runner 键的配置文件",

		"set the same in the environment: SEMAPHORE_WEB_ROOT, and SEMAPHORE_RUNNER_TOKEN_FILE or SEMAPHORE_RUNNER_TOKEN",
		"在环境中设置同样的内容：SEMAPHORE_WEB_ROOT，以及 SEMAPHORE_RUNNER_TOKEN_FILE 或 SEMAPHORE_RUNNER_TOKEN",

		"or start the runner with: semaphore runner start --config %s",
		"或这样启动 Runner：semaphore runner start --config %s",

		// checks/config_migrate.go
		"copy the token of runner %d from %s to %s, and let %s name that",
		"把 Runner %d 的 token 从 %s 复制到 %s，并让 %s 指向它",

		"let the server have new ones if others could read the file",
		"如果别人也能读到这个文件，就给服务器换上新的",

		"move the token from line %d of %s to %s",
		"把第 %d 行的 token 从 %s 移到 %s",

		"set web_host to %s in the place of %s",
		"把 web_host 设为 %s，代替 %s",

		"take %s out of %s",
		"把 %s 从 %s 中去掉",

		"take the server's secrets out of %s: %s",
		"把服务器的机密从 %s 中去掉：%s",
	}
}
