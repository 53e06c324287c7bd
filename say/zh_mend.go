package say

// zhMend is what is said of repairs where a value stands: in environment files, compose
// files and YAML.
func zhMend() []string {
	return []string{
		// checks/change.go
		"afterwards: %s restart %s",
		"之后执行：%s restart %s",

		"afterwards: %s up -d %s",
		"之后执行：%s up -d %s",

		"set %s to %s in the place of %s",
		"把 %s 设为 %s，代替 %s",

		"take %s out",
		"去掉 %s",

		// checks/identity_leftover.go
		"close %s and move it aside, to %s",
		"禁止他人读取 %s，并把它移到 %s",

		"others are handed %s as well, and the server needs the registration token: give the runner a file of its own, without it",
		"其他服务也使用 %s，而服务器需要注册令牌：给 Runner 一个单独的、不含它的文件",

		"the runner is registered, and the registration token is left in %s",
		"Runner 已注册，而注册令牌仍留在 %s 中",

		"the registration token file is %s",
		"注册令牌文件是 %s",

		"take %s out, and remove the file: rm %s",
		"去掉 %s，并删除该文件：rm %s",

		"take %s out, and move %s aside, to %s",
		"去掉 %s，并把 %s 移到 %s",

		"when nobody misses it, remove it: rm %s",
		"确认无人需要后，删除它：rm %s",

		// checks/identity_number.go
		"the runner's number is %d",
		"Runner 的编号是 %d",

		"write the token in %s as the state of runner %d",
		"把 %s 中的令牌写成 Runner %d 的状态",

		// checks/config_rebuild.go, checks/config_clobbered.go
		"put %s back from %s, and keep what it holds now in %s",
		"用 %[2]s 恢复 %[1]s，并把它现在的内容保存到 %[3]s",

		"write %s anew with what the environment does not have, and keep what it holds now in %s",
		"重写 %s，写入环境变量里没有的设置，并把它现在的内容保存到 %s",

		"a config with a server URL",
		"一份带有服务器 URL 的配置",

		"%s has the settings of the config: put it back, with %s at a path of its own",
		"%s 里有该配置的设置：恢复它，并让 %s 使用单独的路径",

		"the environment has the server's address: let %s be a path of its own, and write {} into the config",
		"环境变量里有服务器地址：让 %s 使用单独的路径，并在配置中写入 {}",

		"runner.api_url, the server's address, is what is missing: it stands in no backup beside the config (%s*), and not in the environment. Write the config anew with it, and with runner.config_file at a path of its own, such as %s/runner_state.json; runner.registration_token is not needed",
		"缺少的是 runner.api_url，即服务器地址：配置旁的备份（%s*）和环境变量里都没有。重写配置，写入该地址，并让 runner.config_file 使用单独的路径，例如 %s/runner_state.json；不需要 runner.registration_token",

		"web_host, the server's address, is what is missing: it stands in no backup beside the config (%s*), and not in the environment. Write the config anew with it, and with runner.token_file at a path of its own, such as %s/runner_token",
		"缺少的是 web_host，即服务器地址：配置旁的备份（%s*）和环境变量里都没有。重写配置，写入该地址，并让 runner.token_file 使用单独的路径，例如 %s/runner_token",

		"web_host, the server's address, is what is missing: it stands in no backup beside the config (%s*), and not in the environment. Write the config anew with it, and with runner.token_file and runner.private_key_file, each with a path of its own",
		"缺少的是 web_host，即服务器地址：配置旁的备份（%s*）和环境变量里都没有。重写配置，写入该地址，并让 runner.token_file 和 runner.private_key_file 各用单独的路径",

		// checks/change_mounts.go
		"keep %s in a volume, %s, in %s",
		"把 %s 保存在卷 %s 中（修改 %s）",

		"if the container has an identity already, save it (%s cp %s .), and put it back when the container is made anew (%s cp %s %s && %s restart %s)",
		"如果容器里已有身份，先把它保存下来（%s cp %s .），重建容器后再放回去（%s cp %s %s && %s restart %s）",

		"mount %s so that it can be written, in line %d of %s",
		"让 %s 以可写方式挂载（%[3]s 第 %[2]d 行）",

		// checks/paths_open_dir.go
		"every user of this host can put another file in the place of the %s %s: %s is %s %s",
		"本机任何用户都能换掉%s %s：%s 是 %s %s",

		"Whoever does that decides where the runner's token is sent, or who the runner is.",
		"这样做的人可以决定 Runner 的令牌发往哪里，或者 Runner 是谁。",

		"close the directory %s to other users (mode %04o)",
		"禁止其他用户写目录 %s（权限 %04o）",

		"see that %s needs no more than its owner's and its group's rights there, then: chmod o-w %s",
		"确认 %s 在那里只需要属主和属组的权限，然后执行：chmod o-w %s",

		// checks/paths_open_env.go
		"every user of this host can read the environment file %s (%s %s)",
		"本机任何用户都能读取环境文件 %s（%s %s）",

		"%s is in it. systemd reads the file as root, before the runner's user comes in: nobody else has to.",
		"其中有 %s。systemd 以 root 身份读取该文件，早于切换到 Runner 的用户：其他人不必能读。",

		"see that only root needs it, then: chmod o-rwx %s",
		"确认只有 root 需要它，然后执行：chmod o-rwx %s",

		// repair/diff.go
		"create %s %s  mode %04o  owner %v",
		"创建%s %s  权限 %04o  属主 %v",

		"remove %s %s",
		"删除%s %s",

		"move %s to %s",
		"把 %s 移到 %s",

		"replace %s %s by a %s",
		"把%s %s 换成%s",

		"change mode of %s  %04o -> %04o",
		"修改 %s 的权限  %04o -> %04o",

		"change owner of %s  %v -> %v",
		"修改 %s 的属主  %v -> %v",

		"change attribute of %s  %s",
		"修改 %s 的扩展属性  %s",

		"change content of %s  %d -> %d bytes, not shown",
		"修改 %s 的内容  %d -> %d 字节，不显示",

		"change content of %s  only what is masked",
		"修改 %s 的内容  仅涉及被遮盖的部分",

		"change content of %s  not shown: %v",
		"修改 %s 的内容  不显示：%v",

		"file", "文件",

		"directory", "目录",

		// cmd/semadoctor/fix_*.go
		"first: %s",
		"首先：%s",
	}
}
