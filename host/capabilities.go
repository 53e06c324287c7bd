package host

import (
	"slices"
	"strings"
)

// Caps are the capabilities against modes that root has in the
// container; nil means those that it usually has there, which Docker gives:
// DAC_OVERRIDE, but not DAC_READ_SEARCH.
func (c *Container) Caps() *Caps {
	if len(c.CapDrop) == 0 || c.privileged {
		return nil
	}
	return capsAfter(c.CapDrop, c.CapAdd)
}

// capsAfter is what is left of Docker's usual capabilities when some are
// dropped, then some added: ALL stands for all of them.
func capsAfter(drop, add []string) *Caps {
	has := func(list []string, name string) bool {
		return slices.ContainsFunc(list, func(c string) bool {
			c = strings.TrimPrefix(strings.ToUpper(c), "CAP_")
			return c == name || c == "ALL"
		})
	}
	left := func(name string, usual bool) bool { return has(add, name) || usual && !has(drop, name) }
	return &Caps{Override: left("DAC_OVERRIDE", true), Read: left("DAC_READ_SEARCH", false)}
}
