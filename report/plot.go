package report

import "slices"

// A scene is what is told at once: the findings of one problem, and those that it
// explains.
type scene struct {
	root     bool // a root cause, not only something that nothing explains
	told     []Finding
	symptoms []Finding
}

// plot is the order in which the findings of a target are told: each root cause
// with its symptoms, then the others.
func plot(t Target) []scene {
	all := findings(t)
	told := make([]bool, len(all))
	var scenes []scene
	for _, root := range t.RootCauses {
		c := scene{root: true}
		c.told = pick(all, told, func(f Finding) bool { return f.ID == root })
		c.symptoms = pick(all, told, func(f Finding) bool { return f.ID != "" && explains(all, root, f) })
		scenes = append(scenes, c)
	}
	for _, f := range pick(all, told, func(f Finding) bool { return f.ID != "" }) {
		scenes = append(scenes, scene{told: []Finding{f}})
	}
	return scenes
}

// pick takes those of the findings that nobody has told.
func pick(all []Finding, told []bool, wanted func(Finding) bool) (picked []Finding) {
	for i, f := range all {
		if !told[i] && wanted(f) {
			told[i] = true
			picked = append(picked, f)
		}
	}
	return picked
}

// explains reports whether root is behind f, through other symptoms or not.
func explains(all []Finding, root string, f Finding) bool {
	for range len(all) + 1 {
		if slices.Contains(f.CausedBy, root) {
			return true
		}
		if len(f.CausedBy) == 0 {
			return false
		}
		i := slices.IndexFunc(all, func(g Finding) bool { return g.ID == f.CausedBy[0] })
		if i < 0 {
			return false
		}
		f = all[i]
	}
	return false
}

func findings(t Target) []Finding {
	var all []Finding
	for _, r := range t.Results {
		all = append(all, r.Findings...)
	}
	return all
}
