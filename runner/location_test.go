package runner

import "testing"

func TestShownLocation(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ given, want string }{
		{"", ""},
		{"https://h:3443/api/internal/runners", "https://h:3443/api/internal/runners"},
		{"/login?next=%2Fapi", "/login?next=****"},
		{"http://admin:S3CR3T@h:7071/api", "http://xxxxx@h:7071/api"},
		{"http://S3CR3T@h/api", "http://xxxxx@h/api"},
		{"//admin:S3CR3T@h/api", "//xxxxx@h/api"},
		{"http://admin:S3?CR3T@h/api", "http://xxxxx@h/api"},
		{"http://ad min:S3CR3T@h/api", "http://xxxxx@h/api"},
		{"http://ad\x1bmin:S3CR3T@h/api?token=S3CR3T", "http://xxxxx@h/api?****"},
		{"mailto:S3CR3T@h", "xxxxx@h"},
		{"http://h/x?token=S3CR3T&b=&S3CR3T", "http://h/x?token=****&b=****&****"},
		{"http://h/x#access_token=S3CR3T", "http://h/x#****"},
		{"http://h:port/x#access_token=S3CR3T", "http://h:port/x?****"},
	} {
		if got := ShownLocation(tt.given); got != tt.want {
			t.Errorf("ShownLocation(%q) = %q, want %q", tt.given, got, tt.want)
		}
	}
}
