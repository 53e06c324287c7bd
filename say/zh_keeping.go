package say

// zhKeeping is about what a runner keeps, and where.
func zhKeeping() []string {
	return []string{
		// host/access.go
		"%s is on a file system that is mounted noexec",
		"%s 所在的文件系统以 noexec 方式挂载",

		// host/permission.go
		"%s, for it lacks CAP_DAC_OVERRIDE here",
		"%s，因为它在这里没有 CAP_DAC_OVERRIDE",

		"%v cannot execute %s (%s)",
		"%v 无法执行 %s（%s）",

		// host/sticky.go
		"%v may not write %s, which %v put into a sticky directory that others may write to (fs.protected_regular)",
		"%v 不能写入 %s：它由 %v 放在一个他人也可写的粘滞目录里（fs.protected_regular）",

		// checks/paths_persistent.go
		"The runner's identity is kept where it does not last",
		"Runner 的身份保存在不能持久的地方",

		"What identifies the runner lasts",
		"标识 Runner 身份的文件能够长期保留",

		"semadoctor could not see on what file system %s is: %s",
		"semadoctor 无法得知 %s 在哪个文件系统上：%s",

		"the %s %s is inside tmp_path (%s), and \"clear cache\" in the web UI deletes all that is in there",
		"%s %s 位于 tmp_path（%s）之内，Web 界面里的“清除缓存”会删除其中的一切",

		"the %s %s is in %s, which systems clean by themselves",
		"%s %s 位于 %s，系统会自行清理那里",

		"the %s %s is in the container's own layer: it is gone when the container is made anew",
		"%s %s 位于容器自身的可写层：重新创建容器后它就没了",

		"mount a volume at %s: -v semaphore-runner:%s for docker run, or the same under volumes: in the compose file",
		"在 %s 挂载一个卷：docker run 用 -v semaphore-runner:%s，或在 compose 文件的 volumes: 下写同样的内容",

		"if the runner works now, copy %s out of the container before it is made anew (docker cp), and into the volume",
		"如果 Runner 现在能工作，请在重新创建容器之前把 %s 从容器中复制出来（docker cp），再放进卷里",

		"the %s %s is in a volume that is gone with the pod",
		"%s %s 位于随 Pod 一起消失的卷中",

		"mount a PersistentVolumeClaim at %s, or a Secret that holds the file; if an init container puts it there at every start, leave it",
		"在 %s 挂载一个 PersistentVolumeClaim，或包含该文件的 Secret；如果每次启动都由 init 容器放入该文件，则无需改动",

		"the %s %s is in a directory that systemd empties when the service stops",
		"%s %s 位于服务停止时由 systemd 清空的目录中",

		"set StateDirectory=semaphore in the unit, and %s",
		"在单元文件中设置 StateDirectory=semaphore，并且%s",

		"if something puts the file there before every start, leave it",
		"如果每次启动前都有程序把该文件放到那里，则无需改动",

		"the %s %s is on a file system in memory, which is empty after a reboot",
		"%s %s 位于内存文件系统上，重启系统后它就是空的",

		"move %s to a directory of its own, such as /etc/semaphore, and name it there with --config",
		"把 %s 移到单独的目录，例如 /etc/semaphore，并用 --config 指定新位置",

		"%s; move the file there, with its owner and mode",
		"%s；连同属主和权限一起把文件移过去",

		"Without its private key the runner is accepted, and can read no task: \"can not read private key\". Only registering it anew makes another.",
		"没有私钥时 Runner 会被服务器接受，却读不了任何任务：\"can not read private key\"。只有重新注册才能生成新的私钥。",

		"Without it the runner must register, and has no registration token: it panics with \"registration token cannot be empty\".",
		"没有它，Runner 必须注册，却没有注册令牌：它会崩溃并报 \"registration token cannot be empty\"。",

		"Without it the runner registers anew, which leaves one more runner on the server each time, and tasks given to the old ones hang.",
		"没有它，Runner 会重新注册，每次都在服务器上多留下一个 Runner，分配给旧 Runner 的任务会卡住。",

		"Without it the runner has no token. %s",
		"没有它，Runner 就没有令牌。%s",

		// checks/paths_tmp.go
		"The runner cannot use its tmp_path",
		"Runner 无法使用它的 tmp_path",

		"Tasks have a place to work in",
		"任务有可用的工作目录",

		"%s is mounted noexec: a script that a task starts by its name does not run there",
		"%s 以 noexec 方式挂载：任务按名字直接启动的脚本在那里无法运行",

		"%s is a link to nothing",
		"%s 是一个指向不存在目标的链接",

		"the runner cannot make its tmp_path %s: %s",
		"Runner 无法创建它的 tmp_path %s：%s",

		"the runner cannot work in its tmp_path %s: %s",
		"Runner 无法在它的 tmp_path %s 中工作：%s",

		"The runner polls, and every task that it is given fails at its beginning: \"Creating tmp dir failed\", or \"could not create work tree dir … Permission denied\" (semaphoreui/semaphore#2208).",
		"Runner 照常轮询，但分给它的每个任务一开始就失败：\"Creating tmp dir failed\"，或 \"could not create work tree dir … Permission denied\"（semaphoreui/semaphore#2208）。",

		"in a container with a read-only root: --tmpfs %s, or a volume there",
		"如果容器的根文件系统是只读的：使用 --tmpfs %s，或在那里挂载一个卷",

		// checks/paths_space.go
		"The disk is full",
		"磁盘已满",

		"The file system takes no more files",
		"文件系统无法再容纳新文件",

		"There is room for what the runner writes",
		"Runner 要写入的内容有足够的空间",

		"the file systems do not say what is left",
		"文件系统没有给出剩余空间",

		"the file system of the %s %s is full: %s of %s are left",
		"%s %s 所在的文件系统已满：剩余 %s，共 %s",

		"the file system of the %s %s takes no more files: all %d inodes are in use",
		"%s %s 所在的文件系统无法再容纳新文件：全部 %d 个 inode 都已用完",

		"the file system of the %s %s is nearly full: %s of %s are left",
		"%s %s 所在的文件系统快满了：剩余 %s，共 %s",

		"the file system of the %s %s takes hardly any more files: %d of %d inodes are left",
		"%s %s 所在的文件系统几乎无法再容纳新文件：剩余 %d 个 inode，共 %d 个",

		"see what takes it: %s %s | sort -h | tail",
		"查看是什么占用了它：%s %s | sort -h | tail",

		"Tasks fail where they clone, install or write: \"no space left on device\".",
		"任务在克隆、安装或写入时失败：\"no space left on device\"。",

		"What the runner writes there comes out empty or cut short: it does not keep its identity.",
		"Runner 写到那里的内容会是空的或不完整的：它保不住自己的身份。",

		"%d inventory_*, %d repository_* of tasks in %s",
		"%[3]s 中有任务留下的 %[1]d 个 inventory_*、%[2]d 个 repository_*",

		"while no task runs, remove what old ones have left: find %s -maxdepth 2 -name 'inventory_*' -mtime +7 -prune -exec rm -rf {} +",
		"在没有任务运行时，删除旧任务留下的内容：find %s -maxdepth 2 -name 'inventory_*' -mtime +7 -prune -exec rm -rf {} +",

		// checks/identity_key.go
		"The runner's private key is missing",
		"Runner 的私钥不存在",

		"The runner may not read its private key",
		"Runner 无权读取它的私钥",

		"The runner's private key is not in the form it takes",
		"Runner 的私钥不是它能接受的格式",

		"No private key is set, and the server encrypts for one",
		"没有设置私钥，而服务器会用公钥加密",

		"What the server encrypts the runner can read",
		"Runner 能读懂服务器加密的内容",

		"the runner is not registered: a key is made when it registers",
		"Runner 尚未注册：注册时会生成私钥",

		"Results get through and polls are answered, but the runner cannot decrypt what it is given: every poll fails with \"can not read private key\" or \"invalid private key\".",
		"结果能送达，轮询也有应答，但 Runner 无法解密收到的内容：每次轮询都失败，报 \"can not read private key\" 或 \"invalid private key\"。",

		"%s From 2.19 on there is no such key. (The version was guessed from the config; --runner-version tells it.)",
		"%s 从 2.19 起不再有这种私钥。（版本是根据配置猜测的；可用 --runner-version 指明。）",

		"there is no private key: %s",
		"没有私钥：%s",

		"put the key back that belongs to the token: from a backup, or as the web UI gave it when the runner was made; else both have to be made anew",
		"把与令牌配套的私钥放回去：来自备份，或创建 Runner 时 Web 界面给出的那一份；否则两者都要重新生成",

		"the private key is not a file: %s",
		"私钥不是文件：%s",

		"put a file in its place: Docker makes a directory where the source of a bind mount is missing",
		"在那里放一个文件：绑定挂载的源不存在时，Docker 会创建一个目录",

		"the runner may not read its private key: %s",
		"Runner 无权读取它的私钥：%s",

		"the private key %s is not one that the runner takes: %s",
		"Runner 不接受私钥 %s：%s",

		"put the same key there as PKCS#1, \"-----BEGIN RSA PRIVATE KEY-----\": openssl rsa -traditional -in %s",
		"把同一私钥以 PKCS#1（\"-----BEGIN RSA PRIVATE KEY-----\"）格式放在那里：openssl rsa -traditional -in %s",

		"rewrite the same key as PKCS#1 in %s",
		"在 %s 中把同一私钥改写为 PKCS#1",

		"runner.private_key_file is not set, and servers of this time encrypt what they send",
		"没有设置 runner.private_key_file，而这一时期的服务器会加密发送的内容",

		"A runner that registers without a key is answered 400 with an empty body at every poll, while its reports are accepted (semaphoreui/semaphore#3355); with the token of a runner that was made in the web UI, it cannot read the answer. Only a runner that was registered before 2.12 works without.",
		"不带私钥注册的 Runner，每次轮询都得到响应体为空的 400，而它的报告却被接受（semaphoreui/semaphore#3355）；如果令牌属于在 Web 界面中创建的 Runner，它就读不懂应答。只有在 2.12 之前注册的 Runner 才能没有私钥而正常工作。",

		"if the web UI gave a private key with the token, store it and let runner.private_key_file name it; else register anew",
		"如果 Web 界面随令牌给出了私钥，请保存它，并让 runner.private_key_file 指向它；否则重新注册",

		// checks/identity_keyfile.go
		"it is empty",
		"它是空的",

		"it holds a token",
		"它里面是一个令牌",

		"it is JSON",
		"它是 JSON",

		"its PEM is damaged or cut short",
		"其中的 PEM 已损坏或不完整",

		"it is not PEM",
		"它不是 PEM",

		"it begins with a byte order mark, or is UTF-16",
		"它以字节顺序标记开头，或者是 UTF-16",

		"its line ends are written as \\n",
		"它的换行被写成了 \\n",

		"it is locked with a passphrase",
		"它被口令加密",

		"take the passphrase off and keep it as PKCS#1: openssl rsa -traditional -in KEY -out NEW",
		"去掉口令，并保存为 PKCS#1：openssl rsa -traditional -in KEY -out NEW",

		"it is damaged (%v)",
		"它已损坏（%v）",

		"it is a key of OpenSSH, for logging in",
		"它是 OpenSSH 的登录私钥",

		"if it is the RSA key that was registered, on a copy of it: ssh-keygen -p -m PEM -N '' -f COPY; else register anew, which makes a key",
		"如果它就是注册时的 RSA 私钥，请对它的副本执行：ssh-keygen -p -m PEM -N '' -f COPY；否则重新注册，注册时会生成私钥",

		"it is a key of another kind (%s)",
		"它是另一种类型的私钥（%s）",

		"it is no private key (%s)",
		"它不是私钥（%s）",

		"it is PKCS#8 (\"BEGIN PRIVATE KEY\"), and no RSA key in it: %v",
		"它是 PKCS#8（\"BEGIN PRIVATE KEY\"），但里面不是 RSA 私钥：%v",

		"it is PKCS#8 (\"BEGIN PRIVATE KEY\"), as OpenSSL 3 writes keys, and must be PKCS#1 (\"BEGIN RSA PRIVATE KEY\")",
		"它是 OpenSSL 3 默认写出的 PKCS#8（\"BEGIN PRIVATE KEY\"），而这里必须是 PKCS#1（\"BEGIN RSA PRIVATE KEY\"）",

		// checks/identity_leftover.go
		"A registration token stands where the runner's token belongs",
		"Runner 令牌的位置上放的是注册令牌",

		"The registration token can be guessed",
		"注册令牌可以被猜到",

		"The registration token was left where the runner is registered",
		"Runner 已注册，注册令牌却留了下来",

		"The server answers it 404 \"Runner not found\", once a second, for ever. A registration token only serves to register, which gives the runner a token of its own.",
		"服务器对它的应答是 404 \"Runner not found\"，每秒一次，永不停止。注册令牌只用于注册，注册后 Runner 会得到自己的令牌。",

		"take it out there (%s)",
		"把它从那里（%s）去掉",

		"the runner's token (%s) is a one-time registration token (%s…)",
		"Runner 的令牌（%s）是一次性注册令牌（%s…）",

		"the runner's token (%s) is the registration token (%s)",
		"Runner 的令牌（%s）就是注册令牌（%s）",

		"the server does not know the runner's token (%s), which has not the form of one: 44 characters of base64, or 12 letters and digits",
		"服务器不认识 Runner 的令牌（%s），而它也不像令牌：应为 44 个 base64 字符，或 12 个字母和数字",

		"see whether the whole token is there, as the web UI showed it; if it is the registration token, take it out there (%s)",
		"检查令牌是否与 Web 界面显示的一样完整；如果它是注册令牌，请把它从那里（%s）去掉",

		"Who has it and reaches the server can register a runner there, and is given tasks with the keys that belong to them.",
		"谁有它并能访问服务器，谁就能在那里注册 Runner，并得到任务以及任务所用的密钥。",

		"registration token %s",
		"注册令牌 %s",

		"set runner_registration_token of the server (SEMAPHORE_RUNNER_REGISTRATION_TOKEN) to a random text, and here too if it is still needed: openssl rand -base64 32",
		"把服务器的 runner_registration_token（SEMAPHORE_RUNNER_REGISTRATION_TOKEN）设为随机文本，如果这里仍然需要，也一并设置：openssl rand -base64 32",

		"the registration token is the one of Semaphore's sample files, which everybody knows",
		"注册令牌是 Semaphore 示例文件中的那一个，人人皆知",

		"the registration token is the word null, as templates write it that find nothing",
		"注册令牌是单词 null，模板找不到值时就会写成这样",

		"the registration token has %d characters: whoever tries will find it",
		"注册令牌只有 %d 个字符：任何人尝试几次就能猜到",

		"the runner is registered, and the registration token is still set: %s",
		"Runner 已注册，注册令牌却仍然设置着：%s",

		"take %s out of what starts the runner",
		"从启动 Runner 的设置中去掉 %s",

		"what was typed to register a runner is left in %s, the registration token with it",
		"注册 Runner 时键入的内容还留在 %s 中，包括注册令牌",

		"remove it: rm %s",
		"删除它：rm %s",

		"The runner does not need it any more. Who finds it can register a runner on the server, and is given tasks with the keys that belong to them.",
		"Runner 不再需要它。谁发现了它，谁就能在服务器上注册 Runner，并得到任务以及任务所用的密钥。",

		"if others could read it, set another on the server; runners that are registered keep their own tokens",
		"如果别人可能读到过它，请在服务器上换一个；已注册的 Runner 仍保留各自的令牌",

		// checks/identity_shared.go
		"Two runners here have the same identity",
		"这里有两个 Runner 使用同一身份",

		"another runner here has the same identity (%s): %s",
		"这里另有一个 Runner 使用同一身份（%s）：%s",

		"%d other runners here have the same identity (%s): %s",
		"这里另有 %d 个 Runner 使用同一身份（%s）：%s",

		"The server takes both for one and gives each task to both: every task runs twice, at the same time.",
		"服务器把两者当成同一个 Runner，把每个任务都发给两者：每个任务会同时运行两次。",

		"stop one of the two; if both are needed, let each have an identity file of its own and register one of them anew",
		"停掉其中一个；如果两个都需要，让它们各用各的身份文件，并把其中一个重新注册",
	}
}
