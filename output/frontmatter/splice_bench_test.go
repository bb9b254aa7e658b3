package frontmatter_test

import (
	"os"
	"testing"

	"ingest/output/frontmatter"
)

// BenchmarkDecode reads the front matter of the seed.
func BenchmarkDecode(b *testing.B) {
	f := seedFile(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := frontmatter.Decode(f.FrontMatter); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSplice changes one key of the seed.
func BenchmarkSplice(b *testing.B) {
	f := seedFile(b)
	b.ReportAllocs()
	for b.Loop() {
		if s, err := f.Splice(entries{entry("author", "Somebody else")}); err != nil || s.Whole != nil {
			b.Fatal(s.Whole, err)
		}
	}
}

func seedFile(b *testing.B) frontmatter.File {
	b.Helper()
	text, err := os.ReadFile("../testdata/seed.md")
	if err != nil {
		b.Fatal(err)
	}
	f, err := frontmatter.Split(text)
	if err != nil {
		b.Fatal(err)
	}
	return f
}
