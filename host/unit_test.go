package host

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseUnit(t *testing.T) {
	t.Parallel()
	data := "\ufeff; a comment\n\n[Unit]\nDescription = two  words \r\nOutside of nothing\n" +
		"[Service]\n# comment\\\nExecStart=/bin/a \\\n  # a comment, continued or not \\\n ; another\n   b \\\\\nEnvironment=\nUser=a=b\\\n"
	got, err := parseUnit("/u", []byte(data))
	want := []UnitEntry{
		{"Unit", "Description", "two  words", "/u", 4},
		{"Service", "ExecStart", `/bin/a     b \\`, "/u", 8},
		{"Service", "Environment", "", "/u", 12},
		{"Service", "User", "a=b", "/u", 13},
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("parseUnit: %v (-want +got):\n%s", err, diff)
	}
}

func TestParseUnitRefuses(t *testing.T) {
	t.Parallel()
	for name, data := range map[string]string{
		"line 2: a NUL byte":              "[Service]\nUser=a\x00b\n",
		"line 1: a section header":        "[Service\nUser=a\n",
		"line 2: longer than 1048576":     "[Service]\nUser=" + strings.Repeat("a", 1<<20) + "\n",
		"line 1048577: longer than 10485": strings.Repeat("\\\n", 1<<20) + "\\\n",
	} {
		_, err := parseUnit("/u", []byte(data))
		if !errors.Is(err, ErrUnit) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := parseUnit("/u", []byte("[Service]\nUser=\xff\n")); err != nil {
		t.Errorf("invalid UTF-8: %v", err)
	}
}

// unitMachine has drop-ins in all kinds of places.
func unitMachine() memory {
	user := func(name string) entry { return file(0o644, 0, 0, "[Service]\nUser="+name+"\n") }
	return memory{
		"/usr/lib/systemd/system/sem-ui-runner.service": user("vendor"),
		"/lib": link("usr/lib"),
		"/usr/lib/systemd/system/sem-ui-runner.service.d/20-b.conf": user("b"),
		"/etc/systemd/system/sem-ui-runner.service.d/20-b.conf":     user("b-of-etc"),
		"/run/systemd/system/sem-ui-runner.service.d/90-z.conf":     user("z"),
		"/etc/systemd/system/sem-ui-.service.d/30-c.conf":           user("c"),
		"/etc/systemd/system/sem-.service.d/10-a.conf":              user("a"),
		"/etc/systemd/system/sem-.service.d/30-c.conf":              user("hidden"),
		"/usr/lib/systemd/system/service.d/50-all.conf":             user("all"),
		"/etc/systemd/system/service.d/60-masked.conf":              link("/dev/null"),
		"/usr/lib/systemd/system/service.d/60-masked.conf":          user("masked"),
		"/dev/null": {mode: fs.ModeDevice | 0o666},
		"/etc/systemd/system/sem-ui-runner.service.d/readme": user("no.conf"),
		"/etc/systemd/system/runner.service":                 link("/usr/lib/systemd/system/sem-ui-runner.service"),
		"/etc/systemd/system/runner.service.d/70-alias.conf": user("alias"),
		"/etc/systemd/system/r@.service":                     user("template"),
		"/etc/systemd/system/r@.service.d/1.conf":            user("each"),
		"/etc/systemd/system/r@eu.service.d/2.conf":          user("one"),
		"/etc/systemd/system/masked.service":                 link("/dev/null"),
		"/etc/systemd/system/empty.service":                  file(0o644, 0, 0, "\n"),
		"/etc/systemd/system/round.service":                  link("round.service"),
		"/etc/systemd/system/shut.service":                   {denied: true},
		"/etc/systemd/system/half.service":                   user("half"),
		"/etc/systemd/system/half.service.d/1.conf":          {denied: true},
		"/etc/systemd/system/half.service.d/2.conf":          user("more"),
		"/srv/x.service":                                     user("x"),
		"/srv/x.service.d/1.conf":                            user("beside"),
	}
}

func TestLoadUnit(t *testing.T) {
	t.Parallel()
	chain := "vendor a b-of-etc c all alias z"
	tests := []struct {
		ref, name, users string
		unseen           int
	}{
		{"sem-ui-runner", "sem-ui-runner.service", chain, 0},
		{"runner.service", "sem-ui-runner.service", chain, 0},
		{"/usr/lib/systemd/system/sem-ui-runner.service", "sem-ui-runner.service", chain, 0},
		{"r@eu", "r@eu.service", "template each one all", 0},
		{"half", "half.service", "half more all", 1},
		{"/srv/x.service", "x.service", "x beside", 0},
	}
	for _, tt := range tests {
		u, err := LoadUnit(unitMachine(), tt.ref)
		if err != nil {
			t.Errorf("LoadUnit(%s): %v", tt.ref, err)
			continue
		}
		var users []string
		for _, e := range u.List("Service", "User") {
			users = append(users, e.Value)
		}
		if got := strings.Join(users, " "); u.Name != tt.name || got != tt.users || len(u.Unseen) != tt.unseen {
			t.Errorf("LoadUnit(%s) = %s: %s, %v, want %s: %s", tt.ref, u.Name, got, u.Unseen, tt.name, tt.users)
		}
	}
}

func TestLoadUnitFails(t *testing.T) {
	t.Parallel()
	for ref, want := range map[string]error{
		"nosuch": fs.ErrNotExist, "masked": ErrMasked, "empty": ErrMasked, "round": syscall.ELOOP,
		"shut": fs.ErrPermission, "/srv/nosuch.service": fs.ErrNotExist,
	} {
		if _, err := LoadUnit(unitMachine(), ref); !errors.Is(err, want) {
			t.Errorf("LoadUnit(%s): %v, want %v", ref, err, want)
		}
	}
}

func TestUnitResets(t *testing.T) {
	t.Parallel()
	es, err := parseUnit("/u", []byte("[Service]\nA=1\nA=2\nA=\nA=3\nB=1\nB=\n"))
	u := &Unit{Entries: es}
	if got := u.List("Service", "A"); err != nil || len(got) != 1 || got[0].Value != "3" {
		t.Errorf("List = %v, %v, want the one after the reset", got, err)
	}
	if e, ok := u.Last("Service", "B"); ok {
		t.Errorf("Last = %v of what was taken back", e)
	}
}

func TestSplitWords(t *testing.T) {
	t.Parallel()
	tests := map[string][]string{
		"":                       nil,
		` a  b	c `:               {"a", "b", "c"},
		`"A=two words" 'B=x' C`:  {"A=two words", "B=x", "C"},
		`a"b c"d`:                {"ab cd"},
		`'\x41\101\u00e9\s\n\q'`: {"AA\u00e9 \n\\q"},
		`"" ''`:                  {"", ""},
		`"it's" 'a"b' "a\"b"`:    {"it's", `a"b`, `a"b`},
		`\x0 \xzz`:               {`\x0`, `\xzz`},
	}
	for s, want := range tests {
		if got, err := SplitWords(s); err != nil || !cmp.Equal(got, want) {
			t.Errorf("SplitWords(%s) = %q, %v, want %q", s, got, err, want)
		}
	}
	if _, err := SplitWords(`a "b`); !errors.Is(err, ErrQuote) {
		t.Errorf("SplitWords of an open quote: %v", err)
	}
}

// The words before a mistake count, as systemd-analyze verify of v252 says.
func TestSplitAssignments(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]error{`A=1 "B=\x41"`: nil, `A=1 "B=\\"`: nil, `A=1 B=\q C=1`: ErrEscape, `A=1 "B=\`: ErrQuote} {
		got, err := SplitAssignments(s)
		if len(got) == 0 || got[0] != "A=1" || !errors.Is(err, want) || err != nil && len(got) > 1 {
			t.Errorf("SplitAssignments(%s) = %q, %v, want %v", s, got, err, want)
		}
	}
}

// systemd-analyze verify of v252 reads drop-ins of a-b@i.service from these.
func TestDropInNames(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]string{
		"a-b@i.service":   {"a-b@i.service", "a-b@.service", "a-.service", "a-@i.service", "a-@.service"},
		"a-b-c.service":   {"a-b-c.service", "a-b-.service", "a-.service"},
		"plain.service":   {"plain.service"},
		"plain@i.service": {"plain@i.service", "plain@.service"},
	} {
		got := dropInNames(name)
		slices.Sort(got)
		slices.Sort(want)
		if diff := cmp.Diff(want, slices.Compact(got)); diff != "" {
			t.Errorf("dropInNames(%s) (-want +got):\n%s", name, diff)
		}
	}
}

func TestParseExec(t *testing.T) {
	t.Parallel()
	env := map[string]string{"A": "one two", "E": "", "Q": `'x y' z`}
	value := func(name string) (string, bool) { v, ok := env[name]; return v, ok }
	tests := []struct {
		line string
		want [][]string
		err  error
	}{
		{`/bin/a b 'c d'`, [][]string{{"/bin/a", "b", "c d"}}, nil},
		{`/bin/a $A ${A} x${A}y $E ${E} $NONE p$A $$A`, [][]string{{"/bin/a", "one", "two", "one two", "xone twoy", "", "p$A", "$A"}}, nil},
		{`/bin/a $Q`, [][]string{{"/bin/a", "x y", "z"}}, nil},
		{`-@/bin/a argv0 b ; +/bin/c ; !!/bin/d \; e;f`, [][]string{{"/bin/a", "b"}, {"/bin/c"}, {"/bin/d", ";", "e;f"}}, nil},
		{`:/bin/a $A`, [][]string{{"/bin/a", "$A"}}, nil},
		{`semaphore runner`, [][]string{{"semaphore", "runner"}}, nil},
		{`bin/a`, [][]string{{"bin/a"}}, ErrRelative},
		{`./a`, [][]string{{"./a"}}, ErrRelative},
		{`-`, [][]string{{""}}, ErrNoProgram},
		{`/bin/a "b`, [][]string{{"/bin/a"}}, ErrQuote},
	}
	for _, tt := range tests {
		var got [][]string
		var err error
		for _, l := range ParseExec(UnitEntry{Value: tt.line}) {
			got = append(got, l.Fill(value))
			err = l.Err
		}
		if diff := cmp.Diff(tt.want, got); diff != "" || !errors.Is(err, tt.err) {
			t.Errorf("ParseExec(%s): %v, want %v (-want +got):\n%s", tt.line, err, tt.err, diff)
		}
	}
}

