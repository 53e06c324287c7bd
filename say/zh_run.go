package say

// zhRun is about containers that a unit or a Quadlet makes.
func zhRun() []string {
	return []string{
		// host/run.go, host/run_mounts.go, runner/from_run.go
		"the environment file %s is no file", "环境文件 %s 不是文件",
		"the environment file %s cannot be read: %v", "无法读取环境文件 %s：%v",
		"make the file %s, closed to others (mode 0600): there may be a token in it", "创建文件 %s，并且不让别人读取（权限 0600）：里面可能有令牌",
		"the volume %q is not SOURCE:/TARGET", "卷 %q 不是 SOURCE:/TARGET 的形式",
		"%s is to be mounted, and is not there", "要挂载 %s，但它不存在",
		"start what listens there, such as: systemctl enable --now podman.socket", "启动在那里监听的程序，例如：systemctl enable --now podman.socket",
		"make it, for the container's user: install -d -o 1001 -g 0 -m 0750 %s", "为容器的用户创建它：install -d -o 1001 -g 0 -m 0750 %s",
		"--%s (%s): what comes of it is not looked into", "--%s（%s）：semadoctor 不考察它的结果",
		"--userns=%s (%s): who the container's users are on this machine is not known", "--userns=%s（%s）：不知道容器里的用户在本机上是谁",
		"--userns=keep-id (%s) without a user: who the image's own user is then is not known", "--userns=keep-id（%s）没有指明用户：这时不知道镜像自己的用户是谁",
		"%s makes no container for unit %s as it is", "照现在的写法，%s 不会为单元 %s 创建容器",
		"%s names no image: Podman makes no unit of it", "%s 没有写明镜像：Podman 不会由它生成单元",
		"%s: %s comes from %s, which cannot be looked into", "%s：%s 来自 %s，无法查看其内容",
		"unit %s starts a container of %s, and whether a runner is in it cannot be told (%s)", "单元 %s 启动 %s 的容器，无法得知里面是不是 Runner（%s）",
		"unit %s starts a container that something else has made: %s (line %d of %s); while it runs, semadoctor check --all tells what is in it", "单元 %s 启动的容器是由别处创建的：%s（%[4]s 第 %[3]d 行）；容器运行时，semadoctor check --all 可以看到里面的内容",
		"unit %s starts what a compose file describes (line %d of %s): semadoctor check --compose %s looks at it", "单元 %s 启动 compose 文件所描述的服务（%[3]s 第 %[2]d 行）：请用 semadoctor check --compose %[4]s 检查",

		"%s starts %s, and what that does cannot be told (%s)", "%s 启动 %s，无法得知它做什么（%s）",
		"what the init containers put into the volume %s is not visible from here", "从这里看不到 init 容器放进卷 %s 的内容",

		// checks/away.go
		"the token comes from %s, which cannot be looked into: only the container can show it to the server", "令牌来自 %s，无法查看其内容：只有容器自己才能向服务器出示",
		"%s cp semadoctor %s:/tmp/ && %s exec %s /tmp/semadoctor check", "%s cp semadoctor %s:/tmp/ && %s exec %s /tmp/semadoctor check",
		"as %s: %s cp semadoctor %s:/tmp/ && %s exec %s /tmp/semadoctor check", "以 %s 的身份执行：%s cp semadoctor %s:/tmp/ && %s exec %s /tmp/semadoctor check",

		// checks/host_container_run.go
		"%s is a Quadlet of each user's, and whose runs is not known: put it into the user's ~/.config/containers/systemd", "%s 是每个用户都有的 Quadlet，不知道运行的是谁的：请放进该用户的 ~/.config/containers/systemd",
		"in what makes the container %s", "在创建容器 %s 的地方",
		"afterwards: docker restart %s", "之后执行：docker restart %s",
		"in [Container] of %s", "在 %s 的 [Container] 里",
		"in the command of line %d of %s", "在 %[2]s 第 %[1]d 行的命令里",
		"A name without a value takes its value from the environment of %s, which is that of the unit. It is not in there: the container does not have the variable.", "只写名字而不写值时，值取自 %s 的环境，也就是单元的环境。那里没有：容器里就没有这个变量。",
		"give the unit the variable, with EnvironmentFile=, or give it to the container as %s", "用 EnvironmentFile= 把这个变量交给单元，或直接交给容器：%s",
		"the %s %s is on no volume of the container: it goes with the container", "%s %s 不在容器的任何卷上：容器没了，它也就没了",
		"Every time %s makes the container anew it starts a runner without an identity.", "%s 每次重建容器，启动的都是一个没有身份的 Runner。",
		"Every time %s makes the container anew it registers one more runner on the server, and tasks given to the old ones hang (semaphoreui/semaphore#1796).", "%s 每次重建容器，都会在服务器上多注册一个 Runner，分给旧 Runner 的任务会一直挂起（semaphoreui/semaphore#1796）。",
		"give the container a volume, %s: %s", "给容器一个卷，%s：%s",
		"before the container is made anew, save what it has: %s cp %s:%s .", "重建容器之前，先保存其中的内容：%s cp %s:%s .",
		"In the container: %s. Podman keeps owners as they are; the image runs as 1001:0.", "在容器里：%s。Podman 原样保留属主；镜像以 1001:0 运行。",
		"%s of this host is mounted for the %s, and belongs to %s: that is %s in the container, which runs as %s", "本机的 %s 挂载为%s，属于 %s：在容器里就是 %s，而容器以 %s 运行",
		"In the container: %s. In a container without root the user who makes it is root, and all others are numbers of /etc/subuid.", "在容器里：%s。在无 root 的容器里，创建容器的用户就是 root，其他用户都是 /etc/subuid 里的编号。",
		"In the container: %s. Docker gives containers users of their own (userns-remap in /etc/docker/daemon.json): %s of the container is %s here.", "在容器里：%s。Docker 给容器分配了自己的用户（/etc/docker/daemon.json 中的 userns-remap）：容器里的 %s 在本机上是 %s。",
		"as %s: podman unshare chown -R %s %s", "以 %s 的身份执行：podman unshare chown -R %s %s",
		"or let Podman do it at each start, with the option U: %s", "或用选项 U 让 Podman 在每次启动时改属主：%s",
		"take the user out, %s: the image runs as 1001:0 by itself", "%s 删去用户：镜像本来就以 1001:0 运行",
		"or mount something of that user at %s", "或在 %s 挂载属于该用户的目录",
		"or take the user out, %s, if the owner is the image's 1001:0", "如果属主是镜像的 1001:0，也可以%s 删去用户",
		"make the runner in the web UI, and give its token to the container, %s: as SEMAPHORE_RUNNER_TOKEN in a file for %s, or in a file that is mounted and that SEMAPHORE_RUNNER_TOKEN_FILE names", "在 Web 界面新建 Runner，然后%s 把它的令牌交给容器：写进 %s 的文件里的 SEMAPHORE_RUNNER_TOKEN，或写进一个挂载的文件并用 SEMAPHORE_RUNNER_TOKEN_FILE 指向它",
		"let the secret belong to %s, %s: %s", "让该机密属于 %s，%s：%s",
		"mount one, %s: %s", "挂载一个，%s：%s",
		"The next pull may bring a runner that reads other settings, or that the server does not understand: from 2.10.26 on they have other names, from 2.10.28 on the image reads no config file. What is said here is about the newest release.", "下一次拉取镜像可能带来读取不同设置的 Runner，或服务器不认识的 Runner：从 2.10.26 起设置改了名，从 2.10.28 起镜像不读取配置文件。这里说的是最新版本的情形。",
		"name the release that the server has: %s:vX.Y.Z", "写明与服务器相同的版本：%s:vX.Y.Z",
		"name the server as its host is called; for a server on this machine, %s, or the container shares its network: %s", "写服务器的主机名；服务器就在本机时，写 %s，或让容器使用本机的网络：%s",
		"%s is in it. %s reads the file as the one who makes the container: nobody else has to.", "里面有 %s。%s 以创建容器者的身份读取该文件：其他人不需要读它。",

		// checks/host_service_run.go
		"%s cannot make the container: %s", "%s 无法创建容器：%s",
		"%s run exits 125 before semaphore is run.", "%s run 在 semaphore 运行之前就以 125 退出。",
		"make what is missing, or mend the line", "创建缺少的东西，或改正这一行",
		"command -v %s tells where it is: install it, or name the right path in ExecStart=", "command -v %s 会说明它在哪里：请安装它，或在 ExecStart= 中写正确的路径",
		"docker run with -i and -t wants a terminal, and a unit has none", "docker run 加上 -i 和 -t 需要终端，而单元没有终端",
		"docker says \"the input device is not a TTY\" and exits 1: the container is not started.", "docker 报告“the input device is not a TTY”并以 1 退出：容器没有启动。",
		"take -i and -t out of ExecStart=", "从 ExecStart= 中删去 -i 和 -t",
		"%s run -d comes back at once, and systemd takes the unit for done", "%s run -d 立即返回，systemd 便认为单元已完成",
		"With Type=simple the unit lasts as long as its command: systemd then runs ExecStop=, or starts the command again while its container is still there.", "Type=simple 时，单元随它的命令一起结束：systemd 接着执行 ExecStop=，或在容器还在时再次启动该命令。",
		"take -d out of ExecStart=", "从 ExecStart= 中删去 -d",
		"systemctl start hangs, and after TimeoutStartSec= (90 s) systemd ends the container. Type=exec is right.", "systemctl start 会挂起，超过 TimeoutStartSec=（90 秒）后 systemd 结束容器。应使用 Type=exec。",
		"systemctl start hangs, and after TimeoutStartSec= (90 s) systemd ends the container. Type=exec is right; with Podman --sdnotify=conmon is, too.", "systemctl start 会挂起，超过 TimeoutStartSec=（90 秒）后 systemd 结束容器。应使用 Type=exec；用 Podman 时也可以加 --sdnotify=conmon。",
		"the unit starts once only: its container keeps the name %s when it ends", "该单元只能启动一次：容器结束后仍占用名称 %s",
		"%s says that the name is in use already, and exits 125, at each start after the first.", "从第二次启动起，%s 每次都会说该名称已被占用，并以 125 退出。",
		"let the container be removed when it ends: --rm", "让容器在结束时被删除：--rm",
		"write Image=semaphoreui/runner:vX.Y.Z below [Container]", "在 [Container] 下写上 Image=semaphoreui/runner:vX.Y.Z",

		// checks/identity_token.go
		"the token from %s has quotes around it, which the runner sends along", "来自 %s 的令牌两端带有引号，Runner 会连引号一起发送",
		"Nobody takes them off: in a file for \"docker run --env-file\" and in a list of a compose file a value is all that stands behind the =.", "没有谁会去掉引号：在“docker run --env-file”的文件里，以及在 compose 文件的列表里，= 后面的全部内容都是值。",
		"take the quotes out of %s", "去掉 %s 里的引号",
	}
}
