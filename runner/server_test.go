package runner

import (
	"errors"
	"strings"
	"testing"

	"github.com/semadoctor/semadoctor/say"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func serverOf(t testing.TB, era Era, url string) *Server {
	t.Helper()
	setting, _ := SettingOf(era, ServerURL)
	return NewServer(Resolve(nil, install(setting.Env+"="+url), Version{Era: era}, newSecrets()))
}

// TestServerForms is section 2.6 of the facts: what a runner can use as a URL.
func TestServerForms(t *testing.T) {
	t.Parallel()
	tests := []struct {
		given string
		want  error
	}{
		{"http://h", nil},
		{"https://h:3000", nil},
		{"HTTP://H", nil},
		{"http://h/sub/path", nil},
		{"http://h/", nil},
		{"http://127.0.0.1:3000/api", nil},
		{"http://[::1]:3000", nil},
		{"http://user:pass@h", nil},
		{"http://例え.jp", nil},
		{"", ErrNoURL},
		{"192.168.1.2:3000", ErrNoScheme},
		{"localhost:3000", ErrNoScheme},
		{"semaphore.example.com", ErrNoScheme},
		{"//h", ErrNoScheme},
		{"http:/h", ErrNoScheme},
		{"/api", ErrNoScheme},
		{"://h", ErrBadURL},
		{"ftp://h", ErrBadScheme},
		{"htp://h", ErrBadScheme},
		{"ws://h", ErrBadScheme},
		{"http://", ErrNoHost},
		{"http:///api", ErrNoHost},
		{"http://:3000", ErrNoHost},
		{"http://h:port", ErrBadURL},
		{"http://h:99999", ErrBadURL},
		{"http://h:0", ErrBadURL},
		{"http://h:65535", nil},
		{"http://h:", nil},
		{"http://h%zz", ErrBadURL},
		{"http://[::1", ErrBadURL},
		{" http://h", ErrBadURL},
		{"http://h ", ErrBadURL},
		{"http://h\n", ErrBadURL},
		{"http://h h", ErrBadURL},
		{"http://h\x7f", ErrBadURL},
		{"http://h/?a=b", ErrBadURL}, // the runner's path would be in the query
		{"http://h#a", ErrBadURL},
	}
	for _, tt := range tests {
		s := serverOf(t, E4c, tt.given)
		if !errors.Is(s.Err, tt.want) || (s.URL == nil) != (tt.want != nil) {
			t.Errorf("NewServer(%q) = %v, %v, want %v", tt.given, s.URL, s.Err, tt.want)
		}
	}
}

// TestMended: slashes and /api as the era wants them; the rest of the path stays.
func TestMended(t *testing.T) {
	t.Parallel()
	type seen struct {
		Slash, WrongAPI bool
		Mended          string
	}
	tests := []struct {
		era   Era
		given string
		want  seen
	}{
		{E3, "http://h/api", seen{false, false, "http://h/api"}},
		{E3, "http://h", seen{false, true, "http://h/api"}},
		{E3, "http://h/", seen{true, true, "http://h/api"}},
		{E3, "http://h/api/", seen{true, false, "http://h/api"}},
		{E3, "http://h//api", seen{true, false, "http://h/api"}},
		{E3, "http://h/sub", seen{false, true, "http://h/sub/api"}},
		{E3, "http://h/sub/api", seen{false, false, "http://h/sub/api"}},
		{E3, "http://h/myapi", seen{false, true, "http://h/myapi/api"}},
		{E3, "http://h:3000/api/internal", seen{false, true, "http://h:3000/api"}},
		{E1, "http://h", seen{false, true, "http://h/api"}},
		{E4c, "http://h", seen{false, false, "http://h"}},
		{E4c, "http://h/", seen{true, false, "http://h"}},
		{E4c, "http://h///", seen{true, false, "http://h"}},
		{E4c, "http://h/api", seen{false, true, "http://h"}},
		{E4c, "http://h/api/", seen{true, true, "http://h"}},
		{E4c, "http://h/sub/api", seen{false, true, "http://h/sub"}},
		{E4c, "http://h/sub/", seen{true, false, "http://h/sub"}},
		{E4c, "http://h/a//b", seen{true, false, "http://h/a/b"}},
		{E4c, "http://h/myapi", seen{false, false, "http://h/myapi"}},
		{E4c, "http://h/apis/api", seen{false, true, "http://h/apis"}},
		{E4c, "http://h/api/internal/runners", seen{false, true, "http://h"}},
		{E4c, "http://h/internal", seen{false, false, "http://h/internal"}}, // a sub-path like any other
		{E7, "https://u:p@h:8443/api", seen{false, true, "https://u:p@h:8443"}},
	}
	for _, tt := range tests {
		s := serverOf(t, tt.era, tt.given)
		got := seen{s.Slash(), s.WrongAPI(), s.Mended()}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s in %s (-want +got):\n%s", tt.given, tt.era, diff)
		}
	}
}

