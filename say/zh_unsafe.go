package say

// zhUnsafe is what is said of repairs that cannot all be taken back.
func zhUnsafe() []string {
	return []string{
		// checks/register.go
		"register the runner anew at %s",
		"在 %s 上重新注册 Runner",

		"register the runner anew at %s, where somebody has to switch it on then",
		"在 %s 上重新注册 Runner，之后需要有人在那里启用它",

		"or let semadoctor register it, with the server's registration token in a file: semadoctor fix --unsafe --registration-token-file FILE",
		"或者由 semadoctor 来注册，服务器的注册令牌放在一个文件里：semadoctor fix --unsafe --registration-token-file FILE",

		"or let semadoctor register it, if --runner-version tells what it is: semadoctor fix --unsafe --runner-version VERSION",
		"或者由 semadoctor 来注册，但要用 --runner-version 说明它的版本：semadoctor fix --unsafe --runner-version VERSION",

		"first set runner.private_key_file to a path the runner can write, such as %s/runner_key.pem: from 2.12 to 2.18 a runner that registers without a key is never given a task",
		"先把 runner.private_key_file 设为 Runner 可写的路径，例如 %s/runner_key.pem：在 2.12 到 2.18 中，注册时没有密钥的 Runner 永远得不到任务",

		"then delete the old runner on the server: nobody polls for it any more, and up to 2.18 it may be given tasks",
		"然后在服务器上删除旧的 Runner：不再有人替它轮询，而在 2.18 及更早版本中它仍可能被分派任务",

		"the server keeps the runner that it has made, until somebody deletes it there",
		"服务器会保留它新建的 Runner，直到有人在那里把它删除",

		// checks/server_rows.go, checks/server_orders.go
		"by its registration, which semadoctor has seen",
		"依据是 semadoctor 看到的那次注册",

		"by its poll, which the server has noted",
		"依据是服务器记下的那次轮询",

		"switch on %s at the server",
		"在服务器上启用 %s",

		"the runner stays active, until somebody switches it off at the server",
		"Runner 会保持启用，直到有人在服务器上把它停用",

		"semadoctor deletes none of them: rows without a name may be runners of other hosts",
		"semadoctor 不会删除其中任何一个：没有名字的记录可能是其他主机上的 Runner",

		"or let semadoctor find out which of them this runner is, and delete the others: semadoctor fix --unsafe --warnings --poll",
		"或者让 semadoctor 查明哪一个是这个 Runner，并删除其余的：semadoctor fix --unsafe --warnings --poll",

		"semadoctor deletes none of them: it cannot be told which one this runner is",
		"semadoctor 不会删除其中任何一个：无法判断哪一个是这个 Runner",

		"semadoctor deletes none of them: another runner of this host has the name %s, too",
		"semadoctor 不会删除其中任何一个：本机上还有另一个 Runner 也叫 %s",

		"semadoctor does not delete %s: another project's, or started by a webhook when there is something to do",
		"semadoctor 不会删除 %s：它属于其他项目，或者有任务时才由 webhook 启动",

		"delete %s at the server, and keep %s, which is this runner",
		"在服务器上删除 %s，保留 %s，即这个 Runner",

		"%s, never seen",
		"%s（从未上线）",

		"%s, last seen %s",
		"%s（最后一次上线是 %s）",

		"the rows are gone, and their tokens with them: a runner that still has one of them must register anew",
		"这些记录连同其令牌已不存在：仍在使用其中之一的 Runner 必须重新注册",

		// checks/server_redirect.go
		"what the runner sends to %s until then, its token too, has been sent",
		"Runner 在此之前发给 %s 的内容，包括它的令牌，都已经发出",

		// cmd/semadoctor
		"unsafe: when it is taken back, %s",
		"不安全：撤销之后，%s",

		"what the server answers to that decides what comes next",
		"之后还要做什么，取决于服务器对此的回答",

		"left alone: %s: %s is not found now",
		"没有做：%s（现在没有发现 %s）",

		"left alone: %s: %s; give --apply the flags that --plan had, or make a new plan",
		"没有做：%s（%s）；请给 --apply 与 --plan 时相同的选项，或重新制作计划",

		"the plan is in %s, and secrets with it; semadoctor fix --unsafe --apply %s carries it out, asked for the same runner and with the same tokens",
		"计划已写入 %s，其中含有机密；执行请用 semadoctor fix --unsafe --apply %s，并指定同一个 Runner 和同样的令牌",

		"repaired %s: %s",
		"已修复 %s：%s",

		"%s: what was changed cannot be taken back",
		"%s：所做的改动无法撤销",

		"it was done, and there is still %s: %s",
		"已经做了，但仍然有 %s：%s",

		"it was done, and it could not be found out whether that has helped: %s",
		"已经做了，但无法查明是否有效：%s",

		"semadoctor fix --undo %s takes back what was changed on this host; %s",
		"semadoctor fix --undo %s 可以撤销本机上的改动；%s",

		"taken back: after the repair of %s there was still %s",
		"已撤销：修复 %s 之后仍然有 %s",

		"it is not known whether the server did its part; if so, %s",
		"不清楚服务器是否已完成它那一部分；如果已完成，%s",

		"the repair %s of %s is not finished, and the server has done its part: what is planned here is without it; fix finishes it first",
		"对 %[2]s 的修复 %[1]s 尚未做完，而服务器已完成它那一部分：这里的计划不包含它；fix 会先把它做完",

		"the repair %s of %s was interrupted when the server had done its part: now it is finished",
		"对 %[2]s 的修复 %[1]s 在服务器完成它那一部分之后被中断：现在已经做完",

		"the repair %s of %s was interrupted when the server had done its part, and could not be finished: %s",
		"对 %[2]s 的修复 %[1]s 在服务器完成它那一部分之后被中断，未能做完：%[3]s",

		"the repair %s of %s was interrupted when the server had done its part, and cannot be finished: %s; what the server gave is in the journal, under that name",
		"对 %[2]s 的修复 %[1]s 在服务器完成它那一部分之后被中断，无法做完：%[3]s；服务器给出的内容在日志里，就在这个编号之下",

		"afterwards: end process %d, and have it started again as it was, in %s: %s",
		"之后：结束进程 %d，并在 %s 里照原样重新启动它：%s",

		// cmd/semadoctor/restart.go
		"%s is not restarted: nothing of it was repaired",
		"没有重启 %s：它没有做任何修复",

		"%s is not restarted: semadoctor restarts units of systemd alone",
		"没有重启 %s：semadoctor 只重启 systemd 的 unit",

		"as %s: journalctl --user -u %s -n 50 shows what the runner said",
		"以 %s 的身份运行：journalctl --user -u %s -n 50，可以看到 Runner 说了什么",

		"%s is not restarted: something is wrong with it still",
		"没有重启 %s：它还有问题",

		"%s is not restarted: something has to be done first",
		"没有重启 %s：需要先做别的事",

		"restarted %s; waiting until it polls",
		"已重启 %s；等待它开始轮询",

		"%s runs, and complains: %s",
		"%s 在运行，但报错：%s",

		"%s runs, and polls: %s",
		"%s 在运行并且在轮询：%s",

		"the server has seen runner %d at %s",
		"服务器在 %[2]s 见到了 Runner %[1]d",

		"process %d holds %d connections to %s, and has logged no error",
		"进程 %[1]d 有 %[2]d 个到 %[3]s 的连接，且没有记录任何错误",

		"%s does not stay up: systemd calls it %s/%s (%s)",
		"%s 无法保持运行：systemd 的状态是 %s/%s（%s）",

		"it said: %s",
		"它的输出：%s",

		"stopped by %s before %s was seen to poll",
		"被 %s 中止，此前没有看到 %s 轮询",

		"%s was restarted, and has no process after %s",
		"已重启 %s，但 %s 之后仍没有进程",

		"%s runs as process %d; that it polls could not be seen within %s",
		"%s 以进程 %d 运行；在 %s 内没能看到它轮询",
	}
}
