package say

// zhProcess is about processes and what is around them.
func zhProcess() []string {
	return []string{}
}
