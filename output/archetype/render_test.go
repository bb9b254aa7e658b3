package archetype_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"ingest/output/archetype"
)

func parse(t testing.TB, src string) *archetype.Archetype {
	t.Helper()
	a, err := archetype.ParsePart("a.yaml", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestLiterals(t *testing.T) {
	src := `z: text
a: 12
b: 0x10
c: 1.5
d: true
e: null
f: ~
g: 2020-12-15
h: 'no'
i: '== x'
j: '==='
k: [a, [], {}]
$$each: $when
"l m": "x\ty"
"=n": =title
o: 'say = x'
`
	want := `z: text
a: 12
b: 16
c: 1.5
d: true
e: null
f: null
g: '2020-12-15'
h: 'no'
i: '= x'
j: '=='
k:
  - a
  - []
  - {}
$each: $when
l m: "x\ty"
'=n': T
o: say = x
`
	if got := written(t, parse(t, src), archetype.Env{Title: "T"}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestForms(t *testing.T) {
	cases := []struct{ name, src, want string }{
		{"$when holds", "a:\n  $when: title != \"\"\n  b: = title", "a:\n  b: T\n"},
		{"$when with its =", "a:\n  $when: '= title != \"\"'\n  b: = title", "a:\n  b: T\n"},
		{"$when does not hold", "a:\n  $when: image != nil\n  b: = image.format\nc: 1", "a: null\nc: 1\n"},
		{"$when with $omit", "a:\n  $when: image != nil\n  $omit: true\n  b: = image.format\nc: 1", "c: 1\n"},
		{"$omit: false", "a:\n  $when: image != nil\n  $omit: false\n  b: 1", "a: null\n"},
		{"$omit, but it holds", "a:\n  $when: true\n  $omit: true\n  b: 1", "a:\n  b: 1\n"},
		{"in a list", "a:\n  - $when: false\n    b: 1\n  - $when: false\n    $omit: true\n    b: 2\n  - 3", "a:\n  - null\n  - 3\n"},
		{"$each", "a:\n  $each: topics\n  b: = it\n  c: x", "a:\n  - b: one\n    c: x\n  - b: two\n    c: x\n"},
		{"$each of a field that may be null", "a:\n  $each: link?.hops\n  b: = it.url", "a: []\n"},
		{"$each of a list made on the spot", "a:\n  $each: map(topics, upper(#))\n  b: = it", "a:\n  - b: ONE\n  - b: TWO\n"},
		{"$each and $when", "a:\n  $when: len(topics) > 5\n  $each: topics\n  b: = it", "a: null\n"},
		{"$each in $each", "a:\n  $each: topics\n  b:\n    $each: 1..2\n    c: = it\n  d: = it",
			"a:\n  - b:\n      - c: 1\n      - c: 2\n    d: one\n  - b:\n      - c: 1\n      - c: 2\n    d: two\n"},
		{"$when inside $each", "a:\n  $each: topics\n  b:\n    $when: it == \"two\"\n    c: = it", "a:\n  - b: null\n  - b:\n      c: two\n"},
		{"an expression's mapping is sorted", "a: '= {\"z\": 1, \"a\": {\"y\": nil, \"b\": [2]}}'", "a:\n  a:\n    b:\n      - 2\n    'y': null\n  z: 1\n"},
		{"an object is a mapping", "a: '= {\"o\": offerings[0]}'", "a:\n  o:\n    id: 7\n    label: L\n    permalink: ''\n    topics: []\n"},
		{"null by ?.", "a: = link?.href\nb: = image?.attachment?.link", "a: null\nb: null\n"},
		{"missing names of maps", "a: = page.meta[\"og:title\"]\nb: = wp.fields.via\nc: = site.params.x\nd: = wp.customFields", "a: null\nb: null\nc: null\nd: {}\n"},
	}
	env := archetype.Env{Title: "T", Topics: []string{"one", "two"}, Offerings: []archetype.Offering{{ID: 7, Label: "L"}}}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := written(t, parse(t, c.src), env); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestFailuresNameTheKey(t *testing.T) {
	cases := []struct{ name, src, want string }{
		{"a time", "a:\n  b: = wp.createdAt", `a.yaml:2: a.b: wp.createdAt: a time has no form of its own: write it with date(…, "2006-01-02") []`},
		{"a field of null", "a: = image.format", `a.yaml:1: a: image.format: a field is read from null [?. passes a null on, ?? and default(x, y) put another value in its place]`},
		{"a field of an unknown null", "a: = wp.fields.x.y", `a.yaml:1: a: wp.fields.x.y: a field is read from null [?. passes a null on, ?? and default(x, y) put another value in its place]`},
		{"null for a text", "a: = lower(page.meta.x)", `a.yaml:1: a: lower(page.meta.x): needs a text, got null [?. passes a null on, ?? and default(x, y) put another value in its place]`},
		{"a list for a text", "a: = lower(wp.fields.list)", `a.yaml:1: a: lower(wp.fields.list): needs a text, got list []`},
		{"null for our text", "a: = slug(link?.href)", `a.yaml:1: a: slug(link?.href): slug() needs a text, got null [?. passes a null on, ?? and default(x, y) put another value in its place]`},
		{"in a list", "a:\n  - 1\n  - = topics[3]", `a.yaml:3: a[1]: topics[3]: index out of range: 3 (array length is 2) [first(list) and last(list) are null where a list is empty]`},
		{"in $each", "a:\n  $each: topics\n  b: = image.name", `a.yaml:3: a[0].b: image.name: a field is read from null [?. passes a null on, ?? and default(x, y) put another value in its place]`},
		{"$when neither true nor false", "a:\n  $when: page.meta.x\n  b: 1", `a.yaml:2: a.$when: page.meta.x: must be true or false, got null [?. passes a null on, ?? and default(x, y) put another value in its place]`},
		{"$each of something else", "a:\n  $each: wp.fields.n\n  b: 1", `a.yaml:2: a.$each: wp.fields.n: needs a list, got 5 []`},
		{"a layout of another language", `a: = date(wp.createdAt, "YYYY-MM-DD")`, `a.yaml:1: a: date(wp.createdAt, "YYYY-MM-DD"): date() got a layout without a date in it: "YYYY-MM-DD"; write it as the day 2006-01-02 at 15:04:05 []`},
		{"an unknown zone", `a: = date(wp.createdAt, "2006", "Mars/Olympus")`, `a.yaml:1: a: date(wp.createdAt, "2006", "Mars/Olympus"): date() does not know the zone "Mars/Olympus" []`},
		{"this machine's zone", `a: = date(wp.createdAt, "2006", "Local")`, `a.yaml:1: a: date(wp.createdAt, "2006", "Local"): date() needs a zone that means the same on every machine, got "Local" []`},
		{"too many zones", `a: = date(wp.createdAt, "2006", "UTC", "UTC")`, `a.yaml:1: a: date(wp.createdAt, "2006", "UTC", "UTC"): date() has one zone, got 2 []`},
		{"a date of a text", `a: = date(wp.fields.text, "2006")`, `a.yaml:1: a: date(wp.fields.text, "2006"): date() needs a time, got the text "x" []`},
		{"bytes", `a: = b"x"`, `a.yaml:1: a: b"x": front matter cannot hold bytes []`},
		{"a mapping with numbers for keys", `a: = groupBy(topics, len(#))`, `a.yaml:1: a: groupBy(topics, len(#)): front matter cannot hold a mapping whose keys are not texts []`},
		{"more elements than memory is given", `a: = 1..200000`, `a.yaml:1: a: 1..200000: memory budget exceeded []`},
		{"more values than front matter is given", `a: = site.params.big`, `a.yaml:1: a: site.params.big: more than 100000 values []`},
		{"negative length", `a: = truncate(title, -1)`, `a.yaml:1: a: truncate(title, -1): truncate() needs a length of 0 or more, got -1 []`},
		{"string of an object", `a: = string(site)`, `a.yaml:1: a: string(site): string() needs a text, a number or a bool, got a mapping []`},
		{"a value of the setting's own type", `a: = site.params.duration`, `a.yaml:1: a: site.params.duration: front matter cannot hold a time.Duration []`},
		{"a value that holds itself", `a: = site.params.loop`, `a.yaml:1: a: site.params.loop: nested deeper than 64 levels []`},
	}
	loop := map[string]any{}
	loop["self"] = loop
	env := archetype.Env{
		Title:  "T",
		Topics: []string{"one", "two"},
		WP:     archetype.WorkPackage{CreatedAt: time.Unix(0, 0), Fields: map[string]any{"n": 5, "text": "x", "list": []any{1}}},
		Site:   archetype.Site{Params: map[string]any{"loop": loop, "duration": time.Second, "big": make([]int, 200_000)}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			m, err := parse(t, c.src).Render(env)
			var re *archetype.RenderError
			if !errors.As(err, &re) {
				t.Fatalf("got %v, %v; want a RenderError", m, err)
			}
			if got := re.Error() + " [" + re.Hint() + "]"; got != c.want {
				t.Errorf("\ngot  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestFunctions(t *testing.T) {
	env := archetype.Env{
		Title: "T", Topics: []string{"A: b: c"}, Body: "a😀b",
		WP: archetype.WorkPackage{
			ID:        7,
			CreatedAt: time.Date(2020, 12, 31, 23, 30, 0, 5e6, time.UTC),
			Fields:    map[string]any{"blank": " \u00a0\n", "none": []string{}, "n": 0, "f": 1.5, "yes": true},
		},
	}
	cases := []struct{ expression, want string }{
		{`slug("All About: The É & 中文!")`, "all-about-the-e-and-zhong-wen"},
		{`slug("???")`, "''"},
		{`slug("😀")`, "''"},
		{`"x" | slug()`, "x"},
		{`date(wp.createdAt, "2006-01-02")`, "'2020-12-31'"},
		{`date(wp.createdAt, "2006-01-02", "Europe/Berlin")`, "'2021-01-01'"},
		{`date(wp.createdAt, "2006-01-02T15:04:05.000000Z07:00")`, "'2020-12-31T23:30:00.005000Z'"},
		{`date(wp.createdAt, "15h")`, "23h"},
		{`date(wp.createdAt, "2006 Q")`, "2020 Q"},
		{`date(wp.updatedAt, "2006-01-02")`, "null"},
		{`date(page.published, "2006-01-02")`, "null"},
		{`date(nil, "2006-01-02")`, "null"},
		{`truncate(body, 0)`, "''"},
		{`truncate(body, 1)`, "a"},
		{`truncate(body, 2)`, "a"},
		{`truncate(body, 3)`, "a😀"},
		{`truncate(body, 4)`, "a😀b"},
		{`truncate(body, 400)`, "a😀b"},
		{`after(topics[0], ": ")`, "'b: c'"},
		{`after("x", ": ")`, "x"},
		{`default(wp.fields.blank, "y")`, "'y'"},
		{`default(wp.fields.missing, nil)`, "null"},
		{`default(wp.fields.none, "none")`, "none"},
		{`default(wp.fields.n, 5)`, "0"},
		{`default(wp.customFields, 1)`, "1"},
		{`default(link, "x")`, "x"},
		{`default(title, "x")`, "T"},
		{`string(wp.id) + string(wp.fields.f) + string(wp.fields.yes) + string(title)`, "71.5trueT"},
		{`wp.createdAt > wp.updatedAt`, "true"},
		{`topics?.[4:]`, "[]"},
		{`lower("ÄB") + upper("c")`, "äbC"},
		{`first(offerings)?.label`, "null"},
	}
	for _, c := range cases {
		t.Run(c.expression, func(t *testing.T) {
			src := "k: |\n  =" + c.expression
			if got := strings.TrimSpace(written(t, parse(t, src), env)); got != "k: "+c.want {
				t.Errorf("got %s, want k: %s", got, c.want)
			}
		})
	}
}

func TestSameEnvSameBytes(t *testing.T) {
	a, e := curated(t), seedEnv(t)
	want, _ := seedParts(t)
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			for range 20 {
				if got := written(t, a, e); got != want {
					t.Errorf("got\n%s", got)
					return
				}
			}
		})
	}
	wg.Wait()
}
