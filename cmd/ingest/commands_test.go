package main

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// number reads the id of a work package, or of what it is moved to.
func number(ts *testscript.TestScript, text string) int64 {
	id, err := strconv.ParseInt(text, 10, 64)
	ts.Check(err)
	return id
}

// replaceInFile is "replace FILE OLD NEW"; OLD must be there.
func replaceInFile(ts *testscript.TestScript, _ bool, args []string) {
	before := ts.ReadFile(args[0])
	after := strings.ReplaceAll(before, args[1], args[2])
	if after == before {
		ts.Fatalf("replace: %q is not in %s", args[1], args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(after), 0o600))
}

// grepTree is "grep-tree DIR PATTERN": a line of some file matches.
func grepTree(ts *testscript.TestScript, neg bool, args []string) {
	pattern := regexp.MustCompile("(?m)" + args[1])
	found := false
	ts.Check(walk(os.DirFS(ts.MkAbs(args[0])), func(_ string, content []byte) { found = found || pattern.Match(content) }))
	if found == neg {
		ts.Fatalf("grep-tree %s %q: found is %v", args[0], args[1], found)
	}
}

// noTempFiles makes sure that the run cleaned up behind itself, in the folder
// for temporary files and in the tree.
func noTempFiles(ts *testscript.TestScript, _ bool, _ []string) {
	for _, dir := range []string{ts.Getenv("TMPDIR"), "content", "static"} {
		dir = ts.MkAbs(dir)
		if _, err := os.Stat(dir); err != nil {
			continue
		}
		ts.Check(walk(os.DirFS(dir), func(path string, _ []byte) {
			if strings.Contains(path, "ingest-") || strings.Contains(path, "tmp") {
				ts.Fatalf("left behind: %s in %s", path, dir)
			}
		}))
	}
}

// closeSite takes the source site away.
func closeSite(ts *testscript.TestScript, _ bool, _ []string) { ts.Check(worldOf(ts).CloseSite()) }

// await waits until the tracker was asked for something that matches.
func await(ts *testscript.TestScript, _ bool, args []string) {
	pattern := regexp.MustCompile(args[0])
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		for _, r := range worldOf(ts).Tracker.Requests() {
			if pattern.MatchString(r.Path) {
				return
			}
		}
	}
	ts.Fatalf("await: nothing asked for %s", args[0])
}

// mostAsked is "most-asked N": the tracker got at most N requests since the
// last call.
func mostAsked(ts *testscript.TestScript, _ bool, args []string) {
	tracker := worldOf(ts).Tracker
	most, err := strconv.Atoi(args[0])
	ts.Check(err)
	requests := tracker.Requests()
	tracker.ForgetRequests()
	if len(requests) > most {
		ts.Fatalf("most-asked: %d requests, want at most %d: %v", len(requests), most, requests)
	}
}

// editFile is "edit-file ID OLD NEW": replaces text in the document of a work
// package, as a person with an editor does.
func editFile(ts *testscript.TestScript, _ bool, args []string) {
	mark := "id: " + args[0]
	ts.Check(walk(os.DirFS(ts.MkAbs("content")), func(path string, content []byte) {
		if strings.Contains(string(content), "\n"+mark+"\n") {
			replaceInFile(ts, false, []string{"content/" + path, args[1], args[2]})
		}
	}))
}
