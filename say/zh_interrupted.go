package say

// zhInterrupted is what is said of repairs that were interrupted.
func zhInterrupted() []string {
	return []string{
		// cmd/semadoctor/interrupted.go
		"the journal cannot be read there, and that repair not be taken back: %s",
		"日志的这一条读不出来，那次修复无法撤销：%s",

		"it notes what is changed, so that it can be taken back; %s=DIR keeps it elsewhere",
		"它记录所做的改动，以便撤销；设置 %s=DIR 可以把它放在别处",

		"a repair of %s was interrupted and cannot be taken back, so all is left as it is: %s",
		"对 %s 的一次修复曾被中断，并且无法撤销，因此全部保持原样：%s",

		"taking back the repair %s of %s was interrupted: now it is done",
		"撤销修复 %s（%s）时曾被中断：现在已撤销完毕",

		"the repair %s of %s was interrupted: it has been taken back",
		"修复 %s（%s）曾被中断：已将其撤销",

		// cmd/semadoctor/way_out.go
		"run it as root, or as a user who may write there: this was done as %s",
		"请以 root 运行，或以可以写入那里的用户运行：这次是以 %s 的身份运行的",
		"somebody has changed what %s had made, and nothing is taken back over that; this is what it would take, to be done by hand:",
		"%s 的改动之后又被他人修改过，因此没有撤销任何内容；若要手动撤销，需要做的是：",

		// cmd/semadoctor/undo.go
		"a runner at work goes on with what it has read, until it is restarted",
		"正在运行的 Runner 在重启之前，仍按它已经读到的内容运行",

		"took back %s", "已撤销 %s",
		"nothing of %s can be taken back: %s", "%s 中没有可以撤销的内容：%s",
		"applying", "进行中",
		"applied", "已应用",
		"undoing", "撤销中",
		"undone", "已撤销",
		"abandoned", "已放弃",
		"for good", "不可撤销",
		"uncertain", "结果不明",

		"kept %s: somebody else has written to it",
		"保留 %s：其中有他人写入的内容",

		"the repair %s of %s is not finished: what is planned here is without it; fix takes it back first",
		"修复 %s（%s）尚未完成：这里的计划没有考虑它；fix 会先将其撤销",

		"the interrupted repair %s of %s could not be taken back: %s",
		"被中断的修复 %s（%s）无法撤销：%s",
	}
}
