package state_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ingest/pipeline"
	"ingest/pipeline/state"
)

// FuzzEntryComesBack puts arbitrary bytes into every field.
func FuzzEntryComesBack(f *testing.F) {
	f.Add(int64(1), "subject", []byte("body"), int64(1_700_000_000_000_000), 1, true)
	f.Add(int64(-1), "\x00\xff'; DROP TABLE entry", []byte(nil), int64(0), -1, false)
	f.Add(int64(0), "", make([]byte, 600), int64(-62135596800000000), 0, true) // the zero time
	f.Add(int64(2), "x", []byte{0x28, 0xb5, 0x2f, 0xfd}, int64(1<<62), 1<<40, false)
	db := open(f, f.TempDir(), state.Options{})
	memory := state.NewMemory()
	f.Fuzz(func(t *testing.T, id int64, text string, blob []byte, micros int64, failures int, other bool) {
		at := time.UnixMicro(micros).UTC()
		e := &pipeline.Entry{ID: id, Subject: text, Error: text, Attention: text, Path: text, Clean: text, Canonical: text, Outcome: pipeline.Outcome(text), Failures: failures,
			Tracker: blob, Visit: append([]byte(text), blob...), Written: blob, UpdatedAt: at, NextTry: at}
		if other {
			e.HTML, e.CheckedAt, e.ReadAt = blob, at, at
			e.Assets = []pipeline.StoredAsset{{Name: string(blob)}, {SHA256: text, URL: text, ETag: string(blob), LastModified: text}}
		}
		for name, s := range map[string]pipeline.Store{"DB": db, "Memory": memory} {
			if err := s.Put(t.Context(), e); err != nil {
				t.Fatal(name, err)
			}
			got, err := s.Entry(t.Context(), id)
			if diff := cmp.Diff(e, got); err != nil || diff != "" {
				t.Errorf("%s: error %v, (-want +got):\n%s", name, err, diff)
			}
		}
	})
}
