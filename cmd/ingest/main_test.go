package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"ingest/cmd/ingest/internal/demo"
	"ingest/openproject/openprojecttest"
)

var update = flag.Bool("update", false, "write the expected parts of scripts anew")

// TestMain makes `ingest` a command of the scripts. It finds no host by name,
// so no test ever leaves the machine.
func TestMain(m *testing.M) {
	if os.Getenv(childVariable) != "" {
		limitFiles()
		tellGauges()
		ingestCommand()
	}
	// Tests of the service and scripts wait more than they work.
	if err := flag.Set("test.parallel", strconv.Itoa(max(4, runtime.GOMAXPROCS(0)))); err != nil {
		panic(err)
	}
	testscript.Main(m, map[string]func(){"ingest": ingestCommand})
}

// childVariable makes the test binary be ingest itself, for benchmarks that
// measure it as a process.
const childVariable = "INGEST_TEST_CHILD"

func ingestCommand() {
	os.Exit(untilInterrupted(world{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, lookupEnv: os.LookupEnv, hangup: hangups, resolver: demo.Offline()}))
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Values[worldKey{}] = map[any]any{}
			return copySeed(e.WorkDir)
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"world":         startWorld,
			"edit":          editWorkPackage,
			"fault":         setFault,
			"attach":        attachFile,
			"exits":         exits,
			"asked":         asked,
			"await":         await,
			"most-asked":    mostAsked,
			"edit-file":     editFile,
			"cmptree":       compareTrees,
			"replace":       replaceInFile,
			"grep-tree":     grepTree,
			"no-temp-files": noTempFiles,
			"no-site":       closeSite,
			"move":          moveWorkPackage,
			"drop-file":     dropFile,
			"age-links":     ageLinks,
			"sql":           alterState,
			"archive":       startArchive,
			"comments":      writeComments,
			"has":           showWorkPackage,
			"set-status":    setStatus,
		},
	})
}

type worldKey struct{}

// startWorld opens the demo's tracker and site for one script and writes their
// configuration as config.yaml. "world" alone remembers nothing between runs, so
// that each looks at everything; "world remember" has the default state.
func startWorld(ts *testscript.TestScript, _ bool, args []string) {
	w, err := demo.Start(context.Background(), true)
	ts.Check(err)
	ts.Defer(func() { ts.Check(w.Close()) })
	c := w.Config()
	if len(args) == 0 {
		c = append(c, "state: \"\"\n"...)
	}
	ts.Check(os.WriteFile(ts.MkAbs("config.yaml"), c, 0o600))
	ts.Setenv("TRACKER", w.Tracker.URL())
	ts.Setenv("SITE", w.SiteURL)
	ts.Setenv("KEY", demo.Key)
	worlds(ts)[worldKey{}] = w
}

// worlds is where a script keeps its world between commands.
func worlds(ts *testscript.TestScript) map[any]any { return ts.Value(worldKey{}).(map[any]any) }

func worldOf(ts *testscript.TestScript) *demo.World {
	w, ok := worlds(ts)[worldKey{}].(*demo.World)
	if !ok {
		ts.Fatalf("the script has no world; begin with the command world")
	}
	return w
}

// editWorkPackage is "edit ID subject TEXT" or "edit ID field LABEL VALUE".
func editWorkPackage(ts *testscript.TestScript, _ bool, args []string) {
	id := number(ts, args[0])
	ok := worldOf(ts).Tracker.Update(id, func(w *openprojecttest.WorkPackage) {
		switch args[1] {
		case "subject":
			w.Subject = args[2]
		case "body":
			w.Description = args[2]
		case "field":
			w.Fields[args[2]] = os.Expand(args[3], ts.Getenv)
		default:
			ts.Fatalf("edit: %q is not subject, body or field", args[1])
		}
	})
	if !ok {
		ts.Fatalf("edit: no work package %d", id)
	}
}

// attachFile is "attach ID NAME TYPE FILE".
func attachFile(ts *testscript.TestScript, _ bool, args []string) {
	id := number(ts, args[0])
	worldOf(ts).Tracker.AddAttachment(id, openprojecttest.Attachment{FileName: args[1], ContentType: args[2], Content: []byte(ts.ReadFile(args[3]))})
}

