package daemon_test

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"ingest/cmd/ingest/internal/daemon"
	"ingest/pipeline"
)

func TestEventsGoOnWhereAListenerStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &runner{each: time.Second, items: func(daemon.Request) []int64 { return []int64{1, 2} }}
		d, _ := serving(r)
		start(t, d)
		time.Sleep(time.Minute)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		var types []daemon.EventType
		seen := d.Events().Last() - 4
		for e := range d.Events().After(ctx, seen) {
			if types = append(types, e.Type); e.Number != seen+uint64(len(types)) {
				t.Errorf("number %d, %d events after %d", e.Number, len(types), seen)
			}
		}
		if want := []daemon.EventType{daemon.RunChanged, daemon.ItemEnded, daemon.ItemEnded, daemon.RunChanged}; !slices.Equal(types, want) {
			t.Errorf("events %v, want %v", types, want)
		}
		if got := d.Of(2); got == nil || got.Item.Outcome != pipeline.Updated {
			t.Errorf("Of(2) = %+v", got)
		}
	})
}

func TestListenerOfTheProcessBeforeMissesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		serve := func() *daemon.Daemon {
			d, _ := serving(&runner{items: func(daemon.Request) []int64 { return []int64{1, 2, 3} }})
			start(t, d)
			synctest.Wait()
			return d
		}
		before := serve().Events().Last()
		time.Sleep(time.Second)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		var got int
		for e := range serve().Events().After(ctx, before) {
			if got++; e.Number <= before {
				t.Errorf("number %d after a start, the last one before was %d", e.Number, before)
			}
		}
		if got != 6 {
			t.Errorf("%d events of the run at the start, want all 6", got)
		}
	})
}
