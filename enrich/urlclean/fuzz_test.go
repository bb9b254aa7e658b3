package urlclean_test

import (
	"math/rand/v2"
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
	cleaner := newCleaner(f, urlclean.Options{})
	f.Fuzz(func(t *testing.T, raw string) { holds(t, cleaner, raw) })
}

// FuzzAssembled puts addresses together from the words of the table, so that
// rows meet which bytes by chance would never bring together.
func FuzzAssembled(f *testing.F) {
	words := vocabulary(f)
	plain := newCleaner(f, urlclean.Options{})
	other := newCleaner(f, urlclean.Options{KeepEmptyQuery: true, Affiliate: urlclean.Keep})
	for seed := range uint64(20) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		r := rand.New(rand.NewPCG(seed, 1))
		for range 100 {
			raw := words.assemble(r)
			holds(t, plain, raw)
			holds(t, other, raw)
		}
	})
}

type words struct{ hosts, paths, names, values, signs []string }

// vocabulary takes hosts and names from the table.
func vocabulary(f *testing.F) *words {
	f.Helper()
	v := &words{
		hosts:  []string{"a.example", "click.a.example", "unsubscribe.a.example", "login.a.example", "a.example/login"},
		paths:  strings.Fields("/ /url /l.php /linkfilter/ /redirect /cread.php /v3/ /v2/url /amp/s/ /CL0/ /L0/ /track /ref= /dp/ /s /intent/ /https:/"),
		names:  strings.Fields("url= q= u= to= id= s= utm= signature= expires= sig= mkt_unsubscribe= aid= srcc= =a b"),
		values: strings.Fields("1 a.b.c.d news.example.org https://a.example/ https%3A%2F%2Fa.example%3Fgclid%3D1 aHR0cHM6Ly9hLmV4YW1wbGUv rss"),
		signs:  strings.Fields("? & &amp; ; # = / . : %3F %26 %23 // :~: + @ [ ] * __ ___ __; ! ?? #/ #! &&& %"),
	}
	rows, err := urlclean.TableRows()
	if err != nil {
		f.Fatal(err)
	}
	for _, row := range rows {
		for word := range strings.FieldsSeq(row.Scope) {
			if strings.Contains(word, ".") && strings.Trim(word, ".*/~$") == word {
				v.hosts = append(v.hosts, word)
			}
		}
		for _, item := range row.Items {
			if name, _, _ := strings.Cut(item, "~"); strings.Trim(name, "*#@!?,+/&") == name {
				v.names = append(v.names, name+"=")
			}
		}
	}
	return v
}

func (v *words) assemble(r *rand.Rand) string {
	pick := func(s []string) string { return s[r.IntN(len(s))] }
	var b strings.Builder
	b.WriteString("https://" + pick(v.hosts))
	for range r.IntN(3) {
		b.WriteString(pick(v.paths))
	}
	for range r.IntN(8) {
		switch r.IntN(6) {
		case 0, 1, 2:
			b.WriteString(pick([]string{"&", "&", "?", "#", ";"}) + pick(v.names) + pick(v.values))
		case 3:
			b.WriteString(pick(v.signs))
		case 4:
			b.WriteString("?" + pick(v.names) + "https://" + pick(v.hosts))
		default:
			b.WriteString(pick(v.names) + "https%3A%2F%2F" + pick(v.hosts) + "%3F" + pick(v.names))
		}
	}
	return b.String()
}

// holds checks what must hold for any address.
func holds(t *testing.T, cleaner *urlclean.Cleaner, raw string) {
	t.Helper()
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
