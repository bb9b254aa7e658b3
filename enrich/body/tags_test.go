package body_test

import (
	"testing"

	"ingest/enrich/body"
)

func TestTags(t *testing.T) {
	cases := []struct{ name, in, hugo, liquid, eleventy string }{
		{"variable", "{{ x }}", "{{ x }}", `{{ "{{" }} x }}`, `{{ "{{" }} x }}`},
		{"tag", "{% x %}", "{% x %}", `{{ "{%" }} x %}`, `{{ "{%" }} x %}`},
		{"comment", "{# x #}", "{# x #}", "{# x #}", `{{ "{#" }} x {{ "#}" }}`},
		{"shortcode", "{{< x >}}", "{{</* x */>}}", `{{ "{{" }}< x >}}`, `{{ "{{" }}< x >}}`},
		{"shortcode in Markdown", "`{{% x %}}`", "`{{%/* x */%}}`", "`{{ \"{{\" }}% x %}}`", "`{{ \"{{\" }}% x %}}`"},
		{"empty shortcode", "{{<>}}", "{{</**/>}}", `{{ "{{" }}<>}}`, `{{ "{{" }}<>}}`},
		{"escaped shortcode", "{{</* x */>}}", "{{</*/* x */*/>}}", `{{ "{{" }}</* x */>}}`, `{{ "{{" }}</* x */>}}`},
		{"shortcode in a shortcode", "{{< a {{< b >}} >}}", "{{</* a {{< b */>}} >}}", `{{ "{{" }}< a {{ "{{" }}< b >}} >}}`, `{{ "{{" }}< a {{ "{{" }}< b >}} >}}`},
		{"no end", "a {{< b", "a &#123;{< b", `a {{ "{{" }}< b`, `a {{ "{{" }}< b`},
		{"the other's end", "{{< b %}}", "&#123;{< b %}}", `{{ "{{" }}< b %}}`, `{{ "{{" }}< b %}}`},
		{"no end, in code", "`{{% b`", "`{\u2060{% b`", "`{{ \"{{\" }}% b`", "`{{ \"{{\" }}% b`"},
		{"three braces", "{{{%", "{&#123;{%", `{{ "{{" }}{{ "{%" }}`, `{{ "{{" }}{{ "{%" }}`},
		{"ends alone", "}} %} >}} #}", "}} %} >}} #}", "}} %} >}} #}", `}} %} >}} {{ "#}" }}`},
		{"nothing", "a { b } %", "a { b } %", "a { b } %", "a { b } %"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for tags, want := range map[body.Tags]string{body.AllowTags: c.in, body.HugoTags: c.hugo, body.LiquidTags: c.liquid, body.EleventyTags: c.eleventy} {
				if got, _ := body.Rewrite(c.in, body.Options{Tags: tags}); got != want {
					t.Errorf("%s: got %q, want %q", tags, got, want)
				}
			}
		})
	}
}
