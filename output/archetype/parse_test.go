package archetype_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"ingest/output/archetype"
)

// mistakes lists what Parse found, one "line:column text [hint]" per line.
func mistakes(t *testing.T, err error) string {
	t.Helper()
	var list []error
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		list = joined.Unwrap()
	} else if err != nil {
		list = []error{err}
	}
	var b strings.Builder
	for _, err := range list {
		var e *archetype.Error
		if !errors.As(err, &e) {
			t.Fatalf("got a %T, want *archetype.Error: %v", err, err)
		}
		if !strings.HasPrefix(e.Error(), fmt.Sprintf("a.yaml:%d:%d: %s", e.Line, e.Column, e.Text)) {
			t.Errorf("message %q lacks its position", e)
		}
		fmt.Fprintf(&b, "%d:%d %s [%s]\n", e.Line, e.Column, e.Text, e.Hint())
	}
	return b.String()
}

func TestMistakes(t *testing.T) {
	cases := []struct{ name, src, want string }{
		{"unknown name, single quotes", `a: '= imgae != nil'`, `1:7 unknown name imgae [did you mean "image"?]`},
		{"unknown name, plain", `a: = "x" + titel`, `1:12 unknown name titel [did you mean "title"?]`},
		{"unknown name behind doubled quotes", `a: '= ''x'' + titel'`, `1:15 unknown name titel [did you mean "title"?]`},
		{"unknown name behind escapes", `a: "= \"\u0041\x42\" + titel"`, `1:24 unknown name titel [did you mean "title"?]`},
		{"unknown name behind wide characters", `a: = "日本😀" + titel`, `1:14 unknown name titel [did you mean "title"?]`},
		{"unknown name in a block", "a: |\n  = let x = title;\n    x + titel\n", `3:9 unknown name titel [did you mean "title"?]`},
		{"unknown name in a folded text", "a: >-\n  = title +\n  titel\n", `1:4 unknown name titel [did you mean "title"?]`},
		{"unknown name behind a tag", "a: !!str '= titel'", `1:4 unknown name titel [did you mean "title"?]`},
		{"nothing near", "a: = quux", `1:6 unknown name quux []`},
		{"unknown field", `a: = page.titel`, `1:11 unknown field titel of page [did you mean "title"?]`},
		{"unknown field of a pointer", `a: = image?.wdth`, `1:13 unknown field wdth of asset [did you mean "width"?]`},
		{"unknown field, nothing near", `a: = link.zzz`, `1:11 unknown field zzz of link [there are archived, brand, canonical, domain, health, hops, href, original]`},
		{"Go's name of a field", `a: = wp.CreatedAt`, `1:9 unknown field CreatedAt of work package [did you mean "createdAt"?]`},
		{"type error", `a: = title + 1`, `1:12 invalid operation: + (mismatched types text and int) []`},
		{"wrong argument", `a: = slug(1)`, `1:11 cannot use int as argument (type text) to call slug []`},
		{"date of a text", `a: = date(title, "2006")`, `1:11 cannot use text as argument (type time) to call date []`},
		{"syntax", `a: = title +`, `1:12 unexpected token EOF []`},
		{"empty expression", `a: '='`, `1:6 the expression is empty []`},
		{"the clock", `a: = now()`, `1:6 unknown name now [now() is switched off because what is written must not depend on the clock]`},
		{"map order", `a: = keys(page.meta)`, `1:6 unknown name keys [keys() is switched off because the order of a map is not certain]`},
		{"the engine's zones", `a: = timezone("UTC")`, `1:6 unknown name timezone [timezone() is switched off: give date() the zone's name as its third argument]`},
		{"a method of Go", `a: = wp.createdAt.Local().String()`, `1:19 only functions are called here; a time is written with date(…) []`},
		{"a method by the back door", `a: = let f = get(wp.createdAt, "Local"); f()`, ``},
		{"all names at once", `a: = $env["title"]`, `1:6 $env has no meaning here: write the names themselves []`},
		{"function not called", `a: = slug`, `1:6 slug is a function: call it, as in slug(…) []`},
		{"function passed on", `a: = [lower]`, `1:7 lower is a function: call it, as in lower(…) []`},
		{"it outside of $each", `a: = it.label`, `1:6 unknown name it [it is the element inside a mapping with $each]`},
		{"field of it", "a:\n  $each: offerings\n  b: = it.lable", `3:11 unknown field lable of offering [did you mean "label"?]`},
		{"field of a filtered it", "a:\n  $each: filter(offerings, .id > 2)\n  b: = it.lable", `3:11 unknown field lable of offering [did you mean "label"?]`},
		{"$each of a mapping", "a:\n  $each: page.meta\n  b: = it", `2:10 $each needs a list, this is a mapping []`},
		{"$each that is no expression", "a:\n  $each:\n    b: 1", `3:5 an expression is needed here []`},
		{"$when of a text", "a:\n  $when: title\n  b: 1", `2:10 $when must be true or false, this is a text [compare it, for example with != nil or != ""]`},
		{"form misspelt", "a:\n  $wen: true\n  b: 1", `2:3 unknown form $wen [did you mean "$when"?]`},
		{"form unknown", "a:\n  $schema: x\n  b: 1", `2:3 unknown form $schema [a key that begins with $ is written with $$]`},
		{"$omit alone", "a:\n  $omit: true\n  b: 1", `2:3 $omit has no meaning without $when []`},
		{"$omit of a text", "a:\n  $when: true\n  $omit: maybe\n  b: 1", `3:10 $omit must be true or false []`},
		{"form at the top", "$when: true\na: 1", `1:1 $when and $each have no place at the top [a document always has its front matter]`},
		{"key twice", "a: 1\nb: 2\na: 3", `3:1 the key a is here twice [it stands in line 1 already]`},
		{"key twice, deep", "a:\n  - {b: 1, b: 2}", `2:12 the key b is here twice [it stands in line 2 already]`},
		{"key that is a number", "1: a", `1:1 a key must be a text [put it in quotes]`},
		{"key that is a list", "[a]: b", `1:1 a key must be a text [put it in quotes]`},
		{"anchor and alias", "a: &x 1\nb: *x", "1:4 an anchor (&x) has no meaning in an archetype [write the value where it is needed]\n" +
			`2:4 an alias (*x) has no meaning in an archetype [write the value where it is needed]`},
		{"merge", "<<: {a: 1}\nb: 1", `1:1 a merge (<<) has no meaning in an archetype [write the keys where they are needed]`},
		{"bytes", "a: !!binary aGk=", `1:4 front matter cannot hold a value of type !!binary [quote it to make it a text]`},
		{"too large a number", "a: 12345678901234567890", `1:4 front matter cannot hold a value of type !!int [quote it to make it a text]`},
		{"bad YAML", "a: b: c", `1:5 bad YAML: mapping values are not allowed in this context [quote a value that holds ': ' or ' #' or begins with a special character]`},
		{"nothing", "", `1:1 the archetype is empty [an archetype looks like the front matter it makes]`},
		{"comments only", "# later", `1:1 the archetype is empty [an archetype looks like the front matter it makes]`},
		{"no keys", "{}", `1:1 the archetype is empty [an archetype looks like the front matter it makes]`},
		{"a list", "- a", `1:1 an archetype is a mapping of keys to values []`},
		{"a document with its body", "---\na: 1\n---\nbody\n", `3:1 a second YAML document [an archetype holds the front matter only, without a body]`},
		{"all at once", "a: = titel\nb:\n  $when: iamge != nil\n  $each: offeringz\n  c: = it.x\n  d: = lin.href",
			"1:6 unknown name titel [did you mean \"title\"?]\n3:10 unknown name iamge [did you mean \"image\"?]\n" +
				"4:10 unknown name offeringz [did you mean \"offerings\"?]\n6:8 unknown name lin [did you mean \"link\"?]"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a, err := archetype.Parse("a.yaml", []byte(c.src))
			if got := strings.TrimSpace(mistakes(t, err)); got != c.want && c.want != "" {
				t.Errorf("\ngot  %s\nwant %s", got, c.want)
			}
			if err == nil || a != nil {
				t.Errorf("got %v, %v; want no archetype and an error", a, err)
			}
		})
	}
}

func TestSizeIsBounded(t *testing.T) {
	for name, src := range map[string]string{
		"deep":           "a: " + strings.Repeat("[", 500) + strings.Repeat("]", 500),
		"very deep":      "a: " + strings.Repeat("{a: ", 200_000),
		"large":          "a: " + strings.Repeat("x", 2<<20),
		"large formula":  "a: = 1" + strings.Repeat(" + wp.id", 100_000),
		"nested formula": "a: = " + strings.Repeat("(", 100_000),
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := archetype.Parse("a.yaml", []byte(src)); err == nil {
				t.Error("got no error")
			} else if len(err.Error()) > 500 {
				t.Errorf("got a message of %d bytes", len(err.Error()))
			}
		})
	}
}
