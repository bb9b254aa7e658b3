package page

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func thinned(markup string) string {
	t := thinner{in: []byte(markup), keep: keeper{classes: map[string]word{}}}
	out, _ := t.thin()
	return string(out)
}

func TestThin(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ markup, want string }{
		"comments":                                          {`a<!-- b --><!---->c<!--->d<!--x--!>e`, `acde`},
		"a comment without an end":                          {`a<!-- b`, `a`},
		"what is read as a comment":                         {`a<?xml x?>b</ c>d<!x>e`, `abde`},
		"the document type":                                 {`<!DOCTYPE html>a`, `<!DOCTYPE html>a`},
		"scripts and style sheets":                          {`a<script src=x>1<2</script>b<STYLE>p{}</Style >c`, `abc`},
		"JSON-LD":                                           {`<script type="application/ld+json">{"a":"  <b>"}</script>`, `<script type="application/ld+json">{"a":"  <b>"}</script>`},
		"a script without an end":                           {`a<script>b`, `a<script>b`},
		"a drawing":                                         {`a<svg viewBox=x><path d="1"/></svg>b`, `ab`},
		"a drawing with text":                               {`<svg><text>a</text></svg>`, `<svg><text>a</text></svg>`},
		"white space in front of blocks":                    {"<p>a </p>\n  <div> b <b>c</b> d</div>", "<p>a</p><div> b <b>c</b> d</div>"},
		"white space between words":                         {"<b>a</b> <i>b</i> <wbr> c <span>d</span>", "<b>a</b> <i>b</i> <wbr> c <span>d</span>"},
		"attributes nobody reads":                           {`<a onclick="x()" href='u' target=_blank tabindex=1>a</a>`, `<a href='u' >a</a>`},
		"an attribute in capitals":                          {`<a HREF=u TARGET=x>`, `<a HREF=u >`},
		"one glued to the next":                             {`<a target="x"href="u"rel="author">`, `<a href="u"rel="author">`},
		"a bracket inside of a value":                       {`<a target="x>y" href="u">z`, `<a href="u">z`},
		"a class that says nothing":                         {`<p class="mt-4 lead-x">a<p class="byline">b`, `<p >a<p class="byline">b`},
		"an id that says nothing":                           {`<p id="x17">a<p id="comments">b`, `<p >a<p id="comments">b`},
		"a style that hides":                                {`<p style="color:red">a<p style="display:none">b`, `<p >a<p style="display:none">b`},
		"a slash at the end":                                {`<br target=x />a<img alt=x/>`, `<br />a<img alt=x/>`},
		"a tag that never ends":                             {`a<p target="x`, `a<p `},
		"a bracket in front of a comment":                   {`a<<!-- -->p>`, `a< p>`},
		"raw text":                                          {"<title> a  <p> </title>\n<textarea>  <p target=x></textarea>", "<title> a  <p></title><textarea>  <p target=x></textarea>"},
		"raw text without an end":                           {`<xmp target=x><p target=x>`, `<xmp ><p target=x>`},
		"character data, which ends elsewhere in a drawing": {`<![CDATA[<a b=">]]><p target=x>`, `<![CDATA[<a b=">]]><p target=x>`},
		"a title that is markup, in a drawing":              {`<svg><text/><title><p target=x></title><p target=x>`, `<svg><text/><title><p target=x></title><p target=x>`},
		"an attribute in front of an equals sign":           {`<a href target =x>`, `<a href >`},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := thinned(c.markup); got != c.want {
				t.Errorf("thin: got %q, want %q", got, c.want)
			}
		})
	}
}

// FuzzThin: the tokenizer finds the same tags with the same read attributes in what is left, and the same letters between
// them; scripts, style sheets and drawings aside.
func FuzzThin(f *testing.F) {
	for _, seed := range []string{`<p class="byline" x=1>a</p>`, `<a b= c=d/e/ href="u'>">`, `<!--><p><!-- --!> <b>`, `<title><p x="</title><p y=">`, `<a x =1 = 2 href=3>`, "</p a='>'> \n<div/ x>", `<wbr x y/z =>`, `</><? a><p>`} {
		f.Add(seed)
	}
	skip := regexp.MustCompile(`(?i)<(script|style|svg|math|plaintext|html|body)|cdata|\x00`)
	f.Fuzz(func(t *testing.T, markup string) {
		if skip.MatchString(markup) {
			return
		}
		got := thinned(markup)
		if want, have := tagsAndLetters(markup), tagsAndLetters(got); !slices.Equal(want, have) {
			t.Errorf("%q became %q:\ngot  %q\nwant %q", markup, got, have, want)
		}
	})
}

// tagsAndLetters lists the tags with the attributes that are read, and the letters between them.
func tagsAndLetters(markup string) []string {
	var all []string
	k := keeper{classes: map[string]word{}}
	z := html.NewTokenizer(strings.NewReader(markup))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return all
		case html.TextToken:
			text := strings.Join(strings.Fields(string(z.Text())), "")
			if n := len(all); n > 0 && !strings.HasPrefix(all[n-1], "\x00") {
				all[n-1] += text
			} else if text != "" {
				all = append(all, text)
			}
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			token := z.Token()
			tag := "\x00<" + token.Data
			for _, a := range token.Attr {
				// an entity may hide a word from the thinner, and of two classes the first may go
				if k.attr([]byte(a.Key), []byte(a.Val)) && a.Key != "class" && a.Key != "id" && a.Key != "style" {
					tag += " " + a.Key + "=" + a.Val
				}
			}
			all = append(all, tag)
		}
	}
}

// TestEveryAttributeReadIsKept: what the package's source asks an element for is on the list of those that stay.
func TestEveryAttributeReadIsKept(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	asked := regexp.MustCompile(`\battr\([^"()]+, "([^"]+)"\)`)
	count := 0
	k := keeper{classes: map[string]word{}, ids: true}
	check := func(name string) {
		count++
		if !k.attr([]byte(name), []byte("author display url(")) {
			t.Errorf("attribute %q is read but taken out before parsing: add it to isRead", name)
		}
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range asked.FindAllSubmatch(source, -1) {
			check(string(m[1]))
		}
		if i := bytes.Index(source, []byte("func (a *attrs) read(")); i >= 0 {
			for _, m := range regexp.MustCompile(`case ("[^:]+"):`).FindAllSubmatch(source[i:bytes.Index(source, []byte("// marks are"))], -1) {
				for name := range strings.SplitSeq(string(m[1]), ", ") {
					check(strings.Trim(name, `"`))
				}
			}
		}
	}
	for _, name := range append(slices.Clone(lazyAddresses), lazyLists...) {
		check(name)
	}
	if count < 40 {
		t.Errorf("found %d attributes in the source, want at least 40: has the source changed its form?", count)
	}
}