func TestExpand(t *testing.T) {
	t.Parallel()
	m := memory{
		"/etc/hostname":   file(0o644, 0, 0, "web.example.com\n"),
		"/etc/machine-id": file(0o444, 0, 0, "0123\n"),
	}
	u := &Unit{Name: `sem-my\x2drunner@opt-a\x20b.service`, Path: "/etc/systemd/system/x.service"}
	for s, want := range map[string]string{
		"%n %N":          u.Name + " " + strings.TrimSuffix(u.Name, ".service"),
		"%p|%P|%j|%J":    `sem-my\x2drunner|sem/my-runner|my\x2drunner|my-runner`,
		"%i|%I|%f":       `opt-a\x20b|opt/a b|/opt/a b`,
		"%h %u %U %t %S": "/root root 0 /run /var/lib",
		"%C %L %E %T %V": "/var/cache /var/log /etc /tmp /var/tmp",
		"%H %l %m %%":    "web.example.com web 0123 %",
		"%d":             "/run/credentials/" + u.Name,
		"100%":           "100%",
		"%v %Q":          "%v %Q",
	} {
		got, unknown := u.Expand(m, s)
		if got != want || len(unknown) != strings.Count(want, "%v")+strings.Count(want, "%Q") {
			t.Errorf("Expand(%s) = %q, %q, want %q", s, got, unknown, want)
		}
	}
}

// FuzzParseUnit demands that whatever a file holds, it is read or refused, in
// bounds, and that no setting has a line outside of it.
func FuzzParseUnit(f *testing.F) {
	f.Add("[Service]\nExecStart=-/bin/a \\\n b ; c $D ${E} %n\nEnvironment=\"A=b\" 'c\n")
	f.Add("\ufeff[Service\n")
	f.Fuzz(func(t *testing.T, data string) {
		es, err := parseUnit("/u", []byte(data))
		if err != nil {
			return
		}
		u := &Unit{Name: "a@b.service", Entries: es}
		for _, e := range es {
			if e.Line < 1 || e.Line > 1+strings.Count(data, "\n")+strings.Count(data, "\r") {
				t.Fatalf("line %d of %d", e.Line, strings.Count(data, "\n"))
			}
			for _, l := range ParseExec(e) {
				l.Fill(func(string) (string, bool) { return e.Value, true })
			}
			u.Expand(memory{}, e.Value)
		}
	})
}
