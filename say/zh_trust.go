package say

// zhTrust is what is said of certificates, and of whom the runner trusts.
func zhTrust() []string {
	return []string{
		// checks/server_plain.go
		"The runner sends its token in clear to a public address",
		"Runner 以明文把令牌发往公网地址",

		"the server URL is plain http, and %s is a public address",
		"服务器 URL 是明文 http，而 %s 是公网地址",

		"The runner's token, and the keys and passwords of its tasks, can be read by everybody on the way.",
		"Runner 的令牌以及任务的密钥和密码，途中的任何人都能读到。",

		"let a proxy in front of the server speak TLS, and set %s to https",
		"在服务器前放一个支持 TLS 的代理，并把 %s 改为 https",

		// checks/server_ca.go
		"The CA file cannot be used",
		"CA 文件无法使用",

		"The runner does not verify the server's certificate",
		"Runner 不验证服务器的证书",

		"it is not known whom the runner trusts: semadoctor cannot read %s, which %s names; run it as root or as the runner's user",
		"不知道 Runner 信任谁：semadoctor 读不了 %s（由 %s 指定）；请以 root 或 Runner 的用户运行它",

		"the CA file that %s names cannot be used: %s",
		"%s 指定的 CA 文件无法使用：%s",

		"The runner ignores a file that it cannot read in silence, and trusts the system's store in its place.",
		"Runner 对读不了的文件不报任何错，改为信任系统证书库。",

		"or take %s out, if the server's certificate is from a public authority",
		"或者去掉 %s，如果服务器证书由公共 CA 签发",

		"there is no certificate in PEM form in %s, the CA file that %s names",
		"%s（由 %s 指定的 CA 文件）里没有 PEM 格式的证书",

		`The runner then trusts nobody: every request fails with "certificate signed by unknown authority".`,
		`这时 Runner 谁也不信任：每个请求都报 "certificate signed by unknown authority" 而失败。`,

		"write it in PEM form, from what looks like DER: openssl x509 -inform der -in %s -out %s",
		"它看起来是 DER 格式，转换成 PEM 格式：openssl x509 -inform der -in %s -out %s",

		"The runner then has no bundle of certificates at all, only what is in the directories of SSL_CERT_DIR or of the system.",
		"这时 Runner 完全没有证书包，只有 SSL_CERT_DIR 或系统证书目录里的证书。",

		"put the authority's certificate there, in PEM form, or correct the path",
		"把 CA 的证书（PEM 格式）放到那里，或者改正路径",

		"let everybody read it, for a certificate is no secret: chmod a+r %s",
		"证书不是秘密，让所有人都能读它：chmod a+r %s",

		"let %s pass through %s: chmod a+x %s",
		"让 %s 能穿过 %s：chmod a+x %s",

		"put a regular file with the authority's certificate there, in PEM form",
		"在那里放一个含 CA 证书的普通文件（PEM 格式）",

		"the runner trusts whoever answers: %s is on",
		"Runner 信任任何应答者：%s 已开启",

		"Its token, and the keys and passwords of its tasks, go to anybody who gets between it and the server. An expired certificate or one for another name is not noticed either.",
		"它的令牌以及任务的密钥和密码，会落到任何插进它与服务器之间的人手里。证书过期或名称不符也不会被发现。",

		"take %s out; if the server's authority is your own, set %s to a file with its certificate, in PEM form",
		"去掉 %s；如果服务器的 CA 是自建的，把 %s 设为存放其证书的文件（PEM 格式）",

		// checks/server_certificate.go
		"the certificate of %s has no name that counts: only the Common Name %s",
		"%s 的证书没有有效的名称：只有 Common Name %s",

		"No version of the runner looks at the Common Name: every request fails with this error, again and again.",
		"任何版本的 Runner 都不看 Common Name：每个请求都会因这个错误而失败，一再重复。",

		"have a certificate made with %s as a Subject Alternative Name",
		"重新签发一张证书，把 %s 写进 Subject Alternative Name",

		"the certificate of %s cannot be used: %s",
		"%s 的证书不能使用：%s",

		"have the server's certificate made anew, by an authority, for a server",
		"请 CA 重新签发一张用于服务器的证书",

		"the certificate of %s, which vouches for that of %s, expired on %s",
		"为 %[2]s 的证书作保的 %[1]s 的证书已于 %[3]s 过期",

		"have the server send a chain that is valid, or renew the authority's certificate where the runner has it; by this host's clock it is %s",
		"让服务器发送有效的证书链，或更新 Runner 那里的 CA 证书；本机时钟现在是 %s",

		"the certificate of %s is not trusted: that of %s is signed with %s, which the runner does not accept",
		"%s 的证书不受信任：%s 的证书是用 %s 签名的，Runner 不把它当作签名",

		"have %s sign it anew, with SHA-256",
		"让 %s 用 SHA-256 重新签发",

		"the certificate of %s is not trusted: the runner knows an authority by the name of %s, and another one of that name has signed",
		"%s 的证书不受信任：Runner 认识一个名为 %s 的 CA，但签发它的是另一个同名的 CA",

		"the certificate of %s is not trusted: the certificate of %s, which has signed that of %s, is not one of an authority",
		"%s 的证书不受信任：%s 的证书签发了 %s 的证书，但它不是 CA 证书",

		"have the certificate of %s made anew as one of an authority (basicConstraints CA:TRUE, and keyCertSign if it has a keyUsage)",
		"把 %s 的证书重新制作成 CA 证书（basicConstraints 为 CA:TRUE；如果有 keyUsage，还要有 keyCertSign）",

		"the certificate of %s is not trusted: the server sends a certificate of %s whose key has not signed that of %s",
		"%s 的证书不受信任：服务器发送的 %s 的证书，其密钥与签发 %s 的证书的密钥不同",

		"have the server send the chain that belongs to its certificate",
		"让服务器发送与其证书相配的证书链",

		// checks/server_chain.go
		"the certificate of %s is not trusted: it is signed by itself",
		"%s 的证书不受信任：它是自签名的",

		"the certificate of %s is not trusted: it is signed by %s, an authority the runner does not know",
		"%s 的证书不受信任：签发它的 %s 是 Runner 不认识的 CA",

		"the certificate of %s is not trusted: its issuer %s is not known to the runner, and the server does not send it",
		"%s 的证书不受信任：它的签发者 %s 是 Runner 不认识的，服务器也没有发送其证书",

		"the certificate of %s is not trusted: the chain ends at %s, whose issuer %s is not known to the runner, and the server does not send it",
		"%s 的证书不受信任：证书链止于 %s，其签发者 %s 是 Runner 不认识的，服务器也没有发送其证书",

		"have the server send the certificate of %s with its own (in nginx, ssl_certificate takes the whole chain); it is at %s",
		"让服务器把 %s 的证书与自己的一起发送（在 nginx 里，ssl_certificate 可放整条链）；它在 %s",

		"if %s is an intermediate authority, have the server send its certificate, too",
		"如果 %s 是中间 CA，让服务器也发送它的证书",

		"certificate %d: %s, issued by %s",
		"证书 %d：%s，由 %s 签发",

		// checks/server_expiry.go
		"The server's certificate expires soon",
		"服务器的证书快要过期",

		"The server wants a certificate from the runner",
		"服务器要求 Runner 出示证书",

		"the certificate of %s expires on %s, in %s",
		"%s 的证书将于 %s 过期，还有 %s",

		"From then on every request of the runner fails, and it gets no tasks.",
		"从那时起 Runner 的每个请求都会失败，得不到任何任务。",

		"certificate of %s, issued by %s: valid from %s to %s",
		"%s 的证书，由 %s 签发：有效期 %s 至 %s",

		"renew it on the server, and see why that has not happened by itself: certbot renew --dry-run, systemctl list-timers",
		"在服务器上续期，并查明为什么没有自动续期：certbot renew --dry-run，systemctl list-timers",

		"the certificate of %s, which vouches for that of %s, expires on %s, in %s",
		"为 %[2]s 的证书作保的 %[1]s 的证书将于 %[3]s 过期，还有 %[4]s",

		"renew the authority's certificate, on the server and where the runner has it",
		"更新 CA 的证书：服务器上的，以及 Runner 那里的",

		"%d hours",
		"%d 小时",

		"%d days",
		"%d 天",

		"%s wants a certificate from the runner and gets none",
		"%s 要求 Runner 出示证书，却没有得到",

		"No version of the runner has a certificate of its own to show: every request of it fails.",
		"任何版本的 Runner 都没有自己的证书可以出示：它的每个请求都会失败。",

		"let what stands in front of the server pass the runner's path without a certificate: %s",
		"让服务器前面的代理对 Runner 的路径不要求证书：%s",

		"in nginx: ssl_verify_client optional, and a check of $ssl_client_verify in every other location",
		"在 nginx 里：ssl_verify_client optional，并在其余每个 location 里检查 $ssl_client_verify",
	}
}
