package say

// zhPaths is what the checks of area paths say.
func zhPaths() []string {
	return []string{
		// checks/paths_collision.go
		"Two of the runner's files are one file",
		"Runner 的两个文件是同一个文件",

		"The runner's files all have different paths",
		"Runner 的各个文件路径互不相同",

		"through a symbolic link",
		"通过符号链接",

		"hard links to one file",
		"互为硬链接",

		"one file mounted at two places, or a name that differs only in case",
		"同一个文件挂载在两处，或文件名只有大小写不同",

		"the %s and the %s are both %s",
		"%s和%s都是 %s",

		"the %s %s and the %s %s are one file: %s",
		"%s %s 与%s %s 是同一个文件：%s",

		"give the %s a path of its own, in a directory that belongs to %s",
		"给%[1]s一个单独的路径，放在属于 %[2]s 的目录里",

		"put the runner_id and the token of %s into that file before, or the runner registers anew",
		"先把 %s 里的 runner_id 和令牌写进那个文件，否则 Runner 会重新注册",

		"move the %s to %s",
		"把%s移到 %s",

		"then register once more, which makes a key at %s; the runner that was registered before can be deleted on the server",
		"然后再注册一次，这样会在 %s 生成私钥；之前注册的 Runner 可以在服务器上删除",

		"then write the token that belongs to the key to %s: the web UI showed both",
		"然后把与该私钥配套的令牌写到 %s：Web 界面曾同时显示过两者",

		// checks/paths_detail.go
		"The runner works, because the environment says who it is. Without that it overwrites this one file, or every poll is refused.",
		"Runner 能工作，是因为环境变量表明了它的身份。没有这些变量，它就会覆盖这个文件，或者每次轮询都被拒绝。",

		"The file is a config and a state in one. Runners up to 2.10.25 work with that as long as the token stays in it; without it, this one file is overwritten or every poll is refused.",
		"这个文件既是配置又是状态。只要令牌还在里面，2.10.25 及更早版本的 Runner 就能这样工作；令牌一旦没了，这个文件就会被覆盖，或者每次轮询都被拒绝。",

		"Runners of 2.9.41 to 2.9.60 do not overwrite it: they take the config for their state, send an empty token, and every poll is answered 401.",
		"2.9.41 到 2.9.60 的 Runner 不会覆盖它：它们把配置当成状态，发送空令牌，每次轮询都得到 401。",

		`"runner register" writes the private key and then the token over it: results get through, and every poll fails with "can not read private key" or "invalid private key". With a key from the web UI in this place, the key's text is taken for the token, which no request can carry.`,
		`"runner register" 先写私钥，再用令牌把它覆盖：结果能送达，但每次轮询都失败，报 "can not read private key" 或 "invalid private key"。如果这里放的是来自 Web 界面的私钥，私钥的内容会被当成令牌，而任何请求都无法携带它。`,

		`"runner register" writes the private key there first and destroys what the file held, even when the registration then fails.`,
		`"runner register" 会先把私钥写到那里，毁掉文件原有的内容，即使随后注册失败也一样。`,

		"What the runner writes for one of the two destroys the other.",
		"Runner 为其中一个写入的内容会毁掉另一个。",

		"A runner of this version takes the config for its state, asks for the tasks of runner 0, is answered 404, takes that for an empty list and idles in silence. It never registers and logs no error.",
		"这个版本的 Runner 把配置当成状态，去取 Runner 0 的任务，得到 404，把它当成空列表，然后一声不响地空转。它从不注册，也不记录任何错误。",

		`A runner of this version takes the config for its state, asks for the tasks of runner 0 with an empty token, and is answered 404 every second. It logs "Runner registered on server", but never registers.`,
		`这个版本的 Runner 把配置当成状态，带着空令牌去取 Runner 0 的任务，每秒得到一次 404。它在日志里写 "Runner registered on server"，其实从未注册。`,

		`A runner of this version takes the config for its state, asks for the tasks of runner 0 with an empty token, and is answered 401 every second, for ever. It logs "Runner registered on server", but never registers.`,
		`这个版本的 Runner 把配置当成状态，带着空令牌去取 Runner 0 的任务，每秒得到一次 401，永不停止。它在日志里写 "Runner registered on server"，其实从未注册。`,

		`A runner of this version finds no token there and no registration token either, and panics with "registration token cannot be empty". With one it would overwrite this config with {"runner_id","token"}.`,
		`这个版本的 Runner 在那里找不到令牌，也没有注册令牌，于是 panic："registration token cannot be empty"。如果有注册令牌，它会用 {"runner_id","token"} 覆盖这份配置。`,

		"A runner of this version registers at every start and tries to write its state over this config. It may not, and does not notice: it works, and every start adds one more runner on the server. If it ever may, the settings are gone.",
		"这个版本的 Runner 每次启动都会注册，并试图把状态写到这份配置上。它没有写权限，自己却察觉不到：它能工作，但每次启动都会在服务器上多出一个 Runner。一旦有了写权限，原有设置就会丢失。",

		`A runner of this version registers at its next start and overwrites this config with {"runner_id","token"}. It works until it is restarted; then the server's URL and the registration token are gone and it panics with "registration token cannot be empty".`,
		`这个版本的 Runner 会在下次启动时注册，并用 {"runner_id","token"} 覆盖这份配置。它能工作到重启为止；重启后，服务器 URL 和注册令牌都没了，它会 panic："registration token cannot be empty"。`,

		`"runner start" takes the whole config for the token: of several lines it cannot be sent ("invalid header field value"), of one line it is sent to the server, secrets and all, and answered 404.`,
		`"runner start" 把整份配置当成令牌：有多行时无法发送（"invalid header field value"），只有一行时会连同其中的密钥密码一起发给服务器，得到 404。`,

		`"runner register" replaces this config with the token, and no command can read it after that. %s`,
		`"runner register" 会用令牌替换这份配置，此后任何命令都读不了它。%s`,

		"%s %s (The version was guessed from the config; --runner-version tells it.)",
		"%s%s（版本是根据配置推测的；可用 --runner-version 指明。）",

		// checks/paths_move.go
		"%s holds a hundred files called like %s",
		"%s 里已有上百个与 %s 类似的文件",

		"semadoctor may not look into %s: run it as root",
		"semadoctor 无权查看 %s 的内容：请以 root 身份运行",

		"%s belong to somebody else, or cannot be written",
		"%s 属于别人，或无法写入",

		"in line %d of %s, set %s=%s and make %s for %s",
		"在 %[2]s 第 %[1]d 行设置 %[3]s=%[4]s，并为 %[6]s 创建 %[5]s",

		"start the runner with %s=%s, and make %s for %s",
		"启动 Runner 时设置 %[1]s=%[2]s，并为 %[4]s 创建 %[3]s",

		// checks/paths_open.go
		"put the file where %s can get at it, such as below /etc/semaphore: %s is not to be opened for it",
		"把文件放到 %s 能访问的地方，例如 /etc/semaphore 之下：不要为此放开 %s",

		"let %s enter %s: chgrp %d %s && chmod g+x %s",
		"让 %s 能进入 %s：chgrp %d %s && chmod g+x %s",

		"let %s use %s, which belongs to %s: chgrp %d %s && chmod g+%s %s",
		"让 %s 能使用 %s（它属于 %s）：chgrp %d %s && chmod g+%s %s",

		"see what %s is, which belongs to %s: only if it is meant for %s, chgrp %d %s && chmod g+%s %s",
		"查清 %s（它属于 %s）是什么：只有当它本来就是给 %s 用的，才执行 chgrp %d %s && chmod g+%s %s",

		"let %s read %s (group %d, mode %04o)",
		"让 %s 能读取 %s（组 %d，权限 %04o）",

		"let %s use its file %s (mode %04o)",
		"让 %s 能使用自己的文件 %s（权限 %04o）",

		"give %s to %s",
		"把 %s 交给 %s",

		// checks/paths_private.go
		"Other users can read the runner's secrets",
		"其他用户能读取 Runner 的机密",

		"The runner's secrets are closed to other users",
		"其他用户无法接触 Runner 的机密",

		"every user of this host can read the %s %s (%s %s)",
		"本机任何用户都能读取%s %s（%s %s）",

		"every user of this host can write the %s %s (%s %s)",
		"本机任何用户都能改写%s %s（%s %s）",

		"%s Semaphore itself writes these files 0644.",
		"%sSemaphore 自己写这些文件时用的权限是 0644。",
		"Whoever has the token can take the runner's tasks, and the keys that come with them.",
		"谁拿到令牌，谁就能取走 Runner 的任务，以及随任务下发的密钥。",
		"The server encrypts what it sends the runner, passwords and keys for its tasks among it, for this key alone.",
		"服务器发给 Runner 的内容（包括任务所用的密码和密钥）只为这把密钥加密。",
		"Whoever has the registration token can register runners of their own, and be given tasks and the keys that come with them.",
		"谁拿到注册令牌，谁就能注册自己的 Runner，并获得任务以及随任务下发的密钥。",

		"mode %04o",
		"权限 %04o",

		"close %s to other users (mode %04o)",
		"禁止其他用户访问 %s（权限 %04o）",

		"see that %s can read %s, which belongs to %s, without being one of the others, then: chmod o-rwx %s",
		"先确保 %s 不靠“其他用户”权限也能读取 %s（它属于 %s），然后：chmod o-rwx %s",

		"see what %s is; only if nothing but the runner needs it: %s",
		"查清 %s 是什么；只有当除 Runner 外没人需要它时：%s",

		"chmod o-rwx %s",
		"chmod o-rwx %s",

		"chgrp %d %s && chmod %04o %s",
		"chgrp %d %s && chmod %04o %s",

		// checks/paths_remedy.go
		"see whether something is to be mounted there; if not: %s",
		"查清那里是否本该挂载什么；如果不是：%s",

		"or, if %s is to be the runner's: %s",
		"或者，如果 %s 应当归 Runner 所有：%s",

		"install -d -m %04o -o %d -g %d %s",
		"install -d -m %04o -o %d -g %d %s",

		"make the directory %s for %s",
		"为 %[2]s 创建目录 %[1]s",

		"give the directory %s to %s",
		"把目录 %s 交给 %s",

		"or %s",
		"或者：%s",

		"take the attribute off: chattr -ia %s",
		"去掉该属性：chattr -ia %s",

		"mount the file system of %s writable (in a container: without :ro; in a systemd unit: with ReadWritePaths)",
		"把 %s 所在的文件系统挂载为可写（容器：不要 :ro；systemd 单元：用 ReadWritePaths）",

		"keep the %s elsewhere",
		"把%s放到别处",

		"let %s be a path at which nothing stands yet, such as %s",
		"让 %s 指向一个还没有任何文件的路径，例如 %s",

		"let %s write in %s",
		"让 %s 能在 %s 里写入",

		"keep the %s at %s",
		"把%s放在 %s",

		// checks/paths_writable.go
		"The runner's identity is to be written on a read-only place",
		"Runner 的身份要写到只读的位置",

		"The directory of the state or token file is missing",
		"状态文件或令牌文件的目录不存在",

		"The runner cannot create its state or token file",
		"Runner 无法创建状态文件或令牌文件",

		"The runner cannot write its state or token file",
		"Runner 无法写入状态文件或令牌文件",

		"The state or token file is not a file",
		"状态文件或令牌文件不是普通文件",

		"The runner can keep its identity",
		"Runner 能保存自己的身份",

		"no state or token file is configured",
		"没有配置状态文件或令牌文件",

		"the %s has no path of its own yet: see path-collision",
		"%s还没有单独的路径：见 path-collision",

		"the runner cannot write its %s: %s",
		"Runner 无法写入自己的%s：%s",

		"the runner cannot keep its %s: the directory %s does not exist",
		"Runner 无法保存自己的%s：目录 %s 不存在",

		"the runner cannot keep its %s: %s",
		"Runner 无法保存自己的%s：%s",

		"the %s is not a file: %s",
		"%s不能用：%s",

		"Runners up to 2.10.25 never look whether this write works (semaphoreui/semaphore#2140): the runner registers, works, and forgets who it is. Every restart adds one more runner on the server, and tasks given to the old ones hang.",
		"2.10.25 及更早版本的 Runner 从不检查这次写入是否成功（semaphoreui/semaphore#2140）：它注册、工作，然后忘记自己是谁。每次重启都会在服务器上多出一个 Runner，分配给旧 Runner 的任务会一直挂着。",

		`"runner start" finds no token. Registering always panics in this version.`,
		`"runner start" 找不到令牌。在这个版本里，注册总是会 panic。`,

		`"runner register" makes the runner on the server and never looks whether this write works: every attempt leaves one more runner there, and "runner start" finds no token.`,
		`"runner register" 会在服务器上创建 Runner，却从不检查这次写入是否成功：每试一次，服务器上就多留下一个 Runner，而 "runner start" 找不到令牌。`,

		`"runner register" makes the runner on the server first and then fails to store its token: every attempt leaves one more runner there, and "runner start" finds no token.`,
		`"runner register" 会先在服务器上创建 Runner，然后保存令牌失败：每试一次，服务器上就多留下一个 Runner，而 "runner start" 找不到令牌。`,
	}
}
