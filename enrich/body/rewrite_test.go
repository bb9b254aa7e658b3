package body_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ingest/enrich/body"
)

// clean takes utm parameters away, as a cleaner of URLs might.
func clean(url string) string {
	head, query, ok := strings.Cut(url, "?")
	if !ok {
		return url
	}
	query, fragment, hasFragment := strings.Cut(query, "#")
	var kept []string
	for p := range strings.SplitSeq(query, "&") {
		if !strings.HasPrefix(p, "utm_") && p != "" {
			kept = append(kept, p)
		}
	}
	if len(kept) > 0 {
		head += "?" + strings.Join(kept, "&")
	}
	if hasFragment {
		head += "#" + fragment
	}
	return head
}

// site has the attachments below 100 and a page for the work packages below
// 100.
func site() body.Options {
	return body.Options{
		Tracker:    "https://tracker.example",
		Attachment: func(id int64) (string, bool) { return fmt.Sprintf("/assets/a-%d.png", id), id < 100 },
		Macros:     true,
		WorkPackage: func(id string) string {
			if len(id) > 2 {
				return ""
			}
			return "/news/" + id + "/"
		},
		CleanURL: clean,
	}
}

// plain makes text of everything.
func plain() body.Options {
	o := site()
	o.WorkPackage = nil
	return o
}

func notes(list []body.Note) string {
	var lines []string
	for _, n := range list {
		lines = append(lines, fmt.Sprintf("%d: %s", n.Line, n.Text))
	}
	return strings.Join(lines, "\n")
}

