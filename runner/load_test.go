package runner

import (
	"errors"
	"io"
	"io/fs"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/internal/jsondoc"
)

// TestSearchList is section 2.2 of the facts.
func TestSearchList(t *testing.T) {
	t.Parallel()
	three := []string{"config.json", "/usr/local/etc/semaphore/config.json", "/etc/semaphore/config.json"}
	nine := []string{
		"config.json", "config.yaml", "config.yml",
		"/usr/local/etc/semaphore/config.json", "/usr/local/etc/semaphore/config.yaml", "/usr/local/etc/semaphore/config.yml",
		"/etc/semaphore/config.json", "/etc/semaphore/config.yaml", "/etc/semaphore/config.yml",
	}
	want := map[Era][]string{
		E1: three[:2], E2a: three[:2], E2b: three[:2], E3: three[:2],
		E4a: three, E4b: three, E4c: three, E5: three, E5b: three, E6: nine, E7: nine, "": nine,
	}
	for era, want := range want {
		if diff := cmp.Diff(want, searchList(era)); diff != "" {
			t.Errorf("searchList(%s) (-want +got):\n%s", era, diff)
		}
	}
}

func TestCandidates(t *testing.T) {
	t.Parallel()
	const list = "/srv/config.json /usr/local/etc/semaphore/config.json"
	tests := []struct {
		name, config, dir string
		env               []string
		want              string // paths and who named them
	}{
		{"the list, from the working directory", "", "/srv", nil, list},
		{"--config", "/c.json", "/srv", nil, "/c.json(--config)"},
		{"--config beats the variable", "/c.json", "/srv", []string{"SEMAPHORE_CONFIG_PATH=/e.json"}, "/c.json(--config)"},
		{"the variable beats the list", "", "/srv", []string{"SEMAPHORE_CONFIG_PATH=/e.json"}, "/e.json(environment variable SEMAPHORE_CONFIG_PATH)"},
		{"an empty variable is none", "", "/srv", []string{"SEMAPHORE_CONFIG_PATH="}, list},
		{"relative flag", "etc/c.json", "/srv", nil, "/srv/etc/c.json(--config)"},
		{"relative flag, up", "../c.json", "/srv", nil, "/srv/../c.json(--config)"},
		{"relative variable", "", "/", []string{"SEMAPHORE_CONFIG_PATH=e.json"}, "/e.json(environment variable SEMAPHORE_CONFIG_PATH)"},
	}
	for _, tt := range tests {
		in := &Installation{Config: tt.config, Dir: tt.dir, Env: environ(tt.env...)}
		got := ""
		for _, c := range in.Candidates(E3) {
			if got += " " + c.V; c.Set() {
				got += "(" + c.From.String() + ")"
			}
		}
		if got[1:] != tt.want {
			t.Errorf("%s: Candidates = %s, want %s", tt.name, got[1:], tt.want)
		}
	}
}

// TestOpenSearches: a runner goes on after what is not there and after what it
// may not open, but not after a directory (loadConfigFile, 2.10.22).
func TestOpenSearches(t *testing.T) {
	t.Parallel()
	const first, second, third = "/srv/config.json", "/usr/local/etc/semaphore/config.json", "/etc/semaphore/config.json"
	rootOnly := node{mode: 0o600, data: "{}"}
	tests := []struct {
		name  string
		era   Era
		files tree
		want  string // path; "" is ErrNoConfig
		err   error  // of the file
	}{
		{"the first", E4c, tree{first: plain("{}"), second: plain("{}")}, first, nil},
		{"the second", E4c, tree{second: plain("{}"), third: plain("{}")}, second, nil},
		{"the third from E4 on", E4a, tree{third: plain("{}")}, third, nil},
		{"no third up to E3", E3, tree{third: plain("{}")}, "", nil},
		{"the third when nobody knows", "", tree{third: plain("{}")}, third, nil},
		{"none", E7, tree{"/srv/x": plain("")}, "", nil},
		{"past one it may not read", E4c, tree{first: rootOnly, third: plain("{}")}, third, nil},
		{"past one in a closed directory", E4c, tree{"/srv": {mode: fs.ModeDir | 0o700}, first: plain("{}"), third: plain("{}")}, third, nil},
		{"none but one it may not read", E4c, tree{second: rootOnly}, second, nil},
		{"the first of two it may not read", E4c, tree{first: rootOnly, second: rootOnly}, first, nil},
		{"past what is below a file", E4c, tree{"/usr/local/etc/semaphore": plain("x"), third: plain("{}")}, third, nil},
		{"not past a directory", E4c, tree{first: {mode: fs.ModeDir | 0o755}, third: plain("{}")}, first, host.ErrNotRegular},
		{"not past a bad file", E4c, tree{first: plain(""), third: plain("{}")}, first, io.EOF},
		{"past a link to nowhere", E4c, tree{first: {mode: fs.ModeSymlink | 0o777, data: "/nowhere"}, third: plain("{}")}, third, nil},
		{"not past what semadoctor may not see", E4c, tree{first: {hidden: true}, third: plain("{}")}, first, fs.ErrPermission},
		{"YAML from E6 on", E6, tree{"/etc/semaphore/config.yml": plain("a: b")}, "/etc/semaphore/config.yml", nil},
		{"JSON before YAML", E6, tree{"/srv/config.yaml": plain("a: b"), first: plain("{}")}, first, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			in := &Installation{Dir: "/srv", As: runnerUser}
			f, err := Open(tt.files, in, tt.era)
			if tt.want == "" {
				if !errors.Is(err, ErrNoConfig) {
					t.Fatalf("Open = %+v, %v, want ErrNoConfig", f, err)
				}
				return
			}
			if err != nil || f.Path != tt.want || !errors.Is(f.Err, tt.err) {
				t.Errorf("Open = %+v, %v, want %s, %v", f, err, tt.want, tt.err)
			}
		})
	}
}

