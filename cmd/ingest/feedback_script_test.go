package main

import (
	"os"
	"regexp"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"ingest/openproject/openprojecttest"
)

// writeComments is "comments ID FILE": writes the comments of a work package into a
// file, with a line ---- between two and their digests as 0.
func writeComments(ts *testscript.TestScript, _ bool, args []string) {
	id := number(ts, args[0])
	var texts []string
	for _, c := range worldOf(ts).Tracker.Comments(id) {
		if c.Notified {
			ts.Fatalf("comments: the watchers of %d got mail", id)
		}
		texts = append(texts, regexp.MustCompile(`(<!-- ingest \d+) [0-9a-f]+ -->`).ReplaceAllString(c.Comment, "$1 0 -->"))
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(strings.Join(texts, "----\n")), 0o600))
}

// showWorkPackage is "has ID status NAME" or "has ID field LABEL VALUE".
func showWorkPackage(ts *testscript.TestScript, neg bool, args []string) {
	id := number(ts, args[0])
	w, ok := worldOf(ts).Tracker.Get(id)
	if !ok {
		ts.Fatalf("has: no work package %d", id)
	}
	var same bool
	switch args[1] {
	case "status":
		same = w.Status == statusID(ts, args[2])
	case "field":
		same = w.Fields[args[2]] == os.Expand(args[3], ts.Getenv)
	default:
		ts.Fatalf("has: %q is not status or field", args[1])
	}
	if same == neg {
		ts.Fatalf("has: status %d, fields %v", w.Status, w.Fields)
	}
}

// setStatus is "set-status ID NAME", as an editor does.
func setStatus(ts *testscript.TestScript, _ bool, args []string) {
	id := number(ts, args[0])
	status := statusID(ts, args[1])
	worldOf(ts).Tracker.Update(id, func(w *openprojecttest.WorkPackage) { w.Status = status })
}

// statusID is a status of openprojecttest.Curation.
func statusID(ts *testscript.TestScript, name string) int64 {
	id, ok := map[string]int64{"New": 1, "In progress": 7, "Published": 14, "Rejected": 15}[name]
	if !ok {
		ts.Fatalf("no status %q", name)
	}
	return id
}
