package pipeline_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"ingest/enrich"
	"ingest/openproject"
	"ingest/openproject/openprojecttest"
	"ingest/output"
	"ingest/output/archetype"
	"ingest/output/frontmatter"
	"ingest/pipeline"
)

// fields are the labels of the fake tracker.
func fields() map[string]string {
	return map[string]string{"source_url": "Source URL", "topics": "Medigy Topics", "via": "Via"}
}

// tracker is a real client of a fake tracker with n work packages, ids from 1.
func tracker(t testing.TB, n int) (*openproject.Client, *openprojecttest.Tracker) {
	t.Helper()
	fake := openprojecttest.Curation(openprojecttest.Options{APIKey: "k", MaxPageSize: 200})
	for i := range n {
		fake.Add(openprojecttest.WorkPackage{ID: int64(i + 1), Subject: fmt.Sprintf("Item %d", i+1), Description: "Body.",
			Fields: map[string]any{"Source URL": fmt.Sprintf("https://example.org/%d?utm_source=x", i+1), "Medigy Topics": []string{"A"}, "Via": " "}})
	}
	if err := fake.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(fake.Close)
	client, err := openproject.New(openproject.Options{BaseURL: fake.URL(), APIKey: "k", Retry: openproject.Retry{Attempts: 1}})
	if err != nil {
		t.Fatal(err)
	}
	return client, fake
}

// step is a Step made of a function.
type step func(ctx context.Context, it *enrich.Item) error

func (step) Name() string                                       { return "test" }
func (s step) Apply(ctx context.Context, it *enrich.Item) error { return s(ctx, it) }

// memory is a Sink that remembers what it was given.
type memory struct {
	mu        sync.Mutex
	named     []int64
	documents map[int64]output.Document
	written   []int64 // each time a document was given
	fail      func(id int64) error
}

func (m *memory) Name(id int64, _ string) (string, error) {
	m.named = append(m.named, id) // one goroutine only: the race detector watches
	if id == 7 {
		return "seven", errors.New("a note on seven")
	}
	return fmt.Sprint("name", id), nil
}

func (m *memory) Place(id int64) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.documents[id]; !ok {
		return ""
	}
	return fmt.Sprint("name", id, ".md")
}

func (*memory) URLs(int64) []string                                { return nil }
func (*memory) HasAsset(int64, output.Asset) bool                  { return false }
func (*memory) ClaimFile(_ int64, proposed string) (string, error) { return proposed, nil }
func (*memory) ClaimURL(_ int64, proposed string) (string, error)  { return proposed, nil }
func (*memory) Same(int64, string) error                           { return nil }
func (*memory) Known(int64, string, string)                        {}
func (*memory) Knows(int64) bool                                   { return false }
func (*memory) Duplicates() []*output.DuplicateError               { return nil }
func (*memory) Entries() []output.Entry                            { return nil }

func (*memory) Assets(context.Context) ([]output.AssetFile, error) { return nil, nil }

func (*memory) Remove(context.Context, output.Removal) (output.Result, error) {
	return output.Result{Outcome: output.Unchanged}, nil
}

func (m *memory) Write(_ context.Context, d output.Document) (output.Result, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil {
		if err := m.fail(d.ID); err != nil {
			return output.Result{}, err
		}
	}
	outcome := output.Created
	if _, ok := m.documents[d.ID]; ok {
		outcome = output.Unchanged
	}
	if m.documents == nil {
		m.documents = map[int64]output.Document{}
	}
	m.documents[d.ID], m.written = d, append(m.written, d.ID)
	return output.Result{Outcome: outcome, Path: d.Name + ".md", Files: []output.Change{{File: d.Name + ".md", Kind: outcome}}}, nil
}

// template is a Template that shows what it was given.
type template func(e archetype.Env) (frontmatter.Map, error)

func (t template) Render(e archetype.Env) (frontmatter.Map, error) { return t(e) }

func (template) Depends(...string) map[string]bool { return nil }

func (template) Origins() []archetype.Origin { return nil }

func (template) Document() archetype.Document { return archetype.Document{ID: "id"} }

func (template) File(e archetype.Env, _ frontmatter.Map) (string, error) { return e.Name + ".md", nil }

func (template) Address(archetype.Env, archetype.Written) (string, error) { return "", nil }

func titles(e archetype.Env) (frontmatter.Map, error) {
	return frontmatter.Map{{Key: "id", Value: e.WP.ID}, {Key: "title", Value: e.Title}}, nil
}

func ids(r *pipeline.Report) (list []int64) {
	for _, item := range r.Items {
		list = append(list, item.ID)
	}
	return list
}

