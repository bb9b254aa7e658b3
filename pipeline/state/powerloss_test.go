package state_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"ingest/pipeline/state"
	"ingest/pipeline/state/statetest"
)

// A machine that loses power may have written the log in part, and not in
// order. What is found then must be a beginning of what was done.
func TestWatermarkIsNeverAheadOfItsEntries(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir, state.Options{})
	const last = 6
	for id := int64(1); id <= last; id++ {
		if err := errors.Join(db.Put(t.Context(), statetest.Entry(id)), db.SetFact(t.Context(), "watermark", fmt.Sprint(id))); err != nil {
			t.Fatal(err)
		}
	}
	file, err := os.ReadFile(filepath.Join(dir, "state.db"))
	if err != nil {
		t.Fatal(err)
	}
	log, err := os.ReadFile(filepath.Join(dir, "state.db-wal"))
	if err != nil {
		t.Fatal(err)
	}
	found := map[int64]bool{}
	for at := 0; at+4096 <= len(log); at += 2*4096 + 512 {
		found[afterPowerLoss(t, file, log[:at])] = true
		found[afterPowerLoss(t, file, hole(log, at, at+4096))] = true
	}
	found[afterPowerLoss(t, file, log)] = true
	if len(found) < last-1 || !found[last] {
		t.Errorf("watermarks found: %v, want most up to %d", found, last)
	}
}

// afterPowerLoss opens what is left and returns its watermark.
func afterPowerLoss(t *testing.T, file, log []byte) int64 {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "state.db")
	if err := errors.Join(os.WriteFile(path, file, 0o600), os.WriteFile(path+"-wal", log, 0o600)); err != nil {
		t.Fatal(err)
	}
	db, err := state.Open(t.Context(), path, state.Options{Replace: true})
	if err != nil {
		t.Fatal(err)
	}
	fact, err := db.Fact(t.Context(), "watermark")
	if err != nil || db.Replaced() != "" {
		t.Fatalf("replaced %q, error %v", db.Replaced(), err)
	}
	watermark, _ := strconv.ParseInt(fact, 10, 64) // "" is 0
	next := int64(1)
	for e, err := range db.Entries(t.Context()) {
		if diff := difference(statetest.Entry(next), e); err != nil || diff != "" {
			t.Fatalf("error %v, (-want +got):\n%s", err, diff)
		}
		next++
	}
	if entries := next - 1; entries < watermark || entries > watermark+1 {
		t.Errorf("entries up to %d, watermark %d", entries, watermark)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return watermark
}
