package say

// zhHost is why a file may not be used.
func zhHost() []string {
	return []string{
		// host/access.go
		"%s/ ends with a slash, and a file does not",
		"%s/ 以斜杠结尾，而文件的路径不会以斜杠结尾",

		"%s may only be appended to (chattr +a)",
		"%s 只能追加（chattr +a）",

		"%s is %v, not a file",
		"%s 是%v，不是普通文件",

		"%s is on a file system that is mounted read-only",
		"%s 所在的文件系统以只读方式挂载",

		"%s is immutable (chattr +i)",
		"%s 不可更改（chattr +i）",

		"a directory",
		"目录",

		"a socket",
		"套接字",

		"a regular file",
		"普通文件",

		"a device",
		"设备文件",

		"a FIFO",
		"命名管道（FIFO）",

		// host/permission.go
		"%v cannot read %s (%s)",
		"%v 无法读取 %s（%s）",

		"%v cannot write %s (%s)",
		"%v 无法写入 %s（%s）",

		"%v cannot enter %s (%s)",
		"%v 无法进入 %s（%s）",

		"%v cannot create files in %s (%s)",
		"%v 无法在 %s 中创建文件（%s）",

		// host/walk.go
		"%s is %v, not a directory",
		"%s 是%v，不是目录",

		"the symbolic links of %s go round in circles",
		"%s 的符号链接互相循环",

		"%v may not follow the link %s, which %v put into a directory open to all (fs.protected_symlinks)",
		"%[1]v 不能跟随链接 %[2]s，因为它是 %[3]v 放进一个对所有人开放的目录的（fs.protected_symlinks）",

		"%s does not exist",
		"%s 不存在",

		"%s cannot be looked at (%v)",
		"无法查看 %s（%v）",

		"semadoctor may not look at %s itself; running it as root would tell",
		"semadoctor 自己无权查看 %s；以 root 身份运行就能知道",

		"who may use %s is not known on this system",
		"在这个系统上无法得知谁能使用 %s",

		// runner/origin.go
		"environment variable %s",
		"环境变量 %s",

		"%s (line %d of %s)",
		"%[1]s（%[3]s 第 %[2]d 行）",

		"%s, line %d of %s",
		"%[1]s（%[3]s 第 %[2]d 行）",

		"%s in %s",
		"%[2]s 中的 %[1]s",

		"default",
		"默认值",
	}
}
