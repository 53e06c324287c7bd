package runner

// Releases are the first and the last release of an era; last is "" for the
// newest era, which goes on.
func (e Era) Releases() (first, last string) {
	switch e {
	case E1:
		return "2.9.1", "2.9.40"
	case E2a:
		return "2.9.40-beta", "2.9.40-beta"
	case E2b:
		return "2.9.41-beta", "2.9.60"
	case E3:
		return "2.9.64", "2.10.25-beta"
	case E4a:
		return "2.10.26-beta", "2.10.26-beta"
	case E4b:
		return "2.10.27", "2.10.27"
	case E4c:
		return "2.10.28", "2.10.x"
	case E5:
		return "2.11", "2.17"
	case E5b:
		return "2.18", "2.18"
	case E6:
		return "2.19", "2.19"
	case E7:
		return "2.20", ""
	}
	return "", ""
}
