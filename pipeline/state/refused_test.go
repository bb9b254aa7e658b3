package state_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"ingest/pipeline"
	"ingest/pipeline/state"
	"ingest/pipeline/state/statetest"
)

// raw runs SQL on a file behind the package's back.
func raw(t *testing.T, path string, statements string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err == nil {
		_, err = db.ExecContext(t.Context(), statements)
		err = errors.Join(err, db.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
}

type hinted interface {
	error
	Hint() string
}

func TestFilesThatAreNotOurs(t *testing.T) {
	for name, tt := range map[string]struct {
		statements string
		want       any
	}{
		"a newer ingest's":             {"PRAGMA application_id = 0x696e6773; PRAGMA user_version = 99; CREATE TABLE x (y)", new(*state.NewerError)},
		"another program's":            {"CREATE TABLE notes (y)", new(*state.ForeignError)},
		"another program's, versioned": {"PRAGMA application_id = 7; PRAGMA user_version = 1; CREATE TABLE notes (y)", new(*state.ForeignError)},
		"another program's, marked":    {"PRAGMA application_id = 7", new(*state.ForeignError)},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "state.db")
			raw(t, path, tt.statements)
			before, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			_, err = state.Open(t.Context(), path, state.Options{Replace: true})
			if !errors.As(err, tt.want) || !strings.Contains(err.Error(), path) {
				t.Fatalf("error %v, want %T", err, tt.want)
			}
			if h, ok := errors.AsType[hinted](err); !ok || h.Hint() == "" {
				t.Error("no hint")
			}
			files, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
			if after, err := os.ReadFile(path); !bytes.Equal(before, after) || err != nil || len(files) != 1 {
				t.Errorf("it was touched: files %v, error %v", files, err)
			}
		})
	}
}

func TestNoRoom(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir, state.Options{})
	if err := db.LimitPages(t.Context(), 100); err != nil {
		t.Fatal(err)
	}
	id, err := int64(0), error(nil)
	for ; err == nil && id < 10000; id++ {
		err = db.Put(t.Context(), statetest.Entry(id))
	}
	if e, ok := errors.AsType[*state.FullError](err); !ok || !errors.Is(err, syscall.ENOSPC) || e.Hint() == "" {
		t.Fatalf("error %v after %d entries, want a FullError that is ENOSPC", err, id)
	}
	n := int64(0)
	for _, err := range db.Entries(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != id-1 || n == 0 {
		t.Errorf("%d entries, want all %d before the disk was full", n, id-1)
	}
}

func TestAnotherProcessWrites(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir, state.Options{Wait: time.Millisecond})
	if err := db.Put(t.Context(), statetest.Entry(1)); err != nil {
		t.Fatal(err)
	}
	other, err := sql.Open("sqlite", filepath.Join(dir, "state.db")+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	tx, err := other.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Put(t.Context(), statetest.Entry(2))
	if e, ok := errors.AsType[*state.BusyError](err); !ok || e.Hint() == "" {
		t.Errorf("error %v, want a BusyError", err)
	}
	if e, err := db.Entry(t.Context(), 1); e == nil || err != nil {
		t.Errorf("reading meanwhile: %v, error %v", e, err)
	}
	if err := errors.Join(tx.Rollback(), other.Close(), db.Put(t.Context(), statetest.Entry(2))); err != nil {
		t.Error("afterwards:", err)
	}
}

func TestWaitingEndsWithTheContext(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir, state.Options{Wait: time.Hour})
	other, err := sql.Open("sqlite", filepath.Join(dir, "state.db")+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	tx, err := other.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := db.Put(ctx, statetest.Entry(1)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v, want the end of the context", err)
	}
	if err := errors.Join(tx.Rollback(), other.Close()); err != nil {
		t.Error(err)
	}
}

func TestPartThatIsTooLarge(t *testing.T) {
	db := open(t, t.TempDir(), state.Options{})
	err := db.Put(t.Context(), &pipeline.Entry{ID: 1, HTML: make([]byte, 64<<20+1)})
	if err == nil || !strings.Contains(err.Error(), "67108865 bytes") {
		t.Errorf("error %v, want one that says the size", err)
	}
}

func TestOldRunsAreDropped(t *testing.T) {
	db := open(t, t.TempDir(), state.Options{KeepRuns: 3})
	for n := range 10 {
		if err := db.SaveRun(t.Context(), &pipeline.Report{Started: time.Unix(int64(n), 0)}); err != nil {
			t.Fatal(err)
		}
	}
	reports, err := db.Runs(t.Context(), 100)
	if err != nil || len(reports) != 3 || reports[0].Started.Unix() != 9 || reports[2].Started.Unix() != 7 {
		t.Errorf("%d reports, error %v; want the last three", len(reports), err)
	}
}
