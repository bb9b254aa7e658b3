package body_test

import (
	"slices"
	"strings"
	"testing"

	"ingest/enrich/body"
)

// shown is what a text must not keep: a link into the tracker.
const shown = "![plan](/api/v3/attachments/7/content)"

// TestLongTextsAreRewritten: what people write, or paste, is looked through
// however long it is, with line ends or without any.
func TestLongTextsAreRewritten(t *testing.T) {
	tests := map[string]struct {
		piece string
		size  int // in KB; 0 for the most that is parsed
	}{
		"words":          {piece: "Interoperability, *as* they say (see [sic] and #12): a < b, 2*3, foo_bar & __init__."},
		"emphasis":       {piece: "**health data** of patients *now* snake_case_name"},
		"code spans":     {piece: "use `patient` and `care`"},
		"tags":           {piece: `text <span style="color:red">data</span> <a href="https://example.org/a?id=3">care</a>`},
		"line breaks":    {piece: "health data patient nurse<br>"},
		"mentions":       {piece: `<mention class="mention" data-id="5" data-type="user" data-text="@A B">@A B</mention> said`},
		"links":          {piece: "[health data](https://example.org/x/y?utm_source=mail&id=12),"},
		"citations":      {piece: "health data patient [12]", size: 300},
		"all of them":    {piece: `[a b](https://example.org/?x=1 "t") ![p](/api/v3/attachments/8/content) <img src="/api/v3/attachments/9/content"> **b** [x][r] <https://example.org/> ` + "`c`"},
		"URLs":           {piece: "https://example.org/a_b_12/c_d?utm_source=x&q=1"},
		"JSON":           {piece: `"care": ["https://example.org/a_b", {"a_b": [1,2,3]}],`},
		"a log":          {piece: "[2026-11-22 10:00:05] <info> foo_bar[7]: care *done* [ok]", size: 200},
		"stars":          {piece: "health ★ * patient_nurse * 5*3", size: 200},
		"formulas":       {piece: `$x_{4} = \sum_i a_i * b_{ij} < c^*_k$ and $y_1*y_2$`, size: 90},
		"a table's rows": {piece: "| **a** | [b](/work_packages/5) <br> `c` | 5 |"},
	}
	for name, tt := range tests {
		for join, lines := range map[string]string{" ": "in one line", "\n": "in many"} {
			t.Run(name+" "+lines, func(t *testing.T) {
				size := longest - 100
				if tt.size > 0 {
					size = tt.size << 10
				}
				in := strings.Repeat(tt.piece+join, size/len(tt.piece+join)) + shown
				isRewritten(t, in)
			})
		}
	}
}

// isRewritten makes sure that a text was looked through to its end.
func isRewritten(t *testing.T, in string) {
	t.Helper()
	got, list := body.Rewrite(in, plain())
	if strings.Contains(notes(list), tangled) || strings.Contains(got, shown) {
		t.Errorf("got …%q, notes %.200s; want the text rewritten", got[max(0, len(got)-80):], notes(list))
	}
}

// TestBlanksAndRulesAreNoLists: what looks like many lists in each other, and
// is none.
func TestBlanksAndRulesAreNoLists(t *testing.T) {
	far := strings.Repeat(" ", 257)
	for name, in := range map[string]string{
		"blanks before a sign":      far + "- total",
		"in code":                   "```\n" + far + "* total\n```",
		"in code behind a list":     "- a\n- b\n\n```\n" + far + "+ total\n```",
		"in HTML":                   "<pre>\n" + far + "* total\n</pre>",
		"a triangle in code":        "```\n" + triangle(200, " ", "*") + "```",
		"one on its head":           "```\n" + upsideDown(triangle(200, "  ", "*")) + "```",
		"a rule":                    strings.Repeat("- ", 300),
		"a rule of stars":           "a\n\n" + strings.Repeat("* ", 300) + "\n\nb",
		"a rule in a list":          "1. " + strings.Repeat("- ", 300),
		"tabs":                      strings.Repeat("\t", 200) + "- total",
		"numbers that are no lists": strings.Repeat("1.5 ", 300),
		"a list of depth 100":       triangle(100, "  ", "- a"),
		"items far to the right":    strings.Repeat("   - a\n", 1000),
		"quotes of an old thread":   strings.Repeat(strings.Repeat("> ", 30)+"a\n", 1000),
	} {
		t.Run(name, func(t *testing.T) { isRewritten(t, in+"\n\n"+shown+"\n") })
	}
}

// triangle is lines of which each stands farther to the right.
func triangle(lines int, step, text string) string {
	var b strings.Builder
	for i := range lines {
		b.WriteString(strings.Repeat(step, i) + text + "\n")
	}
	return b.String()
}

// upsideDown is the lines of a text, last first.
func upsideDown(text string) string {
	lines := slices.Collect(strings.Lines(text))
	slices.Reverse(lines)
	return strings.Join(lines, "")
}

// TestDeepNestingIsTangled: lists in each other cost, in whatever way they are
// written.
func TestDeepNestingIsTangled(t *testing.T) {
	for name, in := range map[string]string{
		"bullets in one line":        strings.Repeat("- ", 129) + "a",
		"signs of no rule":           strings.Repeat("+ ", 1000),
		"two signs by turns":         strings.Repeat("- * ", 1000),
		"numbers in one line":        strings.Repeat("1. ", 129) + "a",
		"quotes in one line":         strings.Repeat(">", 129) + "a",
		"a step in each line":        triangle(129, "  ", "- a"),
		"a step with text between":   triangle(129, "  ", "- a\nb"),
		"steps in a quote":           quoted(triangle(129, "  ", "- a")),
		"steps of tabs":              triangle(129, "\t", "- a"),
		"half so deep, but many":     triangle(64, "  ", "- a") + strings.Repeat("\n", 40_000),
		"the same, text after a few": triangle(64, "  ", "- a") + strings.Repeat("b\n", 40_000),
	} {
		t.Run(name, func(t *testing.T) {
			if got, list := body.Rewrite(in, plain()); got != in || notes(list) != tangled {
				t.Errorf("got notes %.200s, want that it is tangled", notes(list))
			}
		})
	}
}

// quoted is a block quote.
func quoted(text string) string {
	return "> " + strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", "\n> ")
}
