package checks

import "testing"

func TestUsesVariable(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want bool
	}{
		{"--config $NAME", true},
		{"${NAME}/x", true},
		{"${NAME:-default}", true},
		{"$NAME/x", true},
		{"$$ and $NAME.json", true},
		{"$NAME_TOO", false},
		{"${NAME_TOO}", false},
		{"$NAMED", false},
		{"NAME", false},
		{"$", false},
		{"", false},
	}
	for _, tt := range tests {
		if got := usesVariable(tt.text, "NAME"); got != tt.want {
			t.Errorf("usesVariable(%q, NAME) = %v, want %v", tt.text, got, tt.want)
		}
	}
}
