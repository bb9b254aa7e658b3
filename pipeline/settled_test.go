package pipeline_test

import (
	"context"
	"iter"
	"testing"
	"time"

	"ingest/openproject"
	"ingest/openproject/openprojecttest"
	"ingest/pipeline"
	"ingest/pipeline/state"
)

// sinces notes from which time a listing asks.
type sinces struct {
	*openproject.Client
	asked []time.Time
}

func (s *sinces) WorkPackages(ctx context.Context, q openproject.Query) iter.Seq2[*openproject.WorkPackage, error] {
	s.asked = append(s.asked, q.UpdatedSince)
	return s.Client.WorkPackages(ctx, q)
}

// A bulk import must not be listed again every night: once nothing can have been
// committed late any more, a listing begins at the watermark.
func TestListingBeginsAtTheWatermarkOnceItIsSettled(t *testing.T) {
	clock := night()
	stamp := clock.Add(-time.Minute)
	fake := openprojecttest.Curation(openprojecttest.Options{APIKey: "k", Now: func() time.Time { return stamp }})
	for id := range int64(5) {
		fake.Add(openprojecttest.WorkPackage{ID: id + 1, Subject: "Item", UpdatedAt: stamp,
			Fields: map[string]any{"Source URL": "https://example.org/", "Medigy Topics": []string{"A"}, "Via": " "}})
	}
	if err := fake.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(fake.Close)
	client, err := openproject.New(openproject.Options{BaseURL: fake.URL(), APIKey: "k"})
	if err != nil {
		t.Fatal(err)
	}
	source, watermark := &sinces{Client: client}, stamp
	p := remembering(source, &memory{}, state.NewMemory(), clock)
	for i, want := range []time.Time{{}, watermark.Add(-10 * time.Minute), watermark.Add(-10 * time.Minute), watermark, watermark} {
		run(t, p, pipeline.Selection{})
		if got := source.asked[i]; !got.Equal(want) {
			t.Errorf("run %d lists since %v, want %v", i+1, got, want)
		}
		*clock = clock.Add([]time.Duration{time.Minute, time.Hour, time.Hour, time.Hour, 0}[i])
	}
	stamp = clock.Add(-time.Second)
	fake.Update(3, func(wp *openprojecttest.WorkPackage) { wp.Subject = "Three" })
	run(t, p, pipeline.Selection{})
	run(t, p, pipeline.Selection{})
	if got, want := source.asked[6], stamp.Add(-10*time.Minute); !got.Equal(want) {
		t.Errorf("after a change the listing begins at %v, want %v again", got, want)
	}
}