func TestRewrite(t *testing.T) {
	const content = "/api/v3/attachments/12/content"
	cases := []struct{ name, in, want, notes string }{
		{"image", "![alt](" + content + ")", "![alt](/assets/a-12.png)", ""},
		{"image with title", "![a](" + content + ` "t")`, `![a](/assets/a-12.png "t")`, ""},
		{"link, absolute", "[a](https://tracker.example" + content + ")", "[a](/assets/a-12.png)", ""},
		{"host in other letters", "[a](HTTPS://Tracker.Example" + content + ")", "[a](/assets/a-12.png)", ""},
		{"another host", "[a](https://other.example" + content + ")", "[a](https://other.example" + content + ")", ""},
		{"path of the browser", "[a](/attachments/12/My%20file.png)", "[a](/assets/a-12.png)", ""},
		{"in angle brackets", "[a](<" + content + ">)", "[a](</assets/a-12.png>)", ""},
		{"on the next line", "[a](\n" + content + "\n)", "[a](\n/assets/a-12.png\n)", ""},
		{"on the next line of a quote", "> [a](\n> " + content + "\n> 't')", "> [a](\n> /assets/a-12.png\n> 't')", ""},
		{"image in a link", "[![a](" + content + ")](" + content + ")", "[![a](/assets/a-12.png)](/assets/a-12.png)", ""},
		{"definition", "[a][b]\n\n[b]: " + content + " 't'\n", "[a][b]\n\n[b]: /assets/a-12.png 't'\n", ""},
		{"definition whose label is its target", "[" + content + "]\n\n[" + content + "]: " + content + "\n", "[" + content + "]\n\n[" + content + "]: /assets/a-12.png\n", ""},
		{"definition on two lines", "[b]:\n  <" + content + ">\n\n[b]", "[b]:\n  </assets/a-12.png>\n\n[b]", ""},
		{"img", `<img class="op-uc-image" src="` + content + `">`, `<img class="op-uc-image" src="/assets/a-12.png">`, ""},
		{"img, single quotes", `a <img src='` + content + `' alt='x>y'> b`, `a <img src='/assets/a-12.png' alt='x>y'> b`, ""},
		{"img, no quotes", `<img src=` + content + `>`, `<img src="/assets/a-12.png">`, ""},
		{"figure", "<figure>\n<img src=\"" + content + "\">\n<figcaption>x</figcaption></figure>\n", "<figure>\n<img src=\"/assets/a-12.png\">\n<figcaption>x</figcaption></figure>\n", ""},
		{"anchor", `<a href="` + content + `">a</a>`, `<a href="/assets/a-12.png">a</a>`, ""},
		{"autolink", "<https://tracker.example" + content + ">", "[a-12.png](/assets/a-12.png)", ""},
		{"bare", "see https://tracker.example" + content + " now", "see [a-12.png](/assets/a-12.png) now", ""},
		{"one that the site lacks", "\n[a](/api/v3/attachments/512/content)", "\n[a](/api/v3/attachments/512/content)",
			"2: attachment 512 is not on the site: the link to the tracker stays"},
		{"code span", "`![a](" + content + ")`", "`![a](" + content + ")`", ""},
		{"code block", "```\n![a](" + content + ") ##1\n```\n    ##1\n", "```\n![a](" + content + ") ##1\n```\n    ##1\n", ""},
		{"comment", "a <!-- ![a](" + content + ") ##1 --> b\n\n<!--\n##1 -->\n", "a <!-- ![a](" + content + ") ##1 --> b\n\n<!--\n##1 -->\n", ""},
		{"declaration", "<!ELEMENT ##12 >\n", "<!ELEMENT ##12 >\n", ""},
		{"script", "<script>\nx = '<img src=\"" + content + "\">'\n</script>\n", "<script>\nx = '<img src=\"" + content + "\">'\n</script>\n", ""},
		{"escaped bracket", `\[a](` + content + ")", `\[a](` + content + ")", ""},

		{"tracking parameter", "[a](https://x.example/?utm_source=a&b=1)", "[a](https://x.example/?b=1)", ""},
		{"the text stays", "[https://x.example/?utm_source=a](https://x.example/?utm_source=a)", "[https://x.example/?utm_source=a](https://x.example/)", ""},
		{"entities", "[a](https://x.example/?b=1&amp;utm_source=a&amp;c=2)", "[a](https://x.example/?b=1&c=2)", ""},
		{"what would be an entity", "[a](https://x.example/?utm_a=1&b&amp;copy;)", "[a](https://x.example/?b&amp;copy;)", ""},
		{"nothing to clean keeps its bytes", `[a](https://x.example/\(b?a=1&amp;c=2)`, `[a](https://x.example/\(b?a=1&amp;c=2)`, ""},
		{"parentheses", `[a](https://x.example/b\)?utm_a=1)`, `[a](https://x.example/b\))`, ""},
		{"anchor's tracking parameter", `<a href="https://x.example/?utm_a=1&amp;b=2&amp;c=3">a</a>`, `<a href="https://x.example/?b=2&amp;c=3">a</a>`, ""},
		{"autolink's", "<https://x.example/?utm_a=1>", "<https://x.example/>", ""},
		{"bare URL's", "a\nhttps://x.example/?utm_a=1", "a\nhttps://x.example/?utm_a=1", "2: a URL in the text keeps its tracking parameters: https://x.example/?utm_a=1"},
		{"images stay", "![a](https://x.example/a.png?utm_a=1)", "![a](https://x.example/a.png?utm_a=1)", ""},
		{"mail", "<mailto:a@b.example?utm_a=1> [a](mailto:a@b.example?utm_a=1)", "<mailto:a@b.example?utm_a=1> [a](mailto:a@b.example?utm_a=1)", ""},

		{"mention of a person", `Hi <mention class="mention" data-id="3" data-type="user" data-text="@Ada L">@Ada L</mention>!`, "Hi @Ada L!", ""},
		{"mention with nothing in it", `Hi <mention data-id="3" data-type="user" data-text="@Ada *L*"></mention>!`, `Hi @Ada \*L\*!`, ""},
		{"mention of a work package", `See <mention data-id="12" data-type="work_package" data-text="##12">##12</mention>.`, "See [#12](/news/12/).", ""},
		{"mention of one without a page", `See <mention data-id="512" data-type="work_package" data-text="#512">#512</mention>.`, "See #512.", ""},
		{"mention in a table of HTML", "<table><tr><td><mention data-id=\"12\" data-type=\"work_package\">#12</mention> ##13 #512</td></tr></table>\n",
			"<table><tr><td><a href=\"/news/12/\">#12</a> <a href=\"/news/13/\">#13</a> #512</td></tr></table>\n", ""},
		{"mention without an end", `<mention data-id="512" data-type="work_package">#512 a`, "#512 a", ""},
		{"numbers", "#12, ##12 (###12) #512 ##512 **##12** #A-1", "[#12](/news/12/), [#12](/news/12/) ([#12](/news/12/)) #512 #512 **[#12](/news/12/)** #A-1", ""},
		{"no numbers", "a#12 &#12; ####12 #12a #12.5 \\#12 /#12 # 12\n\n# 12\n", "a#12 &#12; ####12 #12a #12.5 \\#12 /#12 # 12\n\n# 12\n", ""},
		{"number before other scripts", "#12。#12٣", "[#12](/news/12/)。#12٣", ""},
		{"number in a link", "[##12](/a) <a href=/a>#12</a> ![##12](/a)", "[#12](/a) <a href=/a>#12</a> ![#12](/a)", ""},
		{"number in code of HTML", "<code>##12</code> ##12", "<code>##12</code> [#12](/news/12/)", ""},
		{"link to a work package", "[it](/work_packages/12/activity) [it](https://tracker.example/projects/p/work_packages/12)", "[it](/news/12/) [it](/news/12/)", ""},
		{"link to one without a page", "a [*it* ##12](/work_packages/512 'x') b", "a *it* [#12](/news/12/) b", ""},
		{"anchor to one without a page", `a <a href="/wp/512">it</a> <a href="/x">#12</a>`, `a it <a href="/x">#12</a>`, ""},
		{"autolink to a work package", "<https://tracker.example/wp/12> <https://tracker.example/wp/512/activity>", "[#12](/news/12/) #512", ""},
		{"definition of one without a page", "[a]\n\n[a]: /wp/512\n", "[a]\n\n[a]: /wp/512\n", "3: the link to a work package of the tracker stays: /wp/512"},
		{"wiki", "[[My_page]] [[a|the text]] [[p:Page#part]] ![[off]] [[1]](/x) [[x]]\n\n[x]: /y", "My_page the text Page ![[off]] [[1]](/x) [[x]]\n\n[x]: /y", ""},
		{"names", `version:"1.0 b" project:"P" p:version:"x" attachment:"a b.pdf" attachment:a.pdf. aversion:"x"`, `1.0 b P x a b.pdf a.pdf. aversion:"x"`, ""},
		{"values", "a\nworkPackageValue:12:subject version#3", "a\nworkPackageValue:12:subject version#3",
			"2: only the tracker knows what workPackageValue:12:subject shows: it stays as it is\n2: only the tracker knows what version#3 shows: it stays as it is"},
		{"table of contents", "# a\n\n<macro class=\"toc\"></macro>\n\nb", "# a\n\n\n\nb", `3: the macro "toc" has nothing to show on a site: it is left out`},
		{"macro between lines", "a\n<macro class=\"toc\"></macro>\nb\n===", "a\nb\n===", `2: the macro "toc" has nothing to show on a site: it is left out`},
		{"macro over lines", "<macro class=\"toc\">\n</macro>\n", "\n\n", `1: the macro "toc" has nothing to show on a site: it is left out`},
		{"CRLF", "a ##12\r\n[b](https://x.example/?utm_a=1)\r\n", "a [#12](/news/12/)\r\n[b](https://x.example/)\r\n", ""},
		{"mojibake stays", "Letâ€™s ##12", "Letâ€™s [#12](/news/12/)", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, list := body.Rewrite(c.in, site())
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.notes, notes(list)); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
			if again, _ := body.Rewrite(got, site()); again != got {
				t.Errorf("rewritten again: %q", again)
			}
			if same, list := body.Rewrite(c.in, body.Options{}); same != c.in || list != nil {
				t.Errorf("without options: got %q, %v", same, list)
			}
		})
	}
}

