package runner

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// hunter is a secret with nothing in it that another encoding would change.
const hunter = "hunter2hunter2"

// shows reports whether a text tells the secret in a way that a person or a
// program could read.
func shows(text, secret string) bool {
	for _, spelling := range []string{
		secret, hex.EncodeToString([]byte(secret)), strings.ToUpper(hex.EncodeToString([]byte(secret))),
		base64.StdEncoding.EncodeToString([]byte(secret)), strings.Trim(fmt.Sprint([]byte(secret)), "[]"), fmt.Sprintf("% x", secret),
	} {
		if strings.Contains(text, spelling) {
			return true
		}
	}
	return false
}

// formats are verbs with every flag.
func formats(verbs string) []string {
	var all []string
	for _, verb := range verbs {
		for _, flags := range []string{"", "+", "#", " ", "-", "0", "10.3", "+#", "# "} {
			all = append(all, "%"+flags+string(verb))
		}
	}
	return all
}

// holders are values that hold a secret, in every way a struct can.
func holders() map[string]any {
	s := newSecrets().New(hunter)
	type inner struct{ secret Secret }
	type exported struct{ Secret Secret }
	return map[string]any{
		"Secret": s, "*Secret": &s, "[]Secret": []Secret{s}, "map": map[string]Secret{"k": s}, "any": []any{s},
		"unexported field": inner{s}, "pointer to it": &inner{s}, "exported field": exported{s}, "Value": Value[Secret]{V: s},
		"Value in an unexported field": struct{ v Value[Secret] }{Value[Secret]{V: s}},
	}
}

// facts are what the package knows about a runner with a secret in its
// environment and in its token file.
func facts(t *testing.T) map[string]any {
	t.Helper()
	m := config(identityConfig).with(idPath, plain(hunter))
	in := install("SEMAPHORE_RUNNER_REGISTRATION_TOKEN=" + hunter)
	f, err := Open(m, in, E4c)
	if err != nil {
		t.Fatal(err)
	}
	secrets := newSecrets()
	c := Resolve(f, in, Version{Era: E4c}, secrets)
	cr := NewCredential(m, c, secrets)
	return map[string]any{
		"Content": Content(hunter), "Config": *c, "*Config": c, "Credential": *cr, "*Credential": cr, "Probe": Probe{Cred: cr}, "File": File{Data: Content(hunter)},
		"Environment": in.Env, "Installation": *in,
	}
}

// TestSecretsAreNotPrinted tries all verbs there are and are not on a Secret:
// fmt itself handles T and p, and tells about a verb it does not know by
// printing the value. That undoes what a struct with pointers in it does about
// the wrong verbs; those are go vet's to find.
func TestSecretsAreNotPrinted(t *testing.T) {
	t.Parallel()
	var every strings.Builder
	for verb := '!'; verb <= '~'; verb++ {
		every.WriteRune(verb)
	}
	for name, holder := range holders() {
		notPrinted(t, name, holder, formats(every.String()))
	}
	for name, fact := range facts(t) {
		notPrinted(t, name, fact, formats("v"))
	}
}

func notPrinted(t *testing.T, name string, holder any, formats []string) {
	t.Helper()
	for _, format := range formats {
		if got := fmt.Sprintf(format, holder); shows(got, hunter) {
			t.Errorf("%s: Sprintf(%q) = %.200s", name, format, got)
		}
	}
	if got := fmt.Sprint(holder) + fmt.Sprintln(holder); shows(got, hunter) {
		t.Errorf("%s: Sprint = %s", name, got)
	}
}

func TestSecretsAreNotEncoded(t *testing.T) {
	t.Parallel()
	all := holders()
	maps.Copy(all, facts(t))
	for name, holder := range all {
		if got, _ := json.Marshal(holder); shows(string(got), hunter) { // an error shows nothing
			t.Errorf("%s: Marshal = %s", name, got)
		}
		var text, lines strings.Builder
		slog.New(slog.NewTextHandler(&text, nil)).Info("x", "holder", holder)
		slog.New(slog.NewJSONHandler(&lines, nil)).Info("x", "holder", holder)
		if got := text.String() + lines.String(); shows(got, hunter) {
			t.Errorf("%s: slog = %s", name, got)
		}
		err := errors.Join(fmt.Errorf("a: %v", holder), fmt.Errorf("b: %+v", holder))
		if shows(err.Error(), hunter) {
			t.Errorf("%s: error = %s", name, err)
		}
	}
}

func TestSecretIsMasked(t *testing.T) {
	t.Parallel()
	s := newSecrets().New(hunter)
	if got := s.String(); len(got) != 10 || !strings.HasPrefix(got, "****") || fmt.Sprintf("%q %#v", s, s) != got+" "+got {
		t.Errorf("String = %q, %%q %%#v = %q", got, fmt.Sprintf("%q %#v", s, s))
	}
	if got, _ := json.Marshal(map[string]Secret{"t": s, "none": {}}); string(got) != `{"none":"","t":"`+s.String()+`"}` {
		t.Errorf("Marshal = %s", got)
	}
	if s.Reveal() != hunter {
		t.Errorf("Reveal = %q, want %q", s.Reveal(), hunter)
	}
	none := newSecrets().New("")
	if !none.Empty() || none.String() != "" || none.Reveal() != "" || !none.Equal(Secret{}) {
		t.Errorf("the empty secret is %q", none.Reveal())
	}
}

