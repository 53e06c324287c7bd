package say

// zhContainer is about compose services and pods.
func zhContainer() []string {
	return []string{}
}
