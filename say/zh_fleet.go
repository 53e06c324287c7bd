package say

// zhFleet is about commands about many runners.
func zhFleet() []string {
	return []string{}
}
