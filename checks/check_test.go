package checks

import "testing"

func TestValidate(t *testing.T) {
	t.Parallel()
	base := someCheck("a/base", nil)
	circle := someCheck("a/circle", nil)
	circle.Requires = []*Check{circle}
	nameless := someCheck("", nil)
	p := &Problem{ID: "p", Title: "p", Doc: "p"}
	with := func(id string, p *Problem) *Check {
		c := someCheck(id, nil)
		c.Problems = []*Problem{p}
		return c
	}
	for want, cs := range map[string][]*Check{
		"":                               {base, someCheck("a/next", nil, base), with("a/1", p), with("a/2", p)},
		"check a/base is listed twice":   {base, someCheck("a/next", nil, base), base},
		"check a/circle requires itself": {circle},
		"two checks are called a/base":   {base, someCheck("a/base", nil)},
		`check "" needs an ID, a Title and a Run`:                               {nameless},
		`problem "p" of check a/2 needs an ID of its own, a Title and a Doc`:    {with("a/1", p), with("a/2", &Problem{ID: "p", Title: "p", Doc: "p"})},
		`problem "bare" of check a/1 needs an ID of its own, a Title and a Doc`: {with("a/1", &Problem{ID: "bare"})},
	} {
		got := ""
		if err := Validate(cs); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("Validate() = %q, want %q", got, want)
		}
	}
}
