package say

// zhWatch is what run says, and run --watch about the runner that it keeps.
func zhWatch() []string {
	return []string{
		// cmd/semadoctor/run.go
		"the runner is not started: %s",
		"没有启动 runner：%s",

		"something is wrong; semadoctor check tells what",
		"有问题；semadoctor check 会说明是什么问题",

		"stopped by %s",
		"被 %s 中止",

		// cmd/semadoctor/watch_unix.go, watch_life.go
		"checking the runner",
		"正在检查 runner",

		"the runner is started again in %s",
		"%s 后重新启动 runner",

		"in %s it is looked at again",
		"%s 后重新检查",

		"the runner runs; it has not polled yet",
		"runner 正在运行，尚未轮询服务器",

		"the runner has ended with status %d",
		"runner 已结束，退出状态 %d",

		// cmd/semadoctor/watch_listen.go
		"how the runner is, is told at http://%s/healthz",
		"runner 的状况可在 http://%s/healthz 查看",

		// cmd/semadoctor/watch_attention.go
		"the server accepts the runner (%s)",
		"服务器接受该 runner（%s）",

		"the server accepts the runner again, after %s",
		"%s 之后，服务器重新接受了该 runner",

		"the runner cannot work: %s: %s",
		"该 runner 无法工作：%s：%s",

		"the server does not accept the runner: %s: %s",
		"服务器不接受该 runner：%s：%s",

		"it could not be found out whether the server accepts the runner",
		"无法查明服务器是否接受该 runner",

		"the runner says that it is refused, and the server accepts what is on the disk: it runs with older settings, and a restart helps",
		"runner 说自己被拒绝，而服务器接受磁盘上的设置：它仍在使用旧的设置，重新启动即可解决",

		// cmd/semadoctor/watch_death.go
		"the runner has ended by itself after %s, with status %d",
		"runner 运行 %s 后自行结束，退出状态 %d",

		"the runner was ended after %s by a signal that semadoctor did not hand on: %s (%d)",
		"runner 运行 %s 后被信号终止（该信号不是 semadoctor 转发的）：%s（%d）",

		"its last words:",
		"它最后的输出：",

		"the most likely cause is %s: %s",
		"最可能的原因是 %s：%s",

		"all that semadoctor checks is well",
		"semadoctor 检查的各项都正常",

		"all that semadoctor checks is well; the runner itself says: %s",
		"semadoctor 检查的各项都正常；runner 自己的说法是：%s",

		"all that semadoctor checks is well; the kernel kills so what takes too much memory, and so does whoever sends SIGKILL",
		"semadoctor 检查的各项都正常；内核会这样终止占用内存过多的进程，发送 SIGKILL 的人也会",

		"the kernel has killed it: its control group, that of the unit or the container, has used up its memory",
		"它被内核终止：所在的控制组（systemd 单元或容器）的内存已用尽",

		"new since its start: %s",
		"启动之后新出现的问题：%s",

		"gone since its start: %s",
		"启动之后消失的问题：%s",
	}
}
