package openproject_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"ingest/openproject"
	"ingest/openproject/openprojecttest"
)

// capped is a tracker whose pages hold 200 rows at most.
func capped(now func() time.Time) *openprojecttest.Tracker {
	return openprojecttest.Curation(openprojecttest.Options{MaxPageSize: 200, APIKey: "secret", Now: now})
}

// later is a clock that is a millisecond on with every look, a year after epoch.
func later() func() time.Time {
	now := epoch().AddDate(1, 0, 0)
	return func() time.Time {
		now = now.Add(time.Millisecond)
		return now
	}
}

func TestListingIsCompleteWhileEveryTenthChanges(t *testing.T) {
	for name, q := range map[string]openproject.Query{
		"in order of creation": {Types: []string{"Curated Content"}},
		"in order of change":   {UpdatedSince: epoch()},
	} {
		t.Run(name, func(t *testing.T) {
			tracker := start(t, capped(later()))
			ids := fill(tracker, 10_000, 700*time.Millisecond)
			got, err := list(t, of(t, tracker), q, func(n int) {
				if n%10 == 0 { // ahead, behind and right at the place being read
					tracker.Update(ids[(n*7919)%len(ids)], func(*openprojecttest.WorkPackage) {})
				}
			})
			if err != nil {
				t.Fatal(err)
			}
			wantAll(t, got, ids)
			if requests := len(tracker.Requests()); requests > 80 {
				t.Errorf("%d requests for 50 pages", requests)
			}
		})
	}
}

func TestListingSeesEveryRowThatStaysWhileOthersComeAndGo(t *testing.T) {
	tracker := start(t, capped(later()))
	ids := fill(tracker, 10_000, 700*time.Millisecond)
	var gone []int64
	got, err := list(t, of(t, tracker), openproject.Query{}, func(n int) {
		if n%20 != 0 {
			return
		}
		// One of the first thousand goes, mostly already read: what is unread moves up.
		if id := ids[n%1000]; tracker.Delete(id) {
			gone = append(gone, id)
		}
		tracker.Add(openprojecttest.WorkPackage{Subject: "new"})
		tracker.Add(openprojecttest.WorkPackage{Subject: "imported", CreatedAt: epoch().Add(time.Hour)})
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(gone) < 40 {
		t.Fatalf("only %d rows were deleted", len(gone))
	}
	wantAll(t, got, slices.DeleteFunc(ids, func(id int64) bool { return slices.Contains(gone, id) }))
}

func TestListingOfOneCrowdedMoment(t *testing.T) {
	tracker := start(t, capped(later()))
	ids := fill(tracker, 10_000, 0)
	after := tracker.Add(openprojecttest.WorkPackage{Subject: "after", CreatedAt: epoch().Add(time.Second)})
	got, err := list(t, of(t, tracker), openproject.Query{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	wantAll(t, got, append(ids, after))
}

func TestListingOfCrowdedMomentsWhileRowsLeave(t *testing.T) {
	t.Run("deleted", func(t *testing.T) {
		tracker := start(t, capped(later()))
		ids := fill(tracker, 3000, 0)
		gone := map[int64]bool{}
		got, err := list(t, of(t, tracker), openproject.Query{}, func(n int) {
			if id := ids[n-1]; n%5 == 0 && tracker.Delete(id) {
				gone[id] = true
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		wantAll(t, got, slices.DeleteFunc(ids, func(id int64) bool { return gone[id] }))
	})
	t.Run("edited after a bulk edit", func(t *testing.T) {
		tracker := start(t, capped(later()))
		ids := fill(tracker, 3000, 0)
		got, err := list(t, of(t, tracker), openproject.Query{UpdatedSince: epoch()}, func(n int) {
			if n%5 == 0 {
				tracker.Update(ids[n-1], func(*openprojecttest.WorkPackage) {})
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		wantAll(t, got, ids)
	})
}

func TestListingYieldsTheFirstStateSeen(t *testing.T) {
	tracker := start(t, openprojecttest.Curation(openprojecttest.Options{MaxPageSize: 3, APIKey: "secret"}))
	ids := fill(tracker, 10, time.Minute)
	got, err := list(t, of(t, tracker), openproject.Query{}, func(n int) {
		if n == 1 {
			tracker.Update(ids[0], func(w *openprojecttest.WorkPackage) { w.Subject = "too late" })
			tracker.Update(ids[9], func(w *openprojecttest.WorkPackage) { w.Subject = "in time" })
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if got[ids[0]].Subject != "Item 0" || got[ids[9]].Subject != "in time" {
		t.Errorf("got %q and %q", got[ids[0]].Subject, got[ids[9]].Subject)
	}
}

func TestListingStopsWhenTheCallerStops(t *testing.T) {
	tracker := start(t, openprojecttest.Curation(openprojecttest.Options{MaxPageSize: 3, APIKey: "secret"}))
	fill(tracker, 30, time.Minute)
	for _, err := range of(t, tracker).WorkPackages(t.Context(), openproject.Query{}) {
		if err != nil {
			t.Error(err)
		}
		break
	}
	if n := len(tracker.Requests()); n != 1 {
		t.Errorf("%d requests, want 1", n)
	}
}

func TestListingWithOneErrorAndThenTheEnd(t *testing.T) {
	tracker := start(t, openprojecttest.Curation(openprojecttest.Options{MaxPageSize: 3, APIKey: "secret"}))
	fill(tracker, 30, time.Minute)
	c := of(t, tracker)
	rows, failures := 0, 0
	for wp, err := range c.WorkPackages(t.Context(), openproject.Query{}) {
		if err != nil {
			failures++
			var broken *openproject.PayloadError
			if !errors.As(err, &broken) || wp != nil {
				t.Errorf("got %v, %v; want a PayloadError alone", wp, err)
			}
			continue
		}
		if rows++; rows == 6 {
			tracker.SetFault(half)
		}
	}
	if rows != 7 || failures != 1 { // the page in hand ends with row 7
		t.Errorf("%d rows and %d errors, want 7 and 1", rows, failures)
	}
}
