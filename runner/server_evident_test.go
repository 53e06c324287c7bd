package runner

import "testing"

func TestEvident(t *testing.T) {
	t.Parallel()
	tests := []struct{ given, want string }{
		{"http://h:3000/a b", "http://h:3000/a b"},
		{" \thttp://h:3000\n", "http://h:3000"},
		{`"http://h:3000"`, "http://h:3000"},
		{"<https://h>", "https://h"},
		{"http:/h:3000", "http://h:3000"},
		{"https//h", "https://h"},
		{`http:\\h:3000`, "http://h:3000"},
		{"http://http://h:3000", "http://h:3000"},
		{"HTTP://h", "http://h"},
		{"h:443/semaphore", "https://h:443/semaphore"},
		{"[::1]:80", "http://[::1]:80"},

		// More than one thing can be meant.
		{"http://https://h", "http://https://h"},
		{"h:3000", "h:3000"},
		{"h", "h"},
		{"http:///api", "http:///api"},
		{"http:h", "http:h"},
		{"https.example.com", "https.example.com"},
		{"user:443@h", "user:443@h"},
		{"", ""},
	}
	for _, tt := range tests {
		if got := evident(tt.given); got != tt.want {
			t.Errorf("evident(%q) = %q, want %q", tt.given, got, tt.want)
		}
	}
}
