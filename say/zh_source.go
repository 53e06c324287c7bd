package say

// zhSource is where a value or an identity comes from, and what is wrong with a URL.
func zhSource() []string {
	return []string{
		// host/manifest_env.go
		"%s %s, key %s", "%s %s 的键 %s",
		"field %s", "字段 %s",
		"a resource of the container", "容器的资源",

		// host/run_mounts.go, runner/command_assign.go
		"the secret %s", "机密 %s",
		"a command of a shell", "shell 里的命令",

		// runner/server.go
		"a blank or a control character in it", "其中有空白或控制字符",
		"the scheme stands there twice", "协议部分写了两次",
		"there is no port %s", "没有 %s 这个端口",
		"a ? or # in it, and the runner's path would come after that", "其中有 ? 或 #，而 Runner 的路径会接在它后面",

		// runner: who says as whom
		"this shell", "当前 shell",
		"nobody", "无",
		"unit %s", "单元 %s",
		"compose service %s", "compose 服务 %s",
		"container %s", "容器 %s",
		"%s, container %s", "%s 的容器 %s",
	}
}
