package runner

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// The structs are what Semaphore decodes its config into, cut down to what
// Settings knows: util/config.go of 2.10.22 and 2.10.32, and of 2025 and 2026
// as the facts tell it.
type (
	legacyConfig struct {
		TmpPath  string `json:"tmp_path"`
		Parallel int    `json:"max_parallel_tasks"`
		Runner   struct {
			APIURL            string `json:"api_url"`
			RegistrationToken string `json:"registration_token"`
			ConfigFile        string `json:"config_file"`
			OneOff            bool   `json:"one_off"`
			Webhook           string `json:"webhook"`
			MaxParallelTasks  int    `json:"max_parallel_tasks"`
		} `json:"runner"`
	}
	e4Config struct {
		WebHost  string    `json:"web_host"`
		TmpPath  string    `json:"tmp_path"`
		Parallel int       `json:"max_parallel_tasks"`
		Runner   *e4Runner `json:"runner"`
	}
	e4Runner struct {
		TokenFile        string `json:"token_file"`
		OneOff           bool   `json:"one_off"`
		Webhook          string `json:"webhook"`
		MaxParallelTasks int    `json:"max_parallel_tasks"`
	}
	e5bConfig struct {
		WebHost  string     `json:"web_host"`
		TmpPath  string     `json:"tmp_path"`
		Parallel int        `json:"max_parallel_tasks"`
		Runner   *e5bRunner `json:"runner"`
	}
	e5bRunner struct {
		e4Runner
		Token                 string   `json:"token"`
		PrivateKeyFile        string   `json:"private_key_file"`
		Name                  string   `json:"name"`
		Tags                  []string `json:"tags"`
		Enabled               bool     `json:"enabled"`
		ProjectID             *int     `json:"project_id"`
		RegistrationTokenFile string   `json:"registration_token_file"`
		Connection            *struct {
			ServerCACertFile string `json:"server_ca_cert_file"`
			SkipTLSVerify    bool   `json:"skip_tls_verify"`
		} `json:"connection"`
	}
)

// A model is an era's decoder as encoding/json makes it: the values of the
// settings, or its error.
type model func(doc string) (map[Name]string, error)

func decodeLegacy(doc string) (map[Name]string, error) {
	var c legacyConfig
	err := json.NewDecoder(strings.NewReader(doc)).Decode(&c)
	r := c.Runner
	return map[Name]string{
		TmpPath: c.TmpPath, ServerURL: r.APIURL, RegistrationToken: r.RegistrationToken, IdentityFile: r.ConfigFile,
		OneOff: truthText(r.OneOff), Webhook: r.Webhook, MaxParallelTasks: numberText(&r.MaxParallelTasks),
	}, err
}

func decodeE4(doc string) (map[Name]string, error) {
	var c e4Config
	err := json.NewDecoder(strings.NewReader(doc)).Decode(&c)
	if c.Runner == nil {
		c.Runner = &e4Runner{}
	}
	return c.Runner.texts(c.WebHost, c.TmpPath), err
}

func (r *e4Runner) texts(host, tmp string) map[Name]string {
	return map[Name]string{
		TmpPath: tmp, ServerURL: host, IdentityFile: r.TokenFile, OneOff: truthText(r.OneOff),
		Webhook: r.Webhook, MaxParallelTasks: numberText(&r.MaxParallelTasks),
	}
}

func decodeE5b(doc string) (map[Name]string, error) {
	var c e5bConfig
	err := json.NewDecoder(strings.NewReader(doc)).Decode(&c)
	r := c.Runner
	if r == nil {
		r = &e5bRunner{}
	}
	texts := r.texts(c.WebHost, c.TmpPath)
	texts[RunnerToken], texts[PrivateKeyFile], texts[RunnerName] = r.Token, r.PrivateKeyFile, r.Name
	texts[Tags], texts[Enabled], texts[ProjectID] = strings.Join(r.Tags, " "), truthText(r.Enabled), numberText(r.ProjectID)
	texts[RegistrationTokenFile] = r.RegistrationTokenFile
	texts[CAFile], texts[SkipTLSVerify] = "", truthText(false)
	if r.Connection != nil {
		texts[CAFile], texts[SkipTLSVerify] = r.Connection.ServerCACertFile, truthText(r.Connection.SkipTLSVerify)
	}
	return texts, err
}

// decodeE6 goes through a generic map. That numbers stay as they are written is
// an assumption: nobody has seen what 3.0 becomes.
func decodeE6(doc string) (map[Name]string, error) {
	var generic map[string]any
	dec := json.NewDecoder(strings.NewReader(doc))
	dec.UseNumber()
	if err := dec.Decode(&generic); err != nil {
		return nil, err
	}
	again, err := json.Marshal(generic)
	if err != nil {
		return nil, err
	}
	texts, err := decodeE5b(string(again))
	delete(texts, PrivateKeyFile)
	return texts, err
}

