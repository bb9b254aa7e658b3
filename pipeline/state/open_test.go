package state_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"ingest/pipeline/state"
	"ingest/pipeline/state/statetest"
)

func TestOpenMakesWhatIsMissing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "site", ".ingest")
	db := open(t, dir, state.Options{})
	if err := db.Put(t.Context(), statetest.Entry(1)); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]os.FileMode{dir: 0o700, filepath.Join(dir, "state.db"): 0o600, filepath.Join(dir, "state.db-wal"): 0o600} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want && runtime.GOOS != "windows" {
			t.Errorf("%s: mode %v, want %v", filepath.Base(path), got, want)
		}
	}
	if b, err := os.ReadFile(filepath.Join(dir, ".gitignore")); string(b) != "*\n" || err != nil {
		t.Errorf(".gitignore: %q, error %v; want everything ignored", b, err)
	}
}

func TestOpenLeavesAFolderThatIsThereAlone(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir, state.Options{})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	hidden, _ := filepath.Glob(filepath.Join(dir, ".*"))
	if err != nil || len(files) != 1 || len(hidden) != 0 {
		t.Errorf("got %v and %v, error %v; want state.db alone once it is closed", files, hidden, err)
	}
}

func TestOpenAgainFindsEverything(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir, state.Options{})
	if err := errors.Join(db.Put(t.Context(), statetest.Entry(1)), db.SetFact(t.Context(), "watermark", "x"), db.Close(), db.Close()); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir, state.Options{Replace: true})
	e, err := db.Entry(t.Context(), 1)
	fact, factErr := db.Fact(t.Context(), "watermark")
	if err := errors.Join(err, factErr); err != nil || e == nil || fact != "x" || db.Replaced() != "" {
		t.Errorf("entry %v, fact %q, replaced %q, error %v", e, fact, db.Replaced(), err)
	}
}

func TestOpenByManyAtOnce(t *testing.T) {
	dir := t.TempDir()
	var group sync.WaitGroup
	for id := range int64(8) {
		group.Go(func() {
			db, err := state.Open(t.Context(), filepath.Join(dir, "new", "state.db"), state.Options{})
			if err != nil {
				t.Error(err)
				return
			}
			if err := errors.Join(db.Put(t.Context(), statetest.Entry(id)), db.Close()); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	db := open(t, filepath.Join(dir, "new"), state.Options{})
	for id := range int64(8) {
		if e, err := db.Entry(t.Context(), id); e == nil {
			t.Errorf("entry %d is not there, error %v", id, err)
		}
	}
}

func TestPathIsTakenAsItIs(t *testing.T) {
	name := "a b?c#d%41;&mode=ro.db"
	if runtime.GOOS == "windows" {
		name = "a b#d%41;&mode=ro.db"
	}
	path := filepath.Join(t.TempDir(), name)
	db, err := state.Open(t.Context(), path, state.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Put(t.Context(), statetest.Entry(1)), db.Close()); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	if info, statErr := os.Stat(path); statErr != nil || err != nil || info.Size() < 4096 || len(files) != 1 {
		t.Errorf("files %q, errors %v, %v; want only %q", files, statErr, err, path)
	}
}

func TestAfterCloseThereIsAnError(t *testing.T) {
	db := open(t, t.TempDir(), state.Options{})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	_, entryErr := db.Entry(t.Context(), 1)
	_, factErr := db.Fact(t.Context(), "x")
	for name, err := range map[string]error{"Entry": entryErr, "Fact": factErr, "Put": db.Put(t.Context(), statetest.Entry(1))} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
