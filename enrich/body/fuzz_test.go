package body_test

import (
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"ingest/enrich/body"
)

// links lists what a plain CommonMark parser finds: the kind and the target,
// as a browser would get it, of each link, image and autolink.
func links(markdown string) []string {
	src := []byte(markdown)
	var list []string
	add := func(kind string, target []byte) {
		target = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(target)))
		list = append(list, kind+" "+string(target))
	}
	_ = ast.Walk(goldmark.DefaultParser().Parse(text.NewReader(src)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Link:
			add("link", n.Destination)
		case *ast.Image:
			add("image", n.Destination)
		case *ast.AutoLink:
			list = append(list, "autolink "+string(n.URL(src)))
		case *ast.LinkReferenceDefinition:
			add("definition "+string(n.Label), n.Destination)
		}
		return ast.WalkContinue, nil
	})
	return list
}

func seeds(f *testing.F) {
	for _, s := range []string{
		"[a](https://x.example/?utm_a=1 \"t\")\n\n> [b][c]\n\n[c]: <https://x.example/?utm_b=2&amp;d=1>\n", "<https://x.example/?utm_a>", "![a](/api/v3/attachments/1/content)",
		"a https://x.example/?utm_a=1).", "<img src=/api/v3/attachments/1/content>", "<div>\n<a href='x'>##1</a>\n", "[[a|b]] ##1 version:\"x\"", "{{< a >}} {{% b", "`{{<`",
		"- [a](\n  https://x.example/?utm_a=1\n  'b')\n", "\t[a](https://a?utm_)", "[a](https://x.example/?utm_a=1&b=`)`", "<mention data-type=work_package data-id=1>#1</mention>", "[a](\\<https://x?utm_a=1)",
		"[a](https://x.example/\\)?utm_a=1&copy;)", "[a]:https://x?utm_a\n[a]", "[a](<https://x.example/ ?utm_a=1>)", "a\r[b](https://x?utm_a=1)\r\n", "\x00[a](https://\x00?utm_a)",
	} {
		f.Add(s)
	}
}

// FuzzTargets: cleaning changes the targets of links and nothing else that a
// parser of CommonMark sees in a text; cleaning twice is cleaning once.
func FuzzTargets(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		o := body.Options{CleanURL: clean}
		got, _ := body.Rewrite(s, o)
		before, after := links(s), links(got)
		for i, l := range before {
			kind, target, _ := strings.Cut(l, " http")
			if kind == "image" || target == "" || !strings.HasPrefix(target, "://") && !strings.HasPrefix(target, "s://") {
				continue
			}
			before[i] = kind + " " + clean("http"+target)
		}
		if !slices.Equal(normal(before), normal(after)) && !defined(s) {
			t.Errorf("%q became %q\nwith links %q\nnot        %q", s, got, after, before)
		}
		if again, _ := body.Rewrite(got, o); again != got {
			t.Errorf("%q became %q, then %q", s, got, again)
		}
	})
}

// defined tells whether a text has definitions: which targets they give to
// images is the definition's matter.
func defined(s string) bool { return strings.Contains(s, "]:") }

// normal takes away how characters that no target may hold are written.
func normal(list []string) []string {
	coded := regexp.MustCompile("%([01][0-9A-F]|20|5C|60|7C|3C|3E|7F)")
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = coded.ReplaceAllStringFunc(s, func(c string) string {
			b, _ := hex.DecodeString(c[1:])
			return string(b)
		})
	}
	return out
}

// FuzzRewrite: no text is bad input, and without options nothing changes.
func FuzzRewrite(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		if same, list := body.Rewrite(s, body.Options{}); same != s || list != nil {
			t.Errorf("without options %q became %q, %v", s, same, list)
		}
		keep := body.Options{Attachment: func(int64) (string, bool) { return "", false }, CleanURL: func(u string) string { return u }}
		if same, _ := body.Rewrite(s, keep); same != s {
			t.Errorf("with options that change nothing %q became %q", s, same)
		}
		for _, tags := range []body.Tags{body.HugoTags, body.EleventyTags} {
			o := site()
			o.Tags, o.BareURLs, o.RepairMojibake = tags, true, true
			_, list := body.Rewrite(s, o)
			for _, n := range list {
				if n.Line < 1 || n.Line > 1+strings.Count(s, "\n") {
					t.Errorf("%q: line %d is not there", s, n.Line)
				}
			}
		}
		for _, found := range body.Suspicious(s) {
			if found.Line < 1 || found.Line > 1+strings.Count(s, "\n") {
				t.Errorf("%q: line %d is not there", s, found.Line)
			}
		}
		body.Attachments(s, "https://tracker.example")
	})
}

func BenchmarkRewrite(b *testing.B) {
	text := strings.Repeat("A paragraph with [a link](https://x.example/?utm_source=a&b=1), ##12, `code` and **more**: https://x.example/.\n\n", 100)
	o := site()
	o.Tags = body.HugoTags
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		body.Rewrite(text, o)
	}
}
