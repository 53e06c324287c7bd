package checktest

import (
	"context"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
)

// update is set by hand, and what it wrote is reviewed as text a user will read.
var update = flag.Bool("update", false, "rewrite the expected parts of case files")

// Updating reports whether expectations are to be rewritten instead of demanded.
func Updating() bool { return *update }

// Files lists the case files below a directory.
func Files(t testing.TB, dir string) []string {
	var all []string
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(p) == ".txtar" {
			all = append(all, p)
		}
		return err
	})
	if err != nil || len(all) == 0 {
		t.Fatalf("no case files below %s: %v", dir, err)
	}
	return all
}

// Load reads one case file.
func Load(t testing.TB, file string) *Case {
	a, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	c, err := Parse(file, a)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Target is the case as the checks see it, with the network around it.
func (c *Case) Target(t testing.TB) (*checks.Target, *runner.Secrets) {
	target, secrets, _ := c.target(t)
	return target, secrets
}

func (c *Case) target(t testing.TB) (*checks.Target, *runner.Secrets, *network) {
	n := newNetwork(t, c)
	s, err := c.setup(c.Machine)
	if err != nil {
		t.Fatal(err)
	}
	target := checks.NewTarget(s.Name, s.Install)
	target.Files, target.Machine, target.Resolve, target.Exec = s.Files, c.Machine, s.Again, c.exec()
	target.Net, target.Secrets = n.Net(), runner.NewSecrets(make([]byte, 16))
	target.APIToken = target.Secrets.New(c.API)
	if c.API != "" {
		target.APIOrigin = c.origin(t, target)
	}
	target.Restarted, target.Poll = c.Restarted, c.Poll
	target.Unsafe, target.Registration = c.Unsafe != "", target.Secrets.New(c.Unsafe)
	target.Offline, target.Timeout = c.Offline, 20*time.Second // on a busy machine
	if c.slow() {
		target.Timeout = 600 * time.Millisecond
	}
	if c.Clock != 0 || strings.HasPrefix(c.NTP, "named") {
		target.NTPServers = []string{"ntp.test"}
	}
	target.Accepted = func(files host.Files, config string) *checks.Acceptances {
		return checks.AcceptedBeside(files, config, host.Identity{}, checks.Builtin()) // as root sees it
	}
	c.hear(t, target)
	c.meet(target)
	return target, target.Secrets, n
}

// meet puts the other runners of the machine beside the target.
func (c *Case) meet(target *checks.Target) {
	all := []*checks.Target{target}
	for _, in := range c.Peers {
		peer := checks.NewTarget(in.Config, &in)
		peer.Files, peer.Net, peer.Secrets, peer.Offline = target.Files, target.Net, target.Secrets, true
		all = append(all, peer)
	}
	checks.Meet(all...)
}

// Run runs the checks on every case below dir: the findings, the plan of the
// repair and what is left must be as the file says; applying the plan must do
// what was rehearsed, and taking it back must leave the machine as it was. It
// returns what was seen, for tests about all cases together.
func Run(t *testing.T, cs []*checks.Check, dir string) *Seen {
	seen, ran := newSeen(), 0
	files := Files(t, dir)
	for _, file := range files {
		name, _ := filepath.Rel(dir, strings.TrimSuffix(file, ".txtar"))
		t.Run(filepath.ToSlash(name), func(t *testing.T) {
			ran++
			t.Parallel()
			runCase(t, cs, Load(t, file), seen)
		})
	}
	seen.All = ran == len(files)
	return seen
}

func runCase(t *testing.T, cs []*checks.Check, c *Case, seen *Seen) {
	target, secrets, n := c.target(t)
	before := c.Machine.dump()
	ctx := context.Background()
	d := checks.Diagnose(ctx, target, cs)
	seen.add(d)
	if got := len(d.Causes.Roots); got > c.Causes {
		t.Errorf("%d root causes, want at most %d: %v", got, c.Causes, d.Causes.Roots)
	}
	if d.Failed() && len(d.Causes.Roots) == 0 {
		t.Error("something failed, and there is no root cause")
	}
	c.compare(t, "want/findings", c.findings(d))
	if c.Manifest != "" || boxed(target) {
		harmless(t, c, n)
		return
	}
	r, err := checks.Rehearse(ctx, target, cs, c.Machine, c.wish)
	if err != nil {
		t.Fatal(err)
	}
	harmless(t, c, n)
	if len(r.Useless) > 0 && !c.Useless {
		t.Errorf("a repair is offered that does not help, or cannot be made: %v", r.Useless)
	}
	defer c.mendWarnings(t, cs, target, d, seen, before)
	if r.Plan.Empty() && c.Unsafe == "" {
		c.compare(t, "want/plan", "")
		return
	}
	mask := func(_ string, data []byte) []byte { return secrets.Mask(data) }
	c.compare(t, "want/plan", planText(r.Plan, mask))
	if c.Unsafe != "" && r.Plan.Empty() {
		c.perform(t, cs, target, n, mask)
		return
	}
	seen.repaired(c.operate(t, cs, target, r, before, true), c.era(t, target))
	harmless(t, c, n)
}

func (c *Case) wish(f checks.Finding) bool {
	return f.Status == checks.Fail || c.Fixes == "warnings" && f.Status == checks.Warn
}

// compare demands a section of the file, or writes it with -update.
func (c *Case) compare(t *testing.T, section, got string) {
	t.Helper()
	at := -1
	for i, f := range c.Archive.Files {
		if f.Name == section {
			at = i
		}
	}
	want := ""
	if at >= 0 {
		want = string(c.Archive.Files[at].Data)
	}
	if got == want {
		return
	}
	if !*update {
		t.Errorf("%s (-want +got):\n%s", section, cmp.Diff(want, got))
		return
	}
	if at < 0 {
		c.Archive.Files = append(c.Archive.Files, txtar.File{Name: section})
		at = len(c.Archive.Files) - 1
	}
	c.Archive.Files[at].Data = []byte(got)
	if err := os.WriteFile(c.Path, txtar.Format(c.Archive), 0o644); err != nil {
		t.Fatal(err)
	}
}

// origin is the server that a target's config names.
func (c *Case) origin(t testing.TB, target *checks.Target) string {
	config, err := target.Config(t.Context())
	if err != nil {
		t.Fatalf("an API token, and no config: %v", err)
	}
	return runner.NewServer(config).Origin()
}