func truthText(b bool) string { return strconv.FormatBool(b) }

func numberText(n *int) string {
	if n == nil {
		return "0"
	}
	return strconv.Itoa(*n)
}

// found is what Resolve found, in the words of a model.
func found(c *Config, n Name) string {
	s, _ := SettingOf(c.Era, n)
	switch text := c.Text(n).V; {
	case s.Secret:
		return c.Secret(n).V.Reveal()
	case s.Kind == Truth:
		return truthText(c.Truth(n))
	case s.Kind == Number:
		return strconv.FormatInt(parsed(text), 10)
	case s.Kind == List:
		var list []string
		_ = json.Unmarshal([]byte(text), &list)
		return strings.Join(list, " ")
	case n == TmpPath && c.Text(n).V == s.Default:
		return ""
	default:
		return text
	}
}

func parsed(text string) int64 {
	n, _ := strconv.ParseInt(text, 10, 64)
	return n
}

// TestResolveIsDecoding: for any document Resolve finds what encoding/json puts
// into the era's structs, and refuses what it refuses.
func TestResolveIsDecoding(t *testing.T) {
	t.Parallel()
	for era, decode := range map[Era]model{E1: decodeLegacy, E3: decodeLegacy, E4c: decodeE4, E5b: decodeE5b, E6: decodeE6} {
		t.Run(string(era), func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(rt *rapid.T) { agree(t, rt, era, decode) })
		})
	}
}

func agree(t *testing.T, rt *rapid.T, era Era, decode model) {
	doc := object(rt, topKeys(era), 2) + rapid.SampledFrom([]string{"", "\n", " // end", "{}"}).Draw(rt, "behind")
	c := resolve(t, era, doc)
	want, err := decode(doc)
	if refused := len(c.Mismatches) > 0; refused != (err != nil) {
		rt.Fatalf("%s: Mismatches = %v, and encoding/json says %v", doc, c.Mismatches, err)
	}
	if err != nil {
		return
	}
	got := map[Name]string{}
	for n := range want {
		got[n] = found(c, n)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		rt.Fatalf("%s (-encoding/json +Resolve):\n%s", doc, diff)
	}
}

// topKeys are the keys an era reads, with some that it does not.
func topKeys(era Era) []string {
	keys := []string{"runner", "runner", "web_host", "tmp_path", "other"}
	for _, s := range SettingsOf(era) {
		if part := strings.Split(s.Pointer, "/"); len(part) == 3 && s.Kind != Object {
			keys = append(keys, part[2])
		}
	}
	return keys
}

// object draws an object of some of the keys, as often as it likes, in any case.
func object(t *rapid.T, keys []string, depth int) string {
	var b strings.Builder
	for i := range rapid.IntRange(0, 6).Draw(t, "members") {
		if i > 0 {
			b.WriteString(",\n")
		}
		key := rapid.SampledFrom(keys).Draw(t, "key")
		b.WriteString(strconv.Quote(anyCase(t, key)) + ": " + value(t, key, keys, depth))
	}
	return "{" + b.String() + "}"
}

func anyCase(t *rapid.T, key string) string {
	switch rapid.IntRange(0, 5).Draw(t, "case") {
	case 0:
		return strings.ToUpper(key)
	case 1:
		return strings.ToUpper(key[:1]) + key[1:]
	case 2:
		return strings.ReplaceAll(key, "s", "ſ") // folds to s, and encoding/json knows it
	}
	return key
}

// value draws a value that usually fits its key.
func value(t *rapid.T, key string, keys []string, depth int) string {
	nested := key == "runner" || key == "connection"
	switch rapid.IntRange(0, 15).Draw(t, "value") {
	case 0:
		return "null"
	case 1:
		return rapid.SampledFrom([]string{`"x"`, "1", "-7", "1.5", "1e2", "true", "[]", `["a",null]`, "[1]", "{}", "9223372036854775808"}).Draw(t, "any")
	}
	switch {
	case nested && depth > 0:
		return object(t, append(slices.Clone(keys), "connection", "server_ca_cert_file", "skip_tls_verify"), depth-1)
	case nested:
		return "{}"
	case slices.Contains([]string{"max_parallel_tasks", "project_id"}, key):
		return strconv.Itoa(rapid.IntRange(-3, 9).Draw(t, "number"))
	case slices.Contains([]string{"one_off", "enabled", "skip_tls_verify"}, key):
		return rapid.SampledFrom([]string{"true", "false"}).Draw(t, "truth")
	case key == "tags":
		return rapid.SampledFrom([]string{"[]", `["a"]`, `["a", "b"]`}).Draw(t, "list")
	}
	return rapid.SampledFrom([]string{`""`, `"a"`, `"b"`, `"\u0063"`}).Draw(t, "text")
}