// TestOpenNamed: a config that is named is the config, whatever is wrong with it.
func TestOpenNamed(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		file  node
		era   Era
		is    error  // errors.Is
		where string // of a syntax error
	}{
		{name: "good", file: plain(`{"a":1}`)},
		{name: "trailing text", file: plain(`{"a":1} // the rest is not read`)},
		{name: "a second value", file: plain(`{}[`)},
		{name: "white space first", file: plain("\n\t {}")},
		{name: "comment", file: plain("{\n  // x\n}"), where: "line 2, column 3"},
		{name: "trailing comma", file: plain(`{"a":1,}`), where: "line 1, column 8"},
		{name: "byte order mark", file: plain("\ufeff{}"), where: "line 1, column 1"},
		{name: "empty", file: plain(""), is: io.EOF},
		{name: "cut off", file: plain(`{"a":`), is: io.ErrUnexpectedEOF},
		{name: "null", file: plain("null"), is: ErrNotObject},
		{name: "array", file: plain("[]"), is: ErrNotObject},
		{name: "text", file: plain(`"x"`), is: ErrNotObject},
		{name: "number", file: plain("7"), is: ErrNotObject},
		{name: "directory", file: node{mode: fs.ModeDir | 0o755}, is: host.ErrNotRegular},
		{name: "FIFO", file: node{mode: fs.ModeNamedPipe | 0o644}, is: host.ErrNotRegular},
		{name: "link in a circle", file: node{mode: fs.ModeSymlink | 0o777, data: configPath}, is: syscall.ELOOP},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f, err := Open(tree{configPath: tt.file}, install(), tt.era)
			if err != nil || f.Path != configPath || f.From.Flag != "--config" {
				t.Fatalf("Open = %+v, %v, want %s from --config", f, err, configPath)
			}
			syntax := (*jsondoc.SyntaxError)(nil)
			switch errors.As(f.Err, &syntax); {
			case tt.where != "" && (syntax == nil || jsondoc.Position(f.Data, syntax.Offset) != tt.where):
				t.Errorf("Err = %v, want a syntax error at %s", f.Err, tt.where)
			case tt.where == "" && !errors.Is(f.Err, tt.is):
				t.Errorf("Err = %v, want %v", f.Err, tt.is)
			}
		})
	}
}

func TestOpenMissing(t *testing.T) {
	t.Parallel()
	f, err := Open(tree{"/x": plain("")}, install(), E3)
	if err != nil || !errors.Is(f.Err, fs.ErrNotExist) || f.Data != nil {
		t.Errorf("Open of a config that is not there = %+v, %v, want fs.ErrNotExist in Err", f, err)
	}
}

// TestOpenYAML: up to E5b the ending means nothing.
func TestOpenYAML(t *testing.T) {
	t.Parallel()
	tests := []struct {
		path string
		era  Era
		want bool
	}{
		{"/c.yml", E6, true},
		{"/c.YAML", E7, true},
		{"/c.yml", "", true},
		{"/c.yml", E5b, false},
		{"/c.yml.json", E6, false},
		{"/c.conf", E6, false},
	}
	for _, tt := range tests {
		in := &Installation{Config: tt.path, Dir: "/", As: runnerUser}
		f, err := Open(tree{tt.path: plain("a: b")}, in, tt.era)
		if err != nil || f.YAML != tt.want || (f.Err == nil) != tt.want {
			t.Errorf("Open(%s) in %s: YAML %t, %v, %v, want %t", tt.path, tt.era, f.YAML, f.Err, err, tt.want)
		}
	}
}

// TestResolveYAML: lines, aliases and merges, and numbers where a text must be.
func TestResolveYAML(t *testing.T) {
	t.Parallel()
	src := "base: &b\n  token_file: /t # from the base\nweb_host: http://h\nport: 3000\nrunner:\n  <<: *b\n  max_parallel_tasks: 3\n  tags: [a]\n"
	in := &Installation{Config: "/c.yml", Dir: "/", As: runnerUser}
	f, err := Open(tree{"/c.yml": plain(src)}, in, E6)
	if err != nil || f.Err != nil {
		t.Fatal(err, f.Err)
	}
	c := Resolve(f, in, Version{Era: E6}, NewSecrets(nil))
	if v := c.Text(IdentityFile); v.V != "/t" || v.From.Line != 2 {
		t.Errorf("token_file = %+v, want /t from line 2", v)
	}
	if v := c.Text(Tags); v.V != `["a"]` || v.From.Line != 8 {
		t.Errorf("tags = %+v, want [\"a\"] from line 8", v)
	}
	if len(c.Mismatches) != 1 || c.Mismatches[0].Setting.Name != Port || c.Mismatches[0].From.Line != 4 {
		t.Errorf("mismatches = %+v, want the port in line 4", c.Mismatches)
	}
	if Guess(f, nil) != Newest || c.Editable() {
		t.Errorf("guess %s, editable %t, want %s and not", Guess(f, nil), c.Editable(), Newest)
	}
}

func TestOpenFollowsLinks(t *testing.T) {
	t.Parallel()
	m := tree{configPath: {mode: fs.ModeSymlink | 0o777, data: "../../data/c.json"}, "/data/c.json": plain(`{"web_host":"http://h"}`)}
	f, err := Open(m, install(), E4c)
	if err != nil || f.Err != nil || f.Path != configPath || f.Real != "/data/c.json" {
		t.Errorf("Open = %+v, %v, want Real /data/c.json", f, err)
	}
}
