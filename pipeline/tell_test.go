package pipeline_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"ingest/enrich"
	"ingest/openproject/openprojecttest"
	"ingest/output"
	"ingest/output/archetype"
	"ingest/output/frontmatter"
	"ingest/pipeline"
	"ingest/pipeline/state"
)

// listener is a Teller that keeps what it is told.
type listener struct {
	mu   sync.Mutex
	told map[int64]pipeline.Told
	at   func(pipeline.Told) (time.Time, error)
}

func (l *listener) Tell(_ context.Context, t pipeline.Told) (time.Time, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.told == nil {
		l.told = map[int64]pipeline.Told{}
	}
	l.told[t.Item.ID] = t
	if l.at != nil {
		return l.at(t)
	}
	return time.Time{}, nil
}

// heard lists who was told of since the last call.
func (l *listener) heard() (ids []int64) {
	for id := range l.told {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	l.told = nil
	return ids
}

func TestEveryOneThatWasLookedAtIsToldOf(t *testing.T) {
	client, fake := tracker(t, 5)
	ear, sink, store := &listener{}, &memory{}, state.NewMemory()
	p := remembering(client, sink, store, night())
	p.Teller = ear
	p.Steps = []pipeline.Step{step(func(_ context.Context, it *enrich.Item) error {
		switch it.ID {
		case 2:
			return errors.New("broken")
		case 3:
			return enrich.Skipf("do this", "not wanted")
		}
		return nil
	})}
	p.Asked = func(id int64) bool { return id == 4 }
	run(t, p, pipeline.Selection{})
	for id, want := range map[int64]pipeline.Outcome{1: pipeline.Created, 2: pipeline.Failed, 3: pipeline.Skipped, 4: pipeline.Created, 5: pipeline.Created} {
		got := ear.told[id]
		wp, _ := fake.Get(id)
		if got.Item.Outcome != want || !got.UpdatedAt.Equal(wp.UpdatedAt.Truncate(time.Millisecond)) || got.Status != "New" || got.Project != 41 || got.Asked != (id == 4) {
			t.Errorf("told of %d: %+v", id, got)
		}
		if (got.Edition != "") != (want == pipeline.Created) || got.Fields["source_url"] != fmt.Sprintf("https://example.org/%d?utm_source=x", id) {
			t.Errorf("told of %d: edition %q, fields %v", id, got.Edition, got.Fields)
		}
	}
	ear.heard()
	run(t, p, pipeline.Selection{}) // what has settled is not looked at; what failed is due
	if got := ear.heard(); !slices.Equal(got, []int64{2}) {
		t.Errorf("the next run told of %v, want the one that failed", got)
	}
	if _, err := p.Render(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	p.DryRun = true
	run(t, p, pipeline.Selection{Full: true})
	if got := ear.heard(); got != nil {
		t.Errorf("a render and a dry run told of %v", got)
	}
}

func TestTroubleOfTheMachineIsToldToNobody(t *testing.T) {
	client, _ := tracker(t, 3)
	ear := &listener{}
	p := remembering(client, &memory{fail: func(int64) error { return &output.FileError{Op: "write", Err: errors.New("x")} }}, state.NewMemory(), night())
	p.Teller = ear
	run(t, p, pipeline.Selection{})
	if got := ear.heard(); len(got) != 3 {
		t.Errorf("told of %v, want the three whose files could not be written", got)
	}
	p = remembering(client, &memory{fail: func(int64) error { return &output.FileError{Op: "write", File: "a.md", Err: syscall.ENOSPC} }}, state.NewMemory(), night())
	p.Teller = ear
	if _, err := p.Run(t.Context(), pipeline.Selection{}); err == nil {
		t.Error("a full disk did not end the run")
	}
	if got := ear.heard(); got != nil {
		t.Errorf("told of %v, want nobody", got)
	}
}

func TestWhatATellerCannotSayIsAWarningEach(t *testing.T) {
	client, _ := tracker(t, 1)
	p := remembering(client, &memory{}, state.NewMemory(), night())
	p.Teller = &listener{at: func(pipeline.Told) (time.Time, error) {
		return time.Time{}, errors.Join(errors.New("one"), errors.New("two"))
	}}
	report, err := p.Run(t.Context(), pipeline.Selection{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, w := range report.Items[0].Warnings {
		got = append(got, w.Step+" "+w.Text)
	}
	if want := []string{"feedback one", "feedback two"}; !slices.Equal(got, want) || report.Items[0].Outcome != pipeline.Created {
		t.Errorf("warnings %q, want %q", got, want)
	}
	p.Teller = &listener{at: func(pipeline.Told) (time.Time, error) {
		return time.Time{}, &pipeline.StoreError{Err: errors.New("full")}
	}}
	if _, err := p.Run(t.Context(), pipeline.Selection{Full: true}); err == nil || !strings.Contains(err.Error(), "full") {
		t.Errorf("got %v, want the state's error", err)
	}
}

func TestOwnWordsAreNoNews(t *testing.T) {
	client, fake := tracker(t, 1)
	ear := &listener{}
	p := remembering(client, &memory{}, state.NewMemory(), night())
	var stamps []time.Time
	p.Template = template(func(e archetype.Env) (frontmatter.Map, error) {
		stamps = append(stamps, e.WP.UpdatedAt)
		return titles(e)
	})
	touch := func() time.Time {
		fake.Update(1, func(*openprojecttest.WorkPackage) {})
		wp, err := client.WorkPackage(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		return wp.UpdatedAt
	}
	before, err := client.WorkPackage(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	p.Teller = ear
	ear.at = func(pipeline.Told) (time.Time, error) { return touch(), nil }
	run(t, p, pipeline.Selection{})
	ear.heard()
	run(t, p, pipeline.Selection{})
	if got := ear.heard(); got != nil {
		t.Errorf("the next run looked at %v, which only our own words had changed", got)
	}
	stamps, ear.at = nil, nil
	run(t, p, pipeline.Selection{Full: true})
	run(t, p, pipeline.Selection{Full: true})
	for _, stamp := range stamps {
		if !stamp.Equal(before.UpdatedAt) && !stamp.Equal(before.CreatedAt) { // the edition is made of the latter
			t.Errorf("the site was given the time %v, want %v", stamp, before.UpdatedAt)
		}
	}
	if got, wp := ear.told[1].UpdatedAt, touch; !got.After(before.UpdatedAt) || !got.Before(wp()) {
		t.Errorf("told of the time %v, want the tracker's own, not the site's", got)
	}
	later := touch() // by an editor
	stamps = nil
	run(t, p, pipeline.Selection{})
	if len(stamps) == 0 || !stamps[0].Equal(later) {
		t.Errorf("the site was given the times %v, want the editor's %v", stamps, later)
	}
}

func TestEditionOfADocument(t *testing.T) {
	client, fake := tracker(t, 1)
	ear := &listener{}
	p := remembering(client, &memory{}, state.NewMemory(), night())
	p.Template = template(func(e archetype.Env) (frontmatter.Map, error) {
		return frontmatter.Map{{Key: "id", Value: e.WP.ID}, {Key: "title", Value: e.Title}, {Key: "status", Value: e.WP.Status}, {Key: "at", Value: e.WP.UpdatedAt.String()}}, nil
	})
	p.Teller = ear
	edition := func() string {
		t.Helper()
		run(t, p, pipeline.Selection{Full: true})
		return ear.told[1].Edition
	}
	first := edition()
	for name, c := range map[string]struct {
		change func(*openprojecttest.WorkPackage)
		same   bool
	}{
		"status": {func(w *openprojecttest.WorkPackage) { w.Status = 7 }, true},
		"title":  {func(w *openprojecttest.WorkPackage) { w.Subject = "Other" }, false},
		"body":   {func(w *openprojecttest.WorkPackage) { w.Description = "Other." }, false},
	} {
		was, _ := fake.Get(1)
		fake.Update(1, c.change)
		if got := edition(); (got == first) != c.same {
			t.Errorf("%s changed: edition %q, before %q", name, got, first)
		}
		fake.Update(1, func(w *openprojecttest.WorkPackage) { *w = was })
	}
}

func TestDuplicatesThatAreKnownAreTold(t *testing.T) {
	client, fake := tracker(t, 3)
	for _, id := range []int64{1, 3} {
		fake.Update(id, func(w *openprojecttest.WorkPackage) { w.Fields["Source URL"] = "https://example.org/same" })
	}
	ear := &listener{}
	p := remembering(client, &memory{}, state.NewMemory(), night())
	p.Teller = ear
	p.First = []pipeline.Step{step(func(_ context.Context, it *enrich.Item) error {
		it.Link = &enrich.Link{Original: it.Source, Clean: it.Source, Href: it.Source}
		return nil
	})}
	run(t, p, pipeline.Selection{})
	run(t, p, pipeline.Selection{Full: true})
	for id, want := range map[int64][]int64{1: {3}, 2: nil, 3: {1}} {
		if got := ear.told[id].Duplicates; !slices.Equal(got, want) {
			t.Errorf("duplicates of %d: %v, want %v", id, got, want)
		}
	}
}
