package say

// zhConfig is what the checks of area config say.
func zhConfig() []string {
	return []string{
		"It ends too early: to systemd a blank is the end of an assignment that is not in quotes. The runner panics with \"unexpected end of JSON input\", exit status 2.", "它结束得太早：对 systemd 来说，没有引号的赋值遇到空格就结束。Runner 会以 \"unexpected end of JSON input\" 崩溃，退出码 2。",
		"put the whole assignment in single quotes: Environment='%s=[\"A\", \"B\"]'", "用单引号把整个赋值括起来：Environment='%s=[\"A\", \"B\"]'",
		// checks/config_origin.go
		"A token and a token file are both set",
		"令牌和令牌文件都设置了",

		"No two settings contradict each other",
		"没有两项设置互相矛盾",

		`From 2.19 on the runner panics over that: "SEMAPHORE_RUNNER_TOKEN and SEMAPHORE_RUNNER_TOKEN_FILE are mutually exclusive", exit status 2.`,
		`从 2.19 起 Runner 会因此 panic："SEMAPHORE_RUNNER_TOKEN and SEMAPHORE_RUNNER_TOKEN_FILE are mutually exclusive"，退出状态 2。`,

		"Up to 2.18 a token file that can be read wins in silence over a token from elsewhere; from 2.19 on the runner panics when both are set.",
		"2.18 及更早版本中，可读的令牌文件会悄悄取代别处的令牌；从 2.19 起两者都设置时 Runner 会 panic。",

		"a token and a token file are both set: %s and %s",
		"令牌和令牌文件都设置了：%s 和 %s",

		"a token and a token file are both set, and do not agree: %s and %s",
		"令牌和令牌文件都设置了，而且不一致：%s 和 %s",

		"token file %s",
		"令牌文件 %s",

		"keep the one that belongs to this runner on the server, and take the other out: %s or %s",
		"保留服务器上属于这个 Runner 的那一个，去掉另一个：%s 或 %s",

		"take %s out: the token file holds the same token",
		"去掉 %s：令牌文件里是同一个令牌",

		"take %s out: the token file gives the runner no token",
		"去掉 %s：令牌文件没有给 Runner 提供令牌",

		// checks/config_values.go
		"%s must match %s, and is %q",
		"%s 必须匹配 %s，现在是 %q",

		"The runner panics with \"value of field '%s' is not valid: %s (Must match regex: '%s')\", exit status 2.",
		"Runner 会 panic：\"value of field '%s' is not valid: %s (Must match regex: '%s')\"，退出状态 2。",

		"set %s to %s, or do not set it at all",
		"将 %s 设为 %s，或者干脆不要设置",

		"%s is not set, and must match %s",
		"%s 没有设置，而它必须匹配 %s",

		`add "%s": "%s" to %s: the runner opens no database, and insists on its name all the same`,
		`把 "%s": "%s" 加到 %s 里：Runner 不打开数据库，但仍然要求写明它的名字`,

		"%s BoltDB is gone from 2.19 on; the config is one for an older version.",
		"%s 从 2.19 起不再有 BoltDB；这份配置是给旧版本用的。",

		// checks/config.go
		"There is no config file",
		"没有配置文件",

		"The runner may not read its config",
		"Runner 无权读取自己的配置文件",

		"The config is not a file",
		"配置文件不是普通文件",

		"The runner can read its config",
		"Runner 能读取自己的配置文件",

		"semadoctor may not read %s, though %s may: run it as root or as that user",
		"semadoctor 无权读取 %s，而 %s 可以：请以 root 或该用户的身份运行 semadoctor",

		"there is no config file: the runner looks for %s",
		"没有配置文件：Runner 会查找 %s",

		`The runner says "Cannot Find configuration!" and exits 1. The working directory taken is %s.`,
		`Runner 报 "Cannot Find configuration!" 并以退出码 1 退出。这里假定的工作目录是 %s。`,

		"name the config with --config FILE, for the runner and for semadoctor",
		"用 --config FILE 指明配置文件，Runner 和 semadoctor 都要指明",

		"there is no config file at %s",
		"%s 处没有配置文件",

		`The runner says "Cannot Find configuration!" and exits 1; it says the same about a file that it may not read.`,
		`Runner 报 "Cannot Find configuration!" 并以退出码 1 退出；对无权读取的文件，它报的也是这句话。`,

		"%s The path %s is a relative one, and the runner starts in %s.",
		"%s%s 是相对路径，而 Runner 的启动目录是 %s。",
		"if %s is the runner's config, name it: --config %s",
		"如果 %s 就是 Runner 的配置文件，请指明它：--config %s",
		"put the config there, or name the right one with --config",
		"把配置文件放到该处，或用 --config 指明正确的配置文件",

		"the runner may not read its config: %s",
		"Runner 无权读取自己的配置文件：%s",

		`The runner says "Cannot Find configuration!" and exits 1, the same words as for a file that is not there.`,
		`Runner 报 "Cannot Find configuration!" 并以退出码 1 退出，与文件不存在时的报错完全相同。`,

		// checks/config_clobbered.go
		"The runner has overwritten its config",
		"Runner 覆盖了自己的配置文件",

		"%d bytes",
		"%d 字节",

		"%s has been overwritten: it holds only a runner's identity (runner_id %d and its token)",
		"%s 已被覆盖：里面只剩 Runner 的身份（runner_id %d 及其令牌）",

		`Runners of 2.9.64 to 2.10.25 do that when runner.config_file names the config: one start registers and writes the state over it, and the next panics with "registration token cannot be empty". The settings are gone; the identity is still good.`,
		`2.9.64 到 2.10.25 的 Runner，在 runner.config_file 指向配置文件本身时就会这样：启动一次，完成注册并把状态写到配置文件上；再次启动就 panic："registration token cannot be empty"。原有设置已丢失，但身份仍然有效。`,

		"stop the runner and keep the identity: cp -p %s %s",
		"先停止 Runner，保存身份：cp -p %s %s",

		"let %s.identity become that state file, readable and writable for the runner: it goes on as runner %d, without a new registration",
		"把 %s.identity 作为那个状态文件，并让 Runner 可读可写：它会继续作为 Runner %d 工作，无需重新注册",

		"%s has been overwritten: it holds only a runner's token",
		"%s 已被覆盖：里面只剩 Runner 的令牌",

		`"runner register" of 2.10.27 and later does that when runner.token_file names the config, and reports success. Every command after it says "Could not decode configuration!" and panics. The settings are gone; the token is still good.`,
		`2.10.27 及以后版本的 "runner register"，在 runner.token_file 指向配置文件本身时就会这样，而且还报告成功。此后的每条命令都报 "Could not decode configuration!" 并 panic。原有设置已丢失，但令牌仍然有效。`,

		"keep the token: cp -p %s %s",
		"保存令牌：cp -p %s %s",

		"let %s.identity become that token file, readable for the runner: no new registration is needed",
		"把 %s.identity 作为那个令牌文件，并让 Runner 可读：无需重新注册",

		"%s has been overwritten: it holds only a private key",
		"%s 已被覆盖：里面只剩一个私钥",

		`"runner register" of 2.11 to 2.18 does that when runner.private_key_file names the config. The settings are gone, and the key alone does not identify the runner.`,
		`2.11 到 2.18 的 "runner register"，在 runner.private_key_file 指向配置文件本身时就会这样。原有设置已丢失，而仅凭私钥无法表明 Runner 的身份。`,

		"keep the key: cp -p %s %s",
		"保存私钥：cp -p %s %s",

		"register anew: whether the server knows this key cannot be seen here",
		"重新注册：服务器是否认得这个私钥，从这里看不出来",

		// checks/config_duplicate.go
		"A key stands twice in the config",
		"配置里有重复的键",

		"%s stands twice in %s, on lines %d and %d: the last one counts",
		"%s 在 %s 中出现两次（第 %d 行和第 %d 行）：以最后一个为准",

		"take out line %d or line %d",
		"删掉第 %d 行或第 %d 行",

		"make one of the two: move what stands below line %d into the one on line %d",
		"把两处合成一处：把第 %d 行下面的内容并入第 %d 行的那一处",

		"%s stands twice in %s, on lines %d and %d: the two are merged",
		"%s 在 %s 中出现两次（第 %d 行和第 %d 行）：两者会合并",

		"Of what both hold, the second one counts. From 2.19 on the second replaces the first, and what only the first holds is lost.",
		"两处都有的设置，以第二处为准。从 2.19 起，第二处会整个取代第一处，只写在第一处的内容会丢失。",

		"%s stands twice in %s, on lines %d and %d: the second replaces the first",
		"%s 在 %s 中出现两次（第 %d 行和第 %d 行）：第二处取代第一处",

		"What only the first holds is not read. Up to 2.18 the two were merged.",
		"只写在第一处的内容不会被读取。2.18 及更早版本会把两处合并。",

		// checks/config_kind.go
		"the config cannot be read: %s",
		"无法读取配置文件：%s",

		"name a regular file with --config",
		"用 --config 指明一个普通文件",

		`The runner says "Cannot Find configuration!" and exits 1.`,
		`Runner 报 "Cannot Find configuration!" 并以退出码 1 退出。`,

		`The runner says "Could not decode configuration!" and panics with "read %s: is a directory", exit status 2. %s`,
		`Runner 报 "Could not decode configuration!" 并 panic："read %s: is a directory"，退出码 2。%s`,

		"The runner waits until somebody writes a config into it, at every start.",
		"每次启动，Runner 都会一直等到有人往里面写入配置。",

		"%s names a directory for the start script of Semaphore's Docker images, which exports it, and a file for the program itself.",
		"对 Semaphore Docker 镜像的启动脚本来说，%s 指的是目录（脚本会导出这个变量）；对程序本身来说，它指的是文件。",

		"Docker makes a directory where the source of a bind mount is missing.",
		"bind mount 的源不存在时，Docker 会在那里创建一个目录。",

		"name the file in it: --config %s",
		"指明其中的文件：--config %s",

		"put a file in its place, on the host if it is a bind mount, or name the right one with --config",
		"在该处换成一个文件（如果是 bind mount，要在宿主机上换），或用 --config 指明正确的配置文件",

		"%s is larger than %d KiB: that is no runner's config",
		"%s 大于 %d KiB：这不会是 Runner 的配置文件",

		"A runner's config has a few hundred bytes. The runner itself knows no limit; semadoctor reads no further.",
		"Runner 的配置文件只有几百字节。Runner 自身没有大小限制；semadoctor 不再往下读。",

		"name the config with --config, for the runner and for semadoctor",
		"用 --config 指明配置文件，Runner 和 semadoctor 都要指明",

		// checks/config_mend.go
		"put in missing commas (%d)",
		"补上 %d 个缺少的逗号",

		"take out comments",
		"删除注释",

		"take out trailing commas",
		"删除多余的尾逗号",

		"take out the byte order mark",
		"删除字节顺序标记（BOM）",

		"turn UTF-16 into UTF-8",
		"把 UTF-16 转成 UTF-8",

		// checks/config_syntax.go
		"The config cannot be decoded",
		"配置文件无法解析",

		"The config can be decoded",
		"配置文件可以解析",

		"make %s valid JSON: %s",
		"把 %s 改成合法的 JSON：%s",

		"text after the first JSON value, from line %d, column %d of %s on, is ignored by the runner",
		"%[3]s 中第一个 JSON 值之后的内容（从第 %[1]d 行第 %[2]d 列起）会被 Runner 忽略",

		// checks/config_values.go
		"A value the runner panics on",
		"有一个值会让 Runner panic",

		"Every value is one the runner can take",
		"每个值都是 Runner 能接受的",

		"%s must be %s, and is %s",
		"%s 必须是%s，实际是：%s",

		`The runner says "Could not decode configuration!" and panics with "json: cannot unmarshal …", exit status 2.`,
		`Runner 报 "Could not decode configuration!" 并 panic："json: cannot unmarshal …"，退出码 2。`,

		"in line %d of %s, %s",
		"%[2]s 第 %[1]d 行：%[3]s",

		`The runner panics with "invalid character … looking for beginning of value", exit status 2.`,
		`Runner panic："invalid character … looking for beginning of value"，退出码 2。`,

		"write %s as JSON, or do not set it at all",
		"把 %s 写成 JSON，或者干脆不要设置",

		`The runner panics with "strconv.Atoi: parsing %s: invalid syntax", exit status 2. A variable that is set overrides the file, even when it is set to nothing.`,
		`Runner panic："strconv.Atoi: parsing %s: invalid syntax"，退出码 2。变量只要设置了就会覆盖文件里的值，哪怕设的是空值。`,

		"set %s to a whole number, or do not set it at all",
		"把 %s 设为整数，或者干脆不要设置",

		"write %s as JSON: %s",
		"把 %s 写成 JSON：%s",

		"%s must be %s, and is not JSON",
		"%s 必须是%s，但它不是 JSON",

		"a whole number",
		"整数",

		"true or false",
		"true 或 false",

		"a list of texts",
		"字符串列表",

		"an object",
		"对象",

		"a text",
		"字符串",

		"another number",
		"不合要求的数字",

		"a number",
		"数字",

		"a list of something else",
		"含有其他类型的列表",

		"a list",
		"列表",

		"write the value in quotes",
		"给这个值加上引号",

		"write the value without quotes",
		"去掉这个值的引号",

		"write %s",
		"改成%s",

		// checks/config_words.go
		"%s is not JSON at line %d, column %d: %s",
		"%s 第 %d 行第 %d 列不是合法的 JSON：%s",

		`The runner says "Could not decode configuration!" and panics with this text, exit status 2.`,
		`Runner 报 "Could not decode configuration!" 并带着这段文字 panic，退出码 2。`,

		"%s No version reads comments in JSON, although Semaphore's own documentation shows them.",
		"%s没有哪个版本能读 JSON 里的注释，尽管 Semaphore 自己的文档里就有这样的写法。",

		"the runner gives up here",
		"Runner 读到这里就放弃了",

		"write it as JSON: YAML is read from 2.19 on, and only from a file called .yaml or .yml",
		"改写成 JSON：从 2.19 起才支持 YAML，而且文件名必须以 .yaml 或 .yml 结尾",

		`line %d of %s has curly quotes: write straight ones (")`,
		`%[2]s 第 %[1]d 行里有弯引号：改成直引号（"）`,

		"correct line %d of %s by hand",
		"手工改正 %[2]s 的第 %[1]d 行",

		"%s is empty",
		"%s 是空的",

		`The runner says "Could not decode configuration!" and panics with "EOF", exit status 2.`,
		`Runner 报 "Could not decode configuration!" 并 panic："EOF"，退出码 2。`,

		"put the config back from a backup, or write it anew",
		"从备份恢复配置文件，或重新编写",

		"%s is cut short: it ends in line %d with a brace, a bracket or a quote left open",
		"%s 不完整：到第 %d 行就结束了，还有花括号、方括号或引号没有闭合",

		`The runner says "Could not decode configuration!" and panics with "%s", exit status 2.`,
		`Runner 报 "Could not decode configuration!" 并 panic："%s"，退出码 2。`,

		"put the end back, from a backup if something stood there: line %d is the last one",
		"补上结尾；如果原来还有内容，从备份恢复：现在第 %d 行是最后一行",

		"%s is JSON, but not an object: it must begin with {",
		"%s 是 JSON，但不是对象：必须以 { 开头",

		`The runner panics with "%s", exit status 2.`,
		`Runner panic："%s"，退出码 2。`,
	}
}
