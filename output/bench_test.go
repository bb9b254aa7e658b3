package output_test

import (
	"fmt"
	"os"
	"testing"

	"ingest/output"
)

func BenchmarkWriteUnchanged(b *testing.B) {
	_, d := seed(b)
	d.Name = seedName
	tree := newSite(b).open(b)
	write(b, tree, d)
	b.ReportAllocs()
	for b.Loop() {
		if r, err := tree.Write(b.Context(), d); err != nil || r.Outcome != output.Unchanged {
			b.Fatal(r, err)
		}
	}
}

func BenchmarkWriteNew(b *testing.B) {
	_, d := seed(b)
	tree := newSite(b).open(b)
	var id int64
	b.ReportAllocs()
	for b.Loop() {
		id++
		d.ID, d.Name, d.Assets = id, fmt.Sprint("doc", id), nil
		for i := range d.FrontMatter {
			if d.FrontMatter[i].Key == "id" {
				d.FrontMatter[i].Value = id
			}
		}
		if r, err := tree.Write(b.Context(), d); err != nil || r.Outcome != output.Created {
			b.Fatal(r, err)
		}
	}
}

// BenchmarkOpen reads a tree of 1,000 documents like the seed.
func BenchmarkOpen(b *testing.B) {
	text, _ := seed(b)
	s := newSite(b)
	for id := range 1000 {
		s.put(b, fmt.Sprintf("19985fd1-4f97-5c7c-b4b9-%012d.md", id), text)
	}
	b.ReportAllocs()
	for b.Loop() {
		tree, err := output.Open(s.content, s.assets, output.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if err := tree.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkOpenAddresses reads the same tree with the addresses of its pages.
func BenchmarkOpenAddresses(b *testing.B) {
	text, _ := seed(b)
	s := newSite(b)
	for id := range 1000 {
		s.put(b, fmt.Sprintf("article-%d.md", id), text)
	}
	b.ReportAllocs()
	for b.Loop() {
		tree, err := output.Open(s.content, s.assets, output.Options{URLOf: hugoish, URLKeys: []string{"slug", "aliases"}})
		if err != nil {
			b.Fatal(err)
		}
		if err := tree.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkWriteUnchangedStyle is a document in another writer's style.
func BenchmarkWriteUnchangedStyle(b *testing.B) {
	text, err := os.ReadFile("testdata/styles/ruby.md")
	if err != nil {
		b.Fatal(err)
	}
	parts, matter := read(b, string(text))
	s := newSite(b)
	s.put(b, "x.md", string(text))
	tree := s.open(b)
	d := output.Document{ID: 3960, Name: "x", FrontMatter: matter, Body: string(parts.Body)}
	b.ReportAllocs()
	for b.Loop() {
		if r, err := tree.Write(b.Context(), d); err != nil || r.Outcome != output.Unchanged {
			b.Fatal(r, err)
		}
	}
}
