package reports

import (
	"slices"
	"strings"
)

// Nearest returns up to n of the names that look most like a mistyped one, nearest first; none when nothing does.
func Nearest(typed string, names []string, n int) []string {
	type candidate struct {
		name     string
		distance int
	}
	var near []candidate
	for _, name := range names {
		d := distance(typed, name)
		if segment := name[strings.LastIndex(name, ".")+1:]; segment != name {
			d = min(d, distance(typed, segment)+1)
		}
		if d <= max(2, len(typed)/3) {
			near = append(near, candidate{name, d})
		}
	}
	slices.SortStableFunc(near, func(a, b candidate) int { return a.distance - b.distance })
	var found []string
	for _, c := range near[:min(n, len(near))] {
		found = append(found, c.name)
	}
	return found
}

// distance is the number of bytes to insert, delete or change that make b of a (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
