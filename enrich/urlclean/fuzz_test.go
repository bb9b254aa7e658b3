package urlclean_test

import (
	"strings"
	"testing"

	"ingest/enrich/urlclean"
)

// FuzzClean holds for any bytes: no panic; cleaning the output again changes
// nothing; and where no redirect was opened, the output is the input with
// bytes taken out, its parameters a part of the input's, in their order.
func FuzzClean(f *testing.F) {
	for _, seed := range []string{
		"", "https://", "http://a?utm_source", "https://example.com/a?b=1&amp;utm_source=x;c=2#d=1&gclid=2",
		"https://example.com/?a=1?utm_medium=b?c=3&&&fbclid=4&", "https://www.amazon.de/dp/B0/ref=x/1?tag=a&psc=1#utm_term",
		"https://www.google.com/url?q=https%3A%2F%2Fexample.com%2F%3Fgclid%3D1#utm_source=x",
		"https://urldefense.com/v3/__https://example.com/*a?b=**Ac__;Iw!!x!y$", "https://href.li/?utm_source=x&https://example.com/",
		"https://click.example.com/CL0/https:%2F%2Fexample.com%2F/1/x", "https://example.com/unsubscribe?mkt_tok=a&utm_source=b",
		"https://assetstore.unity.com/a?aid=1;utm_source=x", "https://example.com/?mkt_tok=1&utm_unsubscribe=2",
		"https://links.govdelivery.com/track?a&&&utm_source=x&&&https://example.com", "https://x.com/a?t=1;s=2?ref_src=3",
	} {
		f.Add(seed)
	}
	cleaner, err := urlclean.New(urlclean.Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		first := cleaner.Clean(raw)
		again := cleaner.Clean(first.Output)
		if again.Output != first.Output || again.Changed() {
			t.Fatalf("not idempotent:\n in    %q\n once  %q\n twice %q", raw, first.Output, again.Output)
		}
		if first.Changed() == (first.Output == raw) {
			t.Fatalf("%q: changed %v, output %q", raw, first.Changed(), first.Output)
		}
		if len(first.Unwrapped) > 0 {
			return
		}
		if !subsequence([]byte(first.Output), []byte(raw)) {
			t.Fatalf("bytes were added:\n in  %q\n out %q", raw, first.Output)
		}
		if !subsequence(segments(first.Output), segments(raw)) {
			t.Fatalf("a parameter was changed:\n in  %q\n out %q", raw, first.Output)
		}
	})
}

// segments are the pieces of a query and fragment between their separators,
// empty ones and blanks around the address aside.
func segments(address string) []string {
	_, query, _ := strings.Cut(address, "?")
	return strings.FieldsFunc(strings.ReplaceAll(query, "&amp;", "&"), func(r rune) bool {
		return r <= ' ' || strings.ContainsRune("?&;#", r)
	})
}

func subsequence[T comparable](small, big []T) bool {
	for _, b := range big {
		if len(small) > 0 && small[0] == b {
			small = small[1:]
		}
	}
	return len(small) == 0
}
