package statetest

import (
	"slices"
	"testing"
	"time"

	"ingest/pipeline"
)

func empty(t *testing.T, s pipeline.Store) {
	ctx := t.Context()
	e, err := s.Entry(ctx, 1)
	same(t, "entry", e, (*pipeline.Entry)(nil), err)
	same(t, "entries", all(t, s), nil, nil)
	ids, err := s.Due(ctx, time.Unix(1<<40, 0))
	same(t, "due", len(ids), 0, err)
	ids, err = s.Stale(ctx, time.Unix(1<<40, 0), 10)
	same(t, "stale", len(ids), 0, err)
	value, err := s.Fact(ctx, "watermark")
	same(t, "fact", value, "", err)
	reports, err := s.Runs(ctx, 10)
	same(t, "runs", len(reports), 0, err)
}

func comesBack(t *testing.T, s pipeline.Store) {
	west := time.FixedZone("west", -7*3600)
	late := Entry(4)
	late.UpdatedAt = late.UpdatedAt.In(west)
	fine := Entry(5)
	fine.CheckedAt = fine.CheckedAt.Add(999) // nanoseconds: instants are kept to the microsecond
	for name, e := range map[string]*pipeline.Entry{
		"full": Entry(1), "empty": {ID: 2}, "negative id": {ID: -3}, "another time zone": late, "nanoseconds": fine,
		"bytes that are no text": {ID: 6, Subject: "a\x00b\xff", Tracker: []byte{0}, Written: []byte{0xff, 0, 0x28, 0xb5, 0x2f, 0xfd}, Assets: []pipeline.StoredAsset{{URL: "\xfe\x00x"}}},
		"years far away":         {ID: 7, UpdatedAt: time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC), CheckedAt: time.Date(9999, 12, 31, 23, 59, 59, 999999000, time.UTC)},
	} {
		put(t, s, e)
		want := *e
		for _, at := range []*time.Time{&want.UpdatedAt, &want.CheckedAt} {
			*at = at.UTC().Truncate(time.Microsecond)
		}
		got, err := s.Entry(t.Context(), e.ID)
		same(t, name, got, &want, err)
		if got != nil && got.UpdatedAt.Location() != time.UTC {
			t.Errorf("%s: time zone %v, want UTC", name, got.UpdatedAt.Location())
		}
	}
}

func replaces(t *testing.T, s pipeline.Store) {
	put(t, s, Entry(1))
	second := &pipeline.Entry{ID: 1, Outcome: pipeline.Unchanged, Assets: []pipeline.StoredAsset{{Name: "b.pdf"}}}
	put(t, s, second)
	got, err := s.Entry(t.Context(), 1)
	same(t, "entry", got, second, err)
	ids, err := s.Due(t.Context(), Entry(1).NextTry)
	same(t, "due", len(ids), 0, err)
}

func nothingAndEmpty(t *testing.T, s pipeline.Store) {
	put(t, s, &pipeline.Entry{ID: 1, Written: []byte{}, Assets: []pipeline.StoredAsset{}})
	got, err := s.Entry(t.Context(), 1)
	same(t, "entry", got, &pipeline.Entry{ID: 1, Written: []byte{}}, err)
	if got.Written == nil || got.HTML != nil || got.Assets != nil {
		t.Errorf("written nil: %v, want false; html nil: %v, assets nil: %v, want true", got.Written == nil, got.HTML == nil, got.Assets == nil)
	}
}

func copies(t *testing.T, s pipeline.Store) {
	spoil := func(e *pipeline.Entry) {
		e.Subject, e.Written[0], e.Tracker[0], e.Assets[0].Name = "spoilt", 'X', 'X', "spoilt"
	}
	e := Entry(1)
	put(t, s, e)
	spoil(e)
	got, err := s.Entry(t.Context(), 1)
	same(t, "after its writer changed it", got, Entry(1), err)
	spoil(got)
	got, err = s.Entry(t.Context(), 1)
	same(t, "after a reader changed it", got, Entry(1), err)
}

func inOrder(t *testing.T, s pipeline.Store) {
	for _, id := range []int64{300, -1, 7, 1 << 40, 70} {
		put(t, s, Entry(id))
	}
	same(t, "ids", all(t, s), []int64{-1, 7, 70, 300, 1 << 40}, nil)
	for e, err := range s.Entries(t.Context()) { // and may be left early
		same(t, "first", e, Entry(-1), err)
		break
	}
	put(t, s, Entry(8)) // nothing is left locked
}

func putMeanwhile(t *testing.T, s pipeline.Store) {
	for id := range int64(50) {
		put(t, s, &pipeline.Entry{ID: id})
	}
	var ids []int64
	for e, err := range s.Entries(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, e.ID)
		e.Failures++
		put(t, s, e)
	}
	if len(ids) != 50 || !slices.IsSorted(ids) {
		t.Errorf("got %v, want 0 to 49, each once", ids)
	}
}

func forget(t *testing.T, s pipeline.Store) {
	put(t, s, Entry(1))
	put(t, s, Entry(2))
	for range 2 { // the second time it is not there
		if err := s.Forget(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
	}
	same(t, "ids", all(t, s), []int64{2}, nil)
	put(t, s, &pipeline.Entry{ID: 1})
	got, err := s.Entry(t.Context(), 1)
	same(t, "put anew", got, &pipeline.Entry{ID: 1}, err)
}
