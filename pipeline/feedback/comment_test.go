package feedback_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"ingest/enrich"
	"ingest/openproject"
	"ingest/openproject/openprojecttest"
	"ingest/pipeline"
)

func TestAChangeIsToldInTheSamePlace(t *testing.T) {
	w := open(t, openprojecttest.Options{CommentsTouch: true})
	w.full()
	w.wrote(post)
	id := w.comment(1)
	w.page("/good", article("Another title", ""))
	w.full()
	w.wrote(edits(id))
	contains(t, w.said(1), "- Title: Another title\n", "The page does not name an author.")
}

func TestAskedAnswersInTheSamePlace(t *testing.T) {
	w := open(t, openprojecttest.Options{CommentsTouch: true})
	w.asked(1)
	w.wrote(post)
	contains(t, w.said(1), "\n*Last request (21 March 2026, 15:04 UTC): it was published.*\n")
	id := w.comment(1)
	w.pass(time.Hour)
	w.asked(1)
	w.wrote(edits(id))
	contains(t, w.said(1), "\n*Last request (21 March 2026, 16:04 UTC): nothing had changed.*\n")
	w.full() // what was answered stays answered
	w.wrote()
	w.page("/good", article("Another title", "Ana Bell"))
	w.full() // news take the answer's place
	w.wrote(edits(id))
	if strings.Contains(w.said(1), "Last request") {
		t.Errorf("the answer to an old request stands beside the news:\n%s", w.said(1))
	}
}

// gone makes the tracker forget a comment.
func (w *world) gone(id int64) {
	w.tracker.SetFault(func(r *http.Request) *openprojecttest.Fault {
		if strings.HasSuffix(r.URL.Path, fmt.Sprint("/activities/", id)) {
			return refusal(http.StatusNotFound)
		}
		return nil
	})
}

func refusal(status int) *openprojecttest.Fault {
	return &openprojecttest.Fault{Status: status, Header: http.Header{"Content-Type": {"application/hal+json"}},
		Body: `{"_type":"Error","errorIdentifier":"urn:openproject-org:api:v3:errors:X","message":"No."}`}
}

func TestADeletedCommentComesBackOnlyForAReason(t *testing.T) {
	for name, reason := range map[string]func(w *world){
		"news":       func(w *world) { w.page("/good", article("Another title", "Ana Bell")); w.full() },
		"a question": func(w *world) { w.asked(1) },
	} {
		t.Run(name, func(t *testing.T) {
			w := open(t, openprojecttest.Options{})
			w.tracker.AddComment(1, openprojecttest.Activity{Comment: "Theirs.", User: 58}) // stands for the deleted one
			theirs := w.comment(1)
			w.full()
			must(t, w.store.SetFact(t.Context(), "feedback 1", strings.Replace(fact(t, w), fmt.Sprint(w.comment(1)), fmt.Sprint(theirs), 1)))
			w.tracker.Delete(1) // with its history
			w.add(1, "/good?utm_source=mail")
			w.gone(theirs)
			w.writes()
			w.full()
			w.wrote()
			reason(w)
			w.wrote(edits(theirs), post)
			reason(w)
			w.said(1)
		})
	}
}

func fact(t *testing.T, w *world) string {
	t.Helper()
	text, err := w.store.Fact(t.Context(), "feedback 1")
	must(t, err)
	return text
}

func TestACommentOfAnotherIsLeftAndANewOneMadeOnce(t *testing.T) {
	w := open(t, openprojecttest.Options{})
	theirs := w.tracker.AddComment(1, openprojecttest.Activity{Comment: "Theirs. <!-- ingest 1 aa -->", User: 58})
	must(t, w.store.SetFact(t.Context(), "feedback 1", fmt.Sprintf(`{"comment":%d,"digest":"aa"}`, theirs)))
	w.full()
	w.wrote(edits(theirs), post)
	ours := w.comment(1)
	w.page("/good", article("Another title", "Ana Bell"))
	w.full()
	w.wrote(edits(ours))
	if got := w.tracker.Comments(1)[0].Comment; got != "Theirs. <!-- ingest 1 aa -->" {
		t.Errorf("the other's comment is now %q", got)
	}
}

func TestOwnCommentThatMayNotBeEditedIsNotDoubled(t *testing.T) {
	w := open(t, openprojecttest.Options{})
	w.full()
	id := w.comment(1)
	w.writes()
	w.tracker.SetFault(func(r *http.Request) *openprojecttest.Fault {
		if r.Method == http.MethodPatch {
			return refusal(http.StatusForbidden)
		}
		return nil
	})
	w.page("/good", article("Another title", "Ana Bell"))
	report := w.full()
	w.wrote(edits(id))
	if got := warned(report); len(got) != 1 || !strings.Contains(got[0], "may not edit its own comments") {
		t.Errorf("warnings %q", got)
	}
	w.said(1)
}

