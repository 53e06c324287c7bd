package runner

import (
	"strings"
	"testing"
	"time"
)

// TestRedactOrdinary: a secret that is an ordinary word is masked where it is a
// value, and nowhere else. What is written * in want is masked.
func TestRedactOrdinary(t *testing.T) {
	t.Parallel()
	const product, word, name, strong = "semaphore", "changeme", "build-agent", "hunter2"
	tests := []struct{ name, secret, text, want string }{
		{"path", product, "/etc/semaphore/config.json", "/etc/semaphore/config.json"},
		{"relative path", product, "semaphore/config.json", "semaphore/config.json"},
		{"file name", product, "semaphore.json and runner_semaphore", "semaphore.json and runner_semaphore"},
		{"command", product, "as its own user: semaphore runner register --config /etc/semaphore/c.json", "as its own user: semaphore runner register --config /etc/semaphore/c.json"},
		{"sentence", product, "let semaphore read it", "let semaphore read it"},
		{"user", product, "chown semaphore:semaphore /x", "chown semaphore:semaphore /x"},
		{"host and port", product, "http://semaphore:3000 and semaphore:3000", "http://semaphore:3000 and semaphore:3000"},
		{"quoted", product, `"pass": "semaphore", 'semaphore'`, `"pass": "*", '*'`},
		{"quote of a path", product, `"/etc/semaphore"`, `"/etc/semaphore"`},
		{"assigned", product, "SEMAPHORE_DB_PASS=semaphore", "SEMAPHORE_DB_PASS=*"},
		{"assigned and more", product, "A=semaphore B=c", "A=* B=c"},
		{"YAML", product, "pass: semaphore\nhost: db", "pass: *\nhost: db"},
		{"URL", product, "postgres://semaphore:semaphore@db/semaphore", "postgres://semaphore:*@db/semaphore"},
		{"longer word", product, "semaphoreui", "semaphoreui"},
		{"base64", product, "c2VtYXBob3Jl", "*"},
		{"localhost", "localhost", "http://localhost:3000 localhost", "http://localhost:3000 localhost"},
		{"the runner's user", name, "as build-agent: /home/build-agent/x", "as build-agent: /home/build-agent/x"},
		{"the runner's user's password", name, "pass=build-agent", "pass=*"},
		{"a word", word, "it is changeme, or changeme.", "it is *, or *."},
		{"all of it", word, "changeme", "*"},
		{"a word in a path", word, "/srv/changeme/x changeme-x x_changeme", "/srv/changeme/x changeme-x x_changeme"},
		{"a word in a word", word, "changemenot", "changemenot"},
		{"a word between Chinese", word, "值changeme的", "值*的"},
		{"a name alone in a URL", word, "http://changeme@h", "http://*@h"},
		{"twelve letters are a token", "abcdefghijkl", "/x/abcdefghijkl", "/x/*"},
		{"digits are none", strong, "/srv/hunter2/x", "/srv/*/x"},
	}
	for _, tt := range tests {
		secrets := newSecrets()
		secrets.Usual("/home/build-agent")
		masked := secrets.New(tt.secret).String()
		if got := strings.ReplaceAll(secrets.Redact(tt.text), masked, "*"); got != tt.want {
			t.Errorf("%s: Redact(%q) = %q, want %q", tt.name, tt.text, got, tt.want)
		}
	}
}

// TestRedactMaskedAgain: what is masked holds no word to be masked.
func TestRedactMaskedAgain(t *testing.T) {
	t.Parallel()
	secrets := newSecrets()
	for _, s := range []string{"abcdef", "fedcba", "hunter2hunter2", "changeme"} {
		secrets.New(s)
	}
	once := secrets.Redact(`abcdef "fedcba" hunter2hunter2 changeme`)
	if twice := secrets.Redact(once); twice != once {
		t.Errorf("Redact twice = %q, once = %q", twice, once)
	}
}

// TestRedactManyWords: a hostile config full of words takes no time.
func TestRedactManyWords(t *testing.T) {
	t.Parallel()
	secrets, text := newSecrets(), strings.Builder{}
	for i := range 26 * 26 * 26 {
		word := "secret" + string([]byte{byte('a' + i/676), byte('a' + i/26%26), byte('a' + i%26)})
		secrets.New(word)
		text.WriteString(word + "\n")
	}
	began := time.Now()
	if got := secrets.Redact(text.String()); strings.Contains(got, "secret") || time.Since(began) > 5*time.Second {
		t.Errorf("Redact took %v, and shows %d secrets", time.Since(began), strings.Count(got, "secret"))
	}
}
