package say

// zhUnit is about systemd units.
func zhUnit() []string {
	return []string{
		"there is no user %s", "没有用户 %s",
		"there is no group %s", "没有用户组 %s",
		"the working directory %s is not there", "工作目录 %s 不存在",
		"%s=%s: the path is not there", "%s=%s：该路径不存在",
		"the environment file %s is not there", "环境文件 %s 不存在",
		"it is not known how the runner is started: %v", "不知道运行器是如何启动的：%v",
	}
}
