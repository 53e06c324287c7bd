package runner

import (
	"net/url"
	"strings"
)

// ShownLocation is where a server sends a runner, for people. Who sends it may put
// anything in: the login that a proxy has, tokens of a single sign-on. No name and no
// value of that is shown; the path is, for it says what stands there.
func ShownLocation(given string) string {
	u, err := url.Parse(given)
	if err != nil || u.User == nil && strings.Contains(u.Opaque+u.Host+u.Path, "@") { // as in ShownURL
		place, _, more := strings.Cut(unnamed(given), "?")
		if place, _, cut := strings.Cut(place, "#"); more || cut {
			return place + "?****"
		}
		return place
	}
	if u.User != nil {
		u.User = url.User("xxxxx")
	}
	u.RawQuery = veiled(u.RawQuery)
	if u.Fragment != "" {
		u.Fragment, u.RawFragment = "****", ""
	}
	return u.String()
}

// veiled is a query without its values.
func veiled(query string) string {
	if query == "" {
		return ""
	}
	all := strings.Split(query, "&")
	for i, part := range all {
		if name, _, ok := strings.Cut(part, "="); ok {
			all[i] = name + "=****"
		} else {
			all[i] = "****"
		}
	}
	return strings.Join(all, "&")
}
