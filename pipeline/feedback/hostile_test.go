package feedback_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"ingest/enrich"
	"ingest/enrich/asset"
	"ingest/enrich/page"
	"ingest/pipeline"
	"ingest/pipeline/feedback"
)

// made are what OpenProject makes of text outside of code once Markdown is done with
// it: references, revisions, named resources, wiki pages, values, settings,
// addresses and mail. The references to duplicates are ours.
var made = map[string]*regexp.Regexp{
	"reference": regexp.MustCompile(`#+\w`),
	"revision":  regexp.MustCompile(`(?:^|[\s(,\-\[>:])r\d`),
	"resource":  regexp.MustCompile(`\w:["\w/#]`),
	"mention":   regexp.MustCompile(`@\w`),
	"wiki page": regexp.MustCompile(`\[\[`),
	"setting":   regexp.MustCompile(`\{\{`),
	"value":     regexp.MustCompile(`(?:Label|Value):\S`),
	"address":   regexp.MustCompile(`(?i)www\.|\w://`),
	"invisible": regexp.MustCompile("[\u202a-\u202e\u2066-\u2069\u0000-\u0009\u000b-\u001f\u007f]"),
	"carriage":  regexp.MustCompile(`\r`),
	"invalid":   regexp.MustCompile("\x00"),
}

// offences lists what is in a comment and must not be.
func offences(comment string) (list []string) {
	source := []byte(comment)
	document := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(text.NewReader(source))
	var said strings.Builder
	links := 0
	_ = ast.Walk(document, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading, *ast.Image, *ast.Link, *ast.RawHTML, *ast.ThematicBreak, *ast.Blockquote, *ast.FencedCodeBlock, *ast.CodeBlock:
			list = append(list, n.Kind().String())
		case *ast.List:
			if n.IsOrdered() || n.Parent().Kind() != ast.KindDocument {
				list = append(list, "a list of its own")
			}
		case *ast.HTMLBlock:
			if first := string(n.Lines().Value(source)); !strings.HasPrefix(first, "<!-- ingest 3960 ") {
				list = append(list, "HTML "+first)
			}
		case *ast.AutoLink:
			if links++; links > 1 || !strings.HasPrefix(string(n.URL(source)), "https://www.example.org/news/") {
				list = append(list, "link "+string(n.URL(source)))
			}
		case *ast.CodeSpan:
			return ast.WalkSkipChildren, nil
		case *ast.Text:
			said.Write(unescaped(n.Segment.Value(source)))
		case *ast.String:
			said.Write(n.Value)
		}
		if k := n.Kind().String(); k == "Strikethrough" || k == "Table" || k == "TaskCheckBox" {
			list = append(list, k)
		}
		if n.Type() == ast.TypeBlock {
			said.WriteByte('\n')
		}
		return ast.WalkContinue, nil
	})
	for name, pattern := range made {
		if found := pattern.FindString(said.String()); found != "" {
			list = append(list, name+" "+found)
		}
	}
	if !utf8.ValidString(comment) {
		list = append(list, "no UTF-8")
	}
	return list
}

// unescaped takes the backslashes out, as a renderer does.
func unescaped(s []byte) []byte {
	return regexp.MustCompile("\\\\([!-/:-@\\[-`{-~])").ReplaceAll(s, []byte("$1"))
}

// hostile puts a text everywhere where one from outside can stand.
func hostile(s string) pipeline.Told {
	told := good()
	told.Visit.Page.Title, told.Visit.Page.Authors = s, []string{s, s}
	told.Visit.PDF.Attachment.FileName = s
	told.Visit.Image = &enrich.Asset{Info: asset.Info{Format: s}, Attachment: &enrich.Attachment{FileName: s}}
	told.Item.HandEdits = []string{s}
	told.Item.Warnings = []pipeline.Warning{{Step: "follow", Text: s, Hint: s}, {Step: "assets", Text: "attachment " + s + " not taken: fetch https://x/" + s + ": dns"}}
	told.Address = "/news/" + s
	return told
}

func attacks() []string {
	return []string{
		"# Heading", "## x", "@ana", "@[Ana](user:3)", "#3960", "##3960", "###3960", "see #12 and user#3, version:1.0, version#3",
		`<mention class="mention" data-id="58" data-type="user" data-text="@Ana">@Ana</mention>`, `<macro class="toc"></macro>`, "<img src=x onerror=alert(1)>",
		"[[Wiki]]", "[[a|b]]", "{{opSetting:host_name}}", "workPackageValue:1234:subject", "projectLabel:status", "![x](https://evil.example/x.png)",
		"[click](javascript:alert(1))", "https://evil.example", "www.evil.example", "WWW.evil.example", "ana@evil.example", "mailto:ana@evil.example", "<https://evil.example>",
		"a\n\n# b", "a\r\n- b", "1. one", "1) one", "- x", "+ x", "* x", "> x", "```\ncode\n```", "---", "===", "~~x~~", "|a|b|\n|-|-|", "[ ] task", "[x]: https://evil.example",
		"&#35;12", "&lt;macro&gt;", `\#12`, `\\[x](y)`, "*bold* _it_ `code` ``c", "r12", "(r12)", "commit:abcdef", `source:"some/file"`, "attachment:x.pdf", ":smile:", ":x",
		"\u202eevil\u202c", "\x00\x07", "\xff\xfe", "--> <!-- ingest 3960 aaaa -->", "-->", strings.Repeat("#1 ", 500), "!#12", "é#1", "a:b", "[", "]", "[[", "<", "`", "``", "` `", " ", "",
		"slack:channel", "ftp://evil.example", "PROJ#1", "\u2028# x", "$x$", "^[note]", "[^1]", "http\u2060://x", "#\u200b1", "::1", "a::b", "\\", "x\\", "# ", "{.class}", "[x]{y}", "a`#1`b", "a``#1``b`c",
	}
}

func TestHostileTexts(t *testing.T) {
	for _, s := range attacks() {
		comment := say(t, "https://www.example.org", hostile(s))
		if found := offences(comment); len(found) > 0 {
			t.Errorf("%q: %q in\n%s", s, found, comment)
		}
	}
}

func FuzzHostileTexts(f *testing.F) {
	for _, s := range attacks() {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		comment := say(t, "https://www.example.org", hostile(s))
		if found := offences(comment); len(found) > 0 {
			t.Errorf("%q: %q in\n%s", s, found, comment)
		}
	})
}

func TestPlainTextsStayReadable(t *testing.T) {
	told := good()
	for text, want := range map[string]string{
		"C# and F#: a tale":             "C\\# and F\\#: a tale",
		"Déjà vu — 100% “ok” (2026-01)": "Déjà vu — 100% “ok” (2026-01)",
		"الطب عن بعد":                   "الطب عن بعد",
		"COVID-19: what r we doing?":    "COVID-19: what r we doing?",
	} {
		told.Visit.Page = &page.Page{Title: text}
		if got := say(t, "", told); !strings.Contains(got, "- Title: "+want+"\n") {
			t.Errorf("%q is not shown as %q in\n%s", text, want, got)
		}
	}
}

func TestAForeignMarkIsNotTakenForOurs(t *testing.T) {
	told := good()
	told.Item.HandEdits = []string{"<!-- ingest 3960 aaaa -->"}
	teller := &feedback.Tracker{Client: &paper{}, Comment: true}
	for range 2 { // the second time there is nothing to edit
		if _, err := teller.Tell(t.Context(), told); err != nil {
			t.Fatal(err)
		}
	}
}
