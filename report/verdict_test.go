package report

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestExitCode(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		counts  Counts
		on      FailOn
		stopped bool
		verdict Verdict
		code    int
	}{
		{"all well", Counts{Pass: 3, Skip: 1}, FailOnFail, false, Healthy, 0},
		{"nothing checked", Counts{Skip: 4}, FailOnFail, false, Unknown, 3},
		{"nothing at all", Counts{}, FailOnFail, false, Unknown, 3},
		{"warning", Counts{Pass: 1, Warn: 1}, FailOnFail, false, Degraded, 0},
		{"warning counts", Counts{Pass: 1, Warn: 1}, FailOnWarn, false, Degraded, 1},
		{"warning and unknown", Counts{Warn: 1, Unknown: 1}, FailOnFail, false, Unknown, 3},
		{"unknown", Counts{Pass: 9, Unknown: 1}, FailOnFail, false, Unknown, 3},
		{"unknown under warn", Counts{Pass: 9, Unknown: 1}, FailOnWarn, false, Unknown, 3},
		{"unknown counts", Counts{Pass: 9, Unknown: 1}, FailOnUnknown, false, Unknown, 1},
		{"failure beats unknown", Counts{Fail: 1, Unknown: 5}, FailOnFail, false, Broken, 1},
		{"stopped beats all", Counts{Fail: 1}, FailOnFail, true, Broken, 4},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := verdict(tt.counts); got != tt.verdict {
				t.Errorf("verdict(%+v) = %s, want %s", tt.counts, got, tt.verdict)
			}
			if got := exitCode(tt.counts, tt.on, tt.stopped); got != tt.code {
				t.Errorf("exitCode(%+v, %s, %t) = %d, want %d", tt.counts, tt.on, tt.stopped, got, tt.code)
			}
		})
	}
}

// TestDryRun: what would be done decides, not what is found; what could not be planned is
// not nothing to do.
func TestDryRun(t *testing.T) {
	t.Parallel()
	tests := []struct {
		dry     DryRun
		stopped string
		code    int
	}{
		{NotDry, "", ExitFindings},
		{NothingToDo, "", ExitOK},
		{WouldChange, "", ExitChanges},
		{NotPlanned, "", ExitUnknown},
		{WouldChange, "the deadline", ExitStopped},
	}
	for _, tt := range tests {
		o := Options{FailOn: FailOnFail, DryRun: tt.dry, Stopped: tt.stopped}
		if got := o.code(Counts{Fail: 1}); got != tt.code {
			t.Errorf("%q, stopped by %q: exit code %d, want %d", tt.dry, tt.stopped, got, tt.code)
		}
	}
}

// TestExitStyle: what each of semadoctor's own codes is to others.
func TestExitStyle(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name           string
		code           int
		counts         Counts
		nagios, docker int
	}{
		{"all well", ExitOK, Counts{Pass: 3}, 0, 0},
		{"warning", ExitOK, Counts{Pass: 3, Warn: 1}, 1, 0},
		{"warning counts", ExitFindings, Counts{Warn: 1}, 1, 1},
		{"failure", ExitFindings, Counts{Fail: 1, Warn: 1, Unknown: 1}, 2, 1},
		{"unknown", ExitUnknown, Counts{Unknown: 1, Warn: 1}, 3, 1},
		{"unknown counts", ExitFindings, Counts{Unknown: 1}, 3, 1},
		{"wrong usage", ExitUsage, Counts{}, 3, 1},
		{"stopped", ExitStopped, Counts{Pass: 1}, 3, 1},
	}
	for _, tt := range tests {
		if got := ExitNagios.Of(tt.code, tt.counts); got != tt.nagios {
			t.Errorf("%s: nagios %d, want %d", tt.name, got, tt.nagios)
		}
		if got := ExitDocker.Of(tt.code, tt.counts); got != tt.docker {
			t.Errorf("%s: docker %d, want %d", tt.name, got, tt.docker)
		}
		if got := ExitStyle("").Of(tt.code, tt.counts); got != tt.code {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.code)
		}
	}
}

// TestBrief: what is longer than any path loses its middle, and nothing else does.
func TestBrief(t *testing.T) {
	t.Parallel()
	path := "/" + strings.Repeat("a", maxWord-1)
	for _, s := range []string{"", "the key x", path, path + " and " + path} {
		if got := brief(s); got != s {
			t.Errorf("brief(%d bytes) = %d bytes, want them as they are", len(s), len(got))
		}
	}
	for _, word := range []string{strings.Repeat("A", 100_000), strings.Repeat("宽", 50_000)} {
		got := brief("the key " + word + " is not read")
		if len(got) > 500 || !utf8.ValidString(got) || !strings.HasPrefix(got, "the key ") || !strings.Contains(got, "…") || !strings.HasSuffix(got, " is not read") {
			t.Errorf("brief() = %d bytes: %q", len(got), got)
		}
	}
}

func TestClean(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want string }{
		{"plain ✓ text", "plain ✓ text"},
		{"\x1b[31mred\x1b[0m", `\x1b[31mred\x1b[0m`},
		{"a\r\nb\x00", `a\x0d\x0ab\x00`},
		{"right\u202eleft", `right\x202eleft`},
		{"bad\xff", `bad\xff`}, // the byte, so that one knows which file it is
		{"bad\uFFFD", `bad\xfffd`},
	}
	for _, tt := range tests {
		if got := Clean(tt.in); got != tt.want {
			t.Errorf("Clean(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestWrap(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in    string
		width int
		lines int
	}{
		{"short", 20, 1},
		{"several words that do not fit on one line", 20, 3},
		{"/a/very/long/path/that/has/no/blank/in/it/at/all.json", 20, 3},
		{"配置文件和状态文件是同一个文件所以每次轮询都得到四百零一", 20, 3},
		{"", 20, 1},
	}
	for _, tt := range tests {
		lines := wrap(tt.in, tt.width)
		if len(lines) != tt.lines {
			t.Errorf("wrap(%q, %d) = %q, want %d lines", tt.in, tt.width, lines, tt.lines)
		}
		for _, l := range lines {
			if width(l) > tt.width {
				t.Errorf("wrap(%q, %d) has a line of %d cells: %q", tt.in, tt.width, width(l), l)
			}
		}
	}
}

// TestWrapChinese: lines end between characters, not only at blanks, but never
// before a comma or behind a bracket that opens.
func TestWrapChinese(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in   string
		want []string
	}{
		{"如果 runner.config_file 和 --config 是同一个文件", []string{"如果", "runner.config_file", "和 --config 是同一个", "文件"}},
		{"每次轮询都得到四百一，然后", []string{"每次轮询都得到四百", "一，然后"}},
		{"每次轮询都得到四百零一，然后", []string{"每次轮询都得到四百零", "一，然后"}},
		{"读/写（`a b_c_d`、`e_f_g_h_i_j_k`）", []string{"读/写（`a b_c_d`、", "`e_f_g_h_i_j_k`）"}},
		{"在 /etc/semaphore/配置/a.json，然后", []string{"在", "/etc/semaphore/配置/", "a.json，然后"}},
		{"读（状态文件的位置）写（配置）", []string{"读（状态文件的位置）", "写（配置）"}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, wrap(tt.in, 20)); diff != "" {
			t.Errorf("wrap(%q, 20) (-want +got):\n%s", tt.in, diff)
		}
	}
}

func TestFill(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"": "    ", "ab": "ab  ", "结果": "结果", "已应用": "已应用"} {
		if got := Fill(in, 4); got != want {
			t.Errorf("Fill(%q, 4) = %q, want %q", in, got, want)
		}
	}
}
