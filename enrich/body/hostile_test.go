package body_test

import (
	"strings"
	"testing"
	"time"

	"ingest/enrich/body"
)

// labels are links that never end, each of which is copied to look for its
// definition.
func labels() string {
	return strings.Repeat("[", 900) + strings.Repeat("a\n", longest/3) + strings.Repeat("]", 900)
}

const tangled = "1: the text is too long, or too tangled, to be looked through: its links stay as they are"

// longest is the most that is parsed.
const longest = 512 << 10

// TestManyOfEverything: no repetition makes a long text take longer than its
// length does. Each takes a second or two at the most; where the time grows with the
// square of the length, it is minutes.
func TestManyOfEverything(t *testing.T) {
	texts := map[string]string{
		"blank lines in a nested list": strings.Repeat("- ", 128) + "a\n" + strings.Repeat("\n", longest/2),
		"labels around many lines":     labels(),
		"definitions before lines":     strings.Repeat("[a]: /b\n", 10_000) + strings.Repeat("a\n", longest/4),
		"blank lines in steps":         triangle(100, "  ", "- a") + strings.Repeat("\n", longest/2),
		"code spans of all lengths":    triangle(1000, "`", "`a"),
	}
	for _, piece := range []string{"[", "![", "<a ", "<!--", "](", "{{<", "{{%a", "a `a` {{<", "[[a", "##1 ", "x:", "a:version:\"", "xworkPackageValue:(", "<mention>", "<macro></macro>\n",
		"&", "`", "*a", "*a_b", "> ", "- ", "+ ", "1. ", "\\[", "<", "# ", "Ã", "http://a?", "http://a?) ", ")", "[a]: /b\n", "[a]\n", "[a](", "![a](", "[a](<b", "[](", "a <!A\n", "a <?\n", "a <!A ", "[a](b ", "[a](b (", "x_{1} ", "a* b* ", "_a* "} {
		texts[piece] = strings.Repeat(piece, longest/len(piece))
	}
	for name, text := range texts {
		t.Run(name, func(t *testing.T) {
			o := site()
			o.Tags, o.RepairMojibake = body.HugoTags, true
			start := time.Now()
			body.Rewrite(text, o)
			body.Suspicious(text)
			if took := time.Since(start); took > time.Minute {
				t.Errorf("took %v", took)
			}
		})
	}
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
	if _, list := body.Rewrite(labels(), plain()); notes(list) != tangled {
		t.Errorf("labels: got %.200s", notes(list))
	}
}
