package say

import "strings"

// ParseLang reads a language from a flag or a locale name such as
// zh_CN.UTF-8. Whatever is not known is English.
func ParseLang(s string) Lang {
	name, _, _ := strings.Cut(strings.ToLower(s), "_")
	name, _, _ = strings.Cut(name, ".")
	name, _, _ = strings.Cut(name, "-")
	if Lang(name) == Chinese {
		return Chinese
	}
	return English
}
