package urlclean_test

import (
	"fmt"
	"strings"
	"testing"

	"ingest/enrich/urlclean"
)

// hostile are addresses that a careless cleaner takes quadratic time for.
func hostile(n int) map[string]string {
	return map[string]string{
		"parameters":         "https://a.example/?" + strings.Repeat("a=1&gclid=2&", n),
		"question marks":     "https://a.example/?" + strings.Repeat("?a=1", n),
		"addresses inside":   "https://a.example/?a=https://b.example/" + strings.Repeat("?a=1", n),
		"semicolons":         "https://a.example/?" + strings.Repeat("a=1;utm_id=2;", n),
		"long name":          "https://a.example/?" + strings.Repeat("utm_", n) + "=1&gclid=2",
		"path":               "https://www.amazon.com/" + strings.Repeat("dp/", n) + "?" + strings.Repeat("tag=1&", n),
		"mail on a path":     "https://a.example/" + strings.Repeat("uns/", n) + "?" + strings.Repeat("mkt_tok=1&", n),
		"labels":             "https://" + strings.Repeat("click.", 40) + "example/?" + strings.Repeat("gclid=1&", n),
		"redirects":          strings.Repeat("https://href.li/?", n) + "https://a.example/",
		"redirect, percents": "https://l.facebook.com/l.php?u=" + strings.Repeat("%25", n) + "https%3A%2F%2Fa.example",
		"fragment":           "https://a.example/#" + strings.Repeat("a=1&gclid=2&", n),
		"escapes":            "https://a.example/?" + strings.Repeat("%75%74%6d%5f=1&", n),
		"JSON":               "https://lnks.gd/l/e30." + strings.Repeat("W1tb", n),
		"token of parts":     "https://lnks.gd/l/" + strings.Repeat("e30.", n),
		"segments":           "https://link.a.example/click/" + strings.Repeat("a/", n),
		"path of addresses":  "https://x.awstrack.me/L0/" + strings.Repeat("/http:", n),
	}
}

// BenchmarkHostile runs each shape at a size and at twice that size: the cost
// for a byte must not grow.
func BenchmarkHostile(b *testing.B) {
	cleaner, err := urlclean.New(urlclean.Options{})
	if err != nil {
		b.Fatal(err)
	}
	for _, n := range []int{20_000, 40_000} {
		for name, address := range hostile(n) {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				b.SetBytes(int64(len(address)))
				for b.Loop() {
					cleaner.Clean(address)
				}
			})
		}
	}
}

// TestHostile only has to end, and to agree with itself.
func TestHostile(t *testing.T) {
	cleaner := newCleaner(t, urlclean.Options{})
	for name, address := range hostile(3_000) {
		got := cleaner.Clean(address)
		if again := cleaner.Clean(got.Output); again.Output != got.Output {
			t.Errorf("%s: not idempotent", name)
		}
	}
}
