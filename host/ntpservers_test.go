package host

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNTPServers(t *testing.T) {
	t.Parallel()
	conf := func(text string) entry { return file(0o644, 0, 0, text) }
	tests := []struct {
		name  string
		files memory
		want  []string
	}{
		{"nothing", memory{}, nil},
		{"timesyncd as shipped", memory{"/etc/systemd/timesyncd.conf": conf("[Time]\n#NTP=\n#FallbackNTP=0.debian.pool.ntp.org\n")}, nil},
		{"timesyncd", memory{"/etc/systemd/timesyncd.conf": conf("[Other]\nNTP=no\n[Time]\nFallbackNTP=c\nNTP = a b\n;NTP=d\n")}, []string{"a", "b", "c"}},
		{"timesyncd drop-ins", memory{
			"/etc/systemd/timesyncd.conf":             conf("[Time]\nNTP=a\nFallbackNTP=f\n"),
			"/etc/systemd/timesyncd.conf.d/10-x.conf": conf("[Time]\nNTP=b a\nFallbackNTP=\n"),
			"/etc/systemd/timesyncd.conf.d/README":    conf("[Time]\nNTP=no\n"),
		}, []string{"a", "b"}},
		{"timesyncd reset", memory{
			"/etc/systemd/timesyncd.conf":             conf("[Time]\nNTP=a\n"),
			"/etc/systemd/timesyncd.conf.d/10-x.conf": conf("[Time]\nNTP=\nNTP=b\n"),
		}, []string{"b"}},
		{"chrony", memory{
			"/etc/chrony/chrony.conf":              conf("% server no\n! x\npool 2.debian.pool.ntp.org iburst\nServer ntp1 port 1123 iburst\nserver fd00::1 port 124\nserver\nmakestep 1 3\n"),
			"/etc/chrony/sources.d/local.sources":  conf("server 10.0.0.1 prefer\npeer ntp2\n"),
			"/etc/chrony/sources.d/local.disabled": conf("server no\n"),
		}, []string{"2.debian.pool.ntp.org", "ntp1:1123", "[fd00::1]:124", "10.0.0.1", "ntp2"}},
		{"chrony of Red Hat", memory{"/etc/chrony.conf": conf("server a minpoll 4 port\n")}, []string{"a"}},
		{"ntpd", memory{
			"/etc/ntp.conf":        conf("# server no\ndriftfile /x\nserver -4 a iburst\nserver 127.127.1.0\npool b\n"),
			"/etc/ntpsec/ntp.conf": conf("pool b\npeer c\n"),
		}, []string{"a", "b", "c"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, NTPServers(tt.files)); diff != "" {
				t.Errorf("NTPServers (-want +got):\n%s", diff)
			}
		})
	}
}
