package urlclean_test

import (
	"net/url"
	"testing"

	"ingest/enrich/urlclean"
)

// typical has five parameters, three of them trackers.
const typical = "https://www.example.com/article?id=42&utm_source=newsletter&utm_medium=email&utm_campaign=march&page=2"

// The costs aimed at: under 1 µs without a query, under 2 µs for a typical
// query, no more than two allocations.
func BenchmarkClean(b *testing.B) {
	cleaner, err := urlclean.New(urlclean.Options{})
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct{ name, address string }{
		{"no query", "https://www.example.com/2026/03/a-long-title-of-an-article/"},
		{"no query, rich site", "https://www.amazon.co.uk/dp/B000000000"},
		{"clean query", "https://www.example.com/search?q=tide+clocks&page=2&sort=date"},
		{"typical", typical},
		{"rich site", "https://www.nytimes.com/2026/03/01/health/tide.html?campaign_id=9&smid=tw-share&te=1&page=2"},
		{"signed", "https://bucket.s3.amazonaws.com/k?X-Amz-Algorithm=a&X-Amz-Date=b&X-Amz-Signature=c&utm_source=d"},
		{"wrapped, clean inside", "https://www.google.com/url?sa=t&url=https%3A%2F%2Fexample.com%2Fa%3Fpage%3D2&usg=abc"},
		{"wrapped", "https://www.google.com/url?sa=t&url=https%3A%2F%2Fexample.com%2Fa%3Futm_source%3Dx&usg=abc"},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				cleaner.Clean(c.address)
			}
		})
	}
}

// BenchmarkParse is the yardstick: what the standard library takes to cut the
// typical address into parts and to read its query, in the same run.
func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		u, err := url.Parse(typical)
		if err != nil || len(u.Query()) == 0 {
			b.Fatal(err)
		}
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := urlclean.New(urlclean.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