// TestMendedIsWhole: whatever is mended needs no mending.
func TestMendedIsWhole(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		era := rapid.SampledFrom(Eras()).Draw(rt, "era")
		path := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"/", "api", "/api", "/sub", "internal", "/internal"}), 0, 5).Draw(rt, "path"), "")
		if path != "" && path[0] != '/' {
			path = "/" + path
		}
		s := serverOf(t, era, "http://h"+path)
		again := serverOf(t, era, s.Mended())
		if again.Slash() || again.WrongAPI() || again.Mended() != s.Mended() {
			rt.Errorf("%s in %s is mended to %s, and that to %s", s.Given.V, era, s.Mended(), again.Mended())
		}
	})
}

// TestTrimmed: white space around a URL leaves nothing to choose.
func TestTrimmed(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{" http://h/ ": "http://h", "http://h\n": "http://h", "\thttp://h/api": "http://h", "h h": "", "": ""} {
		if got, ok := serverOf(t, E4c, given).Trimmed(); got != want || ok != (want != "") {
			t.Errorf("Trimmed of %q = %q, %v, want %q", given, got, ok, want)
		}
	}
}

// TestServerAddresses: texts are joined, as the runner does, so that a slash too
// many shows.
func TestServerAddresses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		era               Era
		given, ping, task string
	}{
		{E1, "http://h/api", "http://h/api/ping", "http://h/api/runners/7"},
		{E3, "http://h/api/", "http://h/api//ping", "http://h/api//runners/7"},
		{E4a, "http://h", "http://h/api/ping", "http://h/api/internal/runners"},
		{E7, "http://h/sub/", "http://h/sub//api/ping", "http://h/sub//api/internal/runners"},
	}
	for _, tt := range tests {
		s := serverOf(t, tt.era, tt.given)
		if s.Ping() != tt.ping || s.Tasks("7") != tt.task {
			t.Errorf("%s in %s: %s and %s, want %s and %s", tt.given, tt.era, s.Ping(), s.Tasks("7"), tt.ping, tt.task)
		}
	}
}

// TestServerString: no password, not even of what is no URL.
func TestServerString(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"http://h/x":            "http://h/x",
		"http://user:s3cret@h":  "http://user:xxxxx@h",
		"http://user:s3cret@h ": "http://xxxxx@h ",
		"ftp://user:s3cret@h":   "ftp://xxxxx@h",
		"user:s3cret@h:3000":    "xxxxx@h:3000",
		"h:3000":                "h:3000",
	} {
		if got := serverOf(t, E4c, given).String(); got != want {
			t.Errorf("String of %q = %q, want %q", given, got, want)
		}
	}
}

// TestURLPasswordIsSecret: messages about the URL must not show its password.
func TestURLPasswordIsSecret(t *testing.T) {
	t.Parallel()
	secrets := newSecrets()
	Resolve(nil, install("SEMAPHORE_WEB_ROOT= http://user:s3cret-pass@h"), Version{Era: E4c}, secrets)
	if got := secrets.Redact("it says http://user:s3cret-pass@h"); strings.Contains(got, "s3cret") {
		t.Errorf("Redact = %q", got)
	}
}

// TestServerInChinese: what is wrong with a URL is said in the language of the whole.
func TestServerInChinese(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		" http://h":       "其中有空白或控制字符",
		"http://http://h": "协议部分写了两次",
		"http://h:0":      "没有 0 这个端口",
		"http://h#a":      "其中有 ? 或 #，而 Runner 的路径会接在它后面",
	} {
		_, err := parseServer(given)
		if got := say.Error(err).In(say.Chinese); got != want {
			t.Errorf("parseServer(%q) = %s, want %s", given, got, want)
		}
	}
}