// TestSecretDigest: equal secrets look equal, and only within one run.
func TestSecretDigest(t *testing.T) {
	t.Parallel()
	a, b := NewSecrets([]byte("a")), NewSecrets([]byte("b"))
	switch {
	case a.New(hunter).String() != a.New(hunter).String(): //nolint:staticcheck // twice the same must be the same
		t.Error("one secret has two digests")
	case a.New(hunter).String() == a.New(hunter+"x").String():
		t.Error("two secrets have one digest")
	case a.New(hunter).String() == b.New(hunter).String():
		t.Error("the digest does not depend on the key")
	case !a.New(hunter).Equal(b.New(hunter)) || a.New(hunter).Equal(a.New("x")):
		t.Error("Equal looks at more, or less, than the secret")
	}
}

func TestRedact(t *testing.T) {
	t.Parallel()
	const token = `q"<&>/+\=ü` + "\t7"
	quoted, _ := json.Marshal(token)
	tests := []struct{ name, secret, text, want string }{
		{"plain", hunter, "token " + hunter + ".", "token *."},
		{"twice", hunter, hunter + hunter, "**"},
		{"JSON", token, string(quoted), `"*"`},
		{"JSON without HTML escapes", token, `"q\"<&>/+\\=ü\t7"`, `"*"`},
		{"ends in a quote", `abcdef"`, `{"t":"abcdef\""}`, `{"t":"*"}`},
		{"query", token, "?t=" + url.QueryEscape(token), "?t=*"},
		{"path", token, "/" + url.PathEscape(token), "/*"},
		{"base64", token, base64.StdEncoding.EncodeToString([]byte(token)), "*"},
		{"base64 for URLs", "a?>?>?>~~~", base64.URLEncoding.EncodeToString([]byte("a?>?>?>~~~")), "*"},
		{"a secret with white space around", " " + hunter + "\n", "x" + hunter, "x*"},
		{"short: stays, or nothing could be read", "abcde", "abcde", "abcde"},
		{"short with white space", "abcde     ", "abcde     x", "abcde     x"},
		{"none", "", "text", "text"},
		{"another's", hunter, "hunter2", "hunter2"},
	}
	for _, tt := range tests {
		secrets := newSecrets()
		masked := secrets.New(tt.secret).String()
		got := secrets.Redact(tt.text)
		if masked != "" {
			got = strings.ReplaceAll(got, masked, "*")
		}
		if got != tt.want {
			t.Errorf("%s: Redact(%q) = %q, want %q", tt.name, tt.text, got, tt.want)
		}
	}
}

// TestRedactLongestFirst: a secret inside a longer one must not leave its rest.
func TestRedactLongestFirst(t *testing.T) {
	t.Parallel()
	secrets := newSecrets()
	secrets.New("secret")
	long := secrets.New("my secret word")
	if got := secrets.Redact("it is my secret word"); got != "it is "+long.String() {
		t.Errorf("Redact = %q, want %q", got, "it is "+long.String())
	}
}

// TestRedactAny: no spelling of any secret comes through.
func TestRedactAny(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		secret := rapid.StringMatching(`[!-)+-~ü ]{6,40}`).Draw(t, "secret")
		trimmed := strings.TrimSpace(secret)
		if len(trimmed) < minSecret {
			t.Skip("too short for a secret: it is not looked for")
		}
		secrets := newSecrets()
		secrets.New(secret)
		quoted, _ := json.Marshal(secret)
		text := secret + " " + string(quoted) + " " + strconv.Quote(url.QueryEscape(trimmed)) + " " + url.PathEscape(trimmed) +
			" " + base64.StdEncoding.EncodeToString([]byte(trimmed))
		got := secrets.Redact(text)
		for _, spelling := range []string{trimmed, jsonSpelling(trimmed, true), url.QueryEscape(trimmed), url.PathEscape(trimmed), base64.StdEncoding.EncodeToString([]byte(trimmed))} {
			if strings.Contains(got, spelling) {
				t.Errorf("Redact(%q) = %q shows %q", text, got, spelling)
			}
		}
	})
}

// TestFork: what one runner's collection learns is its own, what was known is
// known to all, and digests can be compared.
func TestFork(t *testing.T) {
	t.Parallel()
	all := newSecrets()
	all.New("known-to-all")
	one, other := all.Fork(), all.Fork()
	secret := one.New("known-to-one")
	for _, tt := range []struct {
		c    *Secrets
		want string
	}{
		{one, secret.String() + " " + all.New("known-to-all").String()},
		{other, "known-to-one " + all.New("known-to-all").String()},
	} {
		if got := tt.c.Redact("known-to-one known-to-all"); got != tt.want {
			t.Errorf("Redact = %q, want %q", got, tt.want)
		}
	}
	if got := other.New("known-to-one").String(); got != secret.String() {
		t.Errorf("another collection masks it as %q, want %q", got, secret)
	}
}
