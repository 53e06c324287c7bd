package say

import "testing"

func TestShell(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want string }{
		{"/var/lib/semaphore/runner_state.json", "/var/lib/semaphore/runner_state.json"},
		{"/etc/semaphore/config-2.json:a,b+c=d@e%f", "/etc/semaphore/config-2.json:a,b+c=d@e%f"},
		{"", "''"},
		{"/srv/two words", "'/srv/two words'"},
		{"/srv/$(reboot)", "'/srv/$(reboot)'"},
		{"/srv/`reboot`", "'/srv/`reboot`'"},
		{"/srv/a;b&c|d>e", "'/srv/a;b&c|d>e'"},
		{"/srv/*?[a]{b}~!#", "'/srv/*?[a]{b}~!#'"},
		{`/srv/it's`, `'/srv/it'\''s'`},
		{`/srv/"a"\b`, `'/srv/"a"\b'`},
		{"/srv/a\nb", "'/srv/a\nb'"},
		{"/srv/数据", "'/srv/数据'"},
		{"/srv/\xff", "'/srv/\xff'"},
	}
	for _, tt := range tests {
		if got := Shell(tt.in); got != tt.want {
			t.Errorf("Shell(%q) = %s, want %s", tt.in, got, tt.want)
		}
	}
}
