package say

// zhAnswers is what is said of what a server answers, and of which one it is.
func zhAnswers() []string {
	return []string{
		// checks/server_version.go
		"%s or newer",
		"%s 或更新版本",

		"one of %s to %s",
		"%s 到 %s 之间的版本",

		"two servers answer at %s, one up to 2.10.25 and one from 2.10.26 on",
		"在 %s 应答的有两个服务器：一个是 2.10.25 及更早版本，一个是 2.10.26 及之后的版本",

		"The runner speaks as one of them does. What comes to the other fails, and so results of tasks may be lost and tasks be run again.",
		"Runner 的协议只与其中一个相同。发到另一个的请求都会失败，因此任务的结果可能丢失，任务可能被重复执行。",

		"bring all servers behind this address to the runner's version, or have the load balancer send %s to those of its version alone",
		"把这个地址后面的所有服务器都换成 Runner 的版本，或者让负载均衡器只把 %s 发给与它版本相同的服务器",

		"two servers answer the runner: see server/version",
		"有两个服务器在应答 Runner：见 server/version",

		"if several servers are behind this address, see that none is older than 2.10.26: such a one answers so",
		"如果这个地址后面有多台服务器，检查其中没有早于 2.10.26 的：那样的服务器会这样应答",

		"the config is for a runner from 2.10.26 on, and the server is %s",
		"配置是给 2.10.26 及之后的 Runner 用的，而服务器是 %s",

		"the runner is %s and the server is %s: they do not speak the same",
		"Runner 是 %s，服务器是 %s：两者的协议不同",

		"the runner is %s, which sends no token, and the server is %s and wants one",
		"Runner 是 %s，从不发送令牌；服务器是 %s，要求令牌",

		// checks/server_base.go, checks/server_semaphore.go
		"Semaphore answers at another path of the server",
		"Semaphore 在服务器的另一个路径上",

		"Semaphore answers at %s, and not at %s",
		"Semaphore 在 %s 应答，而不在 %s",

		"GET %s was answered pong",
		"GET %s 得到 pong",

		"no pong either from %s",
		"%s 也没有应答 pong",

		"what answered calls itself %s",
		"应答者自称 %s",

		"what answers at %s packs its answers with %s, which the runner cannot unpack",
		"在 %s 应答的服务用 %s 压缩应答，而 Runner 无法解压",

		"The runner asks for gzip or nothing (Accept-Encoding: gzip) and takes what it gets for JSON: \"invalid character\", again and again.",
		"Runner 只接受 gzip 或不压缩（Accept-Encoding: gzip），并把收到的内容当作 JSON：一遍又一遍地记录 \"invalid character\"。",

		"have what stands in front of Semaphore heed Accept-Encoding, or leave %s as it is",
		"让 Semaphore 前面那一层遵守 Accept-Encoding，或者不要改动 %s 的应答",

		"see in the log or the manual of what stands in front of the server what it means by %d: Semaphore's runner API never answers so",
		"到服务器前面那一层的日志或手册里查 %d 的含义：Semaphore 的 Runner API 从不这样应答",

		"the server redirects the runner's requests (%d) to where they came from",
		"服务器把 Runner 的请求重定向（%d）回原处",

		"Up to 2.19 the runner follows it ten times and says \"stopped after 10 redirects\", again and again; from 2.20 on it refuses every redirect.",
		"2.19 及更早版本的 Runner 跟随十次后报 \"stopped after 10 redirects\"，一遍又一遍；从 2.20 起拒绝一切重定向。",

		"it leads to %s",
		"它指向 %s",

		"if it is a login or a guard that sets a cookie and wants it back: no runner keeps one; let the runner's path pass without: %s",
		"如果是登录页或防护层设置了 cookie 并要求带回：Runner 从不保存 cookie，请让 Runner 的路径不经它直接放行：%s",

		"if what takes off TLS passes http on to a server that redirects to https: have it pass https on, or the server heed X-Forwarded-Proto",
		"如果终止 TLS 的那一层把请求以 http 转给会重定向到 https 的服务器：让它以 https 转发，或让服务器遵守 X-Forwarded-Proto",

		`it says "%s"`,
		`它说的是："%s"`,

		"see whether what stands in front of Semaphore has a route to it for %s: an ingress or a gateway that has none, or none yet, answers so",
		"看看 Semaphore 前面那一层有没有为 %s 配置到它的路由：没有路由（或者还没有）的 Ingress 或网关就会这样应答",

		"%s says so: a proxy that does not reach Semaphore, waits for it in vain, or keeps everybody out for a while.",
		"这是 %s 说的：它是一个代理，连不上 Semaphore，等不到它的回答，或者暂时把所有人挡在外面。",

		`Semaphore itself says so: "%s". It has trouble with its database.`,
		`这是 Semaphore 自己说的："%s"。它的数据库有问题。`,

		"something in front of the server answers the runner's PUT by itself: %d",
		"服务器前面有东西自行应答了 Runner 的 PUT：%d",

		`The runner can ask for tasks, and what becomes of them never reaches the server: each stays "starting" and may be run again and again.`,
		`Runner 能取到任务，但任务的结果永远到不了服务器：任务一直停在 "starting"，可能被一遍又一遍地执行。`,

		"let what stands in front of the server pass PUT, and POST for registering, to %s",
		"让服务器前面那一层放行发往 %s 的 PUT，以及注册用的 POST",

		// checks/server_token.go
		"The task endpoint answers 400",
		"任务接口应答 400",

		"the server answers 400 to the runner's report",
		"服务器对 Runner 的汇报应答 400",

		`the server answers 400 "Invalid format": the body of the runner's report does not arrive`,
		`服务器应答 400 "Invalid format"：Runner 汇报的正文没有送达`,

		"Reports are refused: results never reach the server, and one task may be run again and again.",
		"汇报被拒绝：结果永远到不了服务器，同一个任务可能被一遍又一遍地执行。",

		"let what stands in front of the server pass the body of PUT requests to %s",
		"让服务器前面那一层把 PUT 请求的正文传给 %s",

		"let what stands in front of the server pass the header %s on the way to %s",
		"让服务器前面那一层在通往 %[2]s 的路上保留请求头 %[1]s",

		"look at the log of what stands in front of the server, and of the server itself: no version of Semaphore answers 400 to a report without jobs",
		"查看服务器前面那一层以及服务器自身的日志：没有哪个版本的 Semaphore 会对不带任务的汇报应答 400",

		"Runner 0 does not exist, and the answer to it tells whether a token arrives. None does, so the identity is not at fault. A proxy that does not pass headers it does not know does that.",
		"Runner 0 并不存在，从对它的应答可以看出令牌是否送达。令牌没有送达，所以身份没有问题。不转发未知请求头的代理就会这样。",

		"the server knows runner %d; up to 2.9.40, which it may be, it looks at no token",
		"服务器认识 Runner %d；但它可能是 2.9.40 或更早的版本，那些版本根本不看令牌",

		// checks/server_poll.go
		"the runner's poll is answered, too",
		"Runner 的轮询也得到了应答",

		"the server answers %d to %s, which semadoctor sends in the place of the runner's GET, and accepts the runner's reports",
		"服务器对 %[2]s（semadoctor 用它代替 Runner 的 GET）应答 %[1]d，但接受 Runner 的报告",

		"the server answers 400 to the runner's poll, though it accepts its reports",
		"服务器对 Runner 的轮询应答 400，尽管接受它的汇报",

		"The runner logs \"the server returned error 400\" once a second, and never gets a task. The server has an empty or broken public key for it, or cannot write to its database: its log says which.",
		"Runner 每秒记录一次 \"the server returned error 400\"，永远拿不到任务。服务器上它的公钥为空或已损坏，或者服务器写不了自己的数据库：服务器的日志会说明是哪一种。",

		"look at the server's log: \"invalid public key\" is cured by registering the runner again with runner.private_key_file set, anything else is about its database",
		"查看服务器的日志：如果是 \"invalid public key\"，设置 runner.private_key_file 后重新注册 Runner 即可；其他内容说明问题出在服务器的数据库",

		"to be sure, have semadoctor ask for tasks once as the runner does: semadoctor check --poll",
		"要确定，可以让 semadoctor 像 Runner 那样请求一次任务：semadoctor check --poll",

		"runner.private_key_file is not set, and the server answers the runner's polls 400",
		"没有设置 runner.private_key_file，而服务器对 Runner 的轮询应答 400",

		"runner.private_key_file is not set, and the server encrypts what it sends",
		"没有设置 runner.private_key_file，而服务器会加密它发送的内容",
	}
}
