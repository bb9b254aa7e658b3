package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"ingest/pipeline"
	"ingest/pipeline/state"
)

// ageLinks is "age-links DAYS": all that is known of links was found out so much
// earlier.
func ageLinks(ts *testscript.TestScript, _ bool, args []string) {
	days, err := strconv.Atoi(args[0])
	ts.Check(err)
	db, err := state.Open(context.Background(), ts.MkAbs(".ingest/state.db"), state.Options{})
	ts.Check(err)
	defer func() { ts.Check(db.Close()) }()
	var all []*pipeline.LinkHealth
	for e, err := range db.Entries(context.Background()) {
		ts.Check(err)
		h, err := db.LinkHealth(context.Background(), e.ID)
		ts.Check(err)
		if h == nil {
			continue
		}
		for i := range h.Evidence {
			h.Evidence[i].At = h.Evidence[i].At.AddDate(0, 0, -days)
		}
		if !h.AskedAt.IsZero() {
			h.AskedAt = h.AskedAt.AddDate(0, 0, -days)
		}
		all = append(all, h)
	}
	ts.Check(db.PutLinkHealth(context.Background(), all...))
}

// startArchive is "archive WORD": an availability API that has a copy of each
// address with the word in it, at $ARCHIVE.
func startArchive(ts *testscript.TestScript, _ bool, args []string) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		link := r.URL.Query().Get("url")
		switch {
		case r.URL.Path != "/available":
			http.NotFound(w, r)
		case strings.Contains(link, args[0]):
			fmt.Fprintf(w, `{"archived_snapshots": {"closest": {"status": "200", "available": true, "timestamp": "20240229133700", "url": "https://web.example.org/20240229133700/%s"}}}`, link)
		default:
			fmt.Fprint(w, `{"archived_snapshots": {}}`)
		}
	}))
	ts.Defer(s.Close)
	ts.Setenv("ARCHIVE", s.URL)
}
