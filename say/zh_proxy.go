package say

// zhProxy is what is said of proxies between runner and server, and of what comes
// to light on the way.
func zhProxy() []string {
	return []string{
		// checks/server_way.go
		"%s %s: certificate refused, after %s",
		"%s %s：证书不被接受，用时 %s",

		"the proxy's URL begins with %s://: a runner that is built with Go 1.22 or older takes that for the proxy's name; all know http://, https:// and socks5://",
		"代理的 URL 以 %s:// 开头：用 Go 1.22 或更早版本构建的 Runner 会把它当成代理的域名；http://、https:// 和 socks5:// 是所有版本都认识的",

		// checks/server_proxy.go
		"%s names %s in a form that the runner does not understand: it takes names, .SUFFIXES, addresses and ranges like 10.0.0.0/8, with commas between them, without http:// and a path; a port must be the URL's",
		"%s 里有 %s，但写法不起作用：Runner 只认名称、.后缀、地址和 10.0.0.0/8 这样的网段，以逗号分隔，不带 http:// 和路径；写了端口就必须与 URL 的端口相同",

		"if the server can be reached without the proxy, add it to %s: %s,%s",
		"如果不经代理也能连到服务器，把它加进 %s：%s,%s",

		"compare both ways, with the login in the place of xxxxx: curl -sS --noproxy '*' %s, and curl -sS -x %s %s",
		"两种方式都试一下作比较（把 xxxxx 换成登录信息）：curl -sS --noproxy '*' %s 和 curl -sS -x %s %s",

		"if only a proxy leads there: for a URL that begins with %s:// the runner heeds %s_PROXY, and not %s",
		"如果只能经代理到达那里：对以 %s:// 开头的 URL，Runner 遵循的是 %s_PROXY，而不是 %s",

		"the runner refuses the proxy in %s, because REQUEST_METHOD is set, too",
		"Runner 拒绝使用 %s 里的代理，因为还设置了 REQUEST_METHOD",

		`By REQUEST_METHOD Go takes the runner for a CGI script, in which HTTP_PROXY may be a stranger's. It says "%s" at every attempt, and no request leaves this host.`,
		`Go 看到 REQUEST_METHOD，就把 Runner 当成 CGI 脚本，而那里的 HTTP_PROXY 可能来自外人。它每次尝试都报 "%s"，没有任何请求离开本机。`,

		"take %s out of the runner's environment",
		"从 Runner 的环境里去掉 %s",

		// checks/server_proxy_answer.go
		"the proxy %s answers %s in place of %s",
		"代理 %[1]s 代替 %[3]s 应答 %[2]s",

		"the proxy %s, or what it leads to, answers %s in place of %s",
		"代理 %[1]s 或它通向的一方，代替 %[3]s 应答 %[2]s",

		"The answer does not say whether the proxy gave it or passed it on. A web server that is no proxy answers so, too.",
		"从应答看不出是代理自己给出的，还是它转发来的。不是代理的 Web 服务器也会这样应答。",

		"it says why: %s",
		"它给出的原因：%s",

		"the proxy %s wants a login before it lets the runner through to %s: %d",
		"代理 %s 要求登录后才让 Runner 连到 %s：%d",

		"the proxy %s does not accept the login in its URL, and does not let the runner through to %s: %d",
		"代理 %s 不接受其 URL 里的登录信息，不让 Runner 连到 %s：%d",

		"write the proxy's user and password into %s: %s://USER:PASSWORD@%s",
		"把代理的用户名和密码写进 %s：%s://USER:PASSWORD@%s",

		"The proxy offers a login by %s; the runner knows Basic only, in every version.",
		"代理提供的登录方式是 %s；任何版本的 Runner 都只支持 Basic。",

		"have the proxy let this host through to %s without a login, or put a proxy between that knows %s, as cntlm does",
		"让代理允许本机不登录就连到 %s，或者在中间加一个支持 %s 的代理，例如 cntlm",

		"write special characters of the password by their codes, in a unit with two percent signs: %%40 for @, %%3A for :, %%2F for /, %%25 for %",
		"密码里的特殊字符用编码来写，在 unit 文件里百分号要写两个：%%40 表示 @，%%3A 表示 :，%%2F 表示 /，%%25 表示 %",

		"write special characters of the password by their codes: %40 for @, %3A for :, %2F for /, %25 for %",
		"密码里的特殊字符用编码来写：%40 表示 @，%3A 表示 :，%2F 表示 /，%25 表示 %",

		"the proxy %s forbids the way to %s: %s",
		"代理 %s 禁止连到 %s：%s",

		"have who runs the proxy let this host through to %s",
		"请代理的管理员允许本机连到 %s",

		"have who runs the proxy let this host through to %s: many allow tunnels to port 443 alone (SSL_ports in Squid, ConnectPort in tinyproxy)",
		"请代理的管理员允许本机连到 %s：许多代理只允许到 443 端口的隧道（Squid 的 SSL_ports、tinyproxy 的 ConnectPort）",

		"the proxy %s does not reach %s: %s",
		"代理 %s 连不到 %s：%s",

		"It is the proxy that looks up the server's name and connects to it. That this host can do so does not help.",
		"解析服务器域名、建立连接的是代理。本机能做到也没有用。",

		"on the proxy's host: getent hosts %s, and curl -sS --noproxy '*' %s",
		"在代理所在的主机上：getent hosts %s，以及 curl -sS --noproxy '*' %s",

		"what answers at %s makes no tunnel to %s, as a proxy does for https: %s",
		"在 %s 应答的程序不像代理那样为 https 建立到 %s 的隧道：%s",

		"correct host and port in %s: an ordinary web server answers there, or a proxy that does not know CONNECT",
		"改正 %s 里的主机和端口：在那里应答的是普通 Web 服务器，或不支持 CONNECT 的代理",

		// checks/server_proxy_way.go
		"the proxy's name %s does not resolve, and the way to %s leads through it",
		"代理的域名 %s 无法解析，而到 %s 要经过它",

		"correct the name in %s, or make it known to this host (getent hosts %s); if there is to be no proxy, do not set it at all",
		"改正 %s 里的域名，或让本机能解析它（getent hosts %s）；如果不需要代理，就不要设置它",

		"the name servers do not answer for the proxy's name %s",
		"查询代理的域名 %s 时，DNS 服务器没有应答",

		"the proxy in %s is not written so that the runner can read it: it takes %s for the proxy's name",
		"%s 里的代理写法 Runner 读不懂：它把 %s 当成代理的域名",

		"write it as http://HOST:PORT or http://USER:PASSWORD@HOST:PORT, without quotes that stay in it, with %20 for a blank and %25 for a percent sign",
		"写成 http://HOST:PORT 或 http://USER:PASSWORD@HOST:PORT，不要留下引号，空格写成 %20，百分号写成 %25",

		"nothing accepts connections at the proxy %s: connection refused",
		"代理 %s 上没有程序接受连接：connection refused",

		"nothing accepts connections at the proxy %s: %s",
		"代理 %s 上没有程序接受连接：%s",

		"correct host and port in %s, or start the proxy there",
		"改正 %s 里的主机和端口，或在那里启动代理",

		"name the proxy's port in %s, often 3128 or 8080: without one the runner takes %s",
		"在 %s 里写明代理的端口，常见的是 3128 或 8080：不写的话 Runner 使用 %s",

		"no connection to the proxy %s within %s",
		"%[2]s 内连不上代理 %[1]s",

		"no connection to the proxy %s: %s",
		"连不上代理 %s：%s",

		"look for a firewall between this host and the proxy, and whether host and port in %s are right",
		"检查本机与代理之间有没有防火墙，以及 %s 里的主机和端口是否正确",

		"the proxy %s accepts the connection (%s) and does not answer for %s within %s",
		"代理 %s 接受了连接（%s），但对 %s 的请求在 %s 内没有应答",

		"The proxy hangs, or waits in vain for the server. The runner waits for the answer without any limit: it logs nothing and gets no tasks, until the connection breaks.",
		"代理卡住了，或在白等服务器。Runner 会无限期等待应答：不写日志，也取不到任务，直到连接中断。",

		"The proxy hangs, or waits in vain for the server. The runner gives up after a minute and tries again, for ever.",
		"代理卡住了，或在白等服务器。Runner 等一分钟后放弃，然后不断重试。",

		"the proxy %s accepts the connection (%s) and says nothing that SOCKS knows within %s",
		"代理 %s 接受了连接（%s），但在 %s 内没有按 SOCKS 应答",

		"see whether host and port in %s are those of a SOCKS proxy; one for HTTP is written http://%s",
		"检查 %s 里的主机和端口是不是 SOCKS 代理；HTTP 代理要写成 http://%s",

		"the proxy %s accepts the connection (%s) and does not finish the TLS handshake within %s",
		"代理 %s 接受了连接（%s），但在 %s 内没有完成 TLS 握手",

		"see whether host and port in %s are those of a proxy that speaks TLS; most do not: http://%s",
		"检查 %s 里的主机和端口是不是使用 TLS 的代理；大多数代理不用 TLS：http://%s",

		"the connection to the proxy %s breaks: %s",
		"与代理 %s 的连接中断：%s",

		"see whether host and port in %s are those of a proxy, and read its log",
		"检查 %s 里的主机和端口是不是代理，并查看它的日志",

		"see whether host and port in %s are those of a proxy, and read its log; if it speaks TLS, write https:// in front",
		"检查 %s 里的主机和端口是不是代理，并查看它的日志；如果它使用 TLS，前面要写 https://",

		"the proxy's URL says %s, and %s speaks TLS",
		"代理的 URL 写的是 %s，而 %s 使用 TLS",

		"the proxy's URL says https, and %s speaks no TLS",
		"代理的 URL 写的是 https，而 %s 不使用 TLS",

		"write it into %s so: %s",
		"在 %s 里这样写：%s",

		"the runner does not trust the proxy %s: %s",
		"Runner 不信任代理 %s：%s",

		"mend the proxy's certificate, or give the runner that of its authority: SSL_CERT_FILE in its environment, or the system's store",
		"修好代理的证书，或把签发它的 CA 的证书交给 Runner：在它的环境里设置 SSL_CERT_FILE，或放进系统证书库",

		"the TLS handshake with the proxy %s breaks: %s",
		"与代理 %s 的 TLS 握手中断：%s",

		"in the tunnel that the proxy %s has made, %s does not finish the TLS handshake within %s",
		"在代理 %s 建立的隧道里，%s 在 %s 内没有完成 TLS 握手",

		"if only a proxy leads there: %s makes an exception from %s",
		"如果只有经过代理才能到达：%s 让它不走 %s",

		"in the tunnel that the proxy %s has made, %s does not answer within %s",
		"在代理 %s 建立的隧道里，%s 在 %s 内没有应答",

		"in the tunnel that the proxy %s has made, the TLS handshake with %s breaks: %s",
		"在代理 %s 建立的隧道里，与 %s 的 TLS 握手中断：%s",

		"in the tunnel that the proxy %s has made, the connection to %s breaks: %s",
		"在代理 %s 建立的隧道里，与 %s 的连接中断：%s",

		"It is not known who is to blame: some proxies report a tunnel before they have reached the server, and some look into it.",
		"看不出是谁的问题：有的代理在连到服务器之前就报告隧道已建立，有的会查看隧道里的内容。",

		// checks/server_redirect.go
		"the page may be one of the proxy's, %s: if the server can be reached without it, name it in the runner's environment: NO_PROXY=%s",
		"该页面可能是代理 %s 自己的：如果不经它也能连到服务器，在 Runner 的环境里指明服务器：NO_PROXY=%s",

		// checks/server_ca.go
		"if it looked, the runner would accept the certificate",
		"如果验证，Runner 会接受该证书",

		"if it looked, the runner would refuse the certificate: %s",
		"如果验证，Runner 会拒绝该证书：%s",

		"take %s out: it is not needed, the runner trusts the server's certificate",
		"去掉 %s：它是多余的，Runner 信任服务器的证书",

		"have the server show a certificate that has %s as a Subject Alternative Name, then take %s out",
		"让服务器出示 Subject Alternative Name 里有 %s 的证书，然后去掉 %s",

		"have the certificate of %s renewed, which is valid from %s to %s, then take %s out",
		"更新 %s 的证书（有效期从 %s 到 %s），然后去掉 %s",

		// checks/server_certificate.go
		"if %s is the proxy's own authority, the proxy %s looks into TLS: the runner needs the certificate of that authority, or a way around the proxy (NO_PROXY)",
		"如果 %s 是代理自己的 CA，说明代理 %s 会拆解 TLS：Runner 需要该 CA 的证书，或者绕过代理（NO_PROXY）",
	}
}
