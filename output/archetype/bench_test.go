package archetype_test

import (
	"testing"

	"ingest/output/archetype"
)

func BenchmarkRender(b *testing.B) {
	a, e := curated(b), seedEnv(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := a.Render(e); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	src, err := archetype.Builtin("curated-content")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := archetype.Parse("curated-content.yaml", src); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkValidate(b *testing.B) {
	a, e := curated(b), seedEnv(b)
	m, err := a.Render(e)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if errs := a.Validate(m); errs != nil {
			b.Fatal(errs)
		}
	}
}
