package checks_test

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/checks/checktest"
	"github.com/semadoctor/semadoctor/host"
)

const ignored = "ignore:\n- {id: tls-expired, reason: it is old, until: 2999-12-31}\n"

// TestAcceptedBeside: whose word counts beside whose config, and for whom.
func TestAcceptedBeside(t *testing.T) {
	t.Parallel()
	root, joe, eve := host.Identity{}, host.Identity{UID: 1001, GID: 1001}, host.Identity{UID: 1002, GID: 1002}
	for _, tt := range []struct {
		name   string
		config string // mode and owner
		ignore string
		self   host.Identity
		counts bool
	}{
		{"root's", "640 0:0", "644 0:0", root, true},
		{"root's, for a user", "640 1001:0", "644 0:0", joe, true},
		{"the owner's of the config, for root", "640 1001:0", "644 1001:1001", root, true},
		{"one's own", "640 0:0", "644 1001:1001", joe, true},
		{"a stranger's, for root", "640 1001:0", "644 1002:1002", root, false},
		{"a stranger's, for a user", "640 1001:0", "644 1002:1002", joe, false},
		{"the same stranger's, for that stranger", "640 1001:0", "644 1002:1002", eve, true},
		{"the runner's group may write it, for root", "640 1001:0", "664 1001:1001", root, false},
		{"the group may write it, for a user", "640 1001:0", "664 1001:1001", joe, true},
		{"all may write it, for a user", "640 1001:0", "666 1001:1001", joe, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, err := checktest.Parse("x", txtar.Parse([]byte("-- /etc/s/c.json "+tt.config+" --\n{}\n-- /etc/s/.semadoctor.yaml "+tt.ignore+" --\n"+ignored)))
			if err != nil {
				t.Fatal(err)
			}
			as := checks.AcceptedBeside(c.Machine, "/etc/s/c.json", tt.self, checks.Builtin())
			if as == nil {
				t.Fatal("the file is not seen")
			}
			if counts := as.Err == nil && len(as.List) == 1; counts != tt.counts || !counts && !errors.Is(as.Err, checks.ErrStranger) {
				t.Errorf("it counts: %t (%v), want %t", counts, as.Err, tt.counts)
			}
		})
	}
}

// TestReadAcceptances: what is no ignore file, and in which line.
func TestReadAcceptances(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, want string }{
		{"", ""},
		{"# nothing\n", ""},
		{"ignore:\n", ""},
		{"ignore: []\n", ""},
		{ignored, ""},
		{`{"ignore": [{"id": "tls-expired", "reason": "JSON is YAML", "until": "2999-12-31", "target": "/etc/*"}]}`, ""},
		{"[]\n", ":1: want ignore: with a list"},
		{"\nignore: yes\n", ":2: want ignore: with a list"},
		{"ignore:\nignored: []\n", `:2: there is no key "ignored", only ignore`},
		{"ignore:\n- tls-expired\n", ":2: want an entry with id, reason and until"},
		{"ignore:\n- id: tls-expired\n  reason: x\n", ":2: an entry needs until"},
		{"ignore:\n- id: tls-expired\n  until: 2999-12-31\n", ":2: an entry needs reason"},
		{"ignore:\n- reason: x\n  until: 2999-12-31\n", ":2: an entry needs id"},
		{"ignore:\n- id: tls-expired\n  reason: ' '\n", ":3: reason needs a text"},
		{"ignore:\n- id: [tls-expired]\n", ":2: id needs a text"},
		{"ignore:\n- id: tls-expired\n  why: x\n", `:3: there is no key "why", only id, reason, until and target`},
		{"ignore:\n- id: tls-expire\n", `:2: there is no problem "tls-expire", did you mean tls-expired?`},
		{"ignore:\n- id: everything\n", `:2: there is no problem "everything": semadoctor checks lists them`},
		{"ignore:\n- id: server/tls\n", `:2: there is no problem "server/tls"`},
		{"ignore:\n- until: 2999-13-31\n", ":2: until 2999-13-31: want a day, like 2027-03-31"},
		{"ignore:\n- until: 2999-12-31T12:00:00Z\n", ":2: until 2999-12-31T12:00:00Z: want a day"},
		{"ignore:\n- target: '[a'\n", ":2: target [a is no pattern"},
		{"ignore: [\n", ":2: "},
	} {
		c, err := checktest.Parse("x", txtar.Parse([]byte("-- /i.yaml --\n"+tt.text)))
		if err != nil {
			t.Fatal(err)
		}
		_, err = checks.ReadAcceptances(c.Machine, "/i.yaml", checks.Builtin())
		var mistake *checks.IgnoreError
		switch {
		case tt.want == "" && err != nil:
			t.Errorf("%q: %v", tt.text, err)
		case tt.want != "" && (!errors.As(err, &mistake) || !strings.HasPrefix(err.Error(), "/i.yaml"+tt.want)):
			t.Errorf("%q: %v, want /i.yaml%s", tt.text, err, tt.want)
		}
	}
}
