package say

// zhWay is what is said of the layers of the way to the server.
func zhWay() []string {
	return []string{
		// checks/server_way.go
		"%s %s: no answer within %s",
		"%s %s：%s 内没有应答",

		"%s %s: %s, after %s",
		"%s %s：%s，用时 %s",

		"%s %s: done, after %s",
		"%s %s：成功，用时 %s",

		"resolve",
		"解析",

		"connect",
		"连接",

		"proxy to",
		"经代理到",

		"%s refuses the connection",
		"%s 拒绝连接",

		"%s does not answer",
		"%s 没有应答",

		"%s answers after %s",
		"%s 应答，用时 %s",

		"%s answers through the proxy %s (%s), after %s",
		"%s 经代理 %s（%s）应答，用时 %s",

		"the runner goes to %s without a proxy: from 2.18 on it does not heed %s",
		"Runner 不经代理访问 %s：从 2.18 起它不理会 %s",

		"the runner goes to %s without a proxy: NO_PROXY, or Go's rule for this host itself, makes an exception from %s",
		"Runner 不经代理访问 %s：NO_PROXY 或 Go 对本机的规则使它不走 %s",

		"the runner gets through, but not at its first attempt: %s",
		"Runner 能连上，但不是第一次尝试就成功：%s",

		// checks/server_reach.go
		"nothing accepts connections at %s: %s",
		"%s 上没有程序接受连接：%s",

		"nothing accepts connections at %s: each of its addresses refuses: %s",
		"%s 上没有程序接受连接：它的每个地址都拒绝：%s",

		"no connection to %s within %s: %s",
		"%[2]s 内连不上 %[1]s：%[3]s",

		"no connection to %s: %s",
		"连不上 %s：%s",

		`see which way this host would take: ip route get %s; "no route to host" may also be a firewall's answer`,
		`查看本机会走哪条路由：ip route get %s；"no route to host" 也可能是防火墙的回答`,

		"the TLS handshake with %s breaks: %s",
		"与 %s 的 TLS 握手中断：%s",

		"the TLS handshake with %s breaks: the server knows no certificate for the name %s (unrecognized name)",
		"与 %s 的 TLS 握手中断：服务器没有名称 %s 的证书（unrecognized name）",

		"the TLS handshake with %s breaks: the server knows no certificate for who names it by its address (unrecognized name)",
		"与 %s 的 TLS 握手中断：用地址访问时，服务器没有可用的证书（unrecognized name）",

		"write the server's own name into %s: one that it has a certificate for",
		"把服务器自己的名称写入 %s：要用它有证书的名称",

		"or have the server answer for that name (server_name in nginx): %s",
		"或者让服务器为这个名称作答（nginx 的 server_name）：%s",

		"see what the other side says: %s",
		"查看对方说什么：%s",

		"have the server speak TLS 1.2 or newer (ssl_protocols in nginx): the runner takes nothing older",
		"让服务器支持 TLS 1.2 或更新版本（nginx 的 ssl_protocols）：Runner 不接受更旧的版本",

		`Up to 2.17 the runner gives up after 10 s, says "net/http: TLS handshake timeout" and tries again, for ever.`,
		`2.17 及更早版本的 Runner 等 10 s 后放弃，报 "net/http: TLS handshake timeout"，然后不断重试。`,

		"The runner waits for the other side, and gets no tasks as long as it does.",
		"Runner 一直等待对方，期间得不到任何任务。",
	}
}
