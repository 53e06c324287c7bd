package host

import "testing"

func TestOOMKills(t *testing.T) {
	t.Parallel()
	const events = "low 0\nhigh 0\nmax 12\noom 3\noom_kill 2\noom_group_kill 0\n"
	tests := []struct {
		name string
		m    memory
		want int
	}{
		{"in a container", memory{"/proc/self/cgroup": {data: "0::/\n"}, "/sys/fs/cgroup/memory.events": {data: events}}, 2},
		{"in a unit", memory{"/proc/self/cgroup": {data: "0::/system.slice/x.service\n"}, "/sys/fs/cgroup/system.slice/x.service/memory.events": {data: events}}, 2},
		{"version 1", memory{"/proc/self/cgroup": {data: "4:memory:/x\n1:name=systemd:/x\n"}}, -1},
		{"the root group", memory{"/proc/self/cgroup": {data: "0::/\n"}}, -1},
		{"no /proc", memory{}, -1},
		{"nonsense", memory{"/proc/self/cgroup": {data: "0::/\n"}, "/sys/fs/cgroup/memory.events": {data: "oom_kill many\n"}}, -1},
	}
	for _, tt := range tests {
		if got := OOMKills(tt.m); got != tt.want {
			t.Errorf("%s: OOMKills = %d, want %d", tt.name, got, tt.want)
		}
	}
}
