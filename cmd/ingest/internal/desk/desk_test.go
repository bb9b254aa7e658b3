package desk_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ingest/cmd/ingest/internal/daemon"
	"ingest/cmd/ingest/internal/desk"
	"ingest/pipeline"
	"ingest/pipeline/explain"
	"ingest/pipeline/hint"
	"ingest/pipeline/state"
)

func same[T any](t *testing.T, what string, got, want T, err error) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%s: error %v, (-want +got):\n%s", what, err, diff)
	}
}

func TestFind(t *testing.T) {
	eachStore(t, func(t *testing.T, w *world) {
		w.put(t, entry(1), entry(2), entry(3960), &pipeline.Entry{ID: 4, Subject: "The year 2026 at sea", Clean: "https://example.org/query?"},
			&pipeline.Entry{ID: 5, Subject: "Not that one", Clean: "https://elsewhere.example/?q=https://example.org/query"},
			&pipeline.Entry{ID: 6, Subject: "Six", Clean: "https://example.org/app#/6"}, &pipeline.Entry{ID: 7, Subject: "Seven", Clean: "https://example.org/app"})
		for text, want := range map[string][]int64{
			"3960": {3960}, " #3960\n": {3960}, "#77": {}, "77": {}, "-1": {}, "2026": {4}, "": {}, "  ": {},
			"https://tracker.example/work_packages/2":                                              {2},
			"https://tracker.example/projects/site/work_packages/2/activity#activity-3":            {2},
			"https://TRACKER.example/projects/site/work_packages/details/2/overview?query_id=3960": {2},
			"tracker.example/wp/2":                      {2},
			"https://tracker.example/work_packages/77":  {},
			"https://tracker.example/projects/2":        {},
			"https://other.example/work_packages/2":     {},
			"https://example.org/1":                     {1},
			"https://example.org/1?utm_source=mail":     {1},
			"https://example.org/1#part-2":              {1},
			"https://example.org/1?utm_source=mail#top": {1},
			"https://example.org/1#top?utm_source=mail": {1},
			"https://example.org/app#/6":                {6},
			"https://example.org/app#/7":                {7},
			"https://example.org/1/canonical":           {1},
			"https://example.org/query":                 {4},
			"example.org/2":                             {2},
			"https://site.example/news/2/":              {2},
			"https://site.example/News/2?x=y#top":       {2},
			"site.example/old-address/":                 {1},
			"/news/1":                                   {1},
			"/news/9":                                   {},
			"clocks tide":                               {3960, 2, 1},
			"example.org":                               {3960, 7, 6, 5, 4, 2, 1},
			"://":                                       {3960, 7, 6, 5, 4, 2, 1}, "http://[": {}, "%": {}, "ftp://example.org/1": {},
		} {
			found, err := w.Find(t.Context(), text)
			same(t, fmt.Sprintf("%.60q", text), ids(found), want, err)
		}
	})
}

func TestFindRefusesWhatIsTooLong(t *testing.T) {
	eachStore(t, func(t *testing.T, w *world) {
		w.put(t, entry(1))
		link := "https://example.org/1?x="
		link += strings.Repeat("ä", desk.MaxQuery-len(link))
		if _, err := w.Find(t.Context(), link); err != nil {
			t.Errorf("%d characters: %v", desk.MaxQuery, err)
		}
		for _, text := range []string{link + "x", "a\x00", "\xff"} {
			_, err := w.Find(t.Context(), text)
			if e, ok := errors.AsType[*desk.OrderError](err); !ok || e.Hint() == "" {
				t.Errorf("%.20q: error %v, want an OrderError with a hint", text, err)
			}
		}
	})
}