func TestReportIsInTrackerOrderWhateverFinishesFirst(t *testing.T) {
	client, _ := tracker(t, 40)
	var running, most atomic.Int32
	done := map[int64]chan struct{}{}
	for id := int64(2); id <= 40; id += 2 {
		done[id] = make(chan struct{})
	}
	slow := step(func(_ context.Context, it *enrich.Item) error {
		n := running.Add(1)
		for before := most.Load(); n > before && !most.CompareAndSwap(before, n); before = most.Load() {
		}
		defer running.Add(-1)
		if it.ID%2 == 0 {
			close(done[it.ID])
		} else {
			<-done[it.ID+1] // each second one overtakes the one before it
		}
		return nil
	})
	sink := &memory{}
	p := &pipeline.Pipeline{Source: client, Sink: sink, Template: template(titles), Steps: []pipeline.Step{slow}, Fields: fields(), Workers: 4}
	var observed []int64
	p.Observe = func(e pipeline.Event) { observed = append(observed, e.Item.ID) }
	report, err := p.Run(t.Context(), pipeline.Selection{})
	if err != nil {
		t.Fatal(err)
	}
	var want []int64
	for i := range 40 {
		want = append(want, int64(i+1))
	}
	for name, got := range map[string][]int64{"report": ids(report), "names claimed": sink.named, "observed": observed} {
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want 1 to 40 in order", name, got)
		}
	}
	if most.Load() > 4 {
		t.Errorf("%d items at once, want at most 4", most.Load())
	}
	if report.Counts[pipeline.Created] != 40 || report.Items[6].Warnings[0].Text != "a note on seven" {
		t.Errorf("counts %v, warnings of 7: %v", report.Counts, report.Items[6].Warnings)
	}
}

