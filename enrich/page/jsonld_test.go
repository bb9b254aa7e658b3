package page_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func jsonLD(block string) string {
	return `<html><head><script type="application/ld+json">` + block + `</script></head></html>`
}

// TestJSONLDIsMended: what sites get wrong in their JSON, and what should come out all the same, written as plain JSON.
func TestJSONLDIsMended(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ block, want string }{
		"sound":                           {`{"a":[1,-2.5,1e3,true,false,null,"\u00e9\ud83d\ude00\/"]}`, `[{"a":[1,-2.5,1000,true,false,null,"é😀/"]}]`},
		"a large number keeps its digits": {`{"id":9007199254740993}`, `[{"id":9007199254740993}]`},
		"a list is split":                 {`[{"a":1},[{"b":2}],null]`, `[{"a":1},{"b":2}]`},
		"nothing":                         {`null`, `[]`},
		"what says nothing":               {`[false, "x", 1]`, `[]`},
		"blank":                           {"  \n ", `[]`},
		"trailing commas":                 {`{"a":[1,2,],"b":{"c":3,},}`, `[{"a":[1,2],"b":{"c":3}}]`},
		"raw line breaks and tabs":        {"{\"a\":\"x\ny\tz\"}", `[{"a":"x\ny\tz"}]`},
		"comments of JavaScript":          {"// made by hand\n{\"a\": 1, /* two */ \"b\": 2 // end\n}", `[{"a":1,"b":2}]`},
		"comment marks inside a text":     {`{"a":"// no comment","b":"/* none */","c":"<!-- nor this -->"}`, `[{"a":"// no comment","b":"/* none */","c":"<!-- nor this -->"}]`},
		"a comment of HTML around":        {"<!--\n{\"a\":1}\n-->", `[{"a":1}]`},
		"a comment of HTML in front":      {"<!-- made by hand --> {\"a\":1}", `[{"a":1}]`},
		"CDATA":                           {"//<![CDATA[\n{\"a\":1}\n//]]>", `[{"a":1}]`},
		"two values in a row":             {`{"a":1}{"b":2};`, `[{"a":1},{"b":2}]`},
		"quotes as entities":              {`{&quot;a&quot;:&quot;x &amp; y&quot;}`, `[{"a":"x & y"}]`},
		"its end is missing":              {`{"a":1,"b":{"c":"x`, `[{"a":1,"b":{"c":"x"}}]`},
		"an unknown escape":               {`{"a":"it\'s"}`, `[{"a":"it's"}]`},
		"half a surrogate":                {`{"a":"\ud83d"}`, `[{"a":"�"}]`},
		"undefined":                       {`{"a":undefined}`, `[{"a":null}]`},
		"no JSON at all":                  {`{a: b}`, `[]`},
		"quotes that were not escaped":    {`{"a":"He said "no" to "it"","b":"the "2" best","c":["x "y" z", "w"]}`, `[{"a":"He said \"no\" to \"it\"","b":"the \"2\" best","c":["x \"y\" z","w"]}]`},
		"quotes and a comma":              {`{"a":"He said "no", then left","b":1}`, `[{"a":"He said \"no\", then left","b":1}]`},
		"an empty text":                   {`{"a":"","b":["",""]}`, `[{"a":"","b":["",""]}]`},
		"missing commas":                  {"{\"a\":\"x\"\n\"b\":1 \"c\":[1 2]}", `[{"a":"x","b":1,"c":[1,2]}]`},
		"single quotes":                   {`{'a':'it's','b':['x']}`, `[{"a":"it's","b":["x"]}]`},
		"what stands before a fault":      {`{"a":1,"b":[2,oops],"c":3}`, `[{"a":1,"b":[2]}]`},
		"a second value with a fault":     {`{"a":1} oops`, `[{"a":1}]`},
		"a number of another kind":        {`{"a":1.2.3}`, `[{"a":"1.2.3"}]`},
		"byte order mark":                 {"\ufeff{\"a\":1}", `[{"a":1}]`},
		"deeper than anyone needs":        {strings.Repeat(`{"a":`, 70) + "1" + strings.Repeat("}", 70), "[" + strings.Repeat(`{"a":`, 64) + "null" + strings.Repeat("}", 64) + "]"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := parse(t, jsonLD(c.block), "https://x.example/").JSONLD
			if diff := cmp.Diff(compact(t, c.want), encode(t, got)); diff != "" {
				t.Errorf("JSON-LD (-want +got):\n%s", diff)
			}
		})
	}
}

func compact(t *testing.T, text string) string {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var v []any
	if err := d.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return encode(t, v)
}

func encode(t *testing.T, v []any) string {
	t.Helper()
	if v == nil {
		v = []any{}
	}
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestJSONLDNotesSayWhatHappened(t *testing.T) {
	t.Parallel()
	if got := parse(t, jsonLD(`{"a":1,}`), "https://x.example/").Notes; len(got) != 1 || !strings.Contains(got[0], "mended") {
		t.Errorf("a mended block: got notes %q, want one that says so", got)
	}
	if got := parse(t, jsonLD(`{"a":1}`), "https://x.example/").Notes; len(got) != 0 {
		t.Errorf("a sound block: got notes %q, want none", got)
	}
	if got := parse(t, jsonLD(`<p>oops</p>`), "https://x.example/").Notes; len(got) != 1 || !strings.Contains(got[0], "oops") {
		t.Errorf("no JSON: got notes %q, want one that shows it", got)
	}
}

func TestGraphOpensGraphs(t *testing.T) {
	t.Parallel()
	p := parse(t, jsonLD(`{"@context":"https://schema.org","@graph":[{"@id":"#a","name":"A"},[{"@id":"#b","name":"B"}]]}`)+jsonLD(`{"name":"C"}`), "https://x.example/")
	var names []string
	for _, n := range p.Graph() {
		names = append(names, n["name"].(string))
	}
	if diff := cmp.Diff([]string{"A", "B", "C"}, names); diff != "" {
		t.Errorf("nodes (-want +got):\n%s", diff)
	}
}

func TestMicrodataTakesTheShapeOfJSONLD(t *testing.T) {
	t.Parallel()
	p := parse(t, `<div itemscope itemtype="https://schema.org/Article" itemid="#x"><h1 itemprop="name headline">Low water</h1>
<span itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">Jane Marlow</b></span><img itemprop="image" src="a.jpg"><img itemprop="image" src="b.jpg">
<time itemprop="datePublished" datetime="2021-03-04">today</time><meta itemprop="wordCount" content="12"></div>`, "https://x.example/d/")
	want := `[{"@id":"#x","@type":"Article","author":{"@type":"Person","name":"Jane Marlow"},"datePublished":"2021-03-04","headline":"Low water","image":["https://x.example/d/a.jpg","https://x.example/d/b.jpg"],"name":"Low water","wordCount":"12"}]`
	if diff := cmp.Diff(want, encode(t, p.Microdata)); diff != "" {
		t.Errorf("microdata (-want +got):\n%s", diff)
	}
}
