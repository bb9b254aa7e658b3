package pipeline_test

import (
	"context"
	"errors"
	"iter"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ingest/openproject/openprojecttest"
	"ingest/output/archetype"
	"ingest/pipeline"
	"ingest/pipeline/state"
)

// scratched is a store that cannot read one entry until it is put anew.
type scratched struct {
	*state.Memory
	id atomic.Int64
}

func (s *scratched) damaged() error {
	return &pipeline.DamagedEntryError{ID: s.id.Load(), Err: errors.New("bytes that are none of ours")}
}

func (s *scratched) Entry(ctx context.Context, id int64) (*pipeline.Entry, error) {
	if id == s.id.Load() {
		return nil, s.damaged()
	}
	return s.Memory.Entry(ctx, id)
}

func (s *scratched) Entries(ctx context.Context) iter.Seq2[*pipeline.Entry, error] {
	return func(yield func(*pipeline.Entry, error) bool) {
		for e, err := range s.Memory.Entries(ctx) {
			if e != nil && e.ID == s.id.Load() {
				e, err = nil, s.damaged()
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

func (s *scratched) Put(ctx context.Context, e *pipeline.Entry) error {
	s.id.CompareAndSwap(e.ID, 0)
	return s.Memory.Put(ctx, e)
}

func TestDamagedEntryIsLookedAtAnew(t *testing.T) {
	client, _ := tracker(t, 3)
	store := &scratched{Memory: state.NewMemory()}
	p := remembering(client, &memory{}, store, night())
	run(t, p, pipeline.Selection{})
	store.id.Store(2)
	report, err := p.Run(t.Context(), pipeline.Selection{Full: true})
	if err != nil {
		t.Fatal(err)
	}
	if item := report.Items[1]; item.Outcome == pipeline.Failed || len(item.Warnings) == 0 || !strings.Contains(item.Warnings[0].Text, "work package 2 cannot be read") {
		t.Errorf("item %+v, want it done with a warning", item)
	}
	if store.id.Load() != 0 {
		t.Error("the entry was not remembered anew")
	}
}

// One of which nothing can be read fails alone, and the others are made again.
func TestRenderWithADamagedEntry(t *testing.T) {
	client, _ := tracker(t, 3)
	store := &scratched{Memory: state.NewMemory()}
	p := remembering(client, &memory{}, store, night())
	run(t, p, pipeline.Selection{})
	store.id.Store(2)
	for _, named := range [][]int64{nil, {1, 2, 3}} {
		report, err := p.Render(t.Context(), named)
		if err != nil || !slices.Equal(ids(report), []int64{1, 2, 3}) || report.Counts[pipeline.Unchanged] != 2 {
			t.Fatalf("%v: %v, %v, error %v; want two unchanged and one told of", named, ids(report), report.Counts, err)
		}
		item := report.Items[1]
		if item.Outcome != pipeline.Failed || !strings.Contains(item.Error, "work package 2 cannot be read") || !strings.Contains(item.Hint, "ingest --wp 2") {
			t.Errorf("%v: %+v, want it to fail with a hint", named, item)
		}
	}
}

// A work package that is due, cannot be read from the memory and is not listed any
// more does not end the night's run.
func TestDamagedEntryThatIsDueAndGone(t *testing.T) {
	client, fake := tracker(t, 3)
	store := &scratched{Memory: state.NewMemory()}
	p := remembering(client, &memory{fail: func(id int64) error {
		if id == 2 {
			return errors.New("no luck")
		}
		return nil
	}}, store, night())
	run(t, p, pipeline.Selection{})
	store.id.Store(2)
	fake.Delete(2)
	fake.Update(3, func(wp *openprojecttest.WorkPackage) { wp.Subject = "Three" })
	for range 2 {
		if report, err := p.Run(t.Context(), pipeline.Selection{}); err != nil || report.Counts[pipeline.Failed] > 0 || !slices.Contains(ids(report), 3) {
			t.Errorf("%+v, error %v; want the others looked at", report.Counts, err)
		}
	}
}

// The links of the others are checked.
func TestLinksWithADamagedEntry(t *testing.T) {
	w := newLinks(t, 3)
	store := &scratched{Memory: w.store}
	store.id.Store(2)
	w.run.Store = store
	for _, s := range []pipeline.LinkSelection{{All: true}, {IDs: []int64{1, 2, 3}}} {
		report, asked := w.night(s)
		if !slices.Equal(asked, []int64{1, 3}) || len(report.Warnings) != 1 || !strings.Contains(report.Warnings[0].Text, "work package 2 cannot be read") {
			t.Errorf("%+v: asked %v, warnings %v; want 1 and 3, and 2 told of once", s, asked, report.Warnings)
		}
	}
}

// scratchedLink is a store that cannot read what is known of one link until it is
// put anew.
type scratchedLink struct {
	*state.Memory
	id int64
}

func (s *scratchedLink) LinkHealth(ctx context.Context, id int64) (*pipeline.LinkHealth, error) {
	if id == s.id {
		return nil, &pipeline.DamagedLinkError{ID: id, Err: errors.New("bytes that are none of ours")}
	}
	return s.Memory.LinkHealth(ctx, id)
}

func (s *scratchedLink) PutLinkHealth(ctx context.Context, all ...*pipeline.LinkHealth) error {
	for _, h := range all {
		if h.ID == s.id {
			s.id = 0
		}
	}
	return s.Memory.PutLinkHealth(ctx, all...)
}

// healthy is an archetype that shows what is known of links.
const healthy = "id: '= wp.id'\nlink: {$when: title != nil, health: '= link?.health'}\n"

// templateOf reads an archetype.
func templateOf(t *testing.T, source string) pipeline.Template {
	t.Helper()
	made, err := archetype.Parse("test.yaml", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// A document that shows what is known of its link is not made without; a links run
// finds it out anew.
func TestDamagedLink(t *testing.T) {
	client, _ := tracker(t, 3)
	w := newLinks(t, 3)
	store := &scratchedLink{Memory: w.store}
	p := remembering(client, &memory{}, store, night())
	p.Template = templateOf(t, healthy)
	run(t, p, pipeline.Selection{})
	w.publish(2, "https://example.org/2", time.Time{})
	amend(t, w.store, 2, func(e *pipeline.Entry) { e.Tracker = []byte("{}") })
	store.id = 2
	report, err := p.Run(t.Context(), pipeline.Selection{Full: true})
	if err != nil || report.Counts[pipeline.Failed] != 1 || !strings.Contains(says(report, 2), "link of work package 2 cannot be read") || !strings.Contains(report.Items[1].Hint, "ingest links --wp 2") {
		t.Fatalf("%+v, error %v; want 2 to fail alone, with a hint", report.Items, err)
	}
	w.run.Store = store
	if report, asked := w.night(pipeline.LinkSelection{IDs: []int64{2}}); !slices.Equal(asked, []int64{2}) || store.id != 0 || len(report.Warnings) != 1 {
		t.Errorf("asked %v, still damaged: %v, warnings %v; want it checked anew", asked, store.id != 0, report.Warnings)
	}
	if report, err := p.Run(t.Context(), pipeline.Selection{Full: true}); err != nil || report.Counts[pipeline.Failed] != 0 {
		t.Errorf("after it: %v, error %v", report.Counts, err)
	}
}

// A document that shows nothing of it is none of its business.
func TestDamagedLinkThatNoDocumentShows(t *testing.T) {
	for _, name := range archetype.Builtins() {
		t.Run(name, func(t *testing.T) {
			source, err := archetype.Builtin(name)
			if err != nil {
				t.Fatal(err)
			}
			client, _ := tracker(t, 3)
			store := &scratchedLink{Memory: state.NewMemory()}
			p := remembering(client, &memory{}, store, night())
			p.Template, p.Site = templateOf(t, string(source)), archetype.DefaultSite()
			run(t, p, pipeline.Selection{})
			store.id = 2
			dry := *p
			dry.DryRun = true
			for what, again := range map[string]func() (*pipeline.Report, error){
				"run":    func() (*pipeline.Report, error) { return p.Run(t.Context(), pipeline.Selection{Full: true}) },
				"render": func() (*pipeline.Report, error) { return p.Render(t.Context(), []int64{1, 2, 3}) },
				"explain": func() (*pipeline.Report, error) {
					_, err := dry.Retrace(t.Context(), 2)
					return nil, err
				},
			} {
				report, err := again()
				if err != nil || report != nil && (report.Counts[pipeline.Failed] != 0 || !strings.Contains(says(report, 2), "ingest links --wp 2")) {
					t.Errorf("%s: %+v, error %v; want 2 done with a warning", what, report, err)
				}
			}
		})
	}
}

// tornTwice is a store that can read neither an entry nor what is known of its link.
type tornTwice struct {
	*scratched
	link *scratchedLink
}

func (s tornTwice) LinkHealth(ctx context.Context, id int64) (*pipeline.LinkHealth, error) {
	return s.link.LinkHealth(ctx, id)
}

func (s tornTwice) PutLinkHealth(ctx context.Context, all ...*pipeline.LinkHealth) error {
	return s.link.PutLinkHealth(ctx, all...)
}

// Neither waits for the other to be mended, and what the file shows of the link stays.
func TestDamagedLinkOfADamagedEntry(t *testing.T) {
	client, _ := tracker(t, 3)
	clock, sink, kept := night(), &memory{}, state.NewMemory()
	store := tornTwice{&scratched{Memory: kept}, &scratchedLink{Memory: kept}}
	p := remembering(client, sink, store, clock)
	p.Template = templateOf(t, healthy)
	run(t, p, pipeline.Selection{})
	store.id.Store(2)
	store.link.id = 2
	l := &pipeline.Links{Store: store, Checker: newLinks(t, 0), Now: func() time.Time { return *clock }}
	if report, err := l.Run(t.Context(), pipeline.LinkSelection{IDs: []int64{2}}); err != nil || store.link.id != 0 || !strings.Contains(warned(report), "link of work package 2 cannot be read") {
		t.Errorf("error %v, link still damaged: %v, warnings %v", err, store.link.id != 0, report.Warnings)
	}
	store.link.id = 2
	report, err := p.Run(t.Context(), pipeline.Selection{IDs: []int64{2}})
	if err != nil || report.Counts[pipeline.Failed] != 0 || store.id.Load() != 0 || !strings.Contains(says(report, 2), "ingest links --wp 2") {
		t.Errorf("%+v, error %v; want it done and remembered anew, with a warning", report.Items, err)
	}
	if missing := sink.documents[2].Missing; !missing["link.health"] || !missing["link"] || missing["id"] {
		t.Errorf("missing %v, want what the archetype makes of the health", missing)
	}
}

// A memory of another program's making, or of a broken disk's, is no reason to tell
// an editor anything.
func TestDamageIsToldToNobody(t *testing.T) {
	client, _ := tracker(t, 3)
	ear, store := &listener{}, &scratchedLink{Memory: state.NewMemory()}
	p := remembering(client, &memory{}, store, night())
	p.Teller, p.Template = ear, templateOf(t, healthy)
	run(t, p, pipeline.Selection{})
	ear.heard()
	store.id = 2
	if report, err := p.Run(t.Context(), pipeline.Selection{Full: true}); err != nil || report.Counts[pipeline.Failed] != 1 {
		t.Fatalf("%+v, error %v", report.Counts, err)
	}
	if got := ear.heard(); !slices.Equal(got, []int64{1, 3}) {
		t.Errorf("told of %v, want 1 and 3", got)
	}
}

// amend changes what is remembered of a work package.
func amend(t *testing.T, s pipeline.Store, id int64, change func(*pipeline.Entry)) {
	t.Helper()
	e, err := s.Entry(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	change(e)
	if err := s.Put(t.Context(), e); err != nil {
		t.Fatal(err)
	}
}

// tornParts are the ways in which a part of an entry can be lost in a sound packing.
func tornParts() map[string]func(*pipeline.Entry) {
	torn := []byte(`{"`)
	return map[string]func(*pipeline.Entry){
		"tracker":    func(e *pipeline.Entry) { e.Tracker = torn },
		"no tracker": func(e *pipeline.Entry) { e.Tracker = nil },
		"visit":      func(e *pipeline.Entry) { e.Visit = torn },
		"no visit":   func(e *pipeline.Entry) { e.Visit = nil },
		"written":    func(e *pipeline.Entry) { e.Written = []byte(`[]`) },
	}
}

func TestTornPartOfAnEntryIsDamageOfIt(t *testing.T) {
	for name, tear := range tornParts() {
		t.Run(name, func(t *testing.T) {
			client, _ := tracker(t, 3)
			store, sink := state.NewMemory(), &memory{}
			p := remembering(client, sink, store, night())
			run(t, p, pipeline.Selection{})
			for what, selection := range map[string]pipeline.Selection{"full": {Full: true}, "named": {IDs: []int64{2}}} {
				amend(t, store, 2, tear)
				clear(sink.documents)
				for _, named := range [][]int64{nil, {1, 2, 3}} {
					rendered, err := p.Render(t.Context(), named)
					if err != nil || rendered.Counts[pipeline.Failed] != 1 || !strings.Contains(says(rendered, 2), "work package 2 cannot be read") || !strings.Contains(rendered.Items[1].Hint, "ingest --wp 2") {
						t.Errorf("render of %v: %s, error %v; want it to fail with a hint", named, says(rendered, 2), err)
					}
				}
				if _, written := sink.documents[2]; written {
					t.Error("render made a document of it")
				}
				report, err := p.Run(t.Context(), selection)
				if err != nil || report.Counts[pipeline.Failed] != 0 || !strings.Contains(says(report, 2), "work package 2 cannot be read") {
					t.Errorf("%s: %s, error %v; want it done with a warning", what, says(report, 2), err)
				}
				if rendered, err := p.Render(t.Context(), nil); err != nil || rendered.Counts[pipeline.Failed] != 0 {
					t.Errorf("%s: not mended: %s, error %v", what, says(rendered, 2), err)
				}
			}
		})
	}
}

// Nothing is lost but the time to list everything once more.
func TestDamagedListingIsMadeAnew(t *testing.T) {
	client, _ := tracker(t, 3)
	store := state.NewMemory()
	p := remembering(client, &memory{}, store, night())
	run(t, p, pipeline.Selection{})
	fact, err := store.Fact(t.Context(), "listed")
	if err != nil {
		t.Fatal(err)
	}
	half := regexp.MustCompile(`"watermark":"[^"]*"`).ReplaceAllString(fact, `"watermark":"2999-01-01T00:00:00Z","settled":7`)
	for _, junk := range []string{"{junk", `{"watermark":"soon"}`, `[]`, half} {
		if err := store.SetFact(t.Context(), "listed", junk); err != nil {
			t.Fatal(err)
		}
		report, err := p.Run(t.Context(), pipeline.Selection{})
		if err != nil || len(report.Items) != 3 || len(report.Warnings) != 1 || report.Warnings[0].Hint == "" {
			t.Errorf("%s: %+v, error %v; want all three listed, and a warning with a hint", junk, report, err)
		}
		if report, err = p.Run(t.Context(), pipeline.Selection{}); err != nil || len(report.Warnings) != 0 {
			t.Errorf("%s: the run after: %v, error %v", junk, report.Warnings, err)
		}
	}
}
