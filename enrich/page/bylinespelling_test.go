package page_test

import (
	"strings"
	"testing"
)

// TestBylineSpellings has the ways in which catalogues, feeds and agencies write names.
func TestBylineSpellings(t *testing.T) {
	t.Parallel()
	meta := func(v string) string { return `<meta name=author content="` + v + `">` }
	cases := map[string]struct{ head, byline, want string }{
		"catalogue names between semicolons": {meta("Marlow, Jane; Moss, Abe"), ``, "Jane Marlow; Abe Moss"},
		"... of several words":               {meta("García Lama, Juana; de la Mar, Abel José;"), ``, "Juana García Lama; Abel José de la Mar"},
		"roles between semicolons":           {meta("Jane Marlow, Editor; Abe Moss, Reporter"), ``, "Jane Marlow; Abe Moss"},
		"a name without a comma among them":  {meta("Jane Marlow; Abe Moss"), ``, "Jane Marlow; Abe Moss"},
		"a mail address, the name behind":    {meta("jane.marlow@n.example (Jane Marlow)"), ``, "Jane Marlow"},
		"the name, a mail address behind":    {meta("Jane Marlow &lt;jane@n.example&gt;"), ``, "Jane Marlow"},
		"a mail address alone":               {meta("jane@n.example"), ``, ""},
		"a keeper's account beside a desk":   {meta("admin"), `<p>By Staff Writer</p>`, "Staff Writer"},
		"a keeper's account beside a person": {meta("admin"), `<p>By Jane Marlow</p>`, "Jane Marlow"},
		"a keeper's account alone":           {meta("admin"), ``, "admin"},
		"Turkish lead-in":                    {``, `<p>Haber: Ayşe Yılmaz</p>`, "Ayşe Yılmaz"},
		"Dutch lead-in with a role":          {``, `<p>Door onze redacteur Jan de Vries</p>`, "Jan de Vries"},
		"Chinese source, then author":        {``, `<p>来源:新华社 作者:王小明</p>`, "王小明"},
		"... with wide colons":               {``, `<p>来源：新华社　作者：王小明</p>`, "王小明"},
		"... author, then source":            {``, `<p>作者：王小明 来源：新华社</p>`, "王小明"},
		"... source alone":                   {``, `<p>来源：新华社</p>`, ""},
		"... in a box for the author":        {``, `<div class="author">来源：新华社 作者：王小明</div>`, "王小明"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := parse(t, article(c.head, "<h1>Low water</h1>"+c.byline+"<p>The water was low that day, and the mud was full of old things.</p>"), "https://www.x.example/a")
			if got := strings.Join(p.Authors, "; "); got != c.want {
				t.Errorf("authors: got %q, want %q\nsources: %v", got, c.want, p.Sources["author"])
			}
		})
	}
}
