package say

import "testing"

// role is a word of a type of its own, as runner.Role is.
type role string

func TestChinese(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text Text
		want string
	}{
		{Textf("the %s is %s", role("state file"), "/a"), "状态文件是 /a"},
		{Textf("the %s is %s", "state file", "/a"), "state file是 /a"}, // a text that only looks like one
		{Textf("the %s is %s", role("unheard of"), "/a"), "unheard of是 /a"},
		{Textf("line %d of %s", 5, "/a"), "/a 第 5 行"},
		{Textf("or %s", Textf("keep the %s elsewhere", role("token file"))), "或者：把令牌文件放到别处"},
		{Textf("there is no config file: the runner looks for %s", List([]string{"a", "b", "c"})), "没有配置文件：Runner 会查找 a、b 和 c"},
		{Sentence("no such sentence"), "no such sentence"},
		{Text{}, ""},
	}
	for _, tt := range tests {
		if got := tt.text.In(Chinese); got != tt.want {
			t.Errorf("%q in Chinese = %q, want %q", tt.text, got, tt.want)
		}
	}
}