// setFault is "fault KIND PATTERN": requests whose path matches fail from now
// on. KIND is a status, html, half, cut, hang, drop, or none to end all trouble.
func setFault(ts *testscript.TestScript, _ bool, args []string) {
	if args[0] == "none" {
		worldOf(ts).Tracker.SetFault(nil)
		return
	}
	pattern := regexp.MustCompile(args[1])
	f := faultOf(ts, args[0])
	worldOf(ts).Tracker.SetFault(func(r *http.Request) *openprojecttest.Fault {
		if pattern.MatchString(r.URL.Path) {
			return f
		}
		return nil
	})
}

func faultOf(ts *testscript.TestScript, kind string) *openprojecttest.Fault {
	switch kind {
	case "html":
		return &openprojecttest.Fault{Status: http.StatusOK, Body: "<!DOCTYPE html><title>Maintenance</title>"}
	case "half":
		return &openprojecttest.Fault{Half: true}
	case "cut":
		return &openprojecttest.Fault{Cut: true}
	case "anonymous":
		return &openprojecttest.Fault{Status: http.StatusOK, Header: http.Header{"Content-Type": {"application/hal+json"}},
			Body: `{"_type":"User","id":2,"name":"Anonymous","_links":{"self":{"href":"/api/v3/users/2"}}}`}
	case "hang":
		return &openprojecttest.Fault{Delay: time.Hour}
	case "drop":
		return &openprojecttest.Fault{Drop: true}
	}
	status, err := strconv.Atoi(kind)
	ts.Check(err)
	body := fmt.Sprintf(`{"_type":"Error","errorIdentifier":"urn:openproject-org:api:v3:errors:Injected","message":"Injected %d."}`, status)
	return &openprojecttest.Fault{Status: status, Header: http.Header{"Content-Type": {"application/hal+json"}, "Retry-After": {"0"}}, Body: body}
}

// exits is "exits CODE COMMAND ARG...": like exec, and the exit code must be
// the given one.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("exits is not negated")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := 0
	if err != nil {
		exit, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("exits: %v", err)
		}
		got = exit.ExitCode()
	}
	if want := args[0]; strconv.Itoa(got) != want {
		ts.Fatalf("exit code %d, want %s", got, want)
	}
}

// asked is "asked PATTERN": some request to the tracker matched since the last
// call.
func asked(ts *testscript.TestScript, neg bool, args []string) {
	pattern := regexp.MustCompile(args[0])
	tracker := worldOf(ts).Tracker
	var found []string
	for _, r := range tracker.Requests() {
		if line := r.Method + " " + r.Path; pattern.MatchString(line) {
			found = append(found, line)
		}
	}
	if neg != (len(found) == 0) {
		ts.Fatalf("requests that match %q: %s", args[0], strings.Join(found, ", "))
	}
	tracker.ForgetRequests()
}

// compareTrees is "cmptree A B": both folders hold the same files.
func compareTrees(ts *testscript.TestScript, neg bool, args []string) {
	same := treeOf(ts, args[0]) == treeOf(ts, args[1])
	if same == neg {
		ts.Fatalf("%s and %s: same is %v", args[0], args[1], same)
	}
}

func treeOf(ts *testscript.TestScript, dir string) string {
	var b strings.Builder
	root := os.DirFS(ts.MkAbs(dir))
	ts.Check(walk(root, func(path string, content []byte) { fmt.Fprintf(&b, "%s\n%x\n", path, content) }))
	return b.String()
}

// copySeed puts the file that started the project into a script's folder, as
// it is and with a newline at its end.
func copySeed(dir string) error {
	seed, err := os.ReadFile("../../output/testdata/seed.md")
	if err != nil {
		return err
	}
	return errors.Join(os.WriteFile(filepath.Join(dir, "seed.md"), seed, 0o600),
		os.WriteFile(filepath.Join(dir, "seed-newline.md"), append(seed, '\n'), 0o600))
}
