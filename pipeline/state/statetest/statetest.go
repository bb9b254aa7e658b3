// Package statetest holds the contract of [pipeline.Store] as tests. Each
// implementation runs [Store] on itself; what passes may take another's place.
package statetest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ingest/pipeline"
)

// Store runs the contract. open gives an empty store, and closes it when its
// test ends.
func Store(t *testing.T, open func(t *testing.T) pipeline.Store) {
	for name, test := range map[string]func(*testing.T, pipeline.Store){
		"nothing is remembered at first":       empty,
		"an entry comes back":                  comesBack,
		"a later entry replaces all of it":     replaces,
		"nothing and empty stay two things":    nothingAndEmpty,
		"entries are copies":                   copies,
		"entries come in order":                inOrder,
		"entries may be put while they come":   putMeanwhile,
		"forgotten entries are gone":           forget,
		"due entries by id":                    due,
		"stale entries by age":                 stale,
		"published entries by id":              published,
		"entries by address":                   withURL,
		"facts":                                facts,
		"runs come newest first":               runs,
		"a context that ended changes nothing": ended,
		"several goroutines at once":           atOnce,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

// Entry is an entry with something in every field, made of its id.
func Entry(id int64) *pipeline.Entry {
	at := time.Date(2026, 11, 22, 2, 0, 0, 123456000, time.UTC).Add(time.Duration(id) * time.Hour)
	long := strings.Repeat(fmt.Sprintf(`{"id":%d,"subject":"Tide clocks"}`, id), 100)
	return &pipeline.Entry{
		ID: id, Subject: fmt.Sprint("Tide clocks ", id), UpdatedAt: at, CheckedAt: at.Add(time.Second),
		Outcome: pipeline.Failed, Error: "fetch: 503", Failures: 2, NextTry: at.Add(time.Hour), Attention: "the page is gone",
		Clean: fmt.Sprint("https://example.org/", id), Canonical: fmt.Sprint("https://www.example.org/", id),
		Path: fmt.Sprintf("content/%d.md", id), Tracker: []byte(long), Visit: []byte(`{"link":"https://example.org/"}`), ReadAt: at.Add(-time.Hour),
		HTML: []byte("<!doctype html>" + long), Written: []byte("title: Tide clocks\r\n"),
		Assets: []pipeline.StoredAsset{
			{Name: "b.png", SHA256: "00ff", URL: "https://example.org/b.png", ETag: `W/"1"`, LastModified: "Sun, 22 Nov 2026 02:00:00 GMT"},
			{Name: "a.svg"},
		},
	}
}

func ended(t *testing.T, s pipeline.Store) {
	put(t, s, Entry(1))
	why := errors.New("interrupted")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(why)
	_, entryErr := s.Entry(ctx, 1)
	_, dueErr := s.Due(ctx, time.Now())
	_, staleErr := s.Stale(ctx, time.Now(), 1)
	_, publishedErr := s.Published(ctx)
	_, urlErr := s.WithURL(ctx, "x")
	_, factErr := s.Fact(ctx, "x")
	_, runsErr := s.Runs(ctx, 1)
	var entriesErr error
	for _, err := range s.Entries(ctx) {
		entriesErr = errors.Join(entriesErr, err)
	}
	for name, err := range map[string]error{
		"Entry": entryErr, "Entries": entriesErr, "Due": dueErr, "Stale": staleErr, "Published": publishedErr, "WithURL": urlErr, "Fact": factErr, "Runs": runsErr,
		"Put": s.Put(ctx, Entry(2)), "Forget": s.Forget(ctx, 1), "SetFact": s.SetFact(ctx, "x", "y"), "SaveRun": s.SaveRun(ctx, &pipeline.Report{}),
	} {
		if !errors.Is(err, why) {
			t.Errorf("%s: error %v, want the context's cause", name, err)
		}
	}
	same(t, "ids", all(t, s), []int64{1}, nil)
}

func atOnce(t *testing.T, s pipeline.Store) {
	var group sync.WaitGroup
	for worker := range int64(8) {
		group.Go(func() {
			for n := range int64(20) {
				id := worker*100 + n
				if err := errors.Join(s.Put(t.Context(), Entry(id)), s.SetFact(t.Context(), fmt.Sprint(worker), fmt.Sprint(n))); err != nil {
					t.Error(err)
				}
				got, err := s.Entry(t.Context(), id)
				same(t, "entry", got, Entry(id), err)
			}
		})
	}
	group.Wait()
	if n := len(all(t, s)); n != 160 {
		t.Errorf("%d entries, want 160", n)
	}
}

func put(t *testing.T, s pipeline.Store, e *pipeline.Entry) {
	t.Helper()
	if err := s.Put(t.Context(), e); err != nil {
		t.Fatal(err)
	}
}

// all lists the ids of all entries in the order in which they come.
func all(t *testing.T, s pipeline.Store) (ids []int64) {
	t.Helper()
	for e, err := range s.Entries(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, e.ID)
	}
	return ids
}

func same[T any](t *testing.T, what string, got, want T, err error) {
	t.Helper()
	if err != nil {
		t.Errorf("%s: %v", what, err)
	}
	if reflect.DeepEqual(got, want) { // far faster than the difference
		return
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}
