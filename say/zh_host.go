package say

// zhHost is why a file may not be used.
func zhHost() []string {
	return []string{
		"Tasks get the variables that are meant for them", "任务能得到为它们准备的变量",
		"Tasks do not get a variable that is meant for them", "任务得不到为它们准备的变量",
		"it is not known what starts the runner, nor with which environment", "不知道是什么启动了 Runner，也不知道用的是什么环境",
		"tasks do not get %s: the runner keeps it to itself", "任务得不到 %s：Runner 没有把它传下去",
		"tasks do not get %s: the runner keeps them to itself", "任务得不到 %s：Runner 没有把它们传下去",
		"From 2.10.33 on tasks do not inherit the runner's environment. They have PATH, HOME and what forwarded_env_vars and env_vars name, and what their variable group gives them in the web UI (semaphoreui/semaphore#2464, #2706).", "从 2.10.33 开始，任务不再继承 Runner 的环境。它们只有 PATH、HOME、forwarded_env_vars 和 env_vars 指定的变量，以及网页界面中变量组给它们的变量（semaphoreui/semaphore#2464、#2706）。",
		"Tasks of 2.10.32 have none of the runner's environment, not even PATH (semaphoreui/semaphore#2464).", "2.10.32 的任务得不到 Runner 的任何环境变量，连 PATH 也没有（semaphoreui/semaphore#2464）。",
		"upgrade the runner to 2.10.34 or later: in 2.10.32 no setting changes that", "把 Runner 升级到 2.10.34 或更高版本：在 2.10.32 中没有设置可以改变这一点",
		"or set it in the variable group of the templates that need it, and take it out here", "或者在需要它的模板的变量组中设置，并从这里去掉",
		"name what tasks are to have in %s: forwarded_env_vars: %s", "在 %s 中指定任务应得到的变量：forwarded_env_vars: %s",
		"name what tasks are to have in %s: \"forwarded_env_vars\": %s", "在 %s 中指定任务应得到的变量：\"forwarded_env_vars\": %s",
		"name what tasks are to have in the unit: Environment='SEMAPHORE_FORWARDED_ENV_VARS=%s'", "在 unit 中指定任务应得到的变量：Environment='SEMAPHORE_FORWARDED_ENV_VARS=%s'",
		"name what tasks are to have, %s: %s", "%s 指定任务应得到的变量：%s",
		"name what tasks are to have, in env: of the container: {name: SEMAPHORE_FORWARDED_ENV_VARS, value: '%s'}", "在容器的 env: 中指定任务应得到的变量：{name: SEMAPHORE_FORWARDED_ENV_VARS, value: '%s'}",
		"name what tasks are to have, in the container's environment: SEMAPHORE_FORWARDED_ENV_VARS: '%s'", "在容器的环境中指定任务应得到的变量：SEMAPHORE_FORWARDED_ENV_VARS: '%s'",

		// host/access.go
		"%s/ ends with a slash, and a file does not",
		"%s/ 以斜杠结尾，而文件的路径不会以斜杠结尾",

		"%s may only be appended to (chattr +a)",
		"%s 只能追加（chattr +a）",

		"%s is %v, not a file",
		"%s 是%v，不是普通文件",

		"%s is on a file system that is mounted read-only",
		"%s 所在的文件系统以只读方式挂载",

		"%s is immutable (chattr +i)",
		"%s 不可更改（chattr +i）",

		"a directory",
		"目录",

		"a socket",
		"套接字",

		"a regular file",
		"普通文件",

		"a device",
		"设备文件",

		"a FIFO",
		"命名管道（FIFO）",

		// host/permission.go
		"%v cannot read %s (%s)",
		"%v 无法读取 %s（%s）",

		"%v cannot write %s (%s)",
		"%v 无法写入 %s（%s）",

		"%v cannot enter %s (%s)",
		"%v 无法进入 %s（%s）",

		"%v cannot create files in %s (%s)",
		"%v 无法在 %s 中创建文件（%s）",

		// host/walk.go
		"%s is %v, not a directory",
		"%s 是%v，不是目录",

		"the symbolic links of %s go round in circles",
		"%s 的符号链接互相循环",

		"%v may not follow the link %s, which %v put into a directory open to all (fs.protected_symlinks)",
		"%[1]v 不能跟随链接 %[2]s，因为它是 %[3]v 放进一个对所有人开放的目录的（fs.protected_symlinks）",

		"%s does not exist",
		"%s 不存在",

		"%s cannot be looked at (%v)",
		"无法查看 %s（%v）",

		"semadoctor may not look at %s itself; running it as root would tell",
		"semadoctor 自己无权查看 %s；以 root 身份运行就能知道",

		"who may use %s is not known: %s",
		"无法得知谁能使用 %s：%s",
		"%s tells who the users of a container are, and cannot be read: %v",
		"容器的用户在本机上是谁由 %s 决定，而该文件无法读取：%v",
		"%s has \"userns-remap\": \"%s\", and which numbers that user has cannot be told from /etc/subuid and /etc/subgid",
		"%s 中有 \"userns-remap\": \"%s\"，但从 /etc/subuid 和 /etc/subgid 无法得知该用户拥有哪些编号",
		"who may use %s is not known on this system",
		"在这个系统上无法得知谁能使用 %s",

		// runner/origin.go
		"environment variable %s",
		"环境变量 %s",

		"%s (line %d of %s)",
		"%[1]s（%[3]s 第 %[2]d 行）",

		"%s, line %d of %s",
		"%[1]s（%[3]s 第 %[2]d 行）",

		"%s in %s",
		"%[2]s 中的 %[1]s",

		"default",
		"默认值",
	}
}
