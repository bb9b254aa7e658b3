package body_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"ingest/enrich/body"
)

// labels are links that never end, each of which is copied to look for its
// definition.
func labels(size int) string {
	return strings.Repeat("[", 900) + strings.Repeat("a\n", size/3) + strings.Repeat("]", 900)
}

const tangled = "1: the text is too long, or too tangled, to be looked through: its links stay as they are"

// longest is the most that is parsed.
const longest = 512 << 10

// TestManyOfEverything: no repetition makes a long text take longer than its
// length does. Eight texts of an eighth of the length take about as long, on any
// machine; where the time grows with the square of the length, an eighth of it. They
// are timed only where the long text took longer than it does at rest: as they share
// the machine for as long as that did, they suffer as much from what else it does.
func TestManyOfEverything(t *testing.T) {
	for name, text := range manyOfEverything() {
		t.Run(name, func(t *testing.T) {
			if underRace { // which takes ten times as long; a short text has the same races
				timeOf(text(longest / 16))
				return
			}
			whole := timeOf(text(longest))
			if whole < 5*time.Second { // the square of the length is minutes
				return
			}
			var parts time.Duration
			for range 8 { // not shorter: where effort is bounded, the square is allowed up to there
				parts += timeOf(text(longest / 8))
			}
			if whole > 3*parts {
				t.Errorf("%d bytes took %v, eight times an eighth of it %v", longest, whole, parts)
			}
		})
	}
}

// manyOfEverything makes texts of a size.
func manyOfEverything() map[string]func(size int) string {
	texts := map[string]func(size int) string{
		"blank lines in a nested list": func(size int) string { return strings.Repeat("- ", 128) + "a\n" + strings.Repeat("\n", size/2) },
		"labels around many lines":     labels,
		"definitions before lines": func(size int) string {
			return strings.Repeat("[a]: /b\n", size/50) + strings.Repeat("a\n", size/4)
		},
		"blank lines in steps":      func(size int) string { return triangle(100, "  ", "- a") + strings.Repeat("\n", size/2) },
		"code spans of all lengths": func(size int) string { return triangle(int(math.Sqrt(float64(2*size)))-10, "`", "`a") },
	}
	for _, piece := range []string{"[", "![", "<a ", "<!--", "](", "{{<", "{{%a", "a `a` {{<", "[[a", "##1 ", "x:", "a:version:\"", "xworkPackageValue:(", "<mention>", "<macro></macro>\n",
		"&", "`", "*a", "*a_b", "> ", "- ", "+ ", "1. ", "\\[", "<", "# ", "Ã", "http://a?", "http://a?) ", ")", "[a]: /b\n", "[a]\n", "[a](", "![a](", "[a](<b", "[](", "a <!A\n", "a <?\n", "a <!A ", "[a](b ", "[a](b (", "x_{1} ", "a* b* ", "_a* "} {
		texts[piece] = func(size int) string { return strings.Repeat(piece, size/len(piece)) }
	}
	return texts
}

func timeOf(text string) time.Duration {
	o := site()
	o.Tags, o.RepairMojibake = body.HugoTags, true
	began := time.Now()
	body.Rewrite(text, o)
	body.Suspicious(text)
	return time.Since(began)
}

// TestTangled: a text that was made to keep the parser busy keeps its links,
// and says so; one that is merely long does not.
func TestTangled(t *testing.T) {
	for piece, want := range map[string]string{"[a](": tangled, "![a](<": tangled, "a*b_c": tangled, "a <!A\n": tangled, "1. ": tangled, "[a]: /b\n": tangled, "[a]\n": tangled,
		"[a](/b) *c*\n\n": "", "| **a** | <br> `b` | [a](/b) |\n": "", "- a\n  - b\n    - c\n": "", "[a][b]\n\n": ""} {
		t.Run(piece, func(t *testing.T) {
			in := strings.Repeat(piece, 40_000/len(piece)*8)
			if want == "" {
				in = in[:len(in)/8]
			}
			if got, list := body.Rewrite(in, plain()); got != in || notes(list) != want {
				t.Errorf("got %.60q, %.200s", got, notes(list))
			}
		})
	}
	if _, list := body.Rewrite(labels(longest), plain()); notes(list) != tangled {
		t.Errorf("labels: got %.200s", notes(list))
	}
}
