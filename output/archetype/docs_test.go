package archetype_test

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ingest/output/archetype"
)

// section returns a chapter of docs/archetypes.md.
func section(t *testing.T, title string) string {
	t.Helper()
	src, err := os.ReadFile("../../docs/archetypes.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(src), "\n## "+title+"\n")
	if !ok {
		t.Fatalf("no chapter %q", title)
	}
	text, _, _ := strings.Cut(rest, "\n## ")
	return text
}

// TestDocumentedNames: the documentation lists every name and no other.
func TestDocumentedNames(t *testing.T) {
	want := append(envNames(reflect.TypeFor[archetype.Env](), ""), "it", "document", "path")
	first := regexp.MustCompile(`(?m)^\| (.*)$`).FindAllString(section(t, "Names"), -1)
	var got []string
	for _, row := range first {
		cells := strings.Split(row, " | ")
		names := cells[0]
		if strings.Contains(cells[len(cells)-1], "[].") || strings.Contains(cells[len(cells)-1], "attachment.id") {
			names = row // the row lists the names of a list's elements, too
		}
		for _, m := range regexp.MustCompile("`([a-zA-Z.\\[\\]]+)`").FindAllStringSubmatch(names, -1) {
			got = append(got, m[1])
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-there is +documented):\n%s", diff)
	}
}

// envNames lists the names below a struct; pdf and icon have those of image.
func envNames(t reflect.Type, prefix string) []string {
	var names []string
	for i := range t.NumField() {
		f := t.Field(i)
		name := prefix + f.Tag.Get("expr")
		names = append(names, name)
		inner := f.Type
		switch {
		case inner.Kind() == reflect.Pointer:
			inner = inner.Elem()
		case inner.Kind() == reflect.Slice:
			inner, name = inner.Elem(), name+"[]"
		}
		if inner.Kind() == reflect.Struct && inner.PkgPath() == t.PkgPath() && name != "pdf" && name != "icon" {
			names = append(names, envNames(inner, name+".")...)
		}
	}
	return names
}

// TestDocumentedFunctions: the documentation lists every function and no other.
func TestDocumentedFunctions(t *testing.T) {
	text := section(t, "Functions")
	var ours, engine []string
	for _, m := range regexp.MustCompile("(?m)^\\| `(\\w+)\\(").FindAllStringSubmatch(text, -1) {
		ours = append(ours, m[1])
	}
	_, list, _ := strings.Cut(text, "Of [expr-lang")
	for _, m := range regexp.MustCompile("`(\\w+)`").FindAllStringSubmatch(list, -1) {
		engine = append(engine, m[1])
	}
	sorted := func(s []string) []string { return slices.Sorted(slices.Values(s)) }
	if diff := cmp.Diff(sorted(archetype.FunctionNames()), sorted(ours)); diff != "" {
		t.Errorf("(-there is +documented):\n%s", diff)
	}
	if diff := cmp.Diff(sorted(archetype.BuiltinNames()), sorted(engine)); diff != "" {
		t.Errorf("of the engine (-there is +documented):\n%s", diff)
	}
}

// TestDocumentedDirective: the example of $document is one.
func TestDocumentedDirective(t *testing.T) {
	_, rest, _ := strings.Cut(section(t, "The directive `$document`"), "```yaml\n")
	src, _, _ := strings.Cut(rest, "```")
	a, err := archetype.Parse("docs.yaml", []byte(src+"slug: x\nparams: {ingest: {wp: '= wp.id'}}\n"))
	if err != nil {
		t.Fatal(err)
	}
	if d := a.Document(); d.Generator != archetype.Hugo || d.ID != "params.ingest.wp" || !d.Bundle || d.Aliases != "aliases" || len(d.Draft) != 1 {
		t.Errorf("got %+v", d)
	}
}

// TestDocumentedArchetypes: every built-in archetype is in the first table.
func TestDocumentedArchetypes(t *testing.T) {
	src, err := os.ReadFile("../../docs/archetypes.md")
	if err != nil {
		t.Fatal(err)
	}
	head, _, _ := strings.Cut(string(src), "\n## ")
	var got []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z-]+)` ").FindAllStringSubmatch(head, -1) {
		got = append(got, m[1])
	}
	if diff := cmp.Diff(archetype.Builtins(), slices.Sorted(slices.Values(got))); diff != "" {
		t.Errorf("(-there is +documented):\n%s", diff)
	}
}