func TestPlain(t *testing.T) {
	in := `##12 [it](/wp/12) <mention data-id="12" data-type="work_package">###12</mention> #12`
	if got, _ := body.Rewrite(in, plain()); got != "#12 it #12 #12" {
		t.Errorf("got %q", got)
	}
}

func TestBareURLs(t *testing.T) {
	o := body.Options{CleanURL: clean, BareURLs: true}
	in := "(https://x.example/?utm_a=1&b=2) and https://x.example/?utm_a=1. `https://x.example/?utm_a=1`"
	want := "(https://x.example/?b=2) and https://x.example/. `https://x.example/?utm_a=1`"
	if got, list := body.Rewrite(in, o); got != want || list != nil {
		t.Errorf("got %q, %v", got, list)
	}
}

func TestTrackerBelowAPath(t *testing.T) {
	o := body.Options{Tracker: "https://x.example/op/", Attachment: func(int64) (string, bool) { return "/a", true }}
	in := "[1](/op/api/v3/attachments/1/content) [2](/api/v3/attachments/2/content) [3](https://x.example/op/api/v3/attachments/3/content) [4](https://y.example/op/api/v3/attachments/4/content)"
	want := "[1](/a) [2](/a) [3](/a) [4](https://y.example/op/api/v3/attachments/4/content)"
	if got, _ := body.Rewrite(in, o); got != want {
		t.Errorf("got %q", got)
	}
}

