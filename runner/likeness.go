package runner

// Likely is the one of some names that name was probably meant to be: the
// nearest, if it is nearer than a third of the name and no other is as near;
// "" when there is none.
func Likely(name string, among []string) string {
	best, least, tied := "", max(len(name)/4, 1)+1, false
	for _, other := range among {
		switch d := distance(name, other); {
		case d < least:
			best, least, tied = other, d, false
		case d == least && other != best:
			tied = true
		}
	}
	if tied {
		return ""
	}
	return best
}

// distance is how many letters must be put in, left out, exchanged with another
// or with their neighbour to make a into b.
func distance(a, b string) int {
	rows := [3][]int{make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)}
	for j := range rows[1] {
		rows[1][j] = j
	}
	for i := 1; i <= len(a); i++ {
		above, last, row := rows[(i-1)%3], rows[i%3], rows[(i+1)%3]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], above[j-2]+1)
			}
		}
	}
	return rows[(len(a)+1)%3][len(b)]
}
