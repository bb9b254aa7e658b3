package page_test

import (
	"strings"
	"testing"
)

// TestMutePartsHideNothing: scripts, style sheets and drawings are taken out before parsing, and nothing else with them.
func TestMutePartsHideNothing(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x = 1; ", 40)
	const ld = `<script type="application/LD+json; charset=utf-8">{"@type":"Article","author":"Jane Marlow","x":"` + "%" + `"}</script>`
	block := strings.Replace(ld, "%", long, 1)
	cases := map[string]string{
		"a script before":                      `<script>` + long + `</script>`,
		"an end tag in capitals":               `<SCRIPT>` + long + `</SCRIPT >`,
		"an end tag of another name inside":    `<script>` + long + `"</style></p></scrip"</script>`,
		"a script in a comment":                `<!-- <script> ` + long + ` -->`,
		"a style sheet":                        `<style media=x>` + long + `</style>`,
		"a drawing":                            `<svg viewBox="0 0 1 1"><g><path d="` + long + `"/></g></svg>`,
		"a drawing without an end":             `<svg><path d="` + long + `">`,
		"a drawing inside an attribute":        `<i style="background:url('data:image/svg+xml,<svg><path d=` + long + `/></svg>')"></i>`,
		"a script that ends itself, as in XML": `<script src="x.js"/></script>`,
		"a tag that only begins like one":      `<scripty>` + long + `</scripty>`,
	}
	for name, mute := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := parse(t, "<html><body><p>"+mute+"</p><h1>Low water</h1>"+block+"</body></html>", "https://x.example/a")
			if p.Title != "Low water" || strings.Join(p.Authors, ";") != "Jane Marlow" {
				t.Errorf("got title %q and authors %q, want both whole", p.Title, p.Authors)
			}
		})
	}
}
