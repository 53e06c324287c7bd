package say

// zhCmd is what the commands say besides their report.
func zhCmd() []string {
	return []string{
		"left alone: %s",
		"未改动：%s",

		// cmd/semadoctor/explain.go
		"(asks the network)",
		"（需要网络）",

		// cmd/semadoctor/fix_*.go
		"nothing to repair in %s",
		"%s 没有需要修复的",

		"nothing was changed",
		"未作任何改动",

		"left alone: to %s would not help",
		"没有做：%s（做了也没有用）",

		"Make these changes? [y/N]",
		"确认进行这些改动？[y/N]",

		"repaired %s; semadoctor fix --undo %s takes it back",
		"已修复 %s；撤销请用 semadoctor fix --undo %s",

		"taken back: after the repair of %s there was still, or newly, %s",
		"已撤销：修复 %s 之后仍然存在或新出现了 %s",

		"the plan is in %s, and secrets with it; semadoctor fix --apply %s carries it out",
		"计划已写入 %s，其中含有机密；执行请用 semadoctor fix --apply %s",

		"the plan says nothing of %s",
		"计划里没有提到 %s",

		"Make these changes? [y/N, or the numbers of some, like 1,3]",
		"执行这些修改吗？[y/N，或其中几项的编号，例如 1,3]",

		"want y or n",
		"请输入 y 或 n",

		"nothing in %s can be repaired in this way: what is wrong with it, and what helps, is in the report",
		"%s 没有能以这种方式修复的问题：报告里写明了哪里有问题，以及怎么办",

		"the plan changes nothing of %s",
		"计划不对 %s 做任何改动",

		"want y, n, or numbers from 1 to %d with commas between them",
		"请输入 y、n，或 1 到 %d 之间的编号，用逗号分隔",

		"%s: waiting for it for at most %s",
		"%s：最多等待 %s",
		"a start of the same runner in this very moment would not be noticed: %s",
		"如果同一个 Runner 恰好在此刻也被启动，将无法察觉：%s",
		"process %d was started by semadoctor run with the same settings",
		"进程 %d 是由 semadoctor run 以同样的设置启动的",
		"somebody else may write there",
		"别人可能可以写入那里",

		"because %s",
		"原因：%s",
	}
}
