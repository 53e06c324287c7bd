package say

// zhUsage is what is wrong with a command line.
func zhUsage() []string {
	return []string{
		// cmd/semadoctor/stop.go
		"the deadline", "时限",

		// cmd/semadoctor/app.go
		"semadoctor --help tells how it is used", "用法见 semadoctor --help",
		"there is no command %q%s", "没有 %q 这个命令%s",

		// cmd/semadoctor/command.go
		"%s takes no arguments but a runner's command, semaphore runner start ..., got %q: the config goes behind --config",
		"除了 Runner 的命令 semaphore runner start ... 之外，%s 不接受参数，却得到 %q：配置文件要写在 --config 后面",
		"--config and a command behind -- are two runners: the command has a --config of its own",
		"--config 和 -- 后面的命令是两个 Runner：命令有它自己的 --config",

		// cmd/semadoctor/output.go, spare.go
		"-o %s: the formats are %s", "-o %s：可用的格式是 %s",
		"-o %s=: want a file behind the equals sign", "-o %s=：等号后面要写文件名",
		"-o: two formats cannot go to one file, %s", "-o：两种格式不能写入同一个文件 %s",
		"-o: only one format can go to stdout, write the others as FORMAT=FILE", "-o：只能有一种格式写到标准输出，其余的请写成 格式=文件",
		"-o %s=%s: that is the compose file", "-o %s=%s：那是 compose 文件",
		"-o %s=%s: that is the manifest", "-o %s=%s：那是清单文件",
		"-o %s=%s: that is the runner's config", "-o %s=%s：那是 Runner 的配置文件",
		"-o %s=%s: that is the runner's %s", "-o %s=%s：那是 Runner 的%s",
		"-o %s=%s: that is the log", "-o %s=%s：那就是日志本身",

		// cmd/semadoctor/sane.go, permute.go, timeservers.go
		"%s needs a value", "%s 需要一个值",
		"--%s needs a value", "--%s 需要一个值",
		"--%s %s: want more than nothing, such as %s", "--%s %s：必须大于零，例如 %s",
		"--%s %s: want one of %s", "--%s %s：只能是 %s 之一",
		"--skew-fail %s is less than --skew-warn %s", "--skew-fail %s 小于 --skew-warn %s",
		"--wait waits for the network, and --offline uses none", "--wait 要等待网络，而 --offline 不使用网络",
		"--%s is for who stays with the runner: it needs --watch", "--%s 用于守护 Runner：需要同时给出 --watch",
		"--ntp needs a value", "--ntp 需要一个值",
		"--ntp %s: want HOST, HOST:PORT, or [IPv6]:PORT", "--ntp %s：应为 主机、主机:端口 或 [IPv6]:端口",

		// cmd/semadoctor/selection.go, explain.go
		"there is no check, problem or area %q: semadoctor checks lists them", "没有 %q 这项检查、问题或类别：semadoctor checks 会列出它们",
		"--only and --skip leave nothing to check", "--only 和 --skip 之后没有剩下可检查的",
		"explain takes one ID: semadoctor checks lists them", "explain 需要一个 ID：semadoctor checks 会列出它们",
		"there is no problem or check %q%s", "没有 %q 这个问题或检查%s",
		"demo takes no arguments", "demo 不接受参数",
		": semadoctor checks lists them", "：semadoctor checks 会列出它们",
		", did you mean %s?", "，是否想要 %s？",
		"schema takes no arguments, got %q", "schema 不接受参数，却得到 %q",
		"checks takes no arguments, got %q", "checks 不接受参数，却得到 %q",

		// cmd/semadoctor/targets.go, setups.go, target_process.go, target_all.go, configs.go
		"--env: want NAME=VALUE", "--env：应为 名称=值",
		"--pid %s: want the number of a process", "--pid %s：应为进程号",
		"--pid names a process of this host, and --root looks at nothing else of it", "--pid 指的是本机的进程，而 --root 不看本机的其他东西",
		"no file matches %s", "没有与 %s 匹配的文件",
		"there is no config in %s: want *.json, *.yaml or *.yml, or name the file", "%s 中没有配置文件：应为 *.json、*.yaml 或 *.yml，或者直接指出文件",
		"no runner found on this host", "在本机没有找到 Runner",
		"%w: looked at %s", "%w：查看过 %s",

		// cmd/semadoctor/fix.go, fix_*.go, consent.go, deeds.go, planfile.go, restart.go, undo.go
		"--list and --undo do not go together", "--list 和 --undo 不能同时使用",
		"fix does not change manifests, and nothing in a cluster: check says what to do by hand", "fix 不修改清单文件，也不改动集群中的任何东西：check 会说明该手动做什么",
		"fix takes no arguments, got %q: the config goes behind --config", "fix 不接受参数，却得到 %q：配置文件要写在 --config 后面",
		"fix asks before it changes anything, and there is no terminal to ask on: give --yes, or --dry-run to look only",
		"fix 在改动之前要询问，但没有可以询问的终端：请给出 --yes，或用 --dry-run 只看不改",
		"--registration-token-file is for --unsafe: nothing else registers a runner", "--registration-token-file 用于 --unsafe：此外没有别的会注册 Runner",
		"--unsafe and --offline do not go together: what is unsafe is done at the server", "--unsafe 和 --offline 不能同时使用：不安全的操作是在服务器上做的",
		"the plan holds what cannot all be taken back: give --unsafe, too", "计划中有无法全部撤销的内容：请同时给出 --unsafe",
		"--plan and --apply do not go together", "--plan 和 --apply 不能同时使用",
		"--plan and --yes do not go together: --plan changes nothing, --apply does", "--plan 和 --yes 不能同时使用：--plan 不作改动，--apply 才作",
		"--apply and --dry-run do not go together: without --yes, --apply shows the plan and asks", "--apply 和 --dry-run 不能同时使用：没有 --yes 时，--apply 会显示计划并询问",
		"--apply does what the plan says: --only, --skip and --warnings belong to --plan", "--apply 按计划执行：--only、--skip 和 --warnings 应写在 --plan 那一次",
		"the plan is for --root %q, and this is --root %q", "计划针对 --root %q，而这次是 --root %q",
		"the plan is for %s: name the runner as it was named then", "计划针对 %s：请用与当时相同的写法指明 Runner",
		"--restart and --root do not go together: what is in there does not run", "--restart 和 --root 不能同时使用：其中的东西并不在运行",
		"--restart is for a repair, and --dry-run and --plan make none", "--restart 用于修复之后，而 --dry-run 和 --plan 不作修复",
		"%s: want an absolute path", "%s：应为绝对路径",
		"there is no home directory to keep the journal in: set %s", "没有可以存放修复记录的主目录：请设置 %s",
		"--undo takes one ID, got %d", "--undo 只接受一个 ID，却得到 %d 个",

		// cmd/semadoctor/run.go, run_register.go, watch_*.go
		"run starts one runner, and --config names %d", "run 只启动一个 Runner，而 --config 指定了 %d 个",
		"run starts a runner of this host: --root is for check and fix", "run 启动本机的 Runner：--root 用于 check 和 fix",
		"run does not start units: write \"semadoctor run\" before the command of ExecStart=, or let systemctl start the unit",
		"run 不启动单元：请在 ExecStart= 的命令前写上“semadoctor run”，或者让 systemctl 启动该单元",
		"run starts a runner of this host, and no container: --compose and --manifest are for check and config", "run 启动本机的 Runner，不启动容器：--compose 和 --manifest 用于 check 和 config",
		"run starts a runner: --pid and --all name some that run, and two with one token do every task twice", "run 要启动 Runner：--pid 和 --all 指的是已在运行的，而两个使用同一令牌的 Runner 会把每个任务做两遍",
		"--registration-token-file is for --register: nothing else registers a runner", "--registration-token-file 用于 --register：此外没有别的会注册 Runner",
		"--register and --offline do not go together: it is the server that registers a runner", "--register 和 --offline 不能同时使用：注册 Runner 的是服务器",
		"--listen %s: want HOST:PORT, or :PORT for this host alone", "--listen %s：应为 主机:端口，或 :端口（只限本机）",
		"run --watch is not there on Windows", "Windows 上没有 run --watch",

		// cmd/semadoctor/logs.go, logs_input.go, logs_span.go
		"a log is of one runner, and the flags name %d", "一份日志属于一个 Runner，而选项指定了 %d 个",
		"logs needs a FILE, - for standard input, or --unit NAME", "logs 需要一个文件、表示标准输入的 -，或 --unit 名称",
		"--follow is for what is written now, and below --root nothing is", "--follow 用于正在写入的日志，而 --root 之下没有正在写入的",
		"the journal of this host is not that of --root: name a FILE", "本机的系统日志不是 --root 的：请指明文件",
		"--unit names a file, and systemd knows no journal of it: name a FILE, or the unit", "--unit 指的是一个文件，systemd 没有它的系统日志：请指明日志文件或单元名",
		"--since %s: %w", "--since %s：%w",
		"--until %s: %w", "--until %s：%w",
		"--until is before --since", "--until 早于 --since",
		"neither a date like 2006-01-02 15:04, nor a time like 15:04, nor a span like 90m or 3d", "既不是 2006-01-02 15:04 这样的日期，也不是 15:04 这样的时间，也不是 90m 或 3d 这样的时长",

		// cmd/semadoctor/api_token.go, deeds.go
		"read API token: %w", "读取 API 令牌：%w",
		"there is no API token in %s", "%s 中没有 API 令牌",
		"what %s holds is no API token: it has blanks or control characters in it", "%s 的内容不是 API 令牌：其中有空白或控制字符",
		"these runners have different servers, %s and %s, and an API token belongs to one, as a registration token does: name the runners of one server",
		"这些 Runner 的服务器不同（%s 和 %s），而 API 令牌与注册令牌一样只属于一个服务器：请只指定同一服务器的 Runner",
		"read registration token: %w", "读取注册令牌：%w",
		"it is longer than %d bytes", "它超过 %d 字节",
		"there is no registration token in %s", "%s 中没有注册令牌",
		"what %s holds is no registration token: it has blanks or control characters in it", "%s 的内容不是注册令牌：其中有空白或控制字符",

		// cmd/semadoctor/completion.go
		"completion takes the name of a shell: %s", "completion 需要一个 shell 的名字：%s",
	}
}
