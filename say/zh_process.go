package say

// zhProcess is about processes and what is around them.
func zhProcess() []string {
	return []string{
		// cmd/semadoctor/fix_*.go
		"%s sees files of its own, as in a container: nothing is repaired there from outside",
		"%s 看到的是它自己的文件（例如在容器中）：不会从外部修复",

		// host/program.go
		"%s is not on the PATH",
		"PATH 中没有 %s",

		"%v cannot run %s (%s)",
		"%v 无法执行 %s（%s）",

		// runner/origin.go
		"%s in the environment of process %s",
		"进程 %[2]s 环境中的 %[1]s",

		"%s of process %s",
		"进程 %[2]s 的 %[1]s",

		// runner/from_process.go
		"only root and its own user may see how process %d was started",
		"只有 root 和进程自己的用户才能看到进程 %d 是如何启动的",

		"what process %d was started with is too much to read (%v)",
		"进程 %d 的启动信息过大，无法读取（%v）",

		// checks/host_process.go
		"The runner does not close its connections",
		"Runner 没有关闭它的连接",

		"The running runner holds no more than it needs",
		"正在运行的 Runner 没有占用多余的资源",

		"no running runner was named",
		"没有指定正在运行的 Runner",

		"the program %s was replaced after the runner's start: process %d is still the old one",
		"Runner 启动之后程序 %s 被替换过：进程 %d 运行的仍是旧程序",

		"%d of %s open files",
		"已打开 %d 个文件，上限 %s",

		"process %d holds %d connections to %s",
		"进程 %d 保持着 %d 个到 %s 的连接",

		"process %d has %d files open and may open %d",
		"进程 %d 已打开 %d 个文件，最多可以打开 %d 个",

		"any number of",
		"不限",

		"%d",
		"%d",

		"restart the runner: until then its requests may fail with \"too many open files\" or \"cannot assign requested address\"",
		"重启 Runner：在此之前，它的请求可能因 \"too many open files\" 或 \"cannot assign requested address\" 而失败",

		"Runners of 2.18 before 2.18.25 leave a connection open with every poll, about two a second; which release began that is not known.",
		"2.18.25 之前的 2.18 版 Runner 每次轮询都会留下一个未关闭的连接，大约每秒两个；从哪个版本开始如此尚不清楚。",

		"upgrade the runner to 2.18.25 or newer",
		"把 Runner 升级到 2.18.25 或更新的版本",

		"No such leak is known of this version. A runner needs two connections.",
		"尚未听说这个版本有这种泄漏。Runner 需要两个连接。",

		"look at what they are: ls -l /proc/%d/fd, ss -tp",
		"查看它们是什么：ls -l /proc/%d/fd，ss -tp",

		"%s was changed after the runner's start: process %d still has the old settings",
		"Runner 启动之后 %s 被修改过：进程 %d 用的仍是旧设置",

		"process %d runs, and the %s %s is not there: it could not be written, or was removed since",
		"进程 %d 正在运行，而%s %s 不存在：要么无法写入，要么后来被删除",

		// checks/host_programs.go
		"The runner does not find a program its tasks need",
		"Runner 找不到任务所需的程序",

		"The runner finds the programs its tasks need",
		"Runner 能找到任务所需的程序",

		"it is not known what starts the runner, nor with which PATH",
		"不知道 Runner 由什么启动，也不知道它的 PATH",

		"tasks run in containers of their own (executor %s)",
		"任务在各自的容器中运行（executor %s）",

		"the runner does not find %s on its PATH",
		"Runner 在它的 PATH 中找不到 %s",

		"A task that needs one of them fails: git fetches repositories, with ssh where the URL says so, and ansible-playbook stands for all that templates run but shells and Python.",
		"需要其中之一的任务会失败：git 获取代码仓库（URL 要求时通过 ssh），ansible-playbook 在此代表模板运行的一切程序，shell 和 Python 除外。",

		"install what is missing, or give the runner a PATH that leads to it: in a unit Environment=PATH=…, and restart it",
		"安装缺少的程序，或者给 Runner 一个能找到它们的 PATH：在 unit 中写 Environment=PATH=…，然后重启",

		"PATH is %s",
		"PATH 是 %s",

		"PATH is not set",
		"没有设置 PATH",

		// checks/host_home.go
		"The runner's user has no home it can write to",
		"Runner 的用户没有可写的主目录",

		"The runner's user has a home it can write to",
		"Runner 的用户有可写的主目录",

		"it is not known what starts the runner, nor with which home",
		"不知道 Runner 由什么启动，也不知道它的主目录",

		"tasks of this version have tmp_path for their home",
		"这个版本的任务以 tmp_path 为主目录",

		"the home of %v cannot be looked up",
		"无法查到 %v 的主目录",

		"%v has no home: HOME is not set, and /etc/passwd names none",
		"%v 没有主目录：没有设置 HOME，/etc/passwd 中也没有",

		"%v cannot write to its home %s",
		"%v 无法写入它的主目录 %s",

		"ssh keeps known_hosts there, ansible its temporary files and collections, git its settings. Where semaphore gives its tasks another home, only the first is missed.",
		"ssh 在那里保存 known_hosts，ansible 保存临时文件和 collection，git 保存设置。如果 Semaphore 给任务另设主目录，则只缺第一项。",

		"let the unit write there: ReadWritePaths=%s; or name another home in it: Environment=HOME=DIRECTORY",
		"让 unit 可以写入该目录：ReadWritePaths=%s；或在 unit 中另行指定主目录：Environment=HOME=目录",
		"make a home for it, or name one in the unit: Environment=HOME=/var/lib/semaphore, a directory of the runner's user",
		"为它建立主目录，或在 unit 中指定一个：Environment=HOME=/var/lib/semaphore，该目录须属于 Runner 的用户",
	}
}
