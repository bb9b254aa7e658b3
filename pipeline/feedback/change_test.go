package feedback_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"ingest/openproject/openprojecttest"
	"ingest/pipeline"
)

func TestCleanURLIsWrittenWhereTheVisitFoundTheLinkWell(t *testing.T) {
	w := open(t, openprojecttest.Options{})
	w.tell.Comment, w.tell.CleanURL = false, true
	w.add(2, "/gone")
	w.add(3, "/wall")
	w.add(4, "/moved")
	w.page("/wall", func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(http.StatusForbidden) })
	w.page("/moved", func(rw http.ResponseWriter, r *http.Request) {
		http.Redirect(rw, r, "/good?utm_campaign=x", http.StatusMovedPermanently)
	})
	w.full()
	got := slices.Sorted(slices.Values(w.writes())) // two workers: either may be the first
	if want := []string{patch, "PATCH /api/v3/work_packages/4"}; !slices.Equal(got, want) {
		t.Errorf("requests that change something: %v, want %v", got, want)
	}
	for id, want := range map[int64]any{1: w.site.URL + "/good", 2: nil, 3: nil, 4: w.site.URL + "/good"} {
		if got := w.get(id).Fields["Clean URL"]; got != want {
			t.Errorf("clean URL of %d is %v, want %v", id, got, want)
		}
	}
	files := w.files()
	w.full()
	w.wrote()
	if w.files() != files {
		t.Error("the written field moved a file")
	}
	w.page("/good", func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(http.StatusServiceUnavailable) }) // an error tonight
	w.edit(1, func(wp *openprojecttest.WorkPackage) { wp.Fields["Clean URL"] = "https://example.org/by-hand" })
	w.full()
	w.wrote()
}

func TestATrackerWithWaysOfItsOwnIsNotWrittenToAgain(t *testing.T) {
	w := open(t, openprojecttest.Options{})
	w.tell.Comment, w.tell.CleanURL = false, true
	w.full()
	w.wrote(patch)
	w.edit(1, func(wp *openprojecttest.WorkPackage) { wp.Fields["Clean URL"] = "HTTP://other" }) // an editor's: ours is wanted
	w.full()
	w.wrote(patch)
	must(t, w.store.SetFact(t.Context(), "feedback 1", `{"link":"`+w.site.URL+`/good","link_is":"HTTP://normal"}`))
	w.edit(1, func(wp *openprojecttest.WorkPackage) { wp.Fields["Clean URL"] = "HTTP://normal" }) // what it makes of ours
	w.full()
	w.wrote()
}

func TestStatusIsSetOncePerPublication(t *testing.T) {
	w := open(t, openprojecttest.Options{})
	w.tell.Comment, w.tell.Status = false, "published"
	const inProgress, published = 7, 14
	status := func(want int64, when string) {
		t.Helper()
		if got := w.get(1).Status; got != want {
			t.Errorf("%s: status %d, want %d", when, got, want)
		}
	}
	w.full()
	status(published, "created")
	w.wrote(patch)
	w.edit(1, func(wp *openprojecttest.WorkPackage) { wp.Status = inProgress })
	if got := w.full().Counts; got[pipeline.Updated] != 1 { // lastMod
		t.Errorf("counts %v", got)
	}
	w.run(pipeline.Selection{IDs: []int64{1}})
	status(inProgress, "the editor decided otherwise")
	w.page("/good", func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(http.StatusBadGateway) })
	w.edit(1, func(*openprojecttest.WorkPackage) {})
	w.full()
	status(inProgress, "the page could not be had")
	w.page("/good", article("A good page", "Ana Bell"))
	w.full()
	status(inProgress, "it came back as it was")
	w.wrote()
	w.edit(1, func(wp *openprojecttest.WorkPackage) { wp.Description = "A better text." })
	w.full()
	status(published, "published anew")
	w.wrote(patch)
	w.full()
	w.wrote()
}

func TestStatusThatWasNeverSetIsSetOnWhatIsThere(t *testing.T) {
	w := open(t, openprojecttest.Options{})
	w.tell.Comment = false
	w.full()
	w.tell.Status = "Published"
	w.full()
	w.wrote(patch)
	w.store = nil // nothing tells what an editor decided since
	w.edit(1, func(wp *openprojecttest.WorkPackage) { wp.Status = 7 })
	w.full()
	w.wrote()
}

func TestAForbiddenStatusDoesNotBlockTheField(t *testing.T) {
	w := open(t, openprojecttest.Options{})
	w.tracker.AddStatus(openprojecttest.Status{ID: 30, Name: "Locked", From: []int64{99}})
	w.tell.Comment, w.tell.CleanURL, w.tell.Status = false, true, "Locked"
	got := warned(w.full())
	if len(got) != 1 || !strings.Contains(got[0], `cannot go from "New" to "Locked"`) {
		t.Errorf("warnings %q", got)
	}
	if w.get(1).Fields["Clean URL"] != w.site.URL+"/good" {
		t.Errorf("fields %v, want the clean URL", w.get(1).Fields)
	}
}

func TestAConflictIsAWarning(t *testing.T) {
	w := open(t, openprojecttest.Options{})
	w.tell.Comment, w.tell.Status = false, "Published"
	w.tracker.SetFault(func(r *http.Request) *openprojecttest.Fault {
		if r.Method == http.MethodPatch {
			return refusal(http.StatusConflict)
		}
		return nil
	})
	report := w.full()
	if got := warned(report); len(got) != 1 || !strings.Contains(got[0], "it changed 3 times meanwhile") || report.Counts[pipeline.Created] != 1 {
		t.Errorf("warnings %q, counts %v", got, report.Counts)
	}
}
