package say

// zhClock is what the checks of area clock say.
func zhClock() []string {
	return []string{
		// checks/clock.go
		"This host's clock is wrong",
		"本机时钟不准",

		"The server's clock differs from this host's",
		"服务器时钟与本机不一致",

		"This host's clock is right",
		"本机时钟准确",

		"no NTP server told the time",
		"没有 NTP 服务器给出时间",

		"the NTP servers contradict each other",
		"各 NTP 服务器的时间互相矛盾",

		"%s, and none was named with --ntp (%s)",
		"%s，也没有用 --ntp 指定服务器（%s）",

		"refuses to answer (%s)",
		"拒绝应答（%s）",

		"does not know the time itself",
		"它自己也未同步时间",

		"the name does not resolve",
		"域名无法解析",

		"no answer",
		"无应答",

		"clock is right to %s, by %d of %d NTP servers",
		"时钟误差不超过 %[1]s（依据 %[3]d 台 NTP 服务器中的 %[2]d 台）",

		"clock is %s %s (±%s), by %d of %d NTP servers",
		"时钟%[2]s %[1]s（±%[3]s），依据 %[5]d 台 NTP 服务器中的 %[4]d 台",

		"No version of Semaphore uses the time to tell runners apart: this causes no 401 and no 404. It breaks certificates that are only just valid, the times in task logs, and from 2.19 on tasks that were running when the runner restarts.",
		"Semaphore 的任何版本都不用时间来辨认 Runner：这不会造成 401 或 404。受影响的是刚生效或即将过期的证书、任务日志里的时间，以及（2.19 起）Runner 重启时正在运行的任务。",

		"set the clock and keep it: timedatectl set-ntp true, or chronyc makestep",
		"校准时钟并保持同步：timedatectl set-ntp true，或 chronyc makestep",

		"ahead",
		"快了",

		"behind",
		"慢了",

		// cmd/semadoctor/wait.go
		"waited %s for %s",
		"等了 %[1]s，等到了 %[2]s",

		"not waiting for %s: %s",
		"不再等 %s：%s",

		"waited %s for %s in vain: %s",
		"等了 %[1]s，没有等到 %[2]s：%[3]s",

		"waiting for %s: %s",
		"正在等 %s：%s",

		"%s: %s",
		"%s：%s",

		"%s: %s %s (±%s)",
		"%[1]s：%[3]s %[2]s（±%[4]s）",

		"%s (%s)",
		"%s（%s）",

		"wants to be asked less often (%s)",
		"要求降低查询频率（%s）",

		"does not serve this host (%s)",
		"不为本机提供服务（%s）",

		"nothing listens there",
		"那里没有程序在监听",

		"what comes is no answer to the question",
		"收到的应答与提问不符",

		"its own clock is not to be relied upon: %s",
		"它自己的时钟不可信：%s",

		"a pod has the clock of its node, which need not be this host",
		"Pod 使用其节点的时钟，而节点不一定是本机",

		"%s; the kernel says that nothing keeps it so",
		"%s；但内核表示没有任何服务在维持它",

		"see which source keeps it wrong: chronyc sources, or timedatectl timesync-status",
		"查清是哪个时间源把它带偏：chronyc sources，或 timedatectl timesync-status",

		"No version of Semaphore uses the time to tell runners apart: this causes no 401 and no 404. It breaks certificates that are only just valid and the times in task logs. For %s after each start of the runner, the server fails the tasks that begin on it.",
		"Semaphore 的任何版本都不用时间来辨认 Runner：这不会造成 401 或 404。受影响的是刚生效或即将过期的证书，以及任务日志里的时间。Runner 每次启动后的 %s 内，在它上面开始的任务会被服务器判为失败。",

		"No version of Semaphore uses the time to tell runners apart: this causes no 401 and no 404. It breaks certificates that are only just valid, and the times in task logs.",
		"Semaphore 的任何版本都不用时间来辨认 Runner：这不会造成 401 或 404。受影响的是刚生效或即将过期的证书，以及任务日志里的时间。",

		// checks/clock_kernel.go
		"Nothing keeps this host's clock right",
		"没有任何服务在校准本机时钟",

		"%s; the kernel says that the clock is synchronised, to %s",
		"%s；内核表示时钟已同步，误差不超过 %s",

		"the kernel: not synchronised, nobody has told it how good its clock is",
		"内核：未同步，没有任何服务向它报告过时钟的精度",

		"the kernel: synchronised, to %s",
		"内核：已同步，误差不超过 %s",

		"nothing keeps this host's clock right: the kernel says that it is not synchronised",
		"没有任何服务在校准本机时钟：内核表示它未同步",

		"nothing keeps this host's clock right, and nobody says that it is: the kernel says that it is not synchronised",
		"没有任何服务在校准本机时钟，也没有谁能证明它是准的：内核表示它未同步",

		"A clock that is left alone is off by seconds after days, and by anything after a virtual machine was suspended. What that does is in clock-skew.",
		"无人校准的时钟几天就会差几秒；虚拟机挂起之后，差多少都有可能。后果见 clock-skew。",

		"let a time service keep it: timedatectl set-ntp true, or install chrony; for a container, on its host",
		"启用时间服务：timedatectl set-ntp true，或安装 chrony；容器则在其宿主机上进行",

		"or name a time server that may be asked: --ntp HOST",
		"或者指定一台可以查询的时间服务器：--ntp HOST",

		// checks/clock_server.go
		"the server's answer comes from a cache, and tells an old time",
		"服务器的应答来自缓存，给出的是旧时间",

		"This causes no 401 and no 404. It shifts the times in task logs.",
		"这不会造成 401 或 404。任务日志里的时间会有偏差。",

		"This causes no 401 and no 404. For %s after each start of the runner, the server fails the tasks that begin on it. One-time registration tokens live by the server's clock.",
		"这不会造成 401 或 404。Runner 每次启动后的 %s 内，在它上面开始的任务会被服务器判为失败。一次性注册令牌的有效期以服务器时钟为准。",

		"The server's clock agrees with this host's",
		"服务器时钟与本机一致",

		"the server gave no answer: see server/tls",
		"服务器没有应答：见 server/tls",

		"the server's answer carries no time",
		"服务器的应答里没有时间",

		"the server's clock is %s %s this host's (±%s)",
		"服务器时钟比本机%[2]s %[1]s（±%[3]s）",

		"This causes no 401 and no 404. It shifts the times in task logs, and one-time registration tokens live by the server's clock.",
		"这不会造成 401 或 404。任务日志里的时间会有偏差，一次性注册令牌的有效期也以服务器时钟为准。",

		"Date: %s",
		"Date：%s",

		"see which of the two clocks is right: timedatectl, on both",
		"查清哪一边的时钟是准的：在两边都运行 timedatectl",

		"set this host's clock: NTP agrees with the server",
		"校准本机时钟：NTP 与服务器一致",

		"the server's clock is wrong: %s %s this host's, which NTP says is right",
		"服务器时钟不准：比本机%[2]s %[1]s，而 NTP 表明本机是准的",

		"set the server's clock: timedatectl set-ntp true, or chronyc makestep",
		"校准服务器时钟：timedatectl set-ntp true，或 chronyc makestep",

		"set both clocks: NTP agrees with neither",
		"两边的时钟都要校准：NTP 与两边都不一致",

		"ahead of",
		"快了",
	}
}
