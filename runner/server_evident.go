package runner

import (
	"net"
	"strings"
)

// evident is the URL that somebody has written down wrongly, as far as only one thing
// can be meant: white space, quotes or angle brackets around it, a scheme with the
// wrong signs behind it or written twice, or none at all before a port that says which.
func evident(given string) string {
	text := strings.TrimSpace(given)
	for _, pair := range []string{`""`, "''", "<>", "``"} {
		if len(text) > 2 && text[0] == pair[0] && text[len(text)-1] == pair[1] {
			text = strings.TrimSpace(text[1 : len(text)-1])
		}
	}
	if scheme, rest := schemeOf(text); scheme != "" {
		for again, next := schemeOf(rest); again == scheme; again, next = schemeOf(rest) {
			rest = next
		}
		return scheme + "://" + rest
	}
	host, _, _ := strings.Cut(text, "/")
	if _, port, err := net.SplitHostPort(host); err == nil && !strings.Contains(text, "@") {
		switch port {
		case "80":
			return "http://" + text
		case "443":
			return "https://" + text
		}
	}
	return text
}

// schemeOf cuts http or https off with the signs behind it; "" when it is none.
func schemeOf(text string) (scheme, rest string) {
	lower := strings.ToLower(text)
	for _, scheme := range []string{"https", "http"} {
		if after, ok := strings.CutPrefix(lower, scheme); ok {
			rest := text[len(scheme):]
			signs := after[:len(after)-len(strings.TrimLeft(after, `:/\`))]
			if known(signs) {
				return scheme, rest[len(signs):]
			}
			return "", text
		}
	}
	return "", text
}

// known reports whether signs are "://" or nearly so. With three slashes the host may
// be what is missing.
func known(signs string) bool {
	slashes := strings.Count(signs, "/") + strings.Count(signs, `\`)
	return len(signs) > 1 && slashes > 0 && slashes < 3 && len(signs)-slashes < 2
}
