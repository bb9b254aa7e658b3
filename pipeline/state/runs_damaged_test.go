package state_test

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"ingest/pipeline"
	"ingest/pipeline/state"
)

// A report that cannot be read says nothing of the other runs: they are told without it.
func TestDamagedReportsArePassedOver(t *testing.T) {
	const second = "WHERE id = (SELECT min(id) + 1 FROM run)"
	for name, value := range map[string]string{
		"packed in no known way": "x'ff01'", "nothing": "x''", "a torn packing": "x'0128b52ffd'", "no JSON": "x'007b2273'", "a list": "x'005b5d'",
		"items that are none": `CAST(char(0) || '{"started":"2026-11-22T02:00:00Z","items":[{"id":7,"subject":' AS BLOB)`,
	} {
		t.Run(name, func(t *testing.T) {
			dir, log := t.TempDir(), &bytes.Buffer{}
			db := open(t, dir, state.Options{Logger: slog.New(slog.NewTextHandler(log, nil))})
			for hour := range 3 {
				r := &pipeline.Report{Started: time.Date(2026, 11, 22, hour+1, 0, 0, 0, time.UTC), Items: []pipeline.ItemReport{{ID: 7, Outcome: pipeline.Updated}}}
				if err := db.SaveRun(t.Context(), r); err != nil {
					t.Fatal(err)
				}
			}
			raw(t, dir+"/state.db", "UPDATE run SET report = "+value+" "+second)
			runs, runsErr := db.Runs(t.Context(), 10)
			heads, headsErr := db.RunHeads(t.Context(), 10)
			past, pastErr := db.Past(t.Context(), 7, 10)
			found, findErr := db.FindRun(t.Context(), func(head *pipeline.Report) bool { return head.Started.Hour() <= 2 })
			if err := errors.Join(runsErr, headsErr, pastErr, findErr); err != nil {
				t.Fatal(err)
			}
			if len(runs) != 2 || len(past) != 2 || found == nil || found.Started.Hour() != 1 {
				t.Errorf("runs %v, past %v, found %v; want the first and the third", runs, past, found)
			}
			if n := len(heads); n != 2 && !strings.HasPrefix(name, "items") || heads[len(heads)-1].Started.Hour() != 1 { // a head is read without its items
				t.Errorf("heads %v, want the first and the third", heads)
			}
			if !strings.Contains(log.String(), "cannot be read and is passed over") {
				t.Errorf("the log says %q", log)
			}
		})
	}
}