func TestEntries(t *testing.T) {
	eachStore(t, func(t *testing.T, w *world) {
		lacking, failed, gone, twin := entry(2), entry(3), entry(4), entry(5)
		lacking.Attention = "no image"
		failed.Outcome, failed.Error = pipeline.Failed, "internal error: index out of range\ngoroutine 1 [running]:\nmain.main()"
		gone.Outcome = pipeline.Removed
		twin.Clean = "https://example.org/1"
		w.put(t, entry(1), lacking, failed, gone, twin, &pipeline.Entry{ID: 6, Outcome: pipeline.Skipped, Attention: "no link"})
		w.dead(t, 2)
		w.dead(t, 4)
		for want, f := range map[string]desk.Filter{
			"[6 5 4 3 2 1] of 6": {}, "[2] of 1": {State: desk.Attention}, "[3] of 1": {State: desk.Failed}, "[4] of 1": {State: desk.Gone, Dead: true},
			"[6] of 1": {State: desk.Skipped}, "[5 1] of 2": {Duplicates: true}, "[2] of 1 ": {Dead: true}, "[5] of 1": {Duplicates: true, Text: "5"},
			"[4 3] of 6": {Page: 2, PerPage: 2}, "[] of 6": {Page: 4, PerPage: 2}, "[] of 0": {Duplicates: true, Dead: true},
		} {
			list, err := w.Entries(t.Context(), f)
			same(t, fmt.Sprintf("%+v", f), fmt.Sprintf("%v of %d", ids(list.Entries), list.Total), strings.TrimSpace(want), err)
		}
		w.put(t, entry(5))
		none, err := w.Entries(t.Context(), desk.Filter{Duplicates: true})
		same(t, "duplicates, when there are none", none.Total, 0, err)
		list, err := w.Entries(t.Context(), desk.Filter{State: desk.Failed})
		same(t, "without the stack", list.Entries[0].Attention, "internal error: index out of range", err)
		same(t, "page", [2]int{list.Page, list.PerPage}, [2]int{1, desk.DefaultPerPage}, nil)
	})
}

func TestFiltersThatCannotBe(t *testing.T) {
	eachStore(t, func(t *testing.T, w *world) {
		for _, f := range []desk.Filter{{State: "other"}, {Page: -1}, {Page: desk.MaxPage + 1}, {PerPage: -1}, {PerPage: desk.MaxPerPage + 1}, {Text: strings.Repeat("ä", desk.MaxQuery+1)}} {
			_, err := w.Entries(t.Context(), f)
			if e, ok := errors.AsType[*desk.OrderError](err); !ok || e.Hint() == "" {
				t.Errorf("%.80v: error %v, want an OrderError with a hint", f, err)
			}
		}
	})
}

func TestOverview(t *testing.T) {
	eachStore(t, func(t *testing.T, w *world) {
		for id := int64(1); id <= 60; id++ {
			e := entry(id)
			e.Attention = "no image"
			e.Clean = fmt.Sprintf("https://example.org/%d", (id-1)/2)
			w.put(t, e)
			w.dead(t, id)
		}
		gone := entry(99)
		gone.Outcome = pipeline.Removed
		w.put(t, gone)
		w.dead(t, 99)
		if err := w.queue.Add(hint.Hint{ID: 8, Trigger: hint.Webhook}); err != nil {
			t.Fatal(err)
		}
		o, err := w.Overview(t.Context())
		same(t, "counts", o.Counts, map[desk.State]int{desk.Attention: 60, desk.Failed: 0, desk.Skipped: 0, desk.Published: 0, desk.Gone: 1}, err)
		newest := []int64{60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41}
		same(t, "attention", ids(o.Attention), newest, nil)
		same(t, "dead", ids(o.Dead), newest, nil)
		same(t, "groups", len(o.Duplicates), 20, nil)
		same(t, "second group", ids(o.Duplicates[1]), []int64{3, 4}, nil)
		same(t, "runs", len(o.Runs), 1, nil)
		same(t, "queue", o.Queue, 1, nil)
	})
}

