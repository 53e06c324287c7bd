package say

// zhUnit is about systemd units.
func zhUnit() []string {
	return []string{}
}
