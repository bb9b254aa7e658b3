package pipeline_test

import (
	"encoding/json"
	"testing"

	"ingest/enrich"
	"ingest/output/archetype"
	"ingest/output/frontmatter"
	"ingest/pipeline"
	"ingest/pipeline/state"
)

func TestRenderReadsKeptPagesAgain(t *testing.T) {
	client, _ := tracker(t, 1)
	sink, store := &memory{}, state.NewMemory()
	p := remembering(client, sink, store, night())
	run(t, p, pipeline.Selection{})
	e, err := store.Entry(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if e.Visit, err = json.Marshal(enrich.Visit{PageURL: "https://example.org/1"}); err != nil {
		t.Fatal(err)
	}
	e.HTML = []byte("<!DOCTYPE html><title>Kept</title><meta property=og:title content='As kept'>")
	if err := store.Put(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	var read string
	p.Template = template(func(e archetype.Env) (frontmatter.Map, error) { read = e.Page.Title; return titles(e) })
	report, err := p.Render(t.Context(), nil)
	if err != nil || report.Counts[pipeline.Failed] > 0 {
		t.Fatalf("%v, %+v", err, report)
	}
	if read != "As kept" {
		t.Errorf("title of the page %q, want that of the kept HTML", read)
	}
	if again, err := store.Entry(t.Context(), 1); err != nil || string(again.HTML) != string(e.HTML) {
		t.Errorf("after the render %q is kept, %v", again.HTML, err)
	}
}
