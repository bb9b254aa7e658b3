package state_test

import (
	"path/filepath"
	"strconv"
	"testing"

	"ingest/pipeline/state"
	"ingest/pipeline/state/statetest"
)

func TestWhatWasPutSurvivesTheDeathOfTheProcess(t *testing.T) {
	dir := t.TempDir()
	said := int64(0)
	for _, more := range []int64{1, 40, 400} { // in the log alone, and partly in the file
		c := start(t, "put", filepath.Join(dir, "state.db"))
		for n := int64(0); n < more && c.out.Scan(); n++ {
			id, err := strconv.ParseInt(c.out.Text(), 10, 64)
			if err != nil {
				t.Fatalf("the other process says %q", c.out.Text())
			}
			said = max(said, id)
		}
		c.kill(t)
		db, err := state.Open(t.Context(), filepath.Join(dir, "state.db"), state.Options{Replace: true})
		if err != nil {
			t.Fatal(err)
		}
		if db.Replaced() != "" {
			t.Errorf("after %d entries the file was taken for damaged", said)
		}
		for id := int64(1); id <= said; id++ {
			got, err := db.Entry(t.Context(), id)
			if diff := difference(statetest.Entry(id), got); err != nil || diff != "" {
				t.Fatalf("entry %d of %d: error %v, (-want +got):\n%s", id, said, err, diff)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTwoProcessesWrite(t *testing.T) {
	dir := t.TempDir()
	c := start(t, "put-some", filepath.Join(dir, "state.db"))
	db := open(t, dir, state.Options{})
	for id := int64(1001); id <= 1200; id++ {
		if err := db.Put(t.Context(), statetest.Entry(id)); err != nil {
			t.Fatal(err)
		}
	}
	for c.out.Scan() {
		t.Error("the other process:", c.out.Text())
	}
	if err := c.Wait(); err != nil {
		t.Error("the other process:", err)
	}
	n := 0
	for _, err := range db.Entries(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != 400 {
		t.Errorf("%d entries, want 400", n)
	}
}
