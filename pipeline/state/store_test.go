package state_test

import (
	"errors"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ingest/pipeline"
	"ingest/pipeline/state"
	"ingest/pipeline/state/statetest"
)

// open opens the file "state.db" of a folder for the length of a test.
func open(t testing.TB, dir string, o state.Options) *state.DB {
	t.Helper()
	db, err := state.Open(t.Context(), filepath.Join(dir, "state.db"), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// difference is "" for two that are equal.
func difference(want, got *pipeline.Entry) string {
	if reflect.DeepEqual(want, got) { // far faster
		return ""
	}
	return cmp.Diff(want, got)
}

func TestContractOfDB(t *testing.T) {
	statetest.Store(t, func(t *testing.T) pipeline.Store { return open(t, t.TempDir(), state.Options{}) })
}

func TestContractOfMemory(t *testing.T) {
	statetest.Store(t, func(*testing.T) pipeline.Store { return state.NewMemory() })
}

func TestForgottenEntriesLeaveNoAssetsBehind(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir, state.Options{})
	if err := errors.Join(db.Put(t.Context(), statetest.Entry(1)), db.Forget(t.Context(), 1)); err != nil {
		t.Fatal(err)
	}
	// A check that fails where a row is left.
	raw(t, filepath.Join(dir, "state.db"), "CREATE TABLE none (n CHECK (n = 0)); INSERT INTO none SELECT count(*) FROM asset")
}
