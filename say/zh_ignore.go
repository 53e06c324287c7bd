package say

// zhIgnore is what is said of problems that somebody has accepted.
func zhIgnore() []string {
	return []string{
		// checks/accepted.go, report/story.go, report/table.go
		"accepted until %s: %s",
		"已接受至 %s：%s",

		"%s (accepted)",
		"%s（已接受）",

		"healthy: nothing found but what is accepted",
		"健康：除已接受的之外没有发现问题",

		// checks/ignore_file.go
		"Every accepted problem is there, and its time is not over",
		"每个已接受的问题都存在，且未过期",

		"A problem was accepted for a time that is over",
		"对某个问题的接受已过期",

		"A problem is accepted that is not there",
		"接受了一个并不存在的问题",

		"There is a mistake in the ignore file",
		"忽略文件中有错误",

		"Somebody else may have written the ignore file",
		"忽略文件可能是别人写的",

		"there is no ignore file",
		"没有忽略文件",

		"nothing in %s counts: %s",
		"%s 的内容一概无效：%s",

		"the mistake",
		"错误之处",

		"mend %s, or take it away",
		"改正 %s，或将其移走",

		"if what it says is right, name it: --ignore %s",
		"如果其内容无误，请指明它：--ignore %s",

		"%s cannot be read: %v",
		"无法读取 %s：%v",

		"%s was accepted until %s, and counts again: said of %s", "%s 只接受到 %s，现在重新计入：见 %s",
		"%s was accepted until %s, and counts again (line %d of %s)", "%s 只接受到 %s，现在重新计入（第 %d 行，%s）",
		"%s was accepted until %s, and counts again",
		"%s 只接受到 %s，现在重新计入",

		"the reason was: %s",
		"当时的理由：%s",

		"mend it, or give it another day in %s, or take the entry out if it is gone",
		"修复它，或在 %s 中另定日期；如果问题已消失，请删除该条目",

		"%s is accepted until %s, and is not there",
		"%s 已接受至 %s，但它并不存在",

		"take the entry out: it would hide the problem when it comes again",
		"删除该条目：问题再次出现时会被它掩盖",

		// checks/ignore_beside.go
		"it belongs to uid %d, who is neither root nor you nor the owner of the config",
		"它属于 uid %d，既不是 root，也不是您，也不是配置文件的属主",

		"others may write it (%s)",
		"其他人可以写入它（%s）",

		// checks/ignore_read.go
		"want ignore: with a list",
		"应为 ignore: 及一个列表",

		"there is no key %q, only ignore",
		"没有键 %q，只有 ignore",

		"want an entry with id, reason and until",
		"条目应包含 id、reason 和 until",

		"there is no key %q, only id, reason, until and target",
		"没有键 %q，只有 id、reason、until 和 target",

		"%s needs a text",
		"%s 需要一段文字",

		"an entry needs %s",
		"条目需要 %s",

		"until %s: want a day, like 2027-03-31",
		"until %s：应为日期，例如 2027-03-31",

		"target %s is no pattern",
		"target %s 不是有效的模式",

		"what is said of ignore files cannot be accepted",
		"关于忽略文件本身的问题不能被接受",

		"there is no problem %q, did you mean %s?",
		"没有问题 %q，您是不是想写 %s？",

		"there is no problem %q: semadoctor checks lists them",
		"没有问题 %q：semadoctor checks 会列出全部",

		// cmd/semadoctor/ignore.go
		"left alone: %s is %s (line %d of %s)",
		"未改动：%[1]s %[2]s（%[4]s 第 %[3]d 行）",
	}
}
