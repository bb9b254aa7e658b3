package desk_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"ingest/cmd/ingest/internal/daemon"
	"ingest/cmd/ingest/internal/desk"
	"ingest/enrich"
	"ingest/enrich/linkhealth"
	"ingest/output"
	"ingest/pipeline"
	"ingest/pipeline/explain"
	"ingest/pipeline/hint"
	"ingest/pipeline/state"
	"ingest/pipeline/state/statetest"
)

// noon is when the work packages of the world were last changed, the ones with
// higher ids later.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// world is a desk over a store, a daemon at work and a site of a few documents.
type world struct {
	*desk.Desk
	store statetest.Lister
	queue *hint.Queue
	// hold keeps runs from going on until it is closed.
	hold chan struct{}
}

// eachStore runs a test with each kind of state.
func eachStore(t *testing.T, test func(t *testing.T, w *world)) {
	t.Run("memory", func(t *testing.T) { test(t, newWorld(t, state.NewMemory())) })
	t.Run("file", func(t *testing.T) {
		db, err := state.Open(t.Context(), filepath.Join(t.TempDir(), "state.db"), state.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
		test(t, newWorld(t, db))
	})
}

func newWorld(t *testing.T, store statetest.Lister) *world {
	w := &world{store: store, queue: &hint.Queue{}, hold: make(chan struct{})}
	d := &daemon.Daemon{Runner: runner{w}, Queue: w.queue}
	w.Desk = &desk.Desk{Shelf: store, Daemon: d, Queue: w.queue,
		Explain: func(_ context.Context, id int64) (*explain.Explanation, error) {
			return &explain.Explanation{ID: id, Address: fmt.Sprintf("/news/%d/", id)}, nil
		},
		Read: func(_ context.Context, id int64) (string, string, bool, error) {
			return fmt.Sprintf("id: %d\n", id), "A body.\n", true, nil
		},
		OpenAsset: func(_ context.Context, id int64, name string) (io.ReadSeekCloser, time.Time, error) {
			if strings.HasPrefix(name, "gone") {
				return nil, time.Time{}, fs.ErrNotExist
			}
			return file{strings.NewReader(fmt.Sprint(id, name))}, noon, nil
		},
		Addresses: func(context.Context) iter.Seq2[int64, string] {
			return func(yield func(int64, string) bool) {
				_ = yield(1, "/news/1/") && yield(1, "/old-address") && yield(2, "/news/2/")
			}
		},
		SiteURL:        func(address string) string { return "https://site.example" + address },
		WorkPackageURL: func(id int64) string { return fmt.Sprintf("https://tracker.example/work_packages/%d", id) },
		Clean:          func(url string) string { return strings.Replace(url, "utm_source=mail", "", 1) },
	}
	ctx, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	group.Go(func() {
		if err := d.Run(ctx); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() { cancel(); group.Wait() })
	w.settle(t) // the incremental run of the start
	return w
}

type file struct{ *strings.Reader }

func (file) Close() error { return nil }

type runner struct{ *world }

// Run is that of the daemon's runs: each item of a named one is updated, and a
// report is kept. Full runs wait for hold.
func (w runner) Run(ctx context.Context, r daemon.Request, h daemon.Hooks) (*pipeline.Report, error) {
	if r.Kind == daemon.Full {
		select {
		case <-w.hold:
		case <-h.Drain:
		}
	}
	report := &pipeline.Report{ID: h.ID, Kind: string(r.Kind), Trigger: string(r.Trigger), Started: time.Now(), DryRun: r.DryRun, Counts: map[pipeline.Outcome]int{}}
	for _, id := range r.IDs {
		item := pipeline.ItemReport{ID: id, Subject: "Tides", Outcome: pipeline.Updated, Warnings: []pipeline.Warning{{Text: fmt.Sprint("said by ", r.Kind)}}}
		report.Items = append(report.Items, item)
		report.Counts[pipeline.Updated]++
		h.Observe(pipeline.Event{Item: item, Changes: []output.Change{{File: "content/a.md", Kind: output.Updated, Old: []byte("title: a\n"), New: []byte("title: b\n")}}})
	}
	return report, w.store.SaveRun(ctx, report)
}

// settle waits until nothing runs and nothing waits; a hint that was just taken is
// neither for a moment: handled waits for one.
func (w *world) settle(t *testing.T) {
	t.Helper()
	for range w.Events().After(t.Context(), 0) {
		idle := len(w.queue.Waiting()) == 0 && len(w.Daemon.Runs()) > 0
		for _, r := range w.Daemon.Runs() {
			idle = idle && !r.Ended.IsZero()
		}
		if idle {
			return
		}
	}
}

// begun waits until a run is at work.
func (w *world) begun(t *testing.T, id string) {
	t.Helper()
	for range w.Events().After(t.Context(), 0) {
		for _, r := range w.Daemon.Runs() {
			if r.ID == id && r.State == daemon.Running {
				return
			}
		}
	}
}

// handled waits until no hint on a work package waits or is at work.
func (w *world) handled(t *testing.T, id int64) {
	t.Helper()
	for range w.Events().After(t.Context(), 0) {
		if waits, taken := w.queue.Pending(id); !waits && !taken {
			return
		}
	}
}

// put remembers entries.
func (w *world) put(t *testing.T, entries ...*pipeline.Entry) {
	t.Helper()
	for _, e := range entries {
		if e.UpdatedAt.IsZero() {
			e.UpdatedAt = noon.Add(time.Duration(e.ID) * time.Minute)
		}
		if err := w.store.Put(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
}

// entry is a published one with all that a visit found.
func entry(id int64) *pipeline.Entry {
	url := fmt.Sprintf("https://example.org/%d", id)
	visit, err := json.Marshal(enrich.Visit{Link: &enrich.Link{Original: url + "?utm_source=mail", Clean: url, Href: url},
		Image: &enrich.Asset{SHA256: "abc"}})
	if err != nil {
		panic(err)
	}
	return &pipeline.Entry{ID: id, Subject: fmt.Sprint("Tide clocks ", id), Outcome: pipeline.Created, Clean: url, Canonical: url + "/canonical",
		Path: fmt.Sprintf("%d.md", id), Visit: visit, CheckedAt: noon, Assets: []pipeline.StoredAsset{{Name: "icon.png", SHA256: "1"}, {Name: "image.jpg", SHA256: "abc"}, {Name: "gone.jpg"}}}
}

func (w *world) dead(t *testing.T, id int64) {
	t.Helper()
	h := statetest.LinkHealth(id, linkhealth.Dead)
	h.URL = fmt.Sprintf("https://example.org/%d", id)
	if err := w.store.PutLinkHealth(t.Context(), h); err != nil {
		t.Fatal(err)
	}
}

func ids(all []desk.Summary) []int64 {
	ids := []int64{}
	for _, s := range all {
		ids = append(ids, s.ID)
	}
	return ids
}

// errBroken is the error of a store that broke.
var errBroken = errors.New("broken")
