package say

// zhKnownBad is what is said of releases with a defect.
func zhKnownBad() []string {
	return []string{
		"The release has a defect that hits this runner",
		"这个版本有一个会影响此 Runner 的缺陷",

		"the runner is %s: %s",
		"Runner 的版本是 %s：%s",

		"the server is %s: %s",
		"服务器的版本是 %s：%s",

		"it says to the API token that it is %s",
		"服务器对 API token 自称是 %s",

		"any error of the network ends it with a crash",
		"任何网络错误都会让它崩溃退出",

		"The server restarts, or a name once does not resolve, and the runner is gone, with the task it runs (SIGSEGV).",
		"服务器重启一次，或者域名有一次解析不出来，Runner 就会连同正在执行的任务一起消失（SIGSEGV）。",

		"upgrade the runner to 2.10.28 or later: config and token stay as they are",
		"把 Runner 升级到 2.10.28 或更高版本：配置和 token 都不用改",

		"before 2.18.25 runners of 2.18 leave a TCP connection open at every poll",
		"2.18.25 之前的 2.18 Runner 每次轮询都会留下一个不关闭的 TCP 连接",

		"After hours or days every request fails with \"cannot assign requested address\" or \"too many open files\", until the runner is restarted. With which release of 2.18 this began is not known.",
		"几小时或几天之后，所有请求都会以 \"cannot assign requested address\" 或 \"too many open files\" 失败，直到重启 Runner。这个缺陷从 2.18 的哪个版本开始出现，目前不清楚。",

		"upgrade the runner to 2.18.25 or later; until then restart it from time to time",
		"把 Runner 升级到 2.18.25 或更高版本；在此之前不时重启它",

		"it does not end after its task, though one_off is set",
		"尽管设置了 one_off，它执行完任务后也不会退出",

		"What starts a new runner for each task waits for ever.",
		"为每个任务启动一个新 Runner 的程序会一直等下去。",

		"upgrade the runner past 2.19.12",
		"把 Runner 升级到 2.19.12 之后的版本",

		"it gives no task to a runner that registered by itself",
		"它不会把任务交给自行注册的 Runner",

		"Such a runner has max_parallel_tasks 0, and servers of 2.10.26 to 2.10.28 look for one that has less than that to do.",
		"这样的 Runner 的 max_parallel_tasks 是 0，而 2.10.26 到 2.10.28 的服务器要找的是任务数小于这个值的 Runner。",

		"upgrade the server to 2.10.31 or later, or set the runner's max parallel tasks above 0 in the web UI",
		"把服务器升级到 2.10.31 或更高版本，或者在 Web 界面里把该 Runner 的最大并行任务数改成大于 0",

		"it starts no task on any runner",
		"它不会在任何 Runner 上启动任务",

		"Servers of 2.10.29 and 2.10.30 look for a runner that has something to do already. Tasks wait for ever.",
		"2.10.29 和 2.10.30 的服务器只找已经有任务在做的 Runner，任务会一直等待。",

		"upgrade the server to 2.10.31 or later",
		"把服务器升级到 2.10.31 或更高版本",

		"tasks for runners stay waiting",
		"交给 Runner 的任务会一直等待",

		"upgrade the server past 2.14.8",
		"把服务器升级到 2.14.8 之后的版本",
	}
}
