package pipeline_test

import (
	"context"
	"fmt"
	"testing"

	"ingest/enrich"
	"ingest/enrich/linkhealth"
	"ingest/output/archetype"
	"ingest/output/frontmatter"
	"ingest/pipeline"
	"ingest/pipeline/state"
)

func TestDocumentsMayShowTheHealthOfTheirLinks(t *testing.T) {
	client, _ := tracker(t, 4)
	store, sink := state.NewMemory(), &memory{}
	p := remembering(client, sink, store, night())
	p.First = []pipeline.Step{step(func(_ context.Context, it *enrich.Item) error {
		it.Link = &enrich.Link{Href: fmt.Sprint("https://example.org/", it.ID)}
		return nil
	})}
	p.Template = template(func(e archetype.Env) (frontmatter.Map, error) {
		return frontmatter.Map{{Key: "health", Value: e.Link.Health}, {Key: "archived", Value: e.Link.Archived}}, nil
	})
	shows := func(id int64, health, archived string) {
		t.Helper()
		matter := sink.documents[id].FrontMatter
		if got, want := fmt.Sprint(matter), fmt.Sprint(frontmatter.Map{{Key: "health", Value: health}, {Key: "archived", Value: archived}}); got != want {
			t.Errorf("%d: %s, want %s", id, got, want)
		}
	}
	run(t, p, pipeline.Selection{})
	shows(1, "", "")
	const copied = "https://web.example.org/1"
	if err := store.PutLinkHealth(t.Context(),
		&pipeline.LinkHealth{ID: 1, URL: "https://example.org/1", Verdict: linkhealth.Verdict{State: linkhealth.Dead}, Archived: linkhealth.Copy{URL: copied}},
		&pipeline.LinkHealth{ID: 2, URL: "https://example.org/2", Verdict: linkhealth.Verdict{State: linkhealth.Undecided}},
		&pipeline.LinkHealth{ID: 3, URL: "https://example.org/another", Verdict: linkhealth.Verdict{State: linkhealth.Dead}, Archived: linkhealth.Copy{URL: copied}},
	); err != nil {
		t.Fatal(err)
	}
	for name, again := range map[string]func() (*pipeline.Report, error){
		"render": func() (*pipeline.Report, error) { return p.Render(t.Context(), nil) },
		"run":    func() (*pipeline.Report, error) { return p.Run(t.Context(), pipeline.Selection{Full: true}) },
	} {
		sink.documents = nil
		if _, err := again(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		shows(1, "dead", copied)
		shows(2, "", "")
		shows(3, "", "") // the link was exchanged since
		shows(4, "", "")
	}
}
