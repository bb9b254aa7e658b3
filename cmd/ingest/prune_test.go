package main

import (
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"ingest/openproject/openprojecttest"
)

// moveWorkPackage is "move ID status|type|project NUMBER" or "move ID away",
// which deletes it.
func moveWorkPackage(ts *testscript.TestScript, _ bool, args []string) {
	id := number(ts, args[0])
	tracker := worldOf(ts).Tracker
	if args[1] == "away" {
		if !tracker.Delete(id) {
			ts.Fatalf("move: no work package %d", id)
		}
		return
	}
	to := number(ts, args[2])
	tracker.Update(id, func(w *openprojecttest.WorkPackage) {
		switch args[1] {
		case "status":
			w.Status = to
		case "type":
			w.Type = to
		case "project":
			w.Project = to
		default:
			ts.Fatalf("move: %q is not status, type, project or away", args[1])
		}
	})
}

// dropFile is "drop-file ID": removes the document of a work package, and not its
// assets, as a run does that dies in between.
func dropFile(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(walk(os.DirFS(ts.MkAbs("content")), func(path string, content []byte) {
		if strings.Contains(string(content), "\nid: "+args[0]+"\n") {
			ts.Check(os.Remove(ts.MkAbs("content/" + path)))
		}
	}))
}
