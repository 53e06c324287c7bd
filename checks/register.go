package checks

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"net/url"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// The blanks of a registration: what only the server, or chance, can tell. No file
// has to quote what is in them.
const (
	stateBlank = "(runner_id and token, from the server)"
	idBlank    = "(runner_id, from the server)"
	tokenBlank = "(token, from the server)"
	keyBlank   = "(a private key that is made when the runner is registered)"
)

// registering proposes to register the runner anew, by Semaphore's own protocol,
// where nothing about it is doubtful: the version, the server, the place for what
// it answers. Up to 2.10.25 the runner would do it by itself, once its state was out
// of the way, and say nothing if it was refused (observed 2.9.58): asked by us,
// the server says so before anything is changed.
func (t *Target) registering(ctx context.Context, c *runner.Config, cr *runner.Credential, f *Finding) {
	t.registeringWith(ctx, c, cr, t.registrationToken(c), f)
}

func (t *Target) registeringWith(ctx context.Context, c *runner.Config, cr *runner.Credential, token runner.Secret, f *Finding) {
	p, ok := t.registrar(ctx, c)
	if !ok {
		return
	}
	edits, blanks := t.newIdentity(c, cr)
	key, ok := t.newKey(ctx, c)
	if edits == nil || !ok {
		return
	}
	if edits = append(edits, key.edits...); t.described() { // its files are repaired where they lie on this machine
		if edits, ok = t.onMachine(edits); !ok {
			return
		}
	}
	if c.Version.Guessed() {
		f.Advice = append(f.Advice, say.Textf("or let semadoctor register it, if --runner-version tells what it is: semadoctor fix --unsafe --runner-version VERSION"))
		return
	}
	if token.Empty() {
		f.Advice = append(f.Advice, say.Textf("or let semadoctor register it, with the server's registration token in a file: semadoctor fix --unsafe --registration-token-file FILE"))
		return
	}
	manual := say.List(t.registerAdvice(c)).String()
	f.Advice = slices.DeleteFunc(f.Advice, func(a say.Text) bool { return c.Era.Within(runner.E4b, "") && strings.Contains(manual, a.String()) })
	if p.Accepted() {
		f.Advice = append(f.Advice, say.Textf("then delete the old runner on the server: nobody polls for it any more, and up to 2.18 it may be given tasks"))
	}
	f.Fix = &repair.Fix{
		Title:  t.registerTitle(c, p),
		Edits:  edits,
		Blanks: append(blanks, key.blanks()...),
		Safety: repair.Unsafe,
		Deed:   t.register(c, p, key, token),
		Final:  say.Textf("the server keeps the runner that it has made, until somebody deletes it there"),
	}
}

// registrar is the server that would take the runner, if nothing about it is doubtful.
func (t *Target) registrar(ctx context.Context, c *runner.Config) (*runner.Probe, bool) {
	if t.Offline || t.Install.Pod != nil || t.away(ctx) != nil || c.Truth(runner.SkipTLSVerify) {
		return nil, false
	}
	p, err := t.asked(ctx)
	return p, err == nil && awaits(p) && t.meant(p)
}

func (t *Target) registerTitle(c *runner.Config, p *runner.Probe) say.Text {
	if c.Era.Within(runner.E4a, runner.E5) && t.APIToken.Empty() {
		return say.Textf("register the runner anew at %s, where somebody has to switch it on then", p.Server)
	}
	return say.Textf("register the runner anew at %s", p.Server)
}

// registeringUnless is registering where nothing safer is at hand.
func (t *Target) registeringUnless(ctx context.Context, c *runner.Config, cr *runner.Credential, f *Finding) {
	if f.Fix == nil {
		t.registering(ctx, c, cr, f)
	}
}

// meant reports whether the server is on the host that the configs named at first,
// as far as they named one: the user's token is for that.
func (t *Target) meant(p *runner.Probe) bool {
	at, err := url.Parse(t.APIOrigin)
	return t.Registration.Empty() || t.APIOrigin == "" || err == nil && strings.EqualFold(at.Hostname(), p.Server.URL.Hostname())
}

// awaits reports whether a server takes runners of this era: it is Semaphore, and
// on the same side of 2.10.26.
func awaits(p *runner.Probe) bool {
	first, _ := p.Eras()
	return first != "" && first.Legacy() == p.Server.Era.Legacy()
}

// registrationToken is the server's, as the user gives it, or as the runner has
// it: what a config names is only sent if the runner may read it.
func (t *Target) registrationToken(c *runner.Config) runner.Secret {
	if !t.Registration.Empty() {
		return t.Registration
	}
	if own := c.Secret(runner.RegistrationToken).V; !own.Empty() {
		return own
	}
	return runner.TokenIn(t.Files, c.Path(runner.RegistrationTokenFile).V, t.Install.As, t.Secrets)
}

