package state_test

import (
	"testing"

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