func TestOneItemsFailureNeverStopsTheRun(t *testing.T) {
	client, _ := tracker(t, 9)
	broken := errors.New("broken")
	steps := []pipeline.Step{step(func(_ context.Context, it *enrich.Item) error {
		switch it.ID {
		case 2:
			return broken
		case 3:
			return enrich.Skipf("do this", "not wanted")
		case 4:
			panic("a defect")
		}
		return nil
	})}
	sink := &memory{fail: func(id int64) error {
		if id == 5 {
			return &output.ForeignError{File: "x.md", ID: 5}
		}
		return nil
	}}
	bad := func(e archetype.Env) (frontmatter.Map, error) {
		if e.WP.ID == 6 {
			return nil, errors.New("cannot render")
		}
		return titles(e)
	}
	p := &pipeline.Pipeline{Source: client, Sink: sink, Template: template(bad), Steps: steps, Fields: fields(), Workers: 3}
	report, err := p.Run(t.Context(), pipeline.Selection{})
	if err != nil {
		t.Fatalf("the run was stopped: %v", err)
	}
	type line struct {
		Outcome           pipeline.Outcome
		Error, Hint, Note string
	}
	got := map[int64]line{}
	for _, item := range report.Items {
		l := line{Outcome: item.Outcome, Error: strings.SplitN(item.Error, "\n", 2)[0], Hint: item.Hint}
		if item.Outcome == pipeline.Skipped {
			l.Note = item.Warnings[0].Text + ", " + item.Warnings[0].Hint
		}
		got[item.ID] = l
	}
	want := map[int64]line{
		1: {Outcome: pipeline.Created}, 7: {Outcome: pipeline.Created}, 8: {Outcome: pipeline.Created}, 9: {Outcome: pipeline.Created},
		2: {Outcome: pipeline.Failed, Error: "test: broken"},
		3: {Outcome: pipeline.Skipped, Note: "not wanted, do this"},
		4: {Outcome: pipeline.Failed, Error: "internal error: a defect", Hint: "this is a defect of ingest; report it with this text and the work package's source URL"},
		5: {Outcome: pipeline.Failed, Error: "x.md is there already and does not belong to work package 5", Hint: (&output.ForeignError{ID: 5}).Hint()},
		6: {Outcome: pipeline.Failed, Error: "render: cannot render"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("outcomes (-want +got):\n%s", diff)
	}
	if report.Counts[pipeline.Failed] != 4 || report.Counts[pipeline.Skipped] != 1 {
		t.Errorf("counts %v", report.Counts)
	}
}

func TestWhatWouldMeetEveryItemStopsTheRun(t *testing.T) {
	for name, want := range map[string]error{
		"a full disk":            &output.FileError{Op: "write", File: "x.md", Err: syscall.ENOSPC},
		"a refused credential":   &openproject.APIError{Op: "list attachments", Status: 401},
		"a tracker that is gone": &openproject.TransportError{Op: "list attachments", Err: syscall.ECONNREFUSED},
	} {
		t.Run(name, func(t *testing.T) {
			client, _ := tracker(t, 300)
			source := &stoppedListing{Client: client}
			wait := step(func(_ context.Context, it *enrich.Item) error { source.wait(it.ID); return nil })
			sink := &memory{fail: func(int64) error { return want }}
			p := &pipeline.Pipeline{Source: source, Sink: sink, Template: template(titles), Steps: []pipeline.Step{wait}, Fields: fields(), Workers: 2}
			report, err := p.Run(t.Context(), pipeline.Selection{})
			if !errors.Is(err, want) {
				t.Fatalf("got %v, want it to wrap %v", err, want)
			}
			if n := len(report.Items); n == 0 || n > 22 {
				t.Errorf("%d items reported, want some and not more than were at hand", n)
			}
			if report.Error == "" || report.Hint == "" {
				t.Errorf("report says error %q, hint %q", report.Error, report.Hint)
			}
		})
	}
}

// stoppedListing is a client that lets a test wait until its listing is stopped, lest
// workers run ahead of who counts their failures.
type stoppedListing struct {
	*openproject.Client
	listing context.Context // of the call
}

func (s *stoppedListing) WorkPackages(ctx context.Context, q openproject.Query) iter.Seq2[*openproject.WorkPackage, error] {
	s.listing = ctx
	return s.Client.WorkPackages(ctx, q)
}

// wait lets the first twenty pass.
func (s *stoppedListing) wait(id int64) {
	if id <= 20 {
		return
	}
	select {
	case <-s.listing.Done():
	case <-time.After(20 * time.Second): // nobody stops it
	}
}

func TestSilenceOfTheTrackerNowAndThenDoesNotStopTheRun(t *testing.T) {
	client, _ := tracker(t, 40)
	sink := &memory{fail: func(id int64) error {
		if id%5 != 0 { // four in a row, then one that works
			return &openproject.TransportError{Op: "x", Err: syscall.ECONNRESET}
		}
		return nil
	}}
	p := &pipeline.Pipeline{Source: client, Sink: sink, Template: template(titles), Fields: fields(), Workers: 4}
	report, err := p.Run(t.Context(), pipeline.Selection{})
	if err != nil || len(report.Items) != 40 {
		t.Errorf("got %d items and error %v, want all 40", len(report.Items), err)
	}
}

func TestListingThatBreaksOffKeepsTheReport(t *testing.T) {
	client, _ := tracker(t, 300)
	broken := &brokenListing{Client: client, after: 250}
	p := &pipeline.Pipeline{Source: broken, Sink: &memory{}, Template: template(titles), Fields: fields(), Workers: 4}
	report, err := p.Run(t.Context(), pipeline.Selection{})
	if err == nil || !strings.Contains(err.Error(), "broken off") {
		t.Errorf("error %v", err)
	}
	if len(report.Items) != 250 || report.Error == "" {
		t.Errorf("%d items, error %q; want the 250 that were listed and the reason", len(report.Items), report.Error)
	}
}

// brokenListing is a client whose listing ends with an error.
type brokenListing struct {
	*openproject.Client
	after int
}

func (b *brokenListing) WorkPackages(ctx context.Context, q openproject.Query) iter.Seq2[*openproject.WorkPackage, error] {
	return func(yield func(*openproject.WorkPackage, error) bool) {
		n := 0
		for wp, err := range b.Client.WorkPackages(ctx, q) {
			if n++; n > b.after {
				yield(nil, errors.New("broken off"))
				return
			}
			if !yield(wp, err) {
				return
			}
		}
	}
}

func TestInterruptEndsCleanly(t *testing.T) {
	client, _ := tracker(t, 100)
	why := errors.New("interrupted")
	ctx, cancel := context.WithCancelCause(t.Context())
	stop := step(func(ctx context.Context, it *enrich.Item) error {
		if it.ID == 10 {
			cancel(why)
		}
		if it.ID > 10 {
			<-ctx.Done()
			return context.Cause(ctx)
		}
		return nil
	})
	p := &pipeline.Pipeline{Source: client, Sink: &memory{}, Template: template(titles), Steps: []pipeline.Step{stop}, Fields: fields(), Workers: 4}
	report, err := p.Run(ctx, pipeline.Selection{})
	if !errors.Is(err, why) || !report.Interrupted {
		t.Errorf("got error %v, interrupted %v", err, report.Interrupted)
	}
	if report.Counts[pipeline.Failed] != 0 {
		t.Errorf("items at hand are reported as failed: %+v", report.Items)
	}
}

func TestNamedWorkPackages(t *testing.T) {
	client, fake := tracker(t, 5)
	fake.Add(openprojecttest.WorkPackage{ID: 77, Subject: "Another type", Type: 8})
	p := &pipeline.Pipeline{Source: client, Sink: &memory{}, Template: template(titles), Fields: fields()}
	fake.Add(openprojecttest.WorkPackage{ID: 78, Subject: "Another project", Project: 42})
	report, err := p.Run(t.Context(), pipeline.Selection{IDs: []int64{5, 99, 77, 78, 1}, Query: openproject.Query{Project: "medigy-curation", Types: []string{" curated content"}}})
	if err != nil {
		t.Fatal(err)
	}
	got := map[int64]pipeline.Outcome{}
	for _, item := range report.Items {
		got[item.ID] = item.Outcome
	}
	want := map[int64]pipeline.Outcome{5: pipeline.Created, 99: pipeline.Failed, 77: pipeline.Skipped, 78: pipeline.Skipped, 1: pipeline.Created}
	if diff := cmp.Diff(want, got); diff != "" || !slices.Equal(ids(report), []int64{5, 99, 77, 78, 1}) {
		t.Errorf("outcomes (-want +got):\n%s\norder %v", diff, ids(report))
	}
	if !strings.Contains(report.Items[1].Error, "404") || report.Items[1].Hint == "" {
		t.Errorf("99: error %q, hint %q", report.Items[1].Error, report.Items[1].Hint)
	}
}

func TestZeroPipelineFields(t *testing.T) {
	client, _ := tracker(t, 1)
	synctest.Test(t, func(t *testing.T) { // nil Now, Logger, Observe and no workers are fine
		p := &pipeline.Pipeline{Source: offline{client}, Sink: &memory{}, Template: template(titles)}
		report, err := p.Run(t.Context(), pipeline.Selection{IDs: []int64{1}})
		if err != nil || len(report.Items) != 1 || report.Items[0].Outcome != pipeline.Failed {
			t.Errorf("report %+v, error %v; want one item that failed for want of fields", report, err)
		}
	})
}

// offline is a source that needs no network, for tests in a bubble.
type offline struct{ *openproject.Client }

func (offline) WorkPackage(_ context.Context, id int64) (*openproject.WorkPackage, error) {
	return nil, &openproject.APIError{Op: fmt.Sprint("read work package ", id), Status: 404}
}

func TestReportAsJSON(t *testing.T) {
	r := pipeline.Stopped(time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC), &output.FileError{Op: "write", File: "x.md", Err: syscall.ENOSPC})
	r.Duration = pipeline.Duration(1500 * time.Millisecond)
	got, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"started":"2026-11-22T02:00:00Z","duration_seconds":1.5,"dry_run":false,"interrupted":false,` +
		`"error":"write x.md: no space left on device","hint":"make room on the disk and run again; no file was left half written",` +
		`"counts":{"created":0,"failed":0,"removed":0,"skipped":0,"unchanged":0,"updated":0},"warnings":[],"items":[]}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	var back pipeline.Report
	if err := json.Unmarshal(got, &back); err != nil || back.Duration != r.Duration {
		t.Errorf("read back: duration %v, error %v", back.Duration, err)
	}
}