func TestEntry(t *testing.T) {
	eachStore(t, func(t *testing.T, w *world) {
		twin, goneTwin := entry(2), entry(3)
		twin.Clean, twin.Canonical = "https://elsewhere.example/", "https://example.org/1"
		goneTwin.Clean, goneTwin.Outcome = "https://example.org/1", pipeline.Removed
		w.put(t, entry(1), twin, goneTwin)
		w.dead(t, 1)
		e, err := w.Entry(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		h := e.Health
		want := &desk.Entry{
			Summary: desk.Summary{ID: 1, Title: "Tide clocks 1", State: desk.Published, Outcome: pipeline.Created, URL: "https://example.org/1", Path: "1.md",
				UpdatedAt: noon.Add(time.Minute), CheckedAt: noon, Link: "dead"},
			WorkPackageURL: "https://tracker.example/work_packages/1", SiteURL: "https://site.example/news/1/", SourceURL: "https://example.org/1?utm_source=mail",
			Canonical: "https://example.org/1/canonical", FrontMatter: "id: 1\n", Body: "A body.\n", Image: "image.jpg",
			Warnings: []pipeline.Warning{}, Duplicates: []int64{2}, Outcomes: []desk.PastOutcome{},
			Explanation: &explain.Explanation{ID: 1, Address: "/news/1/", Warnings: []pipeline.Warning{}, Keys: []explain.Key{}},
			Health:      &desk.Health{State: "dead", Reason: h.Reason, Since: h.Since, Checked: h.Checked, Archived: "https://web.example.org/1"},
		}
		same(t, "entry", e, want, nil)
		if h.Reason == "" || h.Since.IsZero() || h.Checked.IsZero() {
			t.Errorf("health %+v lacks something", h)
		}
		if _, err := w.Entry(t.Context(), 77); !isNotFound(err) {
			t.Errorf("error %v, want a NotFoundError", err)
		}
	})
}

func isNotFound(err error) bool {
	e, ok := errors.AsType[*desk.NotFoundError](err)
	return ok && e.Hint() != ""
}

func TestEntryAfterARun(t *testing.T) {
	eachStore(t, func(t *testing.T, w *world) {
		w.put(t, entry(1))
		for _, o := range []desk.Order{{IDs: []int64{1, 1}}, {IDs: []int64{1}, DryRun: true}} {
			if _, err := w.AskRun(t.Context(), o, "ana"); err != nil {
				t.Fatal(err)
			}
			w.settle(t)
		}
		e, err := w.Entry(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		if len(e.Outcomes) != 1 || e.Last == nil || e.Outcomes[0].Run != e.Last.Run || e.Outcomes[0].Outcome != pipeline.Updated || e.Outcomes[0].Text != "said by named" {
			t.Errorf("outcomes %+v, last %+v; want the run that was no rehearsal, twice", e.Outcomes, e.Last)
		}
		same(t, "warnings", e.Warnings, []pipeline.Warning{{Text: "said by named"}}, nil)
		if !strings.Contains(e.Last.Diff, "-title: a\n+title: b\n") {
			t.Errorf("difference %q", e.Last.Diff)
		}
		if _, err := w.Run(t.Context(), e.Last.Run); err != nil {
			t.Error(err)
		}
	})
}

func TestEntryTellsWhatCannotBeTold(t *testing.T) {
	eachStore(t, func(t *testing.T, w *world) {
		lacking := entry(1)
		lacking.Attention, lacking.Visit = "no image", []byte("{")
		w.put(t, lacking)
		w.Read = func(context.Context, int64) (string, string, bool, error) { return "", "", false, errBroken }
		w.Explain = func(context.Context, int64) (*explain.Explanation, error) {
			return nil, &pipeline.InternalError{Value: "index", Stack: []byte("goroutine 1 [running]:\nmain.main()")}
		}
		e, err := w.Entry(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		var steps []string
		for _, warning := range e.Warnings {
			steps = append(steps, warning.Step)
			if strings.Contains(warning.Text, "goroutine") {
				t.Errorf("a stack in %q", warning.Text)
			}
		}
		same(t, "steps", steps, []string{"", "tree", "explain", "visit"}, nil)
	})
}

func TestHealthOfAnotherLinkIsNotTold(t *testing.T) {
	eachStore(t, func(t *testing.T, w *world) {
		w.put(t, entry(1), entry(2))
		w.dead(t, 1)
		moved := entry(1)
		moved.Visit = entry(2).Visit
		w.put(t, moved)
		e, err := w.Entry(t.Context(), 1)
		same(t, "health", e.Health, nil, err)
		same(t, "link", e.Link, "", nil)
	})
}

// torn is a shelf on which what is known of links cannot be read.
type torn struct{ desk.Shelf }

func (torn) LinkHealth(_ context.Context, id int64) (*pipeline.LinkHealth, error) {
	return nil, &pipeline.DamagedLinkError{ID: id, Err: errors.New("no JSON")}
}

func TestEntryWhoseLinkHealthIsDamaged(t *testing.T) {
	eachStore(t, func(t *testing.T, w *world) {
		w.put(t, entry(1))
		w.Shelf = torn{w.Shelf}
		e, err := w.Entry(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "health", e.Health, nil, nil)
		if len(e.Warnings) != 1 || e.Warnings[0].Step != "links" || e.Warnings[0].Hint == "" {
			t.Errorf("warnings %+v, want one of links with a hint", e.Warnings)
		}
	})
}

// scratched is a shelf on which one entry cannot be read, nor its line if blind is set.
type scratched struct {
	desk.Shelf
	blind bool
}

func (scratched) Entry(_ context.Context, id int64) (*pipeline.Entry, error) {
	return nil, &pipeline.DamagedEntryError{ID: id, Err: errors.New("no JSON")}
}

func (s scratched) List(ctx context.Context, c state.Choice) (*state.Listing, error) {
	if s.blind {
		return nil, fmt.Errorf("list: %w", &state.CorruptError{Path: "state.db", Err: errBroken})
	}
	return s.Shelf.List(ctx, c)
}

// A refresh mends it, so the page has to be there to ask for one.
func TestEntryThatIsDamaged(t *testing.T) {
	eachStore(t, func(t *testing.T, w *world) {
		w.put(t, entry(1))
		shelf := w.Shelf
		for _, blind := range []bool{false, true} {
			w.Shelf = scratched{shelf, blind}
			e, err := w.Entry(t.Context(), 1)
			if err != nil {
				t.Fatal(err)
			}
			if e.ID != 1 || e.State == "" || (e.Title == "Tide clocks 1" && e.Body == "A body.\n") == blind || e.WorkPackageURL == "" || e.Duplicates == nil || e.Outcomes == nil {
				t.Errorf("blind %v: %+v, want what the line, the runs and the file say", blind, e)
			}
			if n := len(e.Warnings); n != 1 && !blind || e.Warnings[0].Step != "state" || !strings.Contains(e.Warnings[0].Hint, "ingest --wp 1") {
				t.Errorf("blind %v: warnings %+v, want one of the state with a hint", blind, e.Warnings)
			}
			if _, _, err := w.Image(t.Context(), 1); !isNotFound(err) {
				t.Errorf("image: error %v, want a NotFoundError", err)
			}
		}
		w.Shelf = scratched{Shelf: shelf}
		if _, err := w.Entry(t.Context(), 2); !isNotFound(err) { // forgotten meanwhile
			t.Errorf("error %v, want a NotFoundError", err)
		}
	})
}

func TestDeskWithoutASite(t *testing.T) {
	eachStore(t, func(t *testing.T, w *world) {
		w.put(t, entry(1))
		bare := &desk.Desk{Shelf: w.Shelf, Daemon: w.Daemon, Queue: w.Queue}
		e, err := bare.Entry(t.Context(), 1)
		same(t, "title", e.Title, "Tide clocks 1", err)
		found, err := bare.Find(t.Context(), "https://example.org/1")
		same(t, "found", ids(found), []int64{1}, err)
		if _, _, err := bare.Image(t.Context(), 1); !isNotFound(err) {
			t.Errorf("error %v, want a NotFoundError", err)
		}
	})
}

func TestImage(t *testing.T) {
	eachStore(t, func(t *testing.T, w *world) {
		gone, other, damaged := entry(2), entry(3), entry(4)
		gone.Assets = []pipeline.StoredAsset{{Name: "gone.jpg", SHA256: "abc"}}
		other.Assets = []pipeline.StoredAsset{{Name: "other.jpg", SHA256: "2"}}
		damaged.Visit = []byte("{")
		w.put(t, entry(1), gone, other, damaged, &pipeline.Entry{ID: 5})
		f, changed, err := w.Image(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		bytes, err := io.ReadAll(f)
		same(t, "bytes", string(bytes), "1image.jpg", errors.Join(err, f.Close()))
		same(t, "time", changed, noon, nil)
		for id := int64(2); id <= 6; id++ {
			if _, _, err := w.Image(t.Context(), id); !isNotFound(err) {
				t.Errorf("%d: error %v, want a NotFoundError", id, err)
			}
		}
	})
}

func TestRuns(t *testing.T) {
	eachStore(t, func(t *testing.T, w *world) {
		other := &pipeline.Report{Started: noon, Duration: pipeline.Duration(time.Minute), Counts: map[pipeline.Outcome]int{pipeline.Failed: 2}, Error: "no disk", Hint: "make room"}
		if err := w.store.SaveRun(t.Context(), other); err != nil {
			t.Fatal(err)
		}
		asked, err := w.AskRun(t.Context(), desk.Order{IDs: []int64{3, 1, 3}}, "ana")
		if err != nil {
			t.Fatal(err)
		}
		w.settle(t)
		full, err := w.AskRun(t.Context(), desk.Order{Kind: daemon.Full, Trigger: hint.Page}, "ben")
		if err != nil {
			t.Fatal(err)
		}
		runs, err := w.Runs(t.Context(), 0)
		if err != nil || len(runs) != 4 {
			t.Fatalf("%d runs %+v, error %v; want the waiting, the named, that of the start and that of another process", len(runs), runs, err)
		}
		if r := runs[0]; r.ID != full.ID || r.By != "ben" || r.Trigger != "page" || r.Ended != nil {
			t.Errorf("first %+v", r)
		}
		if r := runs[1]; r.ID != asked.ID || r.State != daemon.Done || r.Finished != 2 || r.Counts[pipeline.Updated] != 2 || r.By != "ana" || r.Trigger != "api" || r.Report != nil {
			t.Errorf("second %+v", r)
		}
		if r := runs[3]; r.State != daemon.Stopped || r.Finished != 2 || r.Error != "no disk" || !r.Ended.Equal(noon.Add(time.Minute)) {
			t.Errorf("last %+v", r)
		}
		for i, items := range []int{0, 2, 0, 0} {
			r, err := w.Run(t.Context(), runs[i].ID)
			if err != nil || r.ID != runs[i].ID || i > 0 && (r.Report == nil || r.Report.Items == nil || len(r.Report.Items) != items) {
				t.Errorf("run %d: %+v, error %v", i, r, err)
			}
		}
		for _, id := range []string{"", "other", "20261122T120000.000000001"} {
			if _, err := w.Run(t.Context(), id); !isNotFound(err) {
				t.Errorf("%q: error %v, want a NotFoundError", id, err)
			}
		}
		two, err := w.Runs(t.Context(), 2)
		same(t, "two", len(two), 2, err)
	})
}

func TestOrdersThatCannotBe(t *testing.T) {
	eachStore(t, func(t *testing.T, w *world) {
		for _, o := range []desk.Order{{Kind: "other"}, {Kind: daemon.Named}, {Kind: daemon.Full, IDs: []int64{1}}, {Kind: daemon.Links, DryRun: true}, {IDs: []int64{1, 0}}, {IDs: make([]int64, desk.MaxIDs+1)}} {
			_, err := w.AskRun(t.Context(), o, "ana")
			if e, ok := errors.AsType[*desk.OrderError](err); !ok || e.Hint() == "" {
				t.Errorf("%.80v: error %v, want an OrderError with a hint", o, err)
			}
		}
		if _, err := w.Refresh(t.Context(), -1, hint.Page, "ana"); err == nil {
			t.Error("refresh of -1: no error")
		}
		same(t, "runs", len(w.Daemon.Runs()), 1, nil)
	})
}

func TestRunsThatWaitAreBounded(t *testing.T) {
	eachStore(t, func(t *testing.T, w *world) {
		defer close(w.hold)
		if _, err := w.AskRun(t.Context(), desk.Order{Kind: daemon.Full}, "ana"); err != nil {
			t.Fatal(err)
		}
		var err error
		n := 0
		for ; err == nil && n < 1000; n++ {
			_, err = w.AskRun(t.Context(), desk.Order{IDs: []int64{int64(n + 1)}}, "ana")
		}
		if e, ok := errors.AsType[*desk.FullError](err); !ok || e.Hint() == "" || n > 102 {
			t.Errorf("error %v after %d runs, want a FullError after 100", err, n)
		}
	})
}

func TestRefreshGoesAhead(t *testing.T) {
	eachStore(t, func(t *testing.T, w *world) {
		run, err := w.AskRun(t.Context(), desk.Order{Kind: daemon.Full}, "ana")
		if err != nil {
			t.Fatal(err)
		}
		w.begun(t, run.ID)                                          // a hint would go ahead of it otherwise
		pending, err := w.Refresh(t.Context(), 7, hint.Page, "ana") // not known yet
		same(t, "pending", pending, desk.Pending{Waiting: true}, err)
		want := hint.Hint{ID: 7, Trigger: hint.Page, Urgent: true}
		if !slices.Contains(w.queue.Waiting(), want) {
			t.Errorf("hints %v, want %v", w.queue.Waiting(), want)
		}
		close(w.hold)
		w.handled(t, 7)
		if w.Daemon.Of(7) == nil {
			t.Error("nothing became of it")
		}
	})
}

// late is a daemon that does not get to what waits.
type late struct {
	desk.Daemon
	delay *daemon.Delay
}

func (l late) Delay() *daemon.Delay { return l.delay }

func TestPendingTellsWhyItDoesNotBegin(t *testing.T) {
	eachStore(t, func(t *testing.T, w *world) {
		next := noon.Add(time.Minute)
		w.put(t, entry(1), entry(2), entry(3))
		queue := &hint.Queue{} // that no daemon takes from
		d := *w.Desk
		d.Queue, d.Daemon = queue, late{w.Daemon, &daemon.Delay{Reason: "the tracker is away\ngoroutine 7 [running]:", Advice: "see whether it runs", Next: next}}
		want := desk.Delay{Reason: "the tracker is away", Hint: "see whether it runs", NextTry: &next}
		pending, err := d.Refresh(t.Context(), 1, hint.Page, "ana")
		same(t, "waiting", pending, desk.Pending{Waiting: true, Delay: &want}, err)
		if _, err := d.Refresh(t.Context(), 2, hint.Page, "ana"); err != nil {
			t.Fatal(err)
		}
		queue.TryTake(1, func(h hint.Hint) bool { return h.ID == 2 }) // by a run that waits for another process
		for id, want := range map[int64]desk.Pending{1: {Waiting: true, Delay: &want}, 2: {Waiting: true, Delay: &want}, 3: {}} {
			e, err := d.Entry(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			same(t, fmt.Sprint("entry ", id), e.Pending, want, nil)
		}
		o, err := d.Overview(t.Context())
		same(t, "overview", o.Delay, &want, err)
		d.Daemon = late{w.Daemon, nil}
		e, err := d.Entry(t.Context(), 2)
		same(t, "at work", e.Pending, desk.Pending{Running: true}, err)
	})
}

// looked is a daemon that has looked at a work package.
type looked struct {
	desk.Daemon
	result *daemon.Result
}

func (l looked) Of(int64) *daemon.Result { return l.result }

func TestUnknownEntryTellsWhatCameOfTheLook(t *testing.T) {
	for name, c := range map[string]struct {
		result *daemon.Result
		want   string
	}{
		"never":   {nil, "ask for a refresh of it"},
		"failed":  {&daemon.Result{Item: pipeline.ItemReport{ID: 7, Error: "404", Hint: "look in the tracker"}}, "the last look at it ended with: 404; look in the tracker"},
		"no hint": {&daemon.Result{Item: pipeline.ItemReport{ID: 7, Error: "boom\ngoroutine 1"}}, "the last look at it ended with: boom"},
		"passed":  {&daemon.Result{Item: pipeline.ItemReport{ID: 7}}, "ask for a refresh of it"},
	} {
		t.Run(name, func(t *testing.T) {
			d := &desk.Desk{Shelf: state.NewMemory(), Daemon: looked{result: c.result}, Queue: &hint.Queue{}}
			_, err := d.Entry(t.Context(), 7)
			missing, ok := errors.AsType[*desk.NotFoundError](err)
			if !ok || !strings.HasPrefix(missing.Hint(), c.want) || strings.Contains(missing.Hint(), "goroutine") {
				t.Errorf("%v, want one with the hint %q", err, c.want)
			}
		})
	}
}