func TestACommentThatIsMergedIsFoundAgain(t *testing.T) {
	w := open(t, openprojecttest.Options{MergeComments: true, CommentsTouch: true})
	if _, err := w.client.Change(t.Context(), 1, openproject.Change{Status: "In progress"}); err != nil { // an entry that our comment joins
		t.Fatal(err)
	}
	w.writes()
	w.full()
	w.wrote(post)
	id := w.comment(1)
	w.page("/good", article("Another title", "Ana Bell"))
	w.full()
	w.wrote(edits(id))
	contains(t, w.said(1), "Another title")
}

func TestMissingPermissionIsOneWarning(t *testing.T) {
	w := open(t, openprojecttest.Options{ReadOnly: true})
	w.tell.CleanURL, w.tell.Status = true, "Published"
	for id := int64(2); id <= 9; id++ {
		w.add(id, "/good?n="+fmt.Sprint(id))
	}
	report := w.full()
	got := warned(report)
	if len(got) != 2 || !strings.Contains(got[0], "may not") || !strings.Contains(got[1], "may not") {
		t.Errorf("warnings %q, want one for comments and one for changes", got)
	}
	if n := len(w.writes()); n > 4 { // two workers may be refused at the same time
		t.Errorf("%d attempts", n)
	}
	if report.Counts[pipeline.Created] != 9 {
		t.Errorf("counts %v, want 9 created all the same", report.Counts)
	}
}

func TestSkippedAndFailedAreTold(t *testing.T) {
	w := open(t, openprojecttest.Options{CommentsTouch: true})
	w.full()
	w.edit(1, func(wp *openprojecttest.WorkPackage) { wp.Fields["Source URL"] = "" })
	p := w.pipeline()
	p.First = []pipeline.Step{required{}}
	for range 3 {
		w.pass(24 * time.Hour)
		if _, err := p.Run(t.Context(), pipeline.Selection{Full: true, Query: openproject.Query{Types: w.types}}); err != nil {
			t.Fatal(err)
		}
	}
	w.wrote(post, edits(w.comment(1)))
	contains(t, w.said(1), "**Not on the site.** No source URL. *What helps:* Give the work package a source URL.",
		"The entry that was published before stays as it is: <https://www.example.org/news/item-1/>")

	p.First = []pipeline.Step{broken{}}
	if _, err := p.Run(t.Context(), pipeline.Selection{Full: true, Query: openproject.Query{Types: w.types}}); err != nil {
		t.Fatal(err)
	}
	contains(t, w.said(1), "**This could not be brought to the site.** Break: what broke.", "It will be tried again.",
		"stays as it is: <https://www.example.org/news/item-1/>")
}

// required skips everything, as enrich.Clean does where a link is required.
type required struct{}

func (required) Name() string { return "clean" }
func (required) Apply(context.Context, *enrich.Item) error {
	return enrich.Skipf("give the work package a source URL", "no source URL")
}

// broken fails.
type broken struct{}

func (broken) Name() string                              { return "break" }
func (broken) Apply(context.Context, *enrich.Item) error { return errors.New("what broke") }

func TestOthersAreLeftAlone(t *testing.T) {
	w := open(t, openprojecttest.Options{})
	w.tracker.Add(openprojecttest.WorkPackage{ID: 7, Subject: "An offering", Project: 42, Type: 8})
	w.run(pipeline.Selection{IDs: []int64{7}}) // named, and of another type
	w.asked(7)
	w.run(pipeline.Selection{IDs: []int64{99}}) // not there
	p := w.pipeline()
	if _, err := p.Run(t.Context(), pipeline.Selection{IDs: []int64{1}, Query: openproject.Query{Types: w.types, Statuses: []string{"Published"}}}); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Run(t.Context(), pipeline.Selection{IDs: []int64{1}, Query: openproject.Query{Types: w.types, Project: "medigy-offerings"}}); err != nil {
		t.Fatal(err)
	}
	w.wrote()
}

func TestDryRunTellsNothing(t *testing.T) {
	w := open(t, openprojecttest.Options{})
	w.tell.Status = "Published"
	p := w.pipeline()
	p.DryRun = true
	if _, err := p.Run(t.Context(), pipeline.Selection{Query: openproject.Query{Types: w.types}}); err != nil {
		t.Fatal(err)
	}
	w.wrote()
}
