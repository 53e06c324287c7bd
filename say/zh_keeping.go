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
		"%v may not remove %s, which belongs to %v, from the sticky directory %s",
		"%v 不能从带粘滞位的目录 %[4]s 中删除属于 %[3]v 的 %[2]s",

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
	}
}
