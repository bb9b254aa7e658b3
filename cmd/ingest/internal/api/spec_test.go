package api_test

import (
	"bytes"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"ingest/cmd/ingest/internal/api"
)

type object = map[string]any

// spec is openapi.json, in which an object has no other keys than those it names:
// programs may not rely on that, but what is sent must be described.
type spec struct {
	doc     object
	schemas *jsonschema.Compiler
}

func newSpec(t testing.TB) *spec {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(api.Document()))
	if err != nil {
		t.Fatal(err)
	}
	seal(doc)
	s := &spec{doc.(object), jsonschema.NewCompiler()}
	s.schemas.AssertFormat()
	if err := s.schemas.AddResource("mem:///openapi.json", doc); err != nil {
		t.Fatal(err)
	}
	return s
}

func seal(node any) {
	switch n := node.(type) {
	case object:
		for _, child := range n {
			seal(child)
		}
		if _, is := n["properties"].(object); is && n["type"] == "object" {
			n["additionalProperties"] = false
		}
	case []any:
		for _, child := range n {
			seal(child)
		}
	}
}

// at follows keys into the document, through references.
func (s *spec) at(node any, keys ...string) any {
	for _, key := range keys {
		o, _ := node.(object)
		if ref, ok := o["$ref"].(string); ok {
			o, _ = s.at(s.doc, strings.Split(strings.TrimPrefix(ref, "#/"), "/")...).(object)
		}
		node = o[key]
	}
	if o, ok := node.(object); ok && o["$ref"] != nil {
		return s.at(s.doc, strings.Split(strings.TrimPrefix(o["$ref"].(string), "#/"), "/")...)
	}
	return node
}

func (s *spec) paths() object { return s.doc["paths"].(object) }

// template is the path of the document that a request goes to, "" for none.
func (s *spec) template(path string) string {
	asked := strings.Split(path, "/")
	for template := range s.paths() {
		parts := strings.Split(template, "/")
		if len(parts) == len(asked) && fits(parts, asked) {
			return template
		}
	}
	return ""
}

func fits(parts, asked []string) bool {
	for i, part := range parts {
		if part != asked[i] && !strings.HasPrefix(part, "{") {
			return false
		}
	}
	return true
}

// check holds an answer against what the document says of the request. Addresses
// and methods that it does not know get problems.
func (s *spec) check(t testing.TB, r *http.Request, a answer) {
	t.Helper()
	media, _, err := mime.ParseMediaType(a.header.Get("Content-Type"))
	if a.header.Get("Cache-Control") != "no-store" {
		t.Errorf("%s %s: Cache-Control %q, want no-store", r.Method, r.URL, a.header.Get("Cache-Control"))
	}
	if r.Method == http.MethodHead || a.status == http.StatusNoContent {
		if a.body != "" {
			t.Errorf("%s %s: body %q, want none", r.Method, r.URL, a.body)
		}
		return
	}
	if err != nil {
		t.Fatalf("%s %s: %d, media type: %v", r.Method, r.URL, a.status, err)
	}
	template := s.template(r.URL.EscapedPath())
	var operation any
	if r.Method == http.MethodGet || r.Method == http.MethodPost { // as they are written
		operation = s.at(s.paths(), template, strings.ToLower(r.Method))
	}
	if operation == nil {
		if media != "application/problem+json" || a.status < 400 {
			t.Errorf("%s %s: %d %s, want a problem", r.Method, r.URL, a.status, media)
		}
		s.validate(t, "#/components/schemas/Problem", a.body)
		return
	}
	response := s.at(operation, "responses", strconv.Itoa(a.status))
	if response == nil {
		t.Fatalf("%s %s: %d is not described: %s", r.Method, r.URL, a.status, a.body)
	}
	schema, ok := s.at(response, "content").(object)[media].(object)["schema"].(object)
	if !ok {
		t.Fatalf("%s %s: %d with %s is not described", r.Method, r.URL, a.status, media)
	}
	if ref, ok := schema["$ref"].(string); ok && media != "text/event-stream" {
		s.validate(t, ref, a.body)
	}
}

func (s *spec) validate(t testing.TB, ref, body string) {
	t.Helper()
	schema, err := s.schemas.Compile("mem:///openapi.json" + ref)
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(body))
	if err != nil {
		t.Fatalf("%s: %v in %.500s", ref, err, body)
	}
	if err := schema.Validate(value); err != nil {
		t.Errorf("%s: %v\n%.2000s", ref, err, body)
	}
}
