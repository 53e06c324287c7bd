package say

// zhIdentity is what the checks of area identity say.
func zhIdentity() []string {
	return []string{
		// checks/identity_detail.go
		"It registers anew at every start, and every start adds one more runner on the server.",
		"它每次启动都重新注册，服务器上每次都会多出一个 Runner。",

		`The runner must register, and has no registration token: it panics with "registration token cannot be empty".`,
		`Runner 必须注册，却没有注册令牌：它会 panic："registration token cannot be empty"。`,

		`The runner cannot send it: every request fails with "invalid header field value for \"X-Api-Token\"".`,
		`Runner 无法发送它：每个请求都失败，报 "invalid header field value for \"X-Api-Token\""。`,

		"The runner panics at its start, exit status 2, with the text of the error.",
		"Runner 一启动就带着这条错误信息 panic，退出码 2。",

		"its token",
		"它的令牌",

		"The runner asks for the tasks of runner %d, is answered 404 and idles in silence.",
		"Runner 去取 Runner %d 的任务，得到 404，然后一声不响地空转。",

		"an empty token",
		"空令牌",

		"The runner asks for the tasks of runner %d with %s, and is answered %d every second, for ever.",
		"Runner 带着%[2]s去取 Runner %[1]d 的任务，每秒得到一次 %[3]d，永不停止。",

		`The runner cannot send it: every request fails with "invalid header field value for \"X-Runner-Token\"".`,
		`Runner 无法发送它：每个请求都失败，报 "invalid header field value for \"X-Runner-Token\""。`,

		`The runner sends it as it is and is answered 404 "Runner not found".`,
		`Runner 原样发送，得到 404 "Runner not found"。`,

		"%s It says the same for a token file that is missing, empty, a directory or unreadable, and registers only when told to.",
		"%s令牌文件不存在、为空、是目录或不可读时，报的都是同一句话；只有明确要求时它才会注册。",

		`"runner start" panics with "%s", from 2.18 on with "%s".`,
		`"runner start" panic："%s"；从 2.18 起是 "%s"。`,

		`"runner start" panics with "runner token required. Please register runner first or create it from web interface."`,
		`"runner start" panic："runner token required. Please register runner first or create it from web interface."。`,

		`"runner start" panics with "%s".`,
		`"runner start" panic："%s"。`,

		"the %s is %s",
		"%s是 %s",

		"the server does not know the runner's token (%s)",
		"服务器不认得 Runner 的令牌（%s）",

		"see in the server's web UI whether the runner is there: a server that cannot read its database answers the same, and the runner recovers with it",
		"到服务器的Web 界面看看这个 Runner 还在不在：读不了数据库的服务器也会这样应答，数据库恢复后 Runner 会自行恢复",

		"The runner was deleted on the server, the server's database was replaced, restored or cannot be read, or the token belongs to another server or another runner. The runner goes on asking once a second, for ever.",
		"Runner 在服务器上已被删除，或服务器的数据库被更换、恢复过或者现在读不了，或令牌属于另一台服务器、另一个 Runner。Runner 会一直每秒请求一次，永不停止。",

		"the server does not accept runner %d with the token it has (%s)",
		"服务器不接受 Runner %d 现有的令牌（%s）",

		"The state was copied from another host or written for another server, the server's database was restored, or the environment overrides half of it. The runner goes on asking once a second, for ever.",
		"状态是从另一台主机复制来的，或是为另一台服务器写的，或服务器的数据库恢复过，或环境变量覆盖了其中一半。Runner 会一直每秒请求一次，永不停止。",

		"the server has no runner %d (%s)",
		"服务器上没有 Runner %d（%s）",

		"The runner was deleted on the server, the server's database was replaced, restored or cannot be read, or the identity belongs to another server. The runner goes on asking once a second, for ever.",
		"Runner 在服务器上已被删除，或服务器的数据库被更换、恢复过或者现在读不了，或这个身份属于另一台服务器。Runner 会一直每秒请求一次，永不停止。",

		"runner %d is there and may be in use: before it is deleted, see that no other host has this state",
		"Runner %d 在服务器上存在，可能正在使用：删除之前，先确认没有别的主机在用同一份状态",

		"%s It takes the answer for an empty list and logs nothing.",
		"%s它把这个应答当成空列表，不写任何日志。",

		"set %s and SEMAPHORE_RUNNER_ID to what belongs together on this server, or take both out: they go before the state file",
		"把 %s 和 SEMAPHORE_RUNNER_ID 设成在这台服务器上互相匹配的值，或者两个都去掉：它们优先于状态文件",

		"write the token of a runner of this server at its place (%s): the web UI shows it when a runner is made",
		"把这台服务器上某个 Runner 的令牌写到该处（%s）：在 Web 界面新建 Runner 时会显示令牌",

		"see what %s is, which stands where a runner has no files; if nobody needs it, move it aside",
		"查清 %s 是什么（Runner 的文件不会放在那里）；如果没人需要它，就把它移开",

		"if the server is the right one, take runner_id and token out of %s and let runner.config_file name a path of its own, such as %s/runner_state.json; with runner.registration_token set, the runner registers anew",
		"如果服务器没错，就从 %s 中删去 runner_id 和 token，并让 runner.config_file 指向单独的路径，例如 %s/runner_state.json；只要设置了 runner.registration_token，Runner 就会重新注册",

		"if the server is the right one, move %s aside and restart the runner: it registers anew",
		"如果服务器没有弄错，把 %s 改名移开并重启 Runner：它会重新注册",

		"%s, if runner.registration_token is set, which it is not now",
		"%s（前提是已设置 runner.registration_token，而现在没有设置）",

		// checks/identity_mend.go
		"the state file %s holds a bare token, as 2.10.26 and later keep it",
		"状态文件 %s 里只有一个令牌，这是 2.10.26 及以后版本的格式",

		`write it as {"runner_id":N,"token":"…"}, with the runner's number on the server`,
		`写成 {"runner_id":N,"token":"…"}，N 是 Runner 在服务器上的编号`,

		"if the number is not to be found, move the file aside: with runner.registration_token set, the runner registers anew",
		"如果查不到编号，把文件改名移开：只要设置了 runner.registration_token，Runner 就会重新注册",

		"the token file %s holds the JSON state of 2.10.25 and earlier",
		"令牌文件 %s 里是 2.10.25 及更早版本的 JSON 状态",

		"keep only the token of runner %d in %s",
		"在 %[2]s 中只保留 Runner %[1]d 的令牌",

		"the runner may not read its %s: %s",
		"Runner 无权读取自己的%s：%s",

		"if no other runner uses it: chown %s %s",
		"如果没有别的 Runner 在用它：chown %s %s",

		"if one does, two runners with one identity would both run every task: %s",
		"如果有别的 Runner 在用，两个身份相同的 Runner 会把每个任务都执行一遍：%s",

		"see what %s is; if nobody needs it, move it aside, else let runner.config_file name a path of its own, such as %s/runner_state.json",
		"查清 %s 是什么；如果没人需要它，把它改名移开，否则让 runner.config_file 指向单独的路径，例如 %s/runner_state.json",

		"move %s aside, to %s.%s",
		"把 %s 改名为 %s.%s",

		"keep one of the two: the token file or the token from %s",
		"两者只保留一个：令牌文件，或来自 %s 的令牌",

		"put the state file back from a backup, or move it aside and set runner.registration_token to the runner_registration_token of the server's config",
		"从备份恢复状态文件，或者把它改名移开，并把 runner.registration_token 设为服务器配置里的 runner_registration_token",

		"restart the runner, which then registers anew, and delete the old runner on the server, if there was one",
		"重启 Runner，它会重新注册；服务器上如果有旧的 Runner，把它删掉",

		"the file must hold the token and nothing else: no quotes, no second line, no JSON",
		"文件里只能有令牌，不能有别的：不要引号、不要第二行、不要 JSON",

		"keep only the token in %s",
		"在 %s 中只保留令牌",

		"the token in the state file %s holds a line break or another control character",
		"状态文件 %s 里的令牌含有换行或其他控制字符",

		"take it out of the token, or move the file aside: with runner.registration_token set, the runner registers anew",
		"把它从令牌里去掉，或者把文件改名移开：只要设置了 runner.registration_token，Runner 就会重新注册",

		"upgrade the runner and the server to 2.10.28 or later: in 2.10.26-beta every registration panics",
		"把 Runner 和服务器都升级到 2.10.28 或更新版本：2.10.26-beta 每次注册都会 panic",

		"register the runner in a container of its service, with the server's registration token in the environment variable SEMAPHORE_RUNNER_REGISTRATION_TOKEN: %s run --rm --no-deps -e SEMAPHORE_RUNNER_REGISTRATION_TOKEN %s %s && %s restart %s",
		"在该服务的容器里注册 Runner，服务器的注册令牌放在环境变量 SEMAPHORE_RUNNER_REGISTRATION_TOKEN 里：%s run --rm --no-deps -e SEMAPHORE_RUNNER_REGISTRATION_TOKEN %s %s && %s restart %s",

		"register the runner as its own user, with the server's registration token in the environment variable SEMAPHORE_RUNNER_REGISTRATION_TOKEN: %s",
		"以 Runner 自己的用户注册，服务器的注册令牌放在环境变量 SEMAPHORE_RUNNER_REGISTRATION_TOKEN 里：%s",

		"that puts a new private key in the place of %s: with a token and a key from the web UI, write the token to its file instead",
		"这会用新的私钥替换 %s：如果令牌和私钥来自 Web 界面，改为把令牌写进令牌文件",

		"then see in the web UI that the runner is active: up to 2.17 it is not",
		"然后在 Web 界面确认 Runner 已启用（active）：2.17 及更早版本注册后是未启用的",

		// checks/identity_state.go
		"The runner has no identity",
		"Runner 没有身份",

		"The runner may not read its identity",
		"Runner 无权读取自己的身份",

		"The state or token file is empty",
		"状态文件或令牌文件是空的",

		"The state file holds no identity",
		"状态文件里没有身份",

		"The identity is in another version's format",
		"身份是另一种版本的格式",

		"The token is not a token",
		"令牌不是有效的令牌",

		"The server does not accept the runner's identity",
		"服务器不接受 Runner 的身份",

		"The runner has an identity the server accepts",
		"Runner 有服务器接受的身份",

		"semadoctor may not look at the %s %s: run it as root",
		"semadoctor 无权查看%s %s：请以 root 身份运行",

		"the %s %s is empty",
		"%s %s 是空的",

		"the state file %s is not JSON: %s",
		"状态文件 %s 不是 JSON：%s",

		"the token file %s does not hold a bare token",
		"令牌文件 %s 的内容不是单纯的令牌",

		"the state file %s holds no token: the next start registers and writes it anew",
		"状态文件 %s 里没有令牌：下次启动时会注册并重写它",

		"the state file %s is JSON without %s",
		"状态文件 %s 是 JSON，但缺少 %s",

		"the runner has an identity; the server was not asked whether it accepts it",
		"Runner 有身份；没有问过服务器是否接受它",

		"the runner has an identity; the server could not be asked whether it accepts it",
		"Runner 有身份；没能问到服务器是否接受它",

		"a token",
		"token",

		"a runner_id",
		"runner_id",

		"a runner_id and a token",
		"runner_id 和 token",

		"there is no %s at %s",
		"%[2]s 处没有%[1]s",

		"the %s %s is not a file",
		"%s %s 不是普通文件",

		"runner.config_file is not set: the runner has nowhere to keep its identity",
		"未设置 runner.config_file：Runner 没有地方保存身份",

		"set runner.config_file to a path of its own, such as %s/runner_state.json",
		"把 runner.config_file 设为单独的路径，例如 %s/runner_state.json",

		"no %s at %s yet: the next start registers the runner",
		"%[2]s 处还没有%[1]s：下次启动时 Runner 会注册",

		"%s, and no registration token to get one with",
		"%s，也没有可用来取得身份的注册令牌",

		"put the state file back if there was one, or set runner.registration_token to the runner_registration_token of the server's config",
		"如果原来有状态文件，恢复它；否则把 runner.registration_token 设为服务器配置里的 runner_registration_token",

		// checks/identity_token.go
		"Nothing identifies the runner",
		"没有任何东西能表明 Runner 的身份",

		"The runner has to register and has no registration token",
		"Runner 必须注册，却没有注册令牌",

		"Something identifies the runner",
		"Runner 的身份有据可查",

		"runners up to 2.10.25 keep their token in the state file",
		"2.10.25 及更早版本的 Runner 把令牌放在状态文件里",

		"%s is set, and SEMAPHORE_RUNNER_TOKEN is not",
		"设置了 %s，却没有设置 SEMAPHORE_RUNNER_TOKEN",

		`The runner panics with "runner token required", exit status 2, whatever its state file holds.`,
		`不管状态文件里有什么，Runner 都会 panic："runner token required"，退出码 2。`,

		"runner_id %s",
		"runner_id %s",

		"take SEMAPHORE_RUNNER_ID out, so that the state file counts, or set SEMAPHORE_RUNNER_TOKEN as well",
		"去掉 SEMAPHORE_RUNNER_ID，让状态文件生效；或者同时设置 SEMAPHORE_RUNNER_TOKEN",

		"the token from %s holds a line break or another control character",
		"来自 %s 的令牌含有换行或其他控制字符",

		`Only a token from a file is trimmed. The runner cannot send this one: every request fails with "invalid header field value for %q".`,
		`只有从文件读来的令牌才会去掉首尾空白。这个令牌 Runner 无法发送：每个请求都失败，报 "invalid header field value for %q"。`,

		"token %s",
		"令牌 %s",

		"set the variable without the line break: printf %s instead of echo; in a Kubernetes Secret, without a newline at the end",
		"设置变量时不要带换行：用 printf %s 代替 echo；在 Kubernetes Secret 里，末尾不要有换行",

		"in line %d of %s, take the line break out of %s",
		"%[2]s 第 %[1]d 行：去掉 %[3]s 里的换行",

		"nothing identifies the runner: neither %s nor %s is set",
		"没有任何东西能表明 Runner 的身份：%s 和 %s 都没有设置",

		"set %s to a path the runner can write, such as %s/runner_token",
		"把 %s 设为 Runner 能写入的路径，例如 %s/runner_token",

		"%s This version does not read runner.token; 2.11 or 2.12 is the first that does.",
		"%s这个版本不读 runner.token；从 2.11 或 2.12 起才会读。",

		"a token that is not read",
		"一个不会被读取的令牌",

		"move the token from line %d of %s to a file that %s can read, and let %s name it: no new registration is needed",
		"把 %[2]s 第 %[1]d 行的令牌移到 %[3]s 能读取的文件里，并让 %[4]s 指向它：无需重新注册",

		"A runner without identity can register",
		"没有身份的 Runner 可以注册",

		"from 2.10.26 on the runner registers only when told to",
		"从 2.10.26 起，Runner 只在明确要求时才注册",

		"the runner will not register at its next start",
		"Runner 下次启动时不会注册",

		"the runner has to register, and runner.registration_token is not set",
		"Runner 必须注册，而 runner.registration_token 没有设置",

		`It panics with "registration token cannot be empty", exit status 2.`,
		`它会 panic："registration token cannot be empty"，退出码 2。`,

		"runner.registration_token, or SEMAPHORE_RUNNER_REGISTRATION_TOKEN",
		"runner.registration_token 或 SEMAPHORE_RUNNER_REGISTRATION_TOKEN",

		"set runner.registration_token to the runner_registration_token of the server's own config",
		"把 runner.registration_token 设为服务器自己配置里的 runner_registration_token",
	}
}
