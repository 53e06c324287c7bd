package say

// zhRecord is what is said of what a server tells to an API token.
func zhRecord() []string {
	return []string{
		// checks/server_record.go
		"The runner is not active on the server",
		"Runner 在服务器上没有启用",

		"Earlier registrations of the runner are left on the server",
		"服务器上留有 Runner 以前注册的记录",

		"The server gives no tasks to runners",
		"服务器不把任务交给 Runner",

		"The server gives the runner tasks",
		"服务器会把任务交给这个 Runner",

		"servers up to 2.10.25 list no runners: their rows are in the database alone",
		"2.10.25 及更早的服务器不列出 Runner：记录只在数据库里",

		"the API token is not sent: the server URL has a login in it, which goes in the same header",
		"没有发送 API 令牌：服务器 URL 里带有登录信息，两者要用同一个请求头",

		"the API token is not sent: the server redirects, and nothing is sent after that",
		"没有发送 API 令牌：服务器重定向了，之后什么也不发送",

		"the API token is not sent: what answers the ping is not known to be Semaphore",
		"没有发送 API 令牌：不能确定应答 ping 的是 Semaphore",

		"the server gave no answer to %s %s: %s",
		"服务器没有回答 %s %s：%s",

		"the server does not accept the API token (401 to %s): it is wrong, has been revoked, the header Authorization is lost on the way, or the server cannot read its database; the runner's own token is another matter",
		"服务器不接受 API 令牌（对 %s 应答 401）：令牌有误、已被撤销、Authorization 请求头在途中丢失，或者服务器读不了数据库；Runner 自己的令牌是另一回事",

		"something in front of the server forbids %s (403), which semadoctor asks with the API token and the runner never does",
		"服务器前面有东西禁止 %s（403）；semadoctor 用 API 令牌访问它，Runner 从不访问它",

		"the API token is not an administrator's (403 to %s): only those may list runners; this is about the API token alone",
		"API 令牌不属于管理员（对 %s 应答 403）：只有管理员可以列出 Runner；这只关系到 API 令牌",

		"the server answers %d to %s, asked with the API token",
		"用 API 令牌请求 %[2]s，服务器应答 %[1]d",

		"the server is Semaphore %s",
		"服务器是 Semaphore %s",

		"the server is Semaphore %s; active runners: %d of %d",
		"服务器是 Semaphore %s；已启用的 Runner：%d / %d",

		"GET %s says version %s",
		"GET %s 说版本是 %s",

		"what the server answers to the API token is not understood",
		"看不懂服务器对 API 令牌的应答",

		"use_remote_runner is off on the server: it runs tasks itself",
		"服务器上 use_remote_runner 是关闭的：任务由它自己执行",

		"The runner polls and is answered as if all were well; it is never given a task.",
		"Runner 轮询，得到的应答看上去一切正常，却永远得不到任务。",

		"GET %s says use_remote_runner: false",
		"GET %s 说 use_remote_runner: false",

		"on the server set SEMAPHORE_USE_REMOTE_RUNNER=true (use_remote_runner in its config.json) and restart it",
		"在服务器上设置 SEMAPHORE_USE_REMOTE_RUNNER=true（即 config.json 里的 use_remote_runner），并重启服务器",

		"from 2.19 on SEMAPHORE_DEFAULT_GLOBAL_RUNNERS_MODE goes before it: with prefer or require, tasks go to runners all the same",
		"从 2.19 起以 SEMAPHORE_DEFAULT_GLOBAL_RUNNERS_MODE 为准：设为 prefer 或 require 时，任务照样交给 Runner",

		// checks/server_rows.go
		"the runner is registered and not active: %s",
		"Runner 已注册但没有启用：%s",

		"the runner is registered and not active: none of the %d runners that it can be is",
		"Runner 已注册但没有启用：可能是它的 %d 个 Runner 全都没有启用",

		"the server lists %s with active: false",
		"服务器列出的 %s 带有 active: false",

		"switch on the one that is this runner in the web UI",
		"在 Web 界面里启用属于这个 Runner 的那一个",

		`It polls and is answered as if all were well, and is never given a task: where no other runner is active, tasks end with "no runners available".`,
		`它轮询，得到的应答看上去一切正常，却永远得不到任务：如果没有别的 Runner 启用，任务会以 "no runners available" 结束。`,

		"%s Up to 2.17 a runner that registers by itself is not active until somebody switches it on.",
		"%s 在 2.17 及更早版本中，自行注册的 Runner 要等有人启用它才生效。",

		`switch it on in the web UI, or: printf 'Authorization: Bearer %%s' "$API_TOKEN" | curl -sS -H @- -d '{"active":true}' %s`,
		`在 Web 界面里启用它，或者：printf 'Authorization: Bearer %%s' "$API_TOKEN" | curl -sS -H @- -d '{"active":true}' %s`,

		"by its name %s",
		"按它的名称 %s",

		"told %s",
		"依据：%s",

		"the server accepts the runner's token and lists no runner it could be",
		"服务器接受 Runner 的令牌，但列出的 Runner 里没有一个可能是它",

		"of the %d runners that this one can be not all are active (off: %s), and the server does not tell which it is, for it lists no tokens; compare in the web UI",
		"可能是它的 %d 个 Runner 中有的没有启用（未启用：%s），而服务器不列出令牌，分不清哪一个是它；请在 Web 界面里核对",

		"%d runners on the server have the name %s, and %d of them have not asked for tasks for an hour",
		"服务器上有 %d 个 Runner 名为 %s，其中 %d 个已有一小时没有来取任务",

		"%d runners on the server have no name, and %d of them have not asked for tasks for an hour",
		"服务器上有 %d 个没有名称的 Runner，其中 %d 个已有一小时没有来取任务",

		`A runner that does not keep its identity registers anew at each start and leaves its old row. Servers before 2.19 give tasks to such rows, and those stay "starting".`,
		`没有保住身份的 Runner 每次启动都会重新注册，把旧记录留在服务器上。2.19 之前的服务器会把任务交给这样的记录，任务就一直停在 "starting"。`,

		"when it is known that nobody uses them, delete the old rows in the web UI",
		"确认没有人使用之后，在 Web 界面里删除旧记录",

		"%s was never seen",
		"%s 从未出现过",

		"%s was last seen %s",
		"%s 最后一次出现在 %s",

		"%d more",
		"另外 %d 个",

		"runner %d",
		"Runner %d",

		"runner %d (%s)",
		"Runner %d（%s）",

		"the API token is not sent to %s: no config named that server when semadoctor began",
		"没有把 API token 发给 %s：semadoctor 开始时没有任何配置指向这个服务器",

		"the API token is not sent: the config has verification of the server switched off, so anybody may answer in its place",
		"没有发送 API token：配置关闭了对服务器证书的校验，任何人都可能冒充它应答",
	}
}