func TestCheckLabels(t *testing.T) {
	client, _ := tracker(t, 0)
	schema, err := client.Schema(t.Context(), 41, 7)
	if err != nil {
		t.Fatal(err)
	}
	errs := pipeline.CheckLabels("tracker.fields", map[string]string{"source_url": " source url", "via": "Vai", "topics": "Medigy Topics"}, []*openproject.Schema{schema})
	if len(errs) != 1 || !strings.HasPrefix(errs[0].Error(), `tracker.fields.via: no custom field "Vai"`) {
		t.Errorf("got %v, want one about via", errs)
	}
}

func TestAttachmentsAreStreamedFromTheTracker(t *testing.T) {
	client, fake := tracker(t, 3)
	fake.AddAttachment(1, openprojecttest.Attachment{ID: 10312, FileName: "a.bin", Content: []byte("content")})
	fake.AddAttachment(2, openprojecttest.Attachment{ID: 10313, FileName: "b.bin", Content: []byte("content"), Status: "prepared"})
	fake.AddAttachment(3, openprojecttest.Attachment{ID: 10314, FileName: "c.bin", Content: []byte("content"), Digest: "00000000000000000000000000000000"})
	var mu sync.Mutex
	got := map[int64]string{}
	look := step(func(ctx context.Context, it *enrich.Item) error {
		mu.Lock()
		defer mu.Unlock()
		got[it.ID] = fmt.Sprint(len(it.Attachments), " attachments")
		for _, a := range it.Attachments {
			var b bytes.Buffer
			err := a.Download(ctx, &b)
			_, damaged := errors.AsType[*enrich.DamagedError](err)
			got[it.ID] = fmt.Sprint(a.Link, " ", b.String(), " damaged ", damaged)
			if err != nil && !damaged {
				return err
			}
		}
		return nil
	})
	p := &pipeline.Pipeline{Source: client, Sink: &memory{}, Template: template(titles), Steps: []pipeline.Step{look}, Fields: fields()}
	if _, err := p.Run(t.Context(), pipeline.Selection{}); err != nil {
		t.Fatal(err)
	}
	want := map[int64]string{1: "/api/v3/attachments/10312/content content damaged false", 2: "0 attachments", 3: "/api/v3/attachments/10314/content content damaged true"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("attachments (-want +got):\n%s", diff)
	}
}

