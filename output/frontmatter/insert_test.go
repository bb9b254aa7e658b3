package frontmatter_test

import (
	"bytes"
	"strings"
	"testing"

	"ingest/output/frontmatter"
)

func TestInsert(t *testing.T) {
	tests := map[string]struct{ path, in, want string }{
		"a key at the top":              {"id", "---\n# ours\ntitle:   x # t\n---\nBody\n", "---\nid: 7\n# ours\ntitle:   x # t\n---\nBody\n"},
		"in the place of a null":        {"id", "---\ntitle: x\nid: # none yet\n---\n", "---\ntitle: x\nid: 7 # none yet\n---\n"},
		"a mapping at the top":          {"ingest.wp", "---\ntitle: 'x'\n---\n", "---\ningest:\n  wp: 7\ntitle: 'x'\n---\n"},
		"inside a mapping":              {"params.ingest.wp", "---\nparams: # p\n    # by Ada\n    tags: [ a,\n      b ]\n---\n", "---\nparams: # p\n    # by Ada\n    ingest:\n      wp: 7\n    tags: [ a,\n      b ]\n---\n"},
		"two deep":                      {"params.ingest.wp", "---\nparams:\n  ingest:\n   # page\n   read: yes\n  a:   1\n---\n", "---\nparams:\n  ingest:\n   # page\n   wp: 7\n   read: yes\n  a:   1\n---\n"},
		"CRLF and BOM":                  {"params.wp", "\ufeff---\r\nparams:\r\n  a: 1\r\n---\r\nBody\r\n", "\ufeff---\r\nparams:\r\n  wp: 7\r\n  a: 1\r\n---\r\nBody\r\n"},
		"in braces: the key anew":       {"params.wp", "---\nb:   2\nparams: {a: 1}\n---\n", "---\nb:   2\nparams:\n  wp: 7\n  a: 1\n---\n"},
		"a null on the way":             {"params.ingest.wp", "---\nparams:\n  ingest:\n  a:   1\n---\n", "---\nparams:\n  ingest:\n    wp: 7\n  a: 1\n---\n"},
		"shared by an alias":            {"params.wp", "---\nparams: &p\n  a: 1\nother: *p\n---\n", "---\nparams:\n  wp: 7\n  a: 1\nother:\n  a: 1\n---\n"},
		"no front matter":               {"id", "Body\n", "---\nid: 7\n---\nBody\n"},
		"below a merge key":             {"params.wp", "---\nbase: &b {x: 1}\nparams:\n  <<: *b\n  a: 1\n---\n", "---\nbase: &b {x: 1}\nparams:\n  wp: 7\n  <<: *b\n  a: 1\n---\n"},
		"a text that looks like a key":  {"params.wp", "---\ntext: |\n  params:\n    a: 1\nparams:\n  b: 1\n---\n", "---\ntext: |\n  params:\n    a: 1\nparams:\n  wp: 7\n  b: 1\n---\n"},
		"quoted keys":                   {"params.wp", "---\n\"params\":\n  'a': 1\n---\n", "---\n\"params\":\n  wp: 7\n  'a': 1\n---\n"},
		"a key of the same name deeper": {"a.wp", "---\nb:\n  a:\n    x: 1\na:\n  y: 1\n---\n", "---\nb:\n  a:\n    x: 1\na:\n  wp: 7\n  y: 1\n---\n"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			file, err := frontmatter.Split([]byte(tt.in))
			if err != nil {
				t.Fatal(err)
			}
			got, err := file.Insert(strings.Split(tt.path, "."), int64(7))
			if err != nil || got.Whole != nil {
				t.Fatal(err, got.Whole)
			}
			if string(got.Bytes()) != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got.Bytes(), tt.want)
			}
		})
	}
}

// Whatever is in the front matter: what Insert gives reads as it should, and the
// body stays.
func FuzzInsert(f *testing.F) {
	for _, seed := range []string{"title: x\n", "params:\n  a: 1\n", "params:\n  ingest:\n    a: 1\n", "params: {a: 1}\n", "params: &a\n  b: 1\nc: *a\n", "? params\n: a: 1\n", "params: |\n  a\n", "params:\n- a: 1\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, matter []byte) {
		file, err := frontmatter.Split(frontmatter.Join(matter, []byte("Body\n")))
		if err != nil {
			return
		}
		was, err := frontmatter.Decode(file.FrontMatter)
		if err != nil {
			return
		}
		got, err := file.Insert([]string{"params", "ingest", "wp"}, int64(7))
		if err != nil {
			return // too deep
		}
		again, err := frontmatter.Split(got.Bytes())
		if err != nil || !bytes.Equal(again.Body, file.Body) {
			t.Fatalf("body %q, error %v", again.Body, err)
		}
		now, err := frontmatter.Decode(again.FrontMatter)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range was {
			if v, _ := now.Get(e.Key); e.Key != "params" && !frontmatter.Equal(v, e.Value) {
				t.Fatalf("%q is %v, was %v\n%s", e.Key, v, e.Value, again.FrontMatter)
			}
		}
		params, _ := now.Get("params")
		ingest, _ := params.(frontmatter.Map).Get("ingest")
		if wp, _ := ingest.(frontmatter.Map).Get("wp"); wp != int64(7) {
			t.Fatalf("got\n%s", again.FrontMatter)
		}
	})
}
