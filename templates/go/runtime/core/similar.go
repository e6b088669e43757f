package core

import (
	"unicode"
	"unicode/utf8"
)

// didYouMean is the candidate that a person most likely meant, if one is near enough to be worth saying.
func didYouMean(written string, candidates []string) (string, bool) {
	// Nobody mistypes a page; and the time to compare grows with the product of the lengths.
	const longest = 100
	if len(written) > 4*longest {
		written = string([]rune(written)[:min(utf8.RuneCountInString(written), longest+1)])
	}
	wanted := lower(written)
	if len(wanted) > longest {
		return "", false
	}
	best, nearest, found := "", 0.0, false
	for _, candidate := range candidates {
		known := lower(candidate)
		longer := len(wanted)
		if len(known) > longer {
			longer = len(known)
		}
		if longer == 0 {
			longer = 1
		}
		near := 1 - float64(distance(wanted, known))/float64(longer)
		if near >= 0.6 && near >= nearest {
			best, nearest, found = candidate, near, true
		}
	}
	return best, found
}

func lower(text string) []rune {
	letters := make([]rune, 0, len(text))
	for _, letter := range text {
		if letter == 'İ' {
			// The one letter that is two in lower case.
			letters = append(letters, 'i', '\u0307')
			continue
		}
		letters = append(letters, unicode.ToLower(letter))
	}
	return letters
}

// distance is how many characters must be changed, added, dropped or swapped with their neighbour.
func distance(a, b []rune) int {
	var before []int
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		next := make([]int, len(row))
		next[0] = i + 1
		for j, y := range b {
			edits := row[j]
			if x != y {
				edits++
			}
			edits = min(edits, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && a[i-1] == y && b[j-1] == x {
				edits = min(edits, before[j-1]+1)
			}
			next[j+1] = edits
		}
		before, row = row, next
	}
	return row[len(b)]
}
