package say

// zhReport is the frame around the findings, and the words they are made of.
func zhReport() []string {
	return []string{
		// checks/run.go
		"needs the network, and --offline is set",
		"需要网络，而已指定 --offline",

		"needs %s",
		"需要先通过 %s",

		"no answer within the time given",
		"在给定时间内没有结果",

		"stopped before it was done",
		"还没做完就被中止",

		// checks/wanted.go
		"what it found was not asked for",
		"发现的问题不在本次要求的范围内",

		// report/story.go
		"root cause: %s",
		"根因：%s",

		"semadoctor %s will %s",
		"semadoctor %s 会%s",

		"to do: %s",
		"待办：%s",

		"to do: semadoctor explain %s",
		"待办：运行 semadoctor explain %s",

		"its symptom %s: %s",
		"其症状 %s：%s",

		"line %d of %s",
		"%[2]s 第 %[1]d 行",

		// report/table.go
		"uid %d, gid %d",
		"uid %d，gid %d",

		"runner %s, runs as %s, says %s",
		"Runner：%s，运行身份：%s（来源：%s）",

		"server %s",
		"服务器：%s",

		"of an unknown version",
		"版本未知",

		"like %s (a guess from its config)",
		"与 %s 类似（根据配置推测）",

		"status",
		"状态",

		"check",
		"检查项",

		"result",
		"结果",

		"%s, caused by %s",
		"%s，由 %s 引起",

		"stopped by %s: what is known until then is above",
		"被 %s 中止：以上是到那时为止查明的情况",

		"healthy: nothing found",
		"健康：没有发现问题",

		"works, with warnings",
		"可以工作，但有警告",

		"broken",
		"有故障",

		"not everything could be found out; this is no clean bill of health",
		"有些情况没能查明；不能据此认为一切正常",

		// report/page.go and its parts
		"runners whose findings are left out here, for lack of room: %d (-o json=FILE has them all)",
		"因篇幅所限，此处略去了 %d 个 Runner 的检查结果（-o json=FILE 中全部都有）",

		"findings of this runner that are left out here, for lack of room: %d (-o json=FILE has them all)",
		"因篇幅所限，此处略去了该 Runner 的 %d 项发现（-o json=FILE 中全部都有）",

		"runners that are not well and not named here, for lack of room: %d",
		"因篇幅所限，另有 %d 个不正常的 Runner 未在此列出",

		"those that are not well:",
		"不正常的 Runner：",

		"%s, exit code %d",
		"%s，退出码 %d",

		"stopped by %s: this is what was known until then",
		"被 %s 中止：这是到那时为止查明的情况",

		"root causes, and how many runners have them:",
		"根因，以及受影响的 Runner 数量：",

		": %d",
		"：%d",

		"config %s",
		"配置文件：%s",

		"its symptoms:",
		"其症状：",

		"what was seen:",
		"所见：",

		"what to do:",
		"处理方法：",

		"will %s",
		"会%s",

		"or",
		"或",

		"the page on %s",
		"%s 的说明页",

		"what could not be found out",
		"未能查明的情况",

		// runner/uses.go
		"config file",
		"配置文件",

		"state file",
		"状态文件",

		"token file",
		"令牌文件",

		"private key file",
		"私钥文件",

		"server CA file",
		"服务器 CA 文件",

		"registration token file",
		"注册令牌文件",

		"tmp directory",
		"临时目录",

		// say/list.go
		"%v and %v",
		"%v 和 %v",

		"%v, %v",
		"%v、%v",
	}
}
