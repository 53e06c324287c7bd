package say

// zhNetwork is what is said of the way to the server: names, connections, proxies, certificates.
func zhNetwork() []string {
	return []string{
		// checks/server_proxy.go
		"the proxy in %s has no address that is a URL",
		"%s 中的代理地址不是 URL",

		`Up to 2.17 the runner says "invalid proxy address" at every attempt, and no request leaves this host.`,
		`2.17 及更早版本的 Runner 每次尝试都报 "invalid proxy address"，没有任何请求离开本机。`,

		"not a URL",
		"不是 URL",

		"write it as http://HOST:PORT, with %25 for a percent sign in the password, or do not set it at all",
		"写成 http://HOST:PORT，密码里的百分号写成 %25，或者干脆不要设置",

		// checks/server_certificate.go
		"Every request of the runner fails with this error, again and again.",
		"Runner 的每个请求都会因这个错误而失败，一再重复。",

		"the certificate of %s is for %s",
		"%s 的证书是签给 %s 的",

		"use one of these names in the URL, or a certificate that has %s",
		"在 URL 里改用这些名称之一，或者换成包含 %s 的证书",

		"the certificate of %s is not trusted: signed by an authority the runner does not know",
		"%s 的证书不受信任：签发它的 CA 是 Runner 不认识的",

		"the certificate of %s expired on %s",
		"%s 的证书已于 %s 过期",

		"renew the server's certificate; by this host's clock it is %s",
		"更新服务器的证书；本机时钟现在是 %s",

		"the certificate of %s is valid from %s on, and by this host's clock it is %s",
		"%s 的证书从 %s 起才有效，而本机时钟现在是 %s",

		"set this host's clock right if it is behind, else have the server's certificate made anew",
		"如果本机时钟慢了，校准它；否则让人重新签发服务器证书",

		"let the runner read the file that %s names: %s, and the runner ignores that in silence",
		"让 Runner 能读取 %s 指定的文件：%s，而 Runner 对此不报任何错",

		"put the certificate of the authority that signed the server's into %s, which %s names, in PEM form",
		"把签发服务器证书的 CA 的证书（PEM 格式）放进 %s（由 %s 指定）",

		"set %s to a file with the authority's certificate, in PEM form; the runner then trusts nothing else",
		"把 %s 设为存放 CA 证书的文件（PEM 格式）；此后 Runner 只信任它",

		"give the runner the authority's certificate: SSL_CERT_FILE in its environment, or the system's store",
		"把 CA 的证书交给 Runner：在它的环境里设置 SSL_CERT_FILE，或放进系统证书库",

		// checks/server_proxy.go
		"A proxy stands between runner and server",
		"Runner 与服务器之间隔着代理",

		"Up to 2.17 the runner sends its requests where HTTP_PROXY, HTTPS_PROXY and NO_PROXY tell it to, also those to a server in its own network.",
		"2.17 及更早版本的 Runner 按 HTTP_PROXY、HTTPS_PROXY 和 NO_PROXY 的指示发送请求，发给内网服务器的请求也不例外。",

		"if the server can be reached without the proxy, name it in the runner's environment: NO_PROXY=%s",
		"如果不经代理也能连到服务器，在 Runner 的环境里指明它：NO_PROXY=%s",

		"compare both ways: curl -sS --noproxy '*' %s, and curl -sS -x %s %s",
		"两种方式都试一下作比较：curl -sS --noproxy '*' %s 和 curl -sS -x %s %s",

		"the proxy %s does not let the runner through to %s: %s",
		"代理 %s 不让 Runner 连到 %s：%s",

		// checks/server_reach.go
		"The server's name does not resolve",
		"服务器的域名无法解析",

		"The server refuses the connection",
		"服务器拒绝连接",

		"The server does not answer",
		"服务器没有应答",

		"The connection to the server breaks",
		"与服务器的连接中断",

		"The server can be reached",
		"能连到服务器",

		"needs a server URL: see server/url",
		"需要服务器 URL：见 server/url",

		"if only a proxy leads there: up to 2.17 the runner heeds %s, 2.18 and 2.19 do not",
		"如果只能经代理到达那里：2.17 及更早版本的 Runner 遵循 %s，2.18 和 2.19 不遵循",

		"from this host, as the runner's user: curl -sS %s",
		"在本机，以 Runner 的用户运行：curl -sS %s",

		`2.10.27 crashes on any error of the network: "invalid memory address or nil pointer dereference". Later versions try again.`,
		`2.10.27 遇到任何网络错误都会崩溃："invalid memory address or nil pointer dereference"。以后的版本会重试。`,

		`The runner logs a line like "%s" at every attempt and keeps trying; it recovers by itself when it gets through.`,
		`Runner 每次尝试都记录一行类似 "%s" 的日志，并不断重试；一旦连通就会自行恢复。`,

		"the server's name %s does not resolve",
		"服务器的域名 %s 无法解析",

		"correct the name, or make it known to this host; in a container, only names of its own networks are: getent hosts %s",
		"改正域名，或让本机能解析它；在容器里，只能解析容器所在网络里的名称：getent hosts %s",

		"the name servers do not answer for %s",
		"查询 %s 时，DNS 服务器没有应答",

		"see which name servers this host asks: cat /etc/resolv.conf",
		"查看本机使用哪些 DNS 服务器：cat /etc/resolv.conf",

		"nothing accepts connections at %s: connection refused",
		"%s 上没有程序接受连接：connection refused",

		"if nothing stands in front of Semaphore, name its port in %s: that is 3000 unless the server is told otherwise, and a URL without a port means 80",
		"如果 Semaphore 前面没有别的东西，请在 %s 里写上它的端口：除非服务器另有设置，端口是 3000；不带端口的 URL 表示 80",

		"see on the server whether Semaphore runs, and on which address and port: ss -ltnp",
		"到服务器上查看 Semaphore 是否在运行，以及监听哪个地址和端口：ss -ltnp",

		"the connection to %s breaks: %s",
		"与 %s 的连接中断：%s",

		"look at the log of what stands in front of the server, and whether it speaks HTTP on that port",
		"查看服务器前面那一层（代理、负载均衡等）的日志，以及该端口提供的是不是 HTTP 服务",

		"no connection to %s within %s",
		"%[2]s 内未能连上 %[1]s",

		"look for a firewall between this host and the server, and whether the address is the server's",
		"检查本机与服务器之间有没有防火墙，以及该地址是不是服务器的地址",

		"%s begins an answer (%d) and does not end it within %s",
		"%s 开始了应答（%d），但在 %s 内没有结束",

		"%s speaks HTTP/2 alone, and the runner speaks HTTP/1.1 to an http:// URL",
		"%s 只支持 HTTP/2，而 Runner 对 http:// 的 URL 使用 HTTP/1.1",

		"The runner says \"malformed HTTP response\" at every attempt, and gets no tasks.",
		"Runner 每次尝试都会报 \"malformed HTTP response\"，取不到任务。",

		"have that port speak HTTP/1.1, too (in nginx: no http2 in a listen without ssl), or name another one in %s",
		"让该端口也支持 HTTP/1.1（在 nginx 里，不带 ssl 的 listen 不要写 http2），或者在 %s 中写另一个端口",

		"%s answers the ping, and does not answer %s %s within %s",
		"%s 应答 ping，但对 %s %s 在 %s 内没有应答",

		"look at the server's database and its log: the ping needs no database, and a runner's requests do",
		"检查服务器的数据库和日志：ping 不需要数据库，而 Runner 的请求需要",

		"%s accepts the connection (%s) and does not answer within %s",
		"%s 接受了连接（%s），但在 %s 内没有应答",

		"%s accepts the connection and does not finish the TLS handshake within %s",
		"%s 接受了连接，但在 %s 内没有完成 TLS 握手",

		"The runner waits for the answer without any limit: it logs nothing and gets no tasks, until the connection breaks.",
		"Runner 会无限期等待应答：不写日志，也取不到任务，直到连接中断。",

		"look at the server's log, its load and its database: something accepts connections there and does no work",
		"查看服务器的日志、负载和数据库：那里有程序接受了连接，却不处理请求",

		// checks/server_tls.go
		"The runner does not trust the server's certificate",
		"Runner 不信任服务器的证书",

		"The server's certificate is for another name",
		"服务器的证书是签给别的名称的",

		"The server's certificate has expired",
		"服务器的证书已过期",

		"The server's certificate is not valid yet",
		"服务器的证书尚未生效",

		"The URL says https, the port speaks http",
		"URL 写的是 https，端口上实际是 http",

		"The URL says http, the port speaks https",
		"URL 写的是 http，端口上实际是 https",

		"The runner trusts the server's certificate",
		"Runner 信任服务器的证书",

		"the URL says http, and %s speaks https",
		"URL 写的是 http，而 %s 实际使用 https",

		"the URL is not https",
		"URL 不是 https",

		"the URL says https, and %s speaks plain http",
		"URL 写的是 https，而 %s 实际使用明文 http",

		`Every request of the runner fails with "http: server gave HTTP response to HTTPS client" or the like.`,
		`Runner 的每个请求都失败，报 "http: server gave HTTP response to HTTPS client" 之类的错误。`,

		"set %s to %s, or name the port that speaks %s",
		"把 %s 设为 %s，或者换成使用 %s 的端口",

		"Every request of the runner fails; many servers answer it 400, the number of a wrong registration token.",
		"Runner 的每个请求都失败；许多服务器对此应答 400，与注册令牌错误时的状态码相同。",
	}
}
