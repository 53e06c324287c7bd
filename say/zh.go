package say

// chinese finds the Chinese of an English format.
func chinese(format string) (string, bool) {
	s, ok := zh[format]
	return s, ok
}
