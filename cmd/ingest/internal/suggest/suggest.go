// Package suggest finds the name a person most likely meant.
//
// Configuration keys, custom field labels, types and statuses are all typed by
// hand; a message that only says "unknown" makes the reader compare lists by
// eye. Nearest is what turns it into "did you mean".
package suggest

import (
	"fmt"
	"strings"

	"github.com/agnivade/levenshtein"
)

// Nearest returns the candidate closest to name, compared without regard to
// letter case, or "" when none is close enough to be a likely typing error: a
// third of the name's length, at least two edits. Of equally close candidates
// the first wins, so the answer does not depend on chance.
func Nearest(name string, candidates []string) string {
	best, distance := "", max(2, len([]rune(name))/3)+1
	for _, candidate := range candidates {
		d := levenshtein.ComputeDistance(fold(name), fold(candidate))
		if d < distance {
			best, distance = candidate, d
		}
	}
	return best
}

// DidYouMean returns a sentence for a hint: the nearest candidate when there
// is one, else the list of all candidates, else "".
func DidYouMean(name string, candidates []string) string {
	if near := Nearest(name, candidates); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	if len(candidates) == 0 {
		return ""
	}
	return "known: " + strings.Join(candidates, ", ")
}

// fold makes names that differ only in case and in the separators people mix
// up ("source-url", "Source URL") compare as equal.
func fold(s string) string {
	return strings.NewReplacer("-", " ", "_", " ").Replace(strings.ToLower(strings.TrimSpace(s)))
}