// register is the registration itself. The server makes a row each time it is
// asked: it is asked once.
func (t *Target) register(c *runner.Config, p *runner.Probe, key newKey, token runner.Secret) repair.Deed {
	return func(ctx context.Context) (repair.Filling, error) {
		n, err := runner.NewNewcomer(c, token)
		if err != nil {
			return nil, err
		}
		private, public, err := key.pair()
		if err != nil {
			return nil, err
		}
		n.Key = public
		before := t.rowIDs(ctx, c, p)
		var state runner.State
		err = t.speaking(ctx, c, func(ctx context.Context, w *runner.Wire) error {
			state, err = runner.Register(ctx, w, p.Server, n, t.Secrets)
			return err
		})
		if err != nil {
			return nil, uncertain(err)
		}
		t.learnRow(before, t.rowIDs(ctx, c, p))
		return repair.Filling{stateBlank: string(state.Bytes()), idBlank: itoa(state.RunnerID), tokenBlank: state.Token, keyBlank: private}, nil
	}
}

// rowIDs are the numbers of the server's rows; nil when it does not tell.
func (t *Target) rowIDs(ctx context.Context, c *runner.Config, p *runner.Probe) (ids []int) {
	if t.APIToken.Empty() || t.ours(c) != nil {
		return nil
	}
	_ = t.speaking(ctx, c, func(ctx context.Context, w *runner.Wire) error {
		r := runner.AskRecord(ctx, w, p, t.APIToken)
		if !r.List.Answered() || r.Garbled != nil || untold(p, r.List) != nil {
			return nil
		}
		ids = []int{}
		for _, row := range r.Rows {
			ids = append(ids, row.ID)
		}
		return nil
	})
	return ids
}

// learnRow remembers the row that was made between two lists, if it was one.
func (t *Target) learnRow(before, after []int) {
	if before == nil {
		return
	}
	made := slices.DeleteFunc(slices.Clone(after), func(id int) bool { return slices.Contains(before, id) })
	if len(made) == 1 {
		t.live.own.Store(int64(made[0]))
	}
}

// newKey is the key of a runner that is to be registered.
type newKey struct {
	edits []repair.Edit   // that put a new one in its place
	own   *rsa.PrivateKey // the one that is there already; nil: a new one, if there are edits
}

// newKey is what becomes of the key: from 2.12 to 2.18 the server encrypts for it,
// and without one the runner could be registered and never be given a task
// (semaphoreui/semaphore#3355). One that is there stays, as the runner itself
// would not let it (read in source, 2025).
func (t *Target) newKey(ctx context.Context, c *runner.Config) (newKey, bool) {
	name := c.Path(runner.PrivateKeyFile).V
	switch {
	case !c.Era.Within(runner.E5, runner.E5b):
		return newKey{}, true
	case name == "":
		return t.firstKey(ctx, c)
	}
	if free, err := t.free(name); err != nil {
		return newKey{}, false
	} else if free {
		return newKey{edits: []repair.Edit{t.fresh(name, keyBlank)}}, t.mayPut(c, name)
	}
	data, err := t.Files.ReadFile(t.real(name))
	block, _ := pem.Decode(data)
	if err != nil || block == nil || block.Type != pkcs1 {
		return newKey{}, false
	}
	own, err := x509.ParsePKCS1PrivateKey(block.Bytes)
	return newKey{own: own}, err == nil
}

// firstKey gives a runner a key for which no path is set, if the server is known to
// be one that encrypts: to a runner with a key, 2.19 speaks in vain.
func (t *Target) firstKey(ctx context.Context, c *runner.Config) (newKey, bool) {
	r, err := t.Record(ctx)
	if err != nil || r == nil || !r.Release.Era.Within(runner.E5, runner.E5b) {
		return newKey{}, false
	}
	use := runner.Use{Role: runner.KeyRole, Name: runner.PrivateKeyFile}
	to, err := t.freePath(c, use)
	if err != nil {
		return newKey{}, false
	}
	edits, _ := t.pointTo(c, use, to)
	return newKey{edits: append(edits, t.fresh(to, keyBlank))}, edits != nil
}

func (k newKey) blanks() []string {
	if len(k.edits) == 0 {
		return nil
	}
	return []string{keyBlank}
}

// keyBits is the size of the keys that runners make for themselves (read in
// source, 2025).
const keyBits = 2048

// pair is the key as it is kept and as the server wants it: PKCS#1 in a block that
// is called as PKIX is (loadPublicKey, api/runners, read in source, 2025).
func (k newKey) pair() (private, public string, err error) {
	key := k.own
	if key == nil && len(k.edits) > 0 {
		if key, err = rsa.GenerateKey(rand.Reader, keyBits); err != nil {
			return "", "", err
		}
	}
	if key == nil {
		return "", "", nil
	}
	private = string(pem.EncodeToMemory(&pem.Block{Type: pkcs1, Bytes: x509.MarshalPKCS1PrivateKey(key)}))
	public = string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: x509.MarshalPKCS1PublicKey(&key.PublicKey)}))
	return private, public, nil
}
