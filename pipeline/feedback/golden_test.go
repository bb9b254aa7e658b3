package feedback_test

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ingest/enrich"
	"ingest/enrich/asset"
	"ingest/enrich/page"
	"ingest/enrich/urlclean"
	"ingest/openproject"
	"ingest/pipeline"
	"ingest/pipeline/feedback"
)

var update = flag.Bool("update", false, "write the golden files anew")

// paper is a Client that keeps the comment it is given.
type paper struct{ text string }

func (*paper) WorkPackage(_ context.Context, id int64) (*openproject.WorkPackage, error) {
	return &openproject.WorkPackage{ID: id}, nil
}
func (*paper) Attachments(context.Context, int64) ([]openproject.Attachment, error) { return nil, nil }
func (p *paper) Comments(context.Context, int64) ([]openproject.Comment, error) {
	if p.text == "" {
		return nil, nil
	}
	return []openproject.Comment{{ID: 5, Text: p.text, Author: openproject.Ref{ID: 1}}}, nil
}
func (*paper) Me(context.Context) (openproject.User, error) { return openproject.User{ID: 1}, nil }
func (p *paper) AddComment(_ context.Context, _ int64, markdown, _ string) (openproject.Comment, error) {
	p.text = markdown
	return openproject.Comment{ID: 5, Text: markdown}, nil
}
func (p *paper) EditComment(context.Context, int64, string) (openproject.Comment, error) {
	panic("there is nothing to edit")
}
func (*paper) Change(context.Context, int64, openproject.Change) (*openproject.WorkPackage, error) {
	panic("nothing is to be changed")
}

// say is the comment that a Tracker writes.
func say(t testing.TB, site string, told pipeline.Told) string {
	t.Helper()
	p := &paper{}
	teller := &feedback.Tracker{Client: p, Comment: true, SiteURL: site, Now: func() time.Time { return time.Date(2026, 3, 21, 16, 4, 0, 0, time.FixedZone("", 3600)) }}
	if _, err := teller.Tell(t.Context(), told); err != nil {
		t.Fatal(err)
	}
	return p.text
}

// good is a work package about which all is well.
func good() pipeline.Told {
	return pipeline.Told{Item: pipeline.ItemReport{ID: 3960, Subject: "Tide clocks", Outcome: pipeline.Created},
		Address: "/news/tide-clocks/", Path: "2f1c.md", Edition: "e",
		Visit: &enrich.Visit{
			Link: &enrich.Link{Removed: make([]urlclean.Removal, 3)},
			Page: &page.Page{Title: "How Tide Clocks Work", Authors: []string{"Ana Bell", "Lee Chen"},
				Published: page.Date{Time: time.Date(2026, 3, 2, 23, 30, 0, 0, time.FixedZone("", -5*3600)), HasTime: true, HasZone: true}},
			Image: &enrich.Asset{Info: asset.Info{Format: "JPEG", Width: 1200, Height: 630}},
			PDF:   &enrich.Asset{Info: asset.Info{Format: "PDF", Pages: 12}, Attachment: &enrich.Attachment{FileName: "Tide clocks [final]*.pdf"}},
			Icon:  &enrich.Asset{Info: asset.Info{Format: "SVG"}},
		}}
}

func TestWhatIsSaid(t *testing.T) {
	const site = "https://www.example.org/"
	with := func(change func(*pipeline.Told)) pipeline.Told {
		told := good()
		change(&told)
		return told
	}
	warned := func(w ...pipeline.Warning) func(*pipeline.Told) {
		return func(told *pipeline.Told) { told.Item.Warnings = w }
	}
	for name, c := range map[string]struct {
		site string
		told pipeline.Told
	}{
		"created":           {site, good()},
		"updated":           {site, with(func(t *pipeline.Told) { t.Item.Outcome = pipeline.Updated })},
		"unchanged":         {site, with(func(t *pipeline.Told) { t.Item.Outcome = pipeline.Unchanged })},
		"without a site":    {"", good()},
		"without address":   {site, with(func(t *pipeline.Told) { t.Address = "" })},
		"asked":             {site, with(func(t *pipeline.Told) { t.Asked, t.Item.Outcome = true, pipeline.Unchanged })},
		"nothing on a page": {site, with(func(t *pipeline.Told) { t.Visit = &enrich.Visit{Page: &page.Page{}} })},
		"page not read": {site, with(func(t *pipeline.Told) {
			t.Visit = &enrich.Visit{Lost: []enrich.Part{enrich.PartPage, enrich.PartImage}}
			warned(pipeline.Warning{Step: "follow", Text: "source page not read: fetch https://a.example/x (from https://b.example/): timeout: dial tcp 10.0.0.1:4711->1.2.3.4:443: i/o timeout",
				Hint: "run again later, or raise scrape.timeout"})(t)
		})},
		"edited, linked twice": {site, with(func(t *pipeline.Told) {
			t.Item.HandEdits, t.Duplicates = []string{"title", "link.href", "(body)"}, []int64{17, 4101}
		})},
		"many warnings": {site, with(func(t *pipeline.Told) {
			for i := range 20 {
				warned(append(t.Item.Warnings, pipeline.Warning{Step: "body", Text: "line " + strings.Repeat("1", i+1) + " of the description: looks empty"})...)(t)
			}
		})},
		"warnings not for editors": {site, with(warned(pipeline.Warning{Step: "tree", Text: "x.md: title was a and is now b"}, pipeline.Warning{Step: "state", Text: "entry 7 damaged"}))},
		"skipped": {site, with(func(t *pipeline.Told) {
			t.Item.Outcome, t.Address, t.Path, t.Visit = pipeline.Skipped, "", "", nil
			warned(pipeline.Warning{Text: "no source URL", Hint: "give the work package a source URL that begins with https://"})(t)
		})},
		"skipped, published before": {site, with(func(t *pipeline.Told) {
			t.Item.Outcome = pipeline.Skipped
			warned(pipeline.Warning{Text: "no source URL"})(t)
		})},
		"failed, asked": {site, with(func(t *pipeline.Told) {
			t.Item.Outcome, t.Asked = pipeline.Failed, true
			t.Item.Error, t.Item.Hint = "render: curated.yaml:3: author is null", "write it as output.archetype wants it"
		})},
		"defect": {site, with(func(t *pipeline.Told) {
			t.Item.Outcome, t.Path = pipeline.Failed, ""
			t.Item.Error = "internal error: index out of range\ngoroutine 17 [running]:"
		})},
	} {
		t.Run(name, func(t *testing.T) {
			got := say(t, c.site, c.told)
			file := filepath.Join("testdata", strings.ReplaceAll(strings.ReplaceAll(name, ",", ""), " ", "-")+".golden.md")
			if *update {
				must(t, os.MkdirAll("testdata", 0o750))
				must(t, os.WriteFile(file, []byte(got), 0o600))
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("the comment (-want +got):\n%s", diff)
			}
		})
	}
	if one, other := say(t, site, good()), say(t, site, with(func(t *pipeline.Told) { t.Item.Outcome = pipeline.Unchanged })); one != other {
		t.Errorf("a document that was made and one that was there are told apart:\n%s\n%s", one, other)
	}
}
