package archetype

import (
	"fmt"

	"github.com/agnivade/levenshtein"
)

// didYouMean returns a hint with the candidate nearest to what was written,
// "" when none is near enough to be what was meant.
func didYouMean(written string, candidates []string) string {
	if written == "" {
		return ""
	}
	best, nearest := "", 0
	for _, c := range candidates {
		d := levenshtein.ComputeDistance(written, c)
		if d > len(written)/3+1 || d >= len(c) {
			continue
		}
		closeness := 2 * d
		if written[:1] != c[:1] { // people seldom miss the first letter
			closeness++
		}
		if best == "" || closeness < nearest {
			best, nearest = c, closeness
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("did you mean %q?", best)
}
