package archetype_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"ingest/output/archetype"
	"ingest/output/frontmatter"
)

// TestInference tells what is known of an expression before it runs.
func TestInference(t *testing.T) {
	const text, null = `{"type":"string"}`, `{"type":["null","string"]}`
	cases := []struct{ expression, want string }{
		{"title", text},
		{"wp.id", `{"type":"integer"}`},
		{"slug(title)", text},
		{"site.basePath + slug(title)", text},
		{"title != ''", `{"type":"boolean"}`},
		{"wp.id / 2", `{"type":"number"}`},
		{"nil", `{"type":"null"}`},
		{"link?.href", null},
		{"link?.href ?? ''", text},
		{"first(topics)", null},
		{"find(offerings, .id > 7)?.label", null},
		{"date(wp.createdAt, '2006')", null},
		{"default(page.description, title)", text},
		{"default(page.description, nil)", null},
		{"default(link?.href, '')", text},
		{"default(wp.fields.via, ' ')", `{}`},
		{"wp.fields.via", `{}`},
		{"page.meta['author']", `{}`},
		{"topics", `{"type":"array","items":{"type":"string"}}`},
		{"map(topics, lower(#))", `{"type":"array","items":{"type":"string"}}`},
		{"map(offerings, .topics)", `{"type":"array","items":{"type":"array","items":{"type":"string"}}}`},
		{"title == '' ? [] : [title]", `{"type":"array","items":{"type":"string"}}`},
		{"[title, wp.id, link?.href]", `{"type":"array","items":{"type":["integer","null","string"]}}`},
		{"[]", `{"type":"array"}`},
		{"title == '' ? nil : wp.id", `{"type":["integer","null"]}`},
		{"title == '' ? topics : title", `{"type":["array","string"],"items":{"type":"string"}}`},
		{"wp.customFields", `{"type":"object"}`},
		{"let x = link?.href; x", null},
		{"icon?.attachment", `{"type":["null","object"],"properties":{"fileName":{"type":"string"},"id":{"type":"integer"},"link":{"type":"string"}},` +
			`"required":["fileName","id","link"],"additionalProperties":true}`},
	}
	for _, c := range cases {
		t.Run(c.expression, func(t *testing.T) {
			src, err := json.Marshal(map[string]string{"a": "= " + c.expression})
			if err != nil {
				t.Fatal(err)
			}
			a, err := archetype.ParsePart("a.yaml", src)
			if err != nil {
				t.Fatal(err)
			}
			if got := property(t, a, "a"); got != c.want {
				t.Errorf("\ngot  %s\nwant %s", got, c.want)
			}
		})
	}
}

// property returns the schema of one key, on one line.
func property(t *testing.T, a *archetype.Archetype, key string) string {
	t.Helper()
	src, err := a.Schema()
	if err != nil {
		t.Fatal(err)
	}
	var s struct {
		Properties map[string]json.RawMessage `json:"properties"`
	}
	if err := json.Unmarshal(src, &s); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for line := range strings.Lines(string(s.Properties[key])) {
		b.WriteString(strings.Replace(strings.TrimSpace(line), `": `, `":`, 1))
	}
	return b.String()
}

const shaped = `
id: '= wp.id'
layout: single
weight: 1.5
note: null
picture:
  $when: image != nil
  size: '= [image.height, image.width]'
extra:
  $when: pdf != nil
  $omit: true
  file: '= pdf.name'
offers:
  $each: offerings
  label: '= it.label'
`

func TestValidate(t *testing.T) {
	a, err := archetype.Parse("a.yaml", []byte(shaped))
	if err != nil {
		t.Fatal(err)
	}
	s := compiled(t, a)
	cases := []struct{ name, yaml, want string }{
		{"as it is made", "id: 1\nlayout: single\nweight: 1.5\nnote: null\npicture: {size: [1, 2]}\nextra: {file: x}\noffers: [{label: x}]\n", ""},
		{"nulls, an omitted key, keys of the site's own", "id: 1\nlayout: other\nweight: 2\nnote: {a: 1}\npicture: null\noffers: []\nmine: x\n", ""},
		{"a key beside ours, deep", "id: 1\nlayout: x\nweight: 1.0\nnote: x\npicture: {size: [], mine: 1}\noffers: []\n", ""},
		{"nothing", "{}", "id is missing; layout is missing; weight is missing; note is missing; picture is missing; offers is missing"},
		{"other types", "id: '1'\nlayout: true\nweight: x\nnote: null\npicture: []\nextra: null\noffers: {}\n",
			"id needs a whole number, this is a text; layout needs a text, this is true or false; weight needs a number, this is a text; " +
				"picture needs a mapping or null, this is a list; extra needs a mapping, this is null; offers needs a list, this is a mapping"},
		{"inside a list", "id: 1\nlayout: x\nweight: 1\nnote: null\npicture: {size: [1, x]}\noffers: [{label: 1}, {}]\n",
			"picture.size[1] needs a whole number, this is a text; offers[0].label needs a text, this is a whole number; offers[1].label is missing"},
		{"a fraction for a whole number", "id: 1.5\nlayout: x\nweight: 1\nnote: null\npicture: null\noffers: []\n", "id needs a whole number, this is a number"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			m, err := frontmatter.Decode([]byte(c.yaml))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, err := range a.Validate(m) {
				var shape *archetype.ShapeError
				if !errors.As(err, &shape) || shape.Hint() == "" || !strings.HasPrefix(err.Error(), shape.Key) {
					t.Errorf("got a %T %v without key or hint", err, err)
				}
				got = append(got, err.Error())
			}
			if diff := cmp.Diff(c.want, strings.Join(got, "; ")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if err := s.Validate(asJSON(m)); (err == nil) != (c.want == "") {
				t.Errorf("the JSON Schema says %v", err)
			}
		})
	}
}

// compiled reads an archetype's schema with somebody else's validator.
func compiled(t testing.TB, a *archetype.Archetype) *jsonschema.Schema {
	t.Helper()
	src, err := a.Schema()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(src)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("a.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("a.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func asJSON(v any) any {
	switch v := v.(type) {
	case frontmatter.Map:
		m := make(map[string]any, len(v))
		for _, e := range v {
			m[e.Key] = asJSON(e.Value)
		}
		return m
	case frontmatter.List:
		list := make([]any, len(v))
		for i, e := range v {
			list[i] = asJSON(e)
		}
		return list
	}
	return v
}

// TestSchemaAgrees: what a built-in archetype renders matches its JSON Schema,
// and our validator agrees with another about front matter that was spoilt.
func TestSchemaAgrees(t *testing.T) {
	for _, name := range archetype.Builtins() {
		a := builtin(t, name)
		s := compiled(t, a)
		for env, e := range environments(t, a.Document()) {
			m, err := a.Render(e)
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Validate(asJSON(m)); err != nil {
				t.Errorf("%s/%s: %v", name, env, err)
			}
			for i := range m {
				for _, spoilt := range []any{nil, true, int64(1), 1.5, "x", frontmatter.List{nil}, frontmatter.Map{}} {
					was := m[i].Value
					m[i].Value = spoilt
					if ours, theirs := a.Validate(m), s.Validate(asJSON(m)); (len(ours) == 0) != (theirs == nil) {
						t.Errorf("%s: %s = %v: we say %v, the JSON Schema %v", name, m[i].Key, spoilt, ours, theirs)
					}
					m[i].Value = was
				}
			}
		}
	}
}