func TestStrangeAddressesOfAttachments(t *testing.T) {
	for _, address := range []string{"a b.png", "a(b.png", "<x>", "a\nb", `a\b`, "a`b", "", "x|y", "&amp;", "é.png"} {
		o := body.Options{Attachment: func(int64) (string, bool) { return address, true }}
		for _, in := range []string{"![a](/api/v3/attachments/1/content) `x`", "[a](</api/v3/attachments/1/content> 't') `x`", "[a]: /api/v3/attachments/1/content\n\n[a]"} {
			got, _ := body.Rewrite(in, o)
			if a, b := links(in), links(got); len(a) != len(b) {
				t.Errorf("%q: %q has links %q, %q had %q", address, got, b, in, a)
			}
		}
		got, _ := body.Rewrite(`<img src="/api/v3/attachments/1/content">`, o)
		if strings.Count(got, `"`) != 2 {
			t.Errorf("%q: got %q", address, got)
		}
	}
}

func TestAttachments(t *testing.T) {
	in := "![a](/api/v3/attachments/7/content)\n<img src=\"https://t.example/api/v3/attachments/3/content\">\n[a](/api/v3/attachments/7/content)\n" +
		"`/api/v3/attachments/8/content` /api/v3/attachments/9/content [x](/api/v3/attachments/0/content) [y](/api/v3/attachments/99999999999999999999/content)"
	if diff := cmp.Diff([]int64{7, 3}, body.Attachments(in, "https://t.example")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTooMuch(t *testing.T) {
	for name, in := range map[string]string{"long": strings.Repeat("##12 ", 200_000), "deep": strings.Repeat("> ", 200) + "##12"} {
		o := site()
		o.Tags = body.LiquidTags
		got, list := body.Rewrite(in+"{{", o)
		if got != in+`{{ "{{" }}` || notes(list) != "1: the text is too long, or too tangled, to be looked through: its links stay as they are" {
			t.Errorf("%s: got %.60q, %v", name, got, list)
		}
	}
	if got, _ := body.Rewrite(strings.Repeat("> a\n", 200)+"> ##12", plain()); !strings.HasSuffix(got, "> #12") {
		t.Errorf("a long quote is not rewritten: %s", got)
	}
}
