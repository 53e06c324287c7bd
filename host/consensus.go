package host

import (
	"cmp"
	"slices"
	"time"
)

// Agreement is what several servers say together.
type Agreement struct {
	Offset time.Duration // the median of the good answers, with the sign of NTPAnswer.Offset
	// Bound is how far off Offset can be: if the best answer that agrees is
	// right or, without a majority, if any good answer is.
	Bound    time.Duration
	Good     int         // servers that told a time
	Agree    int         // of these, so many agree with the median
	Outliers []NTPAnswer // the others of these
}

// Majority reports whether more than half of the good answers agree, and there
// is one. Without, Offset says little: of two servers that tell different times
// it is the middle, and neither agrees.
func (g Agreement) Majority() bool { return g.Good > 0 && 2*g.Agree > g.Good }

// Consensus takes the median of the good answers. One agrees with it if both can
// be right, that is, if they are no farther apart than their bounds together.
func Consensus(answers []NTPAnswer) Agreement {
	good := slices.DeleteFunc(slices.Clone(answers), func(a NTPAnswer) bool { return !a.Good() })
	g := Agreement{Good: len(good)}
	if g.Good == 0 {
		return g
	}
	offset, bound := median(good)
	var best, worst time.Duration
	for _, a := range good {
		away := (a.Offset - offset).Abs()
		worst = max(worst, away+a.Bound)
		if away > a.Bound+bound {
			g.Outliers = append(g.Outliers, a)
			continue
		}
		if g.Agree++; g.Agree == 1 || away+a.Bound < best {
			best = away + a.Bound
		}
	}
	if g.Offset, g.Bound = offset, best; !g.Majority() {
		g.Bound = worst
	}
	return g
}

// median is the middle offset with its bound, or the middle of the two with
// the wider bound.
func median(answers []NTPAnswer) (offset, bound time.Duration) {
	sorted := slices.SortedFunc(slices.Values(answers), func(a, b NTPAnswer) int { return cmp.Compare(a.Offset, b.Offset) })
	lower, upper := sorted[(len(sorted)-1)/2], sorted[len(sorted)/2]
	return lower.Offset + (upper.Offset-lower.Offset)/2, max(lower.Bound, upper.Bound)
}
