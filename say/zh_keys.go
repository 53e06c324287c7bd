package say

// zhKeys is about keys and variables.
func zhKeys() []string {
	return []string{}
}
