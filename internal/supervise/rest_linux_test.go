package supervise

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestConstant(t *testing.T) {
	t.Parallel()
	tests := []struct {
		line string
		ok   bool
	}{
		{"00400000-00a00000 r-xp 00000000 08:01 123  /usr/bin/semadoctor", true},
		{"00a00000-00e00000 r--p 00000000 08:01 123  /usr/bin/semadoctor", true},
		{"00e00000-00f00000 rw-p 00000000 08:01 123  /usr/bin/semadoctor", false},
		{"00f00000-00f10000 r--p 00000000 08:01 124  /usr/bin/other", false},
		{"7f0000000000-7f0000001000 r-xp 00000000 00:00 0  [vdso]", false},
		{"7f0000000000-7f0000001000 r--p 00000000 00:00 0", false},
		{"nonsense", false},
	}
	for _, tt := range tests {
		if _, _, ok := constant(tt.line, "/usr/bin/semadoctor"); ok != tt.ok {
			t.Errorf("constant(%q) = %t, want %t", tt.line, ok, tt.ok)
		}
	}
}

// TestRest: less of the program is in memory afterwards, and it runs on.
func TestRest(t *testing.T) {
	before := mapped(t)
	Rest()
	if after := mapped(t); after >= before {
		t.Errorf("%d KiB of files are in memory after that, %d were before", after, before)
	}
}

// mapped is how much of files is in this process's memory, in KiB.
func mapped(t *testing.T) (kib int) {
	t.Helper()
	data, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	_, after, found := strings.Cut(string(data), "RssFile:")
	if _, err := fmt.Sscan(after, &kib); err != nil || !found {
		t.Skipf("this kernel does not say what of files is in memory: %v", err)
	}
	return kib
}
