package explain_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ingest/openproject/openprojecttest"
	"ingest/output/archetype"
	"ingest/output/frontmatter"
	"ingest/pipeline"
	"ingest/pipeline/explain"
)

// from is the texts of a key's sources, with what lost there.
func from(k explain.Key) []string {
	var list []string
	for _, s := range k.From {
		list = append(list, s.Text)
		for _, c := range s.Lost {
			list = append(list, "lost "+c.Source+": "+c.Value)
		}
	}
	return list
}

func TestEveryValueSaysWhereItCameFrom(t *testing.T) {
	w := newWorld(t, "curated-content")
	w.use(`id: '= wp.id'
title: '= title'
headline: '= page.title'
by: '= page.siteName + " " + name'
og: '= page.meta["og:image"]'
tag: '= page.meta["description"]'
via: '= default(wp.fields.via, " ")'
gap: '= default(wp.fields.nothing, "none")'
base: '= site.basePath'
param: '= site.params.region'
fixed: yes it is
list: [a, '= site.section']
fields: '= wp.customFields'
href: '= link.href'
given: '= link.original'
host: '= link.brand'
canonical: '= link.canonical'
picture: {$when: 'image != nil', file: '= image.name', kind: '= image.format'}
paper: {$when: 'pdf != nil', file: '= pdf.name'}
left: {$when: 'pdf != nil', $omit: true, file: '= pdf.name'}
offers: {$each: offerings, label: '= it.label', one: fixed}
none: {$each: 'topics[1:]', label: '= it'}
`)
	w.run()
	x := w.explain()
	u := w.site.URL
	for path, want := range map[string][]string{
		"id":              {"id of the work package"},
		"title":           {"subject of the work package"},
		"headline":        {"heading at hop 2", "lost og:title: Tides, told", "lost twitter:title: Tides for all"},
		"by":              {"og:site_name at hop 2", "name of the document"},
		"og":              {"og:image at hop 2", "lost og:image: /p.jpg"},
		"tag":             {"meta description at hop 2"},
		"via":             {`custom field "Via"`},
		"gap":             {`custom field "nothing", which tracker.fields does not name`, "a literal in the expression"},
		"base":            {"setting site.base_path"},
		"param":           {"setting site.params.region"},
		"fixed":           {"a literal of the archetype"},
		"list[0]":         {"a literal of the archetype"},
		"list[1]":         {"setting site.section"},
		"fields":          {`custom field "Source URL"`, `custom field "Medigy Topics"`, `custom field "Via"`},
		"href":            {"end of the source URL's hops, hop 2", "lost canonical: " + u + "/canonical"},
		"given":           {`custom field "Source URL"`},
		"host":            {"host of the end of the source URL's hops, hop 2"},
		"canonical":       {"link canonical at hop 2"},
		"picture.file":    {"og:image at hop 2", "lost og:image: " + u + "/gone.jpg"},
		"picture.kind":    {"format of og:image at hop 2"},
		"paper":           {"featured PDF: none"},
		"left":            {"featured PDF: none"},
		"offers[0].label": {`offering 91 "Ebb app"`},
		"offers[1].label": {`offering 90 "Sea app"`},
		"offers[0].one":   {"a literal of the archetype"},
		"none":            {`custom field "Medigy Topics"`},
		"(body)":          {"description of the work package"},
	} {
		if diff := cmp.Diff(want, from(key(t, x, path))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
	if k := key(t, x, "via"); k.Value.V != "A reader" || k.State != explain.Ours || k.Expression != `default(wp.fields.via, " ")` || k.Line != 7 {
		t.Errorf("via is %+v", k)
	}
	if len(x.Keys) != 28 {
		t.Errorf("%d keys, want those above and no more", len(x.Keys))
	}
}

// TestNoLeafIsUnknown holds every key of the archetypes that ship with the
// program to a source, with much there and with little.
func TestNoLeafIsUnknown(t *testing.T) {
	for _, name := range archetype.Builtins() {
		for _, page := range []string{article, "", signIn} {
			w := newWorld(t, name)
			w.page = page
			w.run()
			x := w.explain()
			for _, k := range x.Keys {
				if len(k.From) == 0 || slices.ContainsFunc(k.From, func(s explain.Source) bool { return s.Kind == explain.Unknown || s.Text == "" }) {
					t.Errorf("%s: %s comes from %+v", name, k.Key, k.From)
				}
				if k.State != explain.Ours {
					t.Errorf("%s: %s is %s, want ours right after a run", name, k.Key, k.State)
				}
			}
			for _, o := range w.shape.Origins() {
				top, _, _ := strings.Cut(strings.ReplaceAll(o.Key, "[", "."), ".")
				if !slices.ContainsFunc(x.Keys, func(k explain.Key) bool {
					return k.Key == top || strings.HasPrefix(k.Key, top+".") || strings.HasPrefix(k.Key, top+"[")
				}) {
					t.Errorf("%s: nothing is said of %s", name, o.Key)
				}
			}
		}
	}
}

func TestLinkTellsItsWalkAndEachRule(t *testing.T) {
	w := newWorld(t, "curated-content")
	w.run()
	l := w.explain().Link
	if l == nil || len(l.Hops) != 2 {
		t.Fatalf("link %+v, want two hops", l)
	}
	u := w.site.URL
	type told struct{ clean, reason, name, rule string }
	got := []told{{l.Clean, "", l.Removed[0].Name, l.Removed[0].Rule}, {l.Hops[1].Clean, l.Hops[1].Reason, l.Hops[1].Removed[0].Name, l.Hops[1].Removed[0].Rule}}
	want := []told{{u + "/short", "", "utm_source", "utm_*"}, {u + "/a?id=4", "301", "utm_campaign", "utm_*"}}
	if !slices.Equal(got, want) || l.Hops[0].Status != 301 || l.Hops[1].Status != 200 || l.Href != u+"/a?id=4" || len(l.Hops[0].Removed) != 0 {
		t.Errorf("got %+v, want %+v; link %+v", got, want, l)
	}
}

func TestHandEditsAreTold(t *testing.T) {
	w := newWorld(t, "curated-content")
	w.run()
	w.edit("title: All about tides", "title: By hand")
	w.edit("\n  via: A reader\n", "\n  via: Another reader\n")
	w.edit("\nvia: A reader\n", "\n")
	w.edit("breadcrumbs:\n", "weight: 9\nbreadcrumbs:\n  - First\n")
	w.edit("---\nBody.", "---\nA better body.")
	x := w.explain()
	for _, tt := range []struct {
		key  string
		want []explain.Edit
	}{
		{"title", []explain.Edit{{Key: "title", Value: explain.Value{V: "By hand"}, Offered: explain.Value{V: "All about tides"}}}},
		{"via", []explain.Edit{{Key: "via", Offered: explain.Value{V: "A reader"}, Deleted: true}}},
		{"openProjectCustomFields", []explain.Edit{{Key: "openProjectCustomFields.via", Value: explain.Value{V: "Another reader"}, Offered: explain.Value{V: "A reader"}}}},
		{"(body)", []explain.Edit{{Key: "(body)", Value: explain.Value{V: "A better body."}, Offered: explain.Value{V: "Body."}}}},
	} {
		k := key(t, x, tt.key)
		if diff := cmp.Diff(tt.want, k.Edits); diff != "" || k.State != explain.Hand {
			t.Errorf("%s is %s, edits (-want +got):\n%s", tt.key, k.State, diff)
		}
	}
	crumbs := key(t, x, "breadcrumbs") // one edited list is one key
	if list, _ := crumbs.Value.V.(frontmatter.List); crumbs.State != explain.Hand || len(list) != 4 || len(crumbs.Edits) != 1 {
		t.Errorf("breadcrumbs: %+v", crumbs)
	}
	if k := key(t, x, "weight"); k.State != explain.Foreign || k.Value.V != int64(9) || k.From[0].Kind != explain.FileAlone {
		t.Errorf("a key of the file alone: %+v", k)
	}
	if k := key(t, x, "title"); k.From[0].Kind != explain.ByHand || k.From[1].Text != "subject of the work package" {
		t.Errorf("title comes from %+v, want the hand before the tracker", k.From)
	}
	if x.Next != pipeline.Unchanged {
		t.Errorf("next is %s, want unchanged", x.Next)
	}
}

// A page that now answers with a wall takes nothing away, and the explanation
// says since when and why.
func TestLastGoodValueSaysWhyItWasKept(t *testing.T) {
	w := newWorld(t, "curated-content")
	w.run()
	w.page, w.now = signIn, w.now.AddDate(0, 0, 21)
	w.run()
	x := w.explain()
	k := key(t, x, "htmlMetaData.ogtitle")
	if k.State != explain.Kept || k.Value.V != "Tides, told" || !k.Since.Equal(time.Date(2026, 11, 1, 2, 0, 0, 0, time.UTC)) || !strings.Contains(k.Why, "source page not read: login (") {
		t.Errorf("og:title is %+v", k)
	}
	if k := key(t, x, "featuredImage.format"); k.State != explain.Kept || k.Value.V != "JPEG" || !strings.Contains(k.Why, "login") {
		t.Errorf("the image's format is %+v", k)
	}
	if k := key(t, x, "htmlMetaData.robots"); k.State != explain.Ours || k.Value.V != nil || !strings.Contains(k.Why, "login") {
		t.Errorf("what the page never had is %+v, want why it is not there", k)
	}
	if k := key(t, x, "title"); k.State != explain.Ours || k.Why != "" {
		t.Errorf("title is %+v", k)
	}
	if !slices.ContainsFunc(x.Warnings, func(w pipeline.Warning) bool { return w.Step == "follow" && w.Hint != "" }) {
		t.Errorf("warnings %+v, want that of the visit with its hint", x.Warnings)
	}
	if x.Attention == "" || x.NextTry.IsZero() || !x.ReadAt.Equal(k.Since) {
		t.Errorf("attention %q, next try %v, read %v", x.Attention, x.NextTry, x.ReadAt)
	}

	// render in between asks nothing and forgets nothing of it
	if _, err := w.pipeline(false).Render(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if k := key(t, w.explain(), "htmlMetaData.ogtitle"); !strings.Contains(k.Why, "login") {
		t.Errorf("after render: %+v", k)
	}
}

func TestImageThatWasRefusedSaysWhy(t *testing.T) {
	w := newWorld(t, "curated-content")
	w.page = strings.ReplaceAll(article, "/p.jpg", "/gone2.jpg")
	w.run()
	k := key(t, w.explain(), "featuredImage")
	if k.Value.V != nil || !strings.Contains(k.Why, "/gone2.jpg: ") || !strings.Contains(k.Why, "404") {
		t.Errorf("the image: %+v", k)
	}
	for _, c := range k.From[0].Lost {
		if !strings.Contains(c.Reason, "404") {
			t.Errorf("candidate %+v, want why it was refused", c)
		}
	}
	if len(k.From[0].Lost) != 2 || k.Conditions[0].Expression != "image != nil" {
		t.Errorf("the image comes from %+v, on %+v", k.From, k.Conditions)
	}
}

// What an archetype or title has become since is pending, the address stays.
func TestWhatIsNotWrittenYet(t *testing.T) {
	w := newWorld(t, "curated-content")
	w.use("id: '= wp.id'\ntitle: '= title'\nold: x\nslug: '= slug(title)'\n$document: {address: slug}\n")
	w.run()
	w.tracker.Update(7, func(wp *openprojecttest.WorkPackage) { wp.Subject = "Ebb" })
	w.run()
	w.edit("id: 7\n", "id: \"7\"\n")
	w.use("id: '= wp.id'\ntitle: '= title + \"!\"'\nslug: '= slug(title)'\n$document: {address: slug}\n")
	x := w.explain()
	if k := key(t, x, "id"); k.State != explain.Ours || k.Value.V != "7" {
		t.Errorf("an id in quotes: %+v", k)
	}
	if k := key(t, x, "title"); k.State != explain.Pending || k.Value.V != "Ebb" || k.Offered.V != "Ebb!" {
		t.Errorf("title %+v", k)
	}
	if k := key(t, x, "slug"); k.State != explain.Locked || k.Value.V != "all-about-tides" || k.Offered.V != "ebb" {
		t.Errorf("slug %+v", k)
	}
	if k := key(t, x, "old"); k.State != explain.Pending || k.Offered != nil || k.Why == "" {
		t.Errorf("a key that the archetype lost: %+v", k)
	}
	if x.Next != pipeline.Updated {
		t.Errorf("next is %s, want updated", x.Next)
	}
}

// A key without a value that a person took out stays away, and is not told to
// come back.
func TestEmptyKeyTakenOutByHand(t *testing.T) {
	w := newWorld(t, "curated-content")
	w.run()
	w.edit("featuredPdf: null\n", "")
	w.edit("  robots: null\n", "")
	w.run()
	x := w.explain()
	for _, path := range []string{"featuredPdf", "htmlMetaData.robots"} {
		if k := key(t, x, path); k.State != explain.Hand || len(k.Edits) != 1 || !k.Edits[0].Deleted {
			t.Errorf("%s is %+v, want taken out by hand", path, k)
		}
	}
	if x.Next != pipeline.Unchanged {
		t.Errorf("next is %s, want unchanged", x.Next)
	}
}

// A former address is the document's, though no expression makes it.
func TestFormerAddressStays(t *testing.T) {
	w := newWorld(t, "curated-content")
	w.follow = true
	w.use("id: '= wp.id'\ntitle: '= title'\nslug: '= slug(title)'\n$document: {address: slug, url: '= \"/\" + document.slug + \"/\"', aliases: former}\n")
	w.run()
	w.tracker.Update(7, func(wp *openprojecttest.WorkPackage) { wp.Subject = "Ebb" })
	w.run()
	x := w.explain()
	if k := key(t, x, "former"); k.State != explain.Ours || k.Offered != nil || k.From[0].Text != "former addresses of the document" {
		t.Errorf("former addresses: %+v", k)
	}
	if x.Next != pipeline.Unchanged {
		t.Errorf("next is %s, want unchanged", x.Next)
	}
	w.follow = false
	if k := key(t, w.explain(), "former"); k.State != explain.Locked {
		t.Errorf("former addresses where titles are not followed any more: %+v", k)
	}
}

func TestUnknownAndUnpublished(t *testing.T) {
	w := newWorld(t, "curated-content")
	if _, err := w.pipeline(true).Retrace(t.Context(), 99); !isUnknown(err) {
		t.Errorf("got %v, want an UnknownEntryError", err)
	}
	if _, err := w.pipeline(false).Retrace(t.Context(), 7); err == nil || isUnknown(err) {
		t.Errorf("got %v, want a refusal to retrace with a pipeline that writes", err)
	}
	if err := w.store.Put(t.Context(), &pipeline.Entry{ID: 7, Subject: "S", Outcome: pipeline.Failed, Error: "no luck", Tracker: []byte("{}")}); err != nil {
		t.Fatal(err)
	}
	if x := w.explain(); len(x.Keys) != 0 || x.Error != "no luck" || x.Outcome != pipeline.Failed || x.Next != "" {
		t.Errorf("what was never published: %+v", x)
	}
}

func isUnknown(err error) bool {
	_, ok := errors.AsType[*pipeline.UnknownEntryError](err)
	return ok
}

// What comes from a page is bounded, however much it says.
func TestPageCannotFloodAnExplanation(t *testing.T) {
	w := newWorld(t, "curated-content")
	var titles strings.Builder
	for i := range 60 {
		titles.WriteString(`<meta property="og:title" content="` + strings.Repeat("x", 1000+i) + `">`)
	}
	w.page = "<title>T</title>" + titles.String() + "<h1>H</h1>"
	w.run()
	k := key(t, w.explain(), "htmlMetaData.ogtitle")
	if n := len(k.From[0].Lost); n != 0 { // all that differ differ behind the cut
		t.Errorf("%d candidates that look alike", n)
	}
	w.page = "<title>T</title>" + strings.ReplaceAll(titles.String(), `content="`, `content="`+strings.Repeat("y", 3)) + "<h1>H</h1>"
	for i := range 60 {
		w.page = strings.Replace(w.page, "yyyx", string(rune('a'+i%26))+string(rune('a'+i/26))+"x", 1)
	}
	w.run()
	k = key(t, w.explain(), "htmlMetaData.ogtitle")
	if n := len(k.From[0].Lost); n != explain.MaxLost {
		t.Errorf("%d candidates, want %d", n, explain.MaxLost)
	}
	for _, c := range k.From[0].Lost {
		if len([]rune(c.Value)) > explain.MaxText+1 {
			t.Errorf("a text of %d characters", len([]rune(c.Value)))
		}
	}
}

func TestNarrow(t *testing.T) {
	x := &explain.Explanation{}
	for _, k := range []string{"title", "titles", "link.href", "tags[0]"} {
		x.Keys = append(x.Keys, explain.Key{Key: k})
	}
	x.Narrow()
	if len(x.Keys) != 4 {
		t.Errorf("no path left %d keys", len(x.Keys))
	}
	x.Narrow("title", "link", "tags")
	var got []string
	for _, k := range x.Keys {
		got = append(got, k.Key)
	}
	if want := []string{"title", "link.href", "tags[0]"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestValueKeepsOrderAsJSON(t *testing.T) {
	v := explain.Value{V: frontmatter.Map{{Key: "b", Value: int64(1)}, {Key: "a", Value: frontmatter.List{"<é>", nil, true}}, {Key: "n", Value: nan()}}}
	got, err := json.Marshal(map[string]any{"v": v.String()})
	if want := `{"b":1,"a":["<é>",null,true],"n":"NaN"}`; err != nil || v.String() != want {
		t.Errorf("got %s, error %v; want %s", got, err, want)
	}
}

func nan() float64 {
	zero := 0.0
	return zero / zero
}
