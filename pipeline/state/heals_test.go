package state_test

import (
	"errors"
	"slices"
	"testing"

	"ingest/enrich/linkhealth"
	"ingest/pipeline"
	"ingest/pipeline/state"
	"ingest/pipeline/state/statetest"
)

// One value that cannot be read is one entry's trouble, and Put mends it.
func TestDamagedEntryIsMendedByPut(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir, state.Options{})
	for _, id := range []int64{1, 2} {
		if err := db.Put(t.Context(), statetest.Entry(id)); err != nil {
			t.Fatal(err)
		}
	}
	raw(t, dir+"/state.db", "UPDATE entry SET visit = x'02' WHERE id = 1")
	_, err := db.Entry(t.Context(), 1)
	damaged, ok := err.(*pipeline.DamagedEntryError) //nolint:errorlint // the outermost is what is promised
	if !ok || damaged.ID != 1 || damaged.Hint() == "" {
		t.Fatalf("error %v, want a DamagedEntryError", err)
	}
	if e, err := db.Entry(t.Context(), 2); err != nil || e == nil {
		t.Errorf("the other entry: %v, %v", e, err)
	}
	if err := db.Put(t.Context(), statetest.Entry(1)); err != nil {
		t.Fatal(err)
	}
	if e, err := db.Entry(t.Context(), 1); err != nil || e == nil {
		t.Errorf("after Put: %v, %v", e, err)
	}
}

// What cannot be read of one entry does not hide those behind it.
func TestDamagedEntryAmongOthers(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir, state.Options{})
	for id := range int64(6) {
		if err := db.Put(t.Context(), statetest.Entry(id-1)); err != nil {
			t.Fatal(err)
		}
	}
	raw(t, dir+"/state.db", "UPDATE entry SET written = x'02' WHERE id IN (-1, 2, 4)")
	var read, damaged []int64
	for e, err := range db.Entries(t.Context()) {
		if one, ok := errors.AsType[*pipeline.DamagedEntryError](err); ok {
			damaged = append(damaged, one.ID)
		} else if err != nil {
			t.Fatal(err)
		} else {
			read = append(read, e.ID)
		}
	}
	if !slices.Equal(read, []int64{0, 1, 3}) || !slices.Equal(damaged, []int64{-1, 2, 4}) {
		t.Errorf("read %v and found %v damaged, want 0, 1, 3 and -1, 2, 4", read, damaged)
	}
	for _, err := range db.Entries(t.Context()) { // and may be left at one
		if _, ok := errors.AsType[*pipeline.DamagedEntryError](err); ok {
			break
		}
	}
}

// What is known of a link and cannot be read is that link's trouble alone.
func TestDamagedLinkIsMendedByPut(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir, state.Options{})
	for _, id := range []int64{1, 2} {
		if err := errors.Join(db.Put(t.Context(), statetest.Entry(id)), db.PutLinkHealth(t.Context(), statetest.LinkHealth(id, linkhealth.OK))); err != nil {
			t.Fatal(err)
		}
	}
	for _, value := range []string{"x'02'", "x'007b'"} {
		raw(t, dir+"/state.db", "UPDATE link SET health = "+value+" WHERE entry = 1")
		h, err := db.LinkHealth(t.Context(), 1)
		if damaged, ok := errors.AsType[*pipeline.DamagedLinkError](err); !ok || damaged.ID != 1 || damaged.Hint() == "" || h != nil {
			t.Fatalf("%s: %v, error %v; want a DamagedLinkError", value, h, err)
		}
		if h, err := db.LinkHealth(t.Context(), 2); err != nil || h == nil {
			t.Errorf("the other link: %v, %v", h, err)
		}
		if err := db.PutLinkHealth(t.Context(), statetest.LinkHealth(1, linkhealth.OK)); err != nil {
			t.Fatal(err)
		}
		if h, err := db.LinkHealth(t.Context(), 1); err != nil || h == nil {
			t.Errorf("after it was put: %v, %v", h, err)
		}
	}
}