func TestAtMostWorkersItemsAreAtHand(t *testing.T) {
	client, _ := tracker(t, 60)
	var at atomic.Int32
	full := make(chan struct{})
	var once sync.Once
	s := step(func(context.Context, *enrich.Item) error {
		if n := at.Add(1); n == 3 {
			once.Do(func() { close(full) })
		} else if n > 3 {
			t.Errorf("%d items at once, want at most 3", n)
		}
		<-full // nobody goes on before three are at hand
		at.Add(-1)
		return nil
	})
	p := &pipeline.Pipeline{Source: client, Sink: &memory{}, Template: template(titles), Steps: []pipeline.Step{s}, Fields: fields(), Workers: 3}
	if _, err := p.Run(t.Context(), pipeline.Selection{}); err != nil {
		t.Fatal(err)
	}
}

func TestUnknownFieldFailsTheItem(t *testing.T) {
	client, _ := tracker(t, 1)
	for _, key := range []string{"source_url", "via"} {
		labels := fields()
		labels[key] = "Renamed"
		p := &pipeline.Pipeline{Source: client, Sink: &memory{}, Template: template(titles), Fields: labels}
		report, err := p.Run(t.Context(), pipeline.Selection{})
		if err != nil || report.Items[0].Outcome != pipeline.Failed || !strings.Contains(report.Items[0].Error, "tracker.fields."+key) {
			t.Errorf("%s: %+v, error %v; want the item to fail rather than lose the field's value", key, report.Items, err)
		}
	}
}

func TestDocumentSaysWhatItIsAboutAndWhatIsMissing(t *testing.T) {
	client, fake := tracker(t, 2)
	fake.AddAttachment(2, openprojecttest.Attachment{FileName: "a.png", ContentType: "image/png", Content: []byte("x"), Status: "prepared"})
	lose := step(func(_ context.Context, it *enrich.Item) error {
		if it.ID == 1 {
			it.Lose(enrich.PartPage)
		}
		return nil
	})
	sink := &memory{}
	p := &pipeline.Pipeline{Source: client, Sink: sink, Template: depending{template(titles)}, Steps: []pipeline.Step{lose}, Fields: fields()}
	if _, err := p.Run(t.Context(), pipeline.Selection{}); err != nil {
		t.Fatal(err)
	}
	first, second := sink.documents[1], sink.documents[2]
	if first.Source != "https://example.org/1?utm_source=x" || !first.Missing["page"] || len(first.Missing) != 1 {
		t.Errorf("1: source %q, missing %v", first.Source, first.Missing)
	}
	if !second.Missing["image"] || !second.Missing["pdf"] {
		t.Errorf("2, whose attachment is not ready: missing %v", second.Missing)
	}
}

// depending is a template whose values are named like the parts they need.
type depending struct{ template }

func (depending) Depends(parts ...string) map[string]bool {
	paths := map[string]bool{}
	for _, part := range parts {
		paths[part] = true
	}
	return paths
}

func TestPanicBeforeTheWorkers(t *testing.T) {
	client, _ := tracker(t, 3)
	first := step(func(_ context.Context, it *enrich.Item) error {
		if it.ID == 2 {
			panic("a defect")
		}
		return nil
	})
	p := &pipeline.Pipeline{Source: client, Sink: &memory{}, Template: template(titles), First: []pipeline.Step{first}, Fields: fields()}
	report, err := p.Run(t.Context(), pipeline.Selection{})
	if err != nil || report.Counts[pipeline.Created] != 2 || report.Items[1].Outcome != pipeline.Failed {
		t.Errorf("%+v, error %v", report.Counts, err)
	}
}
