package say

// zhMend is what is said of repairs where a value stands: in environment files, compose
// files and YAML.
func zhMend() []string {
	return []string{
		// checks/change.go
		"afterwards: docker compose up -d %s",
		"之后执行：docker compose up -d %s",

		"set %s to %s in the place of %s",
		"把 %s 设为 %s，代替 %s",

		"take %s out",
		"去掉 %s",

		// checks/identity_leftover.go
		"close %s and move it aside, to %s",
		"禁止他人读取 %s，并把它移到 %s",

		"when nobody misses it, remove it: rm %s",
		"确认无人需要后，删除它：rm %s",

		// checks/identity_number.go
		"the runner's number is %d",
		"Runner 的编号是 %d",

		"write the token in %s as the state of runner %d",
		"把 %s 中的令牌写成 Runner %d 的状态",
	}
}
