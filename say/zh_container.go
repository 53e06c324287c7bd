package say

// zhContainer is about compose services and pods.
func zhContainer() []string {
	return []string{
		"docker compose puts nothing in the place of a variable that is neither in its own environment nor in the .env beside the file; a shell may have UID and not hand it on. Docker takes what is left for root: what the runner writes belongs to root.", "对于既不在自己的环境中、也不在文件旁的 .env 中的变量，docker compose 会代之以空；shell 可能有 UID 却不把它传下去。剩下的部分 Docker 当作 root：Runner 写入的东西属于 root。",
		"Nobody in the container has its user's number", "容器中没有人是它的用户的数字",
		"the container runs as uid %d, and /etc/passwd of the image has nobody of that number", "容器以 uid %d 运行，而镜像的 /etc/passwd 中没有这个数字的用户",
		"ssh does not start for a user that is not there: \"No user exists for uid %d\". Tasks that reach their hosts by ssh fail, and clones over ssh (semaphoreui/semaphore#1815).", "对不存在的用户，ssh 不会启动：\"No user exists for uid %d\"。通过 ssh 连接主机的任务会失败，通过 ssh 的克隆也会失败（semaphoreui/semaphore#1815）。",
		"or mount a passwd file in which the user stands at /etc/passwd, read-only", "或者把含有该用户的 passwd 文件以只读方式挂载到 /etc/passwd",

		// host/walk.go, host/compose_view.go
		"the %s %s cannot be looked at: %s", "无法查看%s %s：%s",
		"it is made when the system starts, and this one is not running", "它在系统启动时才生成，而这个系统没有在运行",
		"%s cannot be looked at: %s",
		"无法查看 %s：%s",

		"what is in the volume %s is not visible from here",
		"从这里看不到卷 %s 里的内容",

		"it is in the container's own layer, which is not visible from here",
		"它在容器自己的文件层里，从这里看不到",

		"what %s mounts there is not visible from here",
		"从这里看不到 %s 挂载在那里的内容",

		"semadoctor may not look at %s, which is mounted there; running it as root would tell",
		"semadoctor 无权查看挂载在那里的 %s；以 root 运行即可得知",

		// checks/away.go
		"%s is the container itself there, and this host here",
		"%s 在容器里指容器自己，在这里则指本机",

		"%s is a name of the container's own network: only a program in there can ask it",
		"%s 是容器自己网络里的名称：只有容器里的程序才能访问",

		"the server was not asked; semadoctor can ask it in the container: %s",
		"没有询问服务器；在容器里运行 semadoctor 就可以：%s",

		"the token comes from %s, which is not in the manifest: only the pod can show it to the server",
		"令牌来自 %s，它不在清单文件里：只有 Pod 自己才能向服务器出示",

		"kubectl exec -i %s -- sh -c \"cat > /tmp/semadoctor; chmod +x /tmp/semadoctor\" < semadoctor && kubectl exec %s -- /tmp/semadoctor check",
		"kubectl exec -i %s -- sh -c \"cat > /tmp/semadoctor; chmod +x /tmp/semadoctor\" < semadoctor && kubectl exec %s -- /tmp/semadoctor check",

		"what is in the %s %s is not in the manifest",
		"%s %s 的内容不在清单文件里",

		"the %s %s is given from outside; what is in it is not known here",
		"%s %s 由外部提供；这里不知道它的内容",

		"the %s %s cannot be looked at: %s; in there semadoctor can: %s",
		"无法查看%s %s：%s；在容器里运行 semadoctor 就可以：%s",

		"in the pod's securityContext, set fsGroup: %d: files of Secrets and ConfigMaps are then readable for that group, whatever their mode",
		"在 Pod 的 securityContext 里设置 fsGroup: %d：这样无论权限模式如何，该组都能读取 Secret 和 ConfigMap 的文件",

		"or give the volume the mode that %s needs: defaultMode: 0444",
		"或给该卷设置 %s 需要的权限：defaultMode: 0444",

		"in the container: %s",
		"在容器里：%s",

		// checks/server_local.go
		"The server URL means the runner's own container",
		"服务器 URL 指的是 Runner 自己的容器",

		"the server URL %s means the container that the runner is in",
		"服务器 URL %s 指的是 Runner 所在的容器自己",

		"No server listens in there. The runner says \"connection refused\" once a second, for ever.",
		"容器里没有服务器在监听。Runner 会每秒报一次 \"connection refused\"，永不停止。",

		"name the server as its own service or host is called: http://semaphore:3000, if the service is called semaphore; for a server on the Docker host, host.docker.internal",
		"写服务器自己的服务名或主机名：如果服务叫 semaphore，就是 http://semaphore:3000；服务器在 Docker 主机上时，用 host.docker.internal",

		// checks/config.go
		"below the service in %s, mount one: volumes: [\"./config.json:%s\"]",
		"在 %s 的服务下挂载一个：volumes: [\"./config.json:%s\"]",

		// checks/host_container.go
		"The container keeps what the runner needs",
		"容器保留了 Runner 需要的东西",

		"The runner's identity is on no volume",
		"Runner 的身份不在任何卷上",

		"A variable of the compose file is empty",
		"compose 文件里有变量为空",

		"What is mounted belongs to another user than the container's",
		"挂载的内容属于另一个用户，而不是容器的用户",

		"The image has no fixed version",
		"镜像没有固定版本",

		"%s is %s",
		"%s 是 %s",

		"%s is set to nothing",
		"%s 被设为空",

		"only a part of what it should be",
		"不完整的值",

		"nothing stands for ${%s} in %s: %s",
		"%[2]s 中的 ${%[1]s} 没有值：%[3]s",

		"docker compose puts nothing in the place of a variable that is neither in its own environment nor in the .env beside the file. For Semaphore a variable that is set to nothing is set: it hides what a config or a default would say.",
		"变量既不在 docker compose 自己的环境里，也不在该文件旁的 .env 里时，docker compose 会用空值代替。对 Semaphore 来说，设为空的变量也算已设置：它会盖住配置或默认值。",

		"%s, as written with ${%s}",
		"%s，写法中含 ${%s}",

		"put %s=… into %s, or take the line out if it is not needed; see what comes out: %s config %s",
		"把 %s=… 写进 %s；如果不需要，就删去那一行；查看结果：%s config %s",

		"%s is handed on in %s, and there is nothing to hand on",
		"%[2]s 要传入 %[1]s，但外面没有这个变量",

		"A name without a value takes its value from the environment of docker compose or from the .env beside the file. It is in neither: the container does not have the variable.",
		"只写名字而不写值时，值取自 docker compose 的环境或该文件旁的 .env。两处都没有：容器里就没有这个变量。",

		"the image %s has no fixed version",
		"镜像 %s 没有固定版本",

		"The next \"docker compose pull\" may bring a runner that reads other settings, or that the server does not understand: from 2.10.26 on they have other names, from 2.10.28 on the image reads no config file. What is said here is about the newest release.",
		"下一次 \"docker compose pull\" 可能带来读取不同设置的 Runner，或服务器不认识的 Runner：从 2.10.26 起设置改了名，从 2.10.28 起镜像不读取配置文件。这里说的是最新版本的情形。",

		"name the release that the server has: image: %s:vX.Y.Z",
		"写明与服务器相同的版本：image: %s:vX.Y.Z",

		"make the runner in the web UI, and below the service in %s put its token into environment: as SEMAPHORE_RUNNER_TOKEN, or into a file that is mounted and that SEMAPHORE_RUNNER_TOKEN_FILE names",
		"在 Web 界面新建 Runner，然后在 %s 的服务下把它的令牌写进 environment: 的 SEMAPHORE_RUNNER_TOKEN，或写进一个挂载的文件并用 SEMAPHORE_RUNNER_TOKEN_FILE 指向它",
		"the web UI shows a private key with it: mount that, too, and let %s name it",
		"Web 界面会同时给出一把私钥：也把它挂载进去，并用 %s 指向它",

		// checks/host_container_mounts.go
		"the %s %s is on no volume of the service %s: it goes with the container",
		"%s %s 不在服务 %s 的任何卷上：容器没了，它也就没了",

		"Every \"docker compose up\" that makes the container anew, after a change, a pull or a down, starts a runner without an identity.",
		"修改设置、拉取镜像或 down 之后，每次重建容器的 \"docker compose up\" 都会启动一个没有身份的 Runner。",

		"Every \"docker compose up\" that makes the container anew, after a change, a pull or a down, registers one more runner on the server, and tasks given to the old ones hang (semaphoreui/semaphore#1796).",
		"修改设置、拉取镜像或 down 之后，每次重建容器的 \"docker compose up\" 都会在服务器上多注册一个 Runner，分给旧 Runner 的任务会一直挂起（semaphoreui/semaphore#1796）。",

		"the %s %s is on a volume without a name: after a \"docker compose down\" the service %s gets another",
		"%s %s 在一个没有名称的卷上：\"docker compose down\" 之后，服务 %s 会得到另一个卷",

		"the %s %s is on a volume without a name: a new container need not get it",
		"%s %s 在一个没有名称的卷上：新的容器不一定会得到它",

		"\"docker compose up\" keeps such a volume when it makes the container anew. After a down, or with -V, it starts a runner without an identity.",
		"\"docker compose up\" 重建容器时会保留这样的卷。在 down 之后，或者带上 -V 时，它会启动一个没有身份的 Runner。",

		"\"docker compose up\" keeps such a volume when it makes the container anew. After a down, or with -V, it registers one more runner on the server, and tasks given to the old ones hang (semaphoreui/semaphore#1796).",
		"\"docker compose up\" 重建容器时会保留这样的卷。在 down 之后，或者带上 -V 时，它会在服务器上多注册一个 Runner，分给旧 Runner 的任务会一直挂起（semaphoreui/semaphore#1796）。",

		"in line %d of %s, give the volume a name, and put the name below volumes: at the end of the file: volumes: [\"semaphore_runner:%s\"]",
		"在 %[2]s 的第 %[1]d 行给这个卷起一个名称，并在文件末尾的 volumes: 下写上这个名称：volumes: [\"semaphore_runner:%[3]s\"]",

		"below the service in %s, add a volume, and the name below volumes: at the end of the file: volumes: [\"semaphore_runner:%s\"]",
		"在 %s 的服务下添加一个卷，并在文件末尾的 volumes: 下写上它的名称：volumes: [\"semaphore_runner:%s\"]",

		"before the container is made anew, save what it has: %s cp %s .",
		"重建容器之前，先保存其中的内容：%s cp %s .",

		"%s of this host is mounted for the %s, and belongs to %s: the container runs as %s",
		"本机的 %s 挂载为%s，属于 %s：而容器以 %s 运行",

		"In the container: %s. Docker makes a directory that is missing as root's, and keeps owners as they are; the image runs as 1001:0.",
		"在容器里：%s。Docker 会把缺少的目录建成 root 的，并原样保留属主；镜像以 1001:0 运行。",

		"%s of the image, where the %s is, belongs to %s: the container runs as %s",
		"镜像的 %s（%s在此）属于 %s：而容器以 %s 运行",

		"In the container: %s. The image is made for 1001:0.",
		"在容器里：%s。镜像是为 1001:0 制作的。",

		"take user: out of line %d of %s: the image runs as 1001:0 by itself",
		"删去 %[2]s 第 %[1]d 行的 user:：镜像本来就以 1001:0 运行",

		"or mount something of that user at %s: volumes: [\"./tmp:%s\"], and chown %s ./tmp",
		"或在 %s 挂载属于该用户的目录：volumes: [\"./tmp:%s\"]，并 chown %s ./tmp",

		"%s is mounted at %s",
		"%s 挂载在 %s",

		"user: %s",
		"user: %s",

		"give it to the container's user: chown -R %s %s",
		"把它交给容器的用户：chown -R %s %s",

		"or take user: out of line %d of %s, if the owner is the image's 1001:0",
		"如果属主是镜像的 1001:0，也可以删去 %[2]s 第 %[1]d 行的 user:",

		// What cannot be known of a manifest.
		"%s is an image of somebody's own, and how it starts the runner cannot be told", "%s 是他人自制的镜像，无法得知它如何启动 Runner",
		"%s: %s comes from %s, which is not in the manifest", "%s：%s 来自 %s，清单中没有它",
		"%s: the environment comes from %s, which is not in the manifest", "%s：环境变量来自 %s，清单中没有它",

		// Several pods with one identity.
		"%d instances of %s run with the same identity (%s)", "%[2]s 的 %[1]d 个实例使用同一个身份运行（%[3]s）",
		"%s has a pod on each node, and all of them have the same identity (%s)", "%s 在每个节点上有一个 Pod，它们都使用同一个身份（%s）",
		"The server takes all of them for one runner and gives each task to every one: with two nodes it runs twice, at the same time.", "服务器把它们全部当作同一个 Runner，把每个任务交给每一个：有两个节点时任务会同时运行两次。",
		"make a Deployment with one replica of it, and of each further runner one of its own, with a token of its own", "请改为只有一个副本的 Deployment；每多一个 Runner 就另建一个，并使用各自的令牌",
		"The server takes all of them for one runner and gives each task to every instance: it runs %d times, at the same time.", "服务器把它们全部当作同一个 Runner，把每个任务交给每个实例：任务会同时运行 %d 次。",
		"%d replicas", "%d 个副本",
		"the token comes from %s", "令牌来自 %s",
		"let there be one: line %d of %s; for each further runner make a workload of its own, with a token of its own", "请只保留一个：%[2]s 第 %[1]d 行；每多一个 Runner，就为它建立单独的工作负载，使用自己的令牌",
	}
}
