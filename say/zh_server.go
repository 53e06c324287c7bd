package say

// zhServer is what is said of the server's URL and of its answers.
func zhServer() []string {
	return []string{
		"Every request of the runner is answered 401. Its identity is not at fault: a newer runner can go on with the same state file.",
		"Runner 的每个请求都得到 401。它的身份没有问题：换成新版 Runner 后可以继续使用同一个状态文件。",

		"upgrade the runner to the server's version",
		"把 Runner 升级到与服务器相同的版本",

		"the server answers 401: it wants a token, and runners up to 2.9.40 send none",
		"服务器返回 401：它要求令牌，而 2.9.40 及更早的 Runner 不发送令牌",

		"The runner's identity is not at fault.",
		"Runner 的身份没有问题。",

		"A proxy in front of the server takes it out, and the runner works. Semaphore itself answers 301, with which it would not.",
		"服务器前面的代理把它去掉了，所以 Runner 能正常工作。Semaphore 自己会返回 301，那样 Runner 就不能工作了。",

		// checks/server_token.go, checks/server_semaphore.go
		"see whether the URL is the right server's; if it is, and its database is well, its runner was deleted or the database restored: register the runner anew",
		"检查 URL 是否指向正确的服务器；如果是，而且它的数据库正常，说明 Runner 在那里被删除了，或者数据库被恢复过：请重新注册 Runner",

		"the server answers 404 to the runner's own request, behind a proxy's page",
		"服务器对 Runner 自己的请求返回 404，正文换成了代理的页面",

		"the server redirects the runner, and the token is not sent after it: see server/semaphore",
		"服务器重定向了 Runner，令牌不会跟着发过去：见 server/semaphore",

		"the runner would send no request: see config/origin",
		"Runner 不会发出任何请求：见 config/origin",

		"the server answers %d to %s, which is no answer: ask again later",
		"服务器对 %[2]s 应答 %[1]d，这等于没有回答：请稍后再试",

		// checks/server_redirect.go
		"The server redirects the runner",
		"服务器把 Runner 重定向",

		"the server redirects the runner's requests (%d) to %s",
		"服务器把 Runner 的请求重定向（%d）到 %s",

		"The runner follows it with a GET instead of its PUT or POST: registering fails, and results never reach the server, so that one task is run again and again. Nothing is logged about it.",
		"Runner 跟随重定向时，把原来的 PUT 或 POST 变成 GET：注册会失败，结果永远到不了服务器，于是同一个任务被一遍又一遍地执行。日志里什么也没有。",

		`The runner refuses redirects: "runner API redirects are not allowed".`,
		`Runner 拒绝重定向："runner API redirects are not allowed"。`,

		"Up to 2.19 the runner follows it, and understands nothing of the page there; from 2.20 on it refuses every redirect.",
		"2.19 及更早版本的 Runner 会跟随重定向，但看不懂那边的页面；从 2.20 起拒绝一切重定向。",

		"Runners up to 2.19 follow a 307 or 308 and work; from 2.20 on they refuse every redirect.",
		"2.19 及更早版本的 Runner 会跟随 307 或 308 并正常工作；从 2.20 起拒绝一切重定向。",

		`Up to 2.19 the runner follows it with a GET instead of its PUT or POST: results never reach the server, and one task is run again and again. From 2.20 on it says "runner API redirects are not allowed".`,
		`2.19 及更早版本的 Runner 跟随重定向时，把原来的 PUT 或 POST 变成 GET：结果永远到不了服务器，同一个任务被一遍又一遍地执行。从 2.20 起它报 "runner API redirects are not allowed"。`,

		"let what stands in front of the server pass the runner's path: %s",
		"让服务器前面那一层放行 Runner 的路径：%s",

		"set %s to %s, if %s is yours: the runner sends its token there",
		"把 %s 设为 %s，前提是 %s 归你们所有：Runner 会把令牌发到那里",

		"set %s to %s",
		"将 %s 设为 %s",

		// checks/server_semaphore.go
		"What answers is not Semaphore's runner API",
		"应答的不是 Semaphore 的 Runner API",

		"A proxy in front of the server keeps the runner out",
		"服务器前面的代理不让 Runner 进去",

		"The server is in trouble",
		"服务器出了问题",

		"What answers at the server URL is Semaphore",
		"在服务器 URL 上应答的是 Semaphore",

		"something in front of the server asks for a login (%d%s)",
		"服务器前面有东西要求登录（%d%s）",

		"Semaphore itself never asks a runner to log in. A proxy in front of it keeps the runner's requests out.",
		"Semaphore 自己从不要求 Runner 登录。是它前面的代理把 Runner 的请求挡在了外面。",

		"something in front of the server forbids the runner's requests (403)",
		"服务器前面有东西禁止 Runner 的请求（403）",

		"Semaphore itself never answers a runner 403. A proxy or a firewall in front of it keeps the runner's requests out.",
		"Semaphore 自己从不对 Runner 应答 403。是它前面的代理或防火墙把 Runner 的请求挡在了外面。",

		"let what stands in front of the server pass requests from this host to %s: its own log says what forbids them",
		"让服务器前面的东西放行本机对 %s 的请求：它自己的日志会说明是什么在禁止",

		"the server answers %d to %s",
		"服务器对 %[2]s 应答 %[1]d",

		`502, 503 and 504 come from something in front of Semaphore: a proxy that does not reach it, or that keeps everybody out for a while.`,
		`502、503 和 504 来自 Semaphore 前面的一层：它是代理，连不上 Semaphore，或者暂时把所有人挡在外面。`,

		`Of all statuses from 500 on, Semaphore itself gives a runner 500 alone, with {"error":"Unexpected error"} when its database fails. This answer comes from something in front of it, or in its place: its log or its manual says what it means by %d.`,
		`在 500 及以上的状态码中，Semaphore 自己只会对 Runner 应答 500，并在数据库出错时带有 {"error":"Unexpected error"}。这个应答来自它前面的东西，或占了它位置的东西：%d 是什么意思，要看那一方的日志或手册。`,

		"the network between this host and the server wants a login first (%d)",
		"本机与服务器之间的网络要求先登录（%d）",

		"That is what a network says that lets nobody through before a login, as in a hotel. Semaphore did not get the request.",
		"这是登录之前不让任何人通过的网络（例如酒店的网络）的应答。请求没有到达 Semaphore。",

		"log this host in to the network, or have who runs it let this host through; its answer says where: curl -sS %s",
		"让本机登录该网络，或请网络的管理者放行本机；它的应答会说明在哪里登录：curl -sS %s",

		"it asks to be left alone for %s",
		"它要求在 %s 内不要再来请求",

		"it asks to be left alone until %s",
		"它要求在 %s 之前不要再来请求",

		"the server answers %d to %s, which is no answer: ask again later (%s)",
		"服务器对 %[2]s 应答 %[1]d，这等于没有回答：请稍后再试（%[3]s）",

		"look at the server's and the proxy's logs: nothing on this host causes it",
		"查看服务器和代理的日志：原因不在本机",

		"let the proxy pass %s without a login for this host alone: servers of this version check no token",
		"让代理只对本机免登录放行 %s：这个版本的服务器不检查令牌",

		"let the proxy pass the runner's path without a login: %s",
		"让代理免登录放行 Runner 的路径：%s",

		"what answers at %s is not Semaphore's runner API: %d",
		"在 %s 应答的不是 Semaphore 的 Runner API：%d",

		"The runner logs an error %d without Semaphore's words behind it, again and again.",
		"Runner 反复记录错误 %d，后面没有 Semaphore 自己的说明文字。",

		"compare the URL with the one in the browser: the path of a sub-path installation belongs to it",
		"与浏览器里的 URL 对比：如果 Semaphore 装在子路径下，URL 里要包含这个路径",

		"set %s to %s: the page that answers says it lives there",
		"把 %s 设为 %s：应答的页面表明自己就在那里",

		`The runner says "%s", again and again.`,
		`Runner 反复报 "%s"。`,

		"The runner takes the answer for one without tasks: it logs nothing and waits for ever.",
		"Runner 以为应答里没有任务：它什么也不记录，一直等下去。",

		"what answers at %s is not Semaphore's runner API: a web page",
		"在 %s 应答的不是 Semaphore 的 Runner API：是一个网页",

		"if nothing keeps that back, the server does not know it: compare its version with the runner's",
		"如果没有东西拦着它，就是服务器不认识这个路径：请对比服务器与 Runner 的版本",

		"look for a firewall or a proxy in front of the server: Semaphore's runner API never answers 403",
		"检查服务器前面有没有防火墙或代理：Semaphore 的 Runner API 从不应答 403",

		// checks/server_token.go
		"Every poll is answered 401",
		"每次轮询都得到 401",

		"The server does not know the runner",
		"服务器不认得这个 Runner",

		"The server accepts the runner's requests",
		"服务器接受 Runner 的请求",

		"the server gave no answer to %s: %s",
		"服务器对 %s 没有应答：%s",

		"the server does not know the runner's path: see server/version",
		"服务器没有 Runner 所用的路径：见 server/version",

		"the server answers %d to the runner's own request, which no version is known to do",
		"服务器对 Runner 自己的请求应答 %d，已知没有哪个版本会这样",

		`the server answers 404 "Runner not found" to the runner's own request`,
		`服务器对 Runner 自己的请求应答 404 "Runner not found"`,

		"No runner on this server has this identity. Up to 2.10.25 that means its number is not there; from 2.10.26 on, that its token is not. A server that cannot read its database says so, too.",
		"这台服务器上没有哪个 Runner 有这个身份。在 2.10.25 及更早版本中，这说明没有这个编号；从 2.10.26 起，说明没有这个令牌。读不了数据库的服务器也会这样说。",

		"look at the proxies on the way: this must be answered 404, not 401: curl -sSi -H '%s: x' %s",
		"检查沿途的代理：下面的请求应当得到 404 而不是 401：curl -sSi -H '%s: x' %s",

		"the server redirects the runner: see server/semaphore",
		"服务器把 Runner 重定向：见 server/semaphore",

		"the runner has no identity yet: it registers at its next start",
		"Runner 还没有身份：下次启动时会注册",

		"the runner would send no request: see identity/state",
		"Runner 不会发出请求：见 identity/state",

		"what stands in the token's place is not sent anywhere: see identity/state",
		"令牌处的内容不会发往任何地方：见 identity/state",

		"the server knows runner %d; servers of this version look at no token",
		"服务器认得 Runner %d；这个版本的服务器不看令牌",

		"the server answers 401 with an empty body: its runner API has moved",
		"服务器应答 401，正文为空：它的 Runner API 已经换了路径",

		"The runner logs an error 401 every second, for ever; its token is not at fault.",
		"Runner 每秒记录一次 401 错误，永不停止；这不是令牌的问题。",

		"the server answers 401: the runner sends no token",
		"服务器应答 401：Runner 没有发送令牌",

		"The runner asks for the tasks of runner %d with an empty %s header, once a second, for ever.",
		"Runner 带着空的 %[2]s 头去取 Runner %[1]d 的任务，每秒一次，永不停止。",

		"the server answers 401: it has no runner %d with this token",
		"服务器应答 401：没有使用这个令牌的 Runner %d",

		"2.9.40-beta answers 401 both when the runner is not there and when it is there with another token.",
		"2.9.40-beta 在两种情况下都应答 401：Runner 不存在，或 Runner 存在但令牌不同。",

		"the server answers 401: the token does not belong to runner %d",
		"服务器应答 401：令牌不属于 Runner %d",

		"Up to 2.10.25 the server answers 404 when the runner is not there, and 401 when it is there with another token: the state was copied, the database restored, or the environment overrides half of it.",
		"2.10.25 及更早版本的服务器，在 Runner 不存在时应答 404，在 Runner 存在但令牌不同时应答 401：状态是复制来的，或数据库恢复过，或环境变量覆盖了其中一半。",

		"the server answers 401 though a token was sent: something on the way takes the header %s off",
		"已发送令牌，服务器却应答 401：沿途有东西去掉了 %s 头",

		"From 2.10.26 on a wrong token is answered 404; 401 means that no token arrived. A proxy that does not pass headers it does not know does that.",
		"从 2.10.26 起，令牌错误得到的是 404；401 说明令牌根本没有送到。不放行陌生请求头的代理就会造成这种情况。",

		// checks/server_url.go
		"No server URL is set",
		"没有设置服务器 URL",

		"The server URL is not a URL",
		"服务器 URL 不是有效的 URL",

		"The server URL ends in a slash",
		"服务器 URL 以斜杠结尾",

		"The server URL has /api where it must not, or lacks it",
		"服务器 URL 不该有 /api 却有，或该有却没有",

		"The server URL has the form this version needs",
		"服务器 URL 符合这个版本要求的形式",

		"the server URL ends in a slash, or has two in a row: %s",
		"服务器 URL 以斜杠结尾，或有两个连续的斜杠：%s",

		"The server answers 301, which turns the runner's PUT and POST into GET: registering fails, and results never reach the server, so that one task is run again and again. Nothing is logged about it.",
		"服务器应答 301，使 Runner 的 PUT 和 POST 变成 GET：注册会失败，结果永远到不了服务器，于是同一个任务被一遍又一遍地执行。日志里什么也没有。",

		`The server answers 301. Up to 2.19 that turns the runner's PUT and POST into GET: results never reach the server, and one task is run again and again. From 2.20 on the runner says "runner API redirects are not allowed".`,
		`服务器应答 301。在 2.19 及更早版本中，这使 Runner 的 PUT 和 POST 变成 GET：结果永远到不了服务器，同一个任务被一遍又一遍地执行。从 2.20 起，Runner 报 "runner API redirects are not allowed"。`,

		`The server answers 301, and the runner refuses it: "runner API redirects are not allowed".`,
		`服务器应答 301，而 Runner 拒绝重定向："runner API redirects are not allowed"。`,

		"runner.api_url must end in /api: %s",
		"runner.api_url 必须以 /api 结尾：%s",

		`Without it the server answers with its web page: "invalid character '<' looking for beginning of value".`,
		`不带 /api，服务器应答的是网页："invalid character '<' looking for beginning of value"。`,

		"web_host must end before /api: %s",
		"web_host 不能包含 /api，必须到它之前为止：%s",

		`From 2.10.26 on the runner adds /api/internal/runners by itself; the server answers 404 "Not Found" to the doubled path.`,
		`从 2.10.26 起，Runner 会自己加上 /api/internal/runners；对重复的路径，服务器应答 404 "Not Found"。`,

		"no server URL is set: %s is missing or empty",
		"没有设置服务器 URL：%s 缺失或为空",

		`The runner asks a server without a name and says "unsupported protocol scheme", again and again.`,
		`Runner 去请求一台没有名称的服务器，反复报 "unsupported protocol scheme"。`,

		"no server URL is set: %s is set to nothing, which counts",
		"没有设置服务器 URL：%s 设成了空值，而空值也算数",

		"set %s to %s, or do not set it",
		"把 %s 设为 %s，或者不要设置它",

		"%s is not read by this version",
		"这个版本不读 %s",

		"the server URL %q is not one a runner can use: %s",
		"服务器 URL %q 是 Runner 无法使用的：%s",

		"write it with scheme, host and port: %s",
		"写全协议、主机和端口：%s",

		`The runner crashes while it reads its config, with "invalid memory address or nil pointer dereference", exit status 2 (observed on 2.10.32 with an address and port).`,
		`Runner 读取配置时崩溃："invalid memory address or nil pointer dereference"，退出码 2（在 2.10.32 上用“地址加端口”的写法观察到）。`,

		"The runner panics while it reads its config, with what it finds wrong with the URL.",
		"Runner 读取配置时 panic，并给出它认为 URL 哪里不对。",

		`The runner says "%s", again and again; it does not exit.`,
		`Runner 反复报 "%s"，但不退出。`,

		"The runner asks another path than it means to, and understands none of the answers.",
		"Runner 请求的不是它本想请求的路径，得到的应答它一个也看不懂。",

		// checks/server_version.go
		"Runner and server do not speak the same protocol",
		"Runner 与服务器使用的协议不同",

		"Runner and server speak the same protocol",
		"Runner 与服务器使用相同的协议",

		"the server's answers do not tell its version",
		"从服务器的应答看不出它的版本",

		"if the runner is of another version than its config, name it with --runner-version: semaphore version tells it",
		"如果 Runner 的版本与配置的写法不符，用 --runner-version 指明：semaphore version 会显示版本",

		"the runner is %s and the server is 2.10.26 or newer: they do not speak the same",
		"Runner 是 %s，服务器是 2.10.26 或更新版本：两者协议不通",

		"The runner's paths are the server's admin API now: every request is answered 401 with an empty body.",
		"Runner 所用的路径如今是服务器的管理 API：每个请求都得到 401，正文为空。",

		"upgrade the runner to the server's version: api_url without /api becomes web_host, the token in the state file becomes the token file; the token itself stays valid",
		"把 Runner 升级到服务器的版本：api_url 去掉 /api 后写到 web_host，状态文件里的令牌写进令牌文件；令牌本身仍然有效",

		"the config is for a runner up to 2.10.25, and the server is 2.10.26 or newer",
		"配置是给 2.10.25 及更早版本的 Runner 用的，而服务器是 2.10.26 或更新版本",

		"The server does not know the runner's paths: every request is answered 404.",
		"服务器没有 Runner 所用的路径：每个请求都得到 404。",

		"upgrade the server, or run the server's own version of the runner",
		"升级服务器，或改用与服务器版本相同的 Runner",

		`%s %s was answered %d "%s"`,
		`%s %s 得到 %d "%s"`,

		"%s %s was answered %d",
		"%s %s 得到 %d",
	}
}
