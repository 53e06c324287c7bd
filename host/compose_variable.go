package host

// ownPlaces is where the variables of the .env beside a compose file stand, or of what
// is read in its place, but for those that the caller's environment overrides.
func (l *composer) ownPlaces() map[string]Place {
	at := map[string]Place{}
	for _, v := range l.own {
		if _, over := l.env[v.name]; !over && !v.passed {
			at[v.name] = Place{File: v.file, Line: v.line}
		}
	}
	return at
}

// Own is where a variable stands in the .env beside the file, and how often the
// files ask for it. ok is false when it is not there, or the caller's environment
// goes before it.
func (c *Compose) Own(name string) (at Place, uses int, ok bool) {
	at, ok = c.own[name]
	return at, c.used[name], ok
}

// Sole is the variable that a text is nothing but: NAME for $NAME, ${NAME} and
// ${NAME:-x}; "" when it is more than that.
func Sole(text string) string {
	if len(text) < 2 || text[0] != '$' {
		return ""
	}
	if text[1] != '{' {
		if name := varName(text[1:]); name == text[1:] {
			return name
		}
		return ""
	}
	inner, rest, ok := braced(text[2:])
	if name := varName(inner); ok && rest == "" {
		return name
	}
	return ""
}

// Declares reports whether the files have a volume of this name.
func (c *Compose) Declares(volume string) bool { return c.volumes.field(volume) != nil }
