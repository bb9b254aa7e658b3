package state_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ingest/pipeline"
	"ingest/pipeline/state"
	"ingest/pipeline/state/statetest"
)

// whole makes a state file with some entries and gives its bytes.
func whole(t *testing.T) []byte {
	t.Helper()
	dir := t.TempDir()
	db := open(t, dir, state.Options{})
	for id := range int64(100) {
		if err := db.Put(t.Context(), statetest.Entry(id)); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(dir, "state.db"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// hole is a file with zeros where something stood.
func hole(b []byte, from, to int) []byte {
	return append(append(bytes.Clone(b[:from]), make([]byte, to-from)...), b[to:]...)
}

func TestDamagedFile(t *testing.T) {
	good := whole(t)
	const page = 4096
	for name, content := range map[string][]byte{
		"garbage":                  bytes.Repeat([]byte("# not a database\n"), 1000),
		"a few bytes":              []byte("xy"),
		"cut in the middle":        good[:len(good)/2],
		"cut in a page":            good[:len(good)-1000],
		"only its first page":      good[:page],
		"without its first page":   hole(good, 0, page),
		"schema gone":              hole(good, 100, page),
		"a page of entries gone":   hole(good, 20*page, 21*page),
		"most of its pages gone":   hole(good, 2*page, len(good)),
		"page size that is absurd": append(append(bytes.Clone(good[:16]), 0xff, 0xff), good[18:]...),
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "state.db")
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			err := useAll(t, path)
			if e, ok := errors.AsType[*state.CorruptError](err); !ok || e.Path != path || !strings.Contains(e.Hint(), path) {
				t.Fatalf("error %v, want a CorruptError about %s", err, path)
			}
			if _, err := os.Stat(path); err != nil {
				t.Fatal("it was not left there:", err)
			}
			now := time.Date(2026, 11, 22, 3, 0, 0, 0, time.FixedZone("", 3600))
			db := open(t, dir, state.Options{Replace: true, Now: func() time.Time { return now }})
			if want := path + ".broken-20261122T020000Z"; db.Replaced() != want {
				t.Fatalf("moved aside to %q, want %q", db.Replaced(), want)
			}
			if info, err := os.Stat(db.Replaced()); err != nil || info.Size() == 0 {
				t.Errorf("what was moved aside: %v, error %v", info, err)
			}
			if err := errors.Join(db.Put(t.Context(), statetest.Entry(1)), db.Close(), useAll(t, path)); err != nil {
				t.Error("the new file:", err)
			}
		})
	}
}

// useAll opens a file, reads all that is there and writes, until an error.
func useAll(t *testing.T, path string) error {
	db, err := state.Open(t.Context(), path, state.Options{})
	if err != nil {
		return err
	}
	for _, e := range db.Entries(t.Context()) {
		err = errors.Join(err, e)
	}
	return errors.Join(err, db.Put(t.Context(), statetest.Entry(10)), db.Close())
}

// Whichever page is gone, a list is whole or an error says that it is not.
func TestDamageNeverShortensAList(t *testing.T) {
	const entries, page = 1000, 4096
	dir := t.TempDir()
	path := filepath.Join(dir, "state.db")
	db := open(t, dir, state.Options{})
	at := time.Unix(0, 1000)
	for id := range int64(entries) {
		if err := db.Put(t.Context(), &pipeline.Entry{ID: id, ReadAt: at, NextTry: at}); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for from := page; from < len(good); from += page {
		if err := os.WriteFile(path, hole(good, from, from+page), 0o600); err != nil {
			t.Fatal(err)
		}
		db := open(t, dir, state.Options{})
		due, dueErr := db.Due(t.Context(), at)
		stale, staleErr := db.Stale(t.Context(), at.Add(time.Hour), entries)
		n, listErr := 0, error(nil)
		for _, err := range db.Entries(t.Context()) {
			if listErr = errors.Join(listErr, err); err == nil {
				n++
			}
		}
		for what, got := range map[string]struct {
			n   int
			err error
		}{"due": {len(due), dueErr}, "stale": {len(stale), staleErr}, "all": {n, listErr}} {
			if _, corrupt := errors.AsType[*state.CorruptError](got.err); !corrupt && (got.err != nil || got.n != entries) {
				t.Errorf("without page %d: %d entries are %s, error %v; want %d or a CorruptError", from/page, got.n, what, got.err, entries)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestDamagedValue(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "state.db")
	if err := errors.Join(open(t, dir, state.Options{}).Put(t.Context(), statetest.Entry(1))); err != nil {
		t.Fatal(err)
	}
	for _, value := range []string{"x'01'", "x'0128b52ffd'", "x'02'", "x'0128b52ffd0458110000" + strings.Repeat("00", 20) + "'"} {
		raw(t, path, "UPDATE entry SET tracker = "+value)
		err := useAll(t, path)
		if _, ok := errors.AsType[*state.CorruptError](err); !ok || !strings.Contains(err.Error(), `"tracker"`) {
			t.Errorf("%s: error %v, want a CorruptError about tracker", value, err)
		}
	}
}

func TestLogThatIsGarbage(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "state.db")
	if err := errors.Join(os.WriteFile(path, whole(t), 0o600), os.WriteFile(path+"-wal", []byte(strings.Repeat("garbage", 10000)), 0o600)); err != nil {
		t.Fatal(err)
	}
	if err := useAll(t, path); err != nil {
		t.Errorf("error %v; a log without one whole transaction holds nothing", err)
	}
	if _, err := os.Stat(path + "-wal"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the log is still there, error %v", err)
	}
}
