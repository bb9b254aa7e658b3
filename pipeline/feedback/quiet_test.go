package feedback_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"ingest/openproject"
	"ingest/openproject/openprojecttest"
	"ingest/output"
	"ingest/pipeline"
)

func TestThirtyNightsOneComment(t *testing.T) {
	for name, o := range map[string]openprojecttest.Options{
		"comments move updatedAt": {CommentsTouch: true}, "they do not": {},
		"they merge": {CommentsTouch: true, MergeComments: true}, "whole seconds": {CommentsTouch: true, WholeSeconds: true},
	} {
		t.Run(name, func(t *testing.T) {
			w := open(t, o)
			w.add(2, "/gone")
			w.tell.CleanURL, w.tell.Status = true, "Published"
			w.full()
			if got := len(w.writes()); got != 5 { // a comment and a status each, a clean URL for the first
				t.Errorf("%d writes in the first night, want 5", got)
			}
			files := w.files()
			for range 30 {
				w.full()
				w.run(pipeline.Selection{})
			}
			w.wrote()
			if w.files() != files {
				t.Errorf("our own words moved a file")
			}
			w.said(1)
			w.said(2)
		})
	}
}

func TestWithoutMemoryTheCommentIsFoundByItsMark(t *testing.T) {
	w := open(t, openprojecttest.Options{CommentsTouch: true})
	w.store = nil
	w.full()
	w.wrote(post)
	w.tracker.AddComment(1, openprojecttest.Activity{Comment: "> " + w.said(1), User: 58}) // quoted by another
	w.full()
	w.wrote()
	w.page("/good", article("Another title", "Ana Bell"))
	w.full()
	if got := w.writes(); len(got) != 1 || got[0][:6] != "PATCH " {
		t.Errorf("writes %v, want an edit", got)
	}
	contains(t, w.said(1), "- Title: Another title\n")
}

func TestStateLostAndFoundAgain(t *testing.T) {
	w := open(t, openprojecttest.Options{})
	w.full()
	w.wrote(post)
	if err := w.store.SetFact(t.Context(), "feedback 1", "{"); err != nil {
		t.Fatal(err)
	}
	w.full()
	w.wrote()
}

// TestMemoryGoesWithTheDocument: nothing is kept of a work package that left, and one
// that comes back finds its comment.
func TestMemoryGoesWithTheDocument(t *testing.T) {
	w := open(t, openprojecttest.Options{})
	w.tell.Status = "Published"
	w.add(2, "/gone")
	w.full()
	comment := w.comment(1)
	w.edit(1, func(wp *openprojecttest.WorkPackage) { wp.Type = 8 })
	prune := func(mode pipeline.PruneMode) {
		t.Helper()
		w.pass(24 * time.Hour)
		p := w.pipeline()
		p.Pruning = pipeline.Pruning{Mode: mode, MaxShare: 1, Rehearse: output.DryRun{Tree: p.Sink.(*output.Tree)}.Remove}
		_, err := p.Run(t.Context(), pipeline.Selection{Full: true, Query: openproject.Query{Types: w.types}})
		must(t, err)
	}
	prune(pipeline.PruneReport)
	if fact(t, w) == "" {
		t.Error("the memory of a document that stays is gone")
	}
	prune(pipeline.PruneDelete)
	if got := fact(t, w); got != "" {
		t.Errorf("after its document was removed %s is remembered, want nothing", got)
	}
	if text, err := w.store.Fact(t.Context(), "feedback 2"); err != nil || text == "" {
		t.Errorf("of the other work package %q is remembered (%v)", text, err)
	}
	w.edit(1, func(wp *openprojecttest.WorkPackage) { wp.Type, wp.Status = 7, 7 })
	w.page("/good", article("Another title", "Ana Bell"))
	w.writes()
	w.full()
	w.wrote(edits(comment), patch) // the comment's news, and the status of a new publication
}

func TestOwnWordsDoNotEcho(t *testing.T) {
	w := open(t, openprojecttest.Options{CommentsTouch: true})
	w.tell.CleanURL, w.tell.Status = true, "Published"
	hints := make(chan struct{}, 100)
	var hooks atomic.Int32
	receiver := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hooks.Add(1); hints <- struct{}{} }))
	t.Cleanup(receiver.Close)
	w.tracker.Webhook(receiver.URL, "")
	w.full()
	w.tracker.WaitForHooks()
	files := w.files()
	rounds := 0
	for ; len(hints) > 0; rounds++ { // every hook, even of our own words, makes a run
		for len(hints) > 0 {
			<-hints
		}
		if rounds > 5 {
			t.Fatal("it does not come to rest")
		}
		w.pass(time.Second)
		w.run(pipeline.Selection{IDs: []int64{1}})
		w.tracker.WaitForHooks()
	}
	if hooks.Load() == 0 || rounds != 1 {
		t.Errorf("%d hooks in %d rounds, want some in one", hooks.Load(), rounds)
	}
	w.wrote(post, patch, patch)
	if w.files() != files {
		t.Errorf("our own words moved a file")
	}
}

// busyClient lets an editor do something while a comment is written.
type busyClient struct {
	*openproject.Client
	meanwhile func()
}

func (b *busyClient) AddComment(ctx context.Context, id int64, text, marker string) (openproject.Comment, error) {
	b.meanwhile()
	return b.Client.AddComment(ctx, id, text, marker)
}

func TestAnEditorsChangeMeanwhileIsSeenByTheNextRun(t *testing.T) {
	for name, change := range map[string]func(w *world){
		"the text":   func(w *world) { w.edit(1, func(wp *openprojecttest.WorkPackage) { wp.Description = "Better." }) },
		"a field":    func(w *world) { w.edit(1, func(wp *openprojecttest.WorkPackage) { wp.Fields["Via"] = "Ana" }) },
		"the status": func(w *world) { w.edit(1, func(wp *openprojecttest.WorkPackage) { wp.Status = 7 }) },
		"an attachment": func(w *world) {
			w.tracker.AddAttachment(1, openprojecttest.Attachment{FileName: "featured image.jpg", ContentType: "image/jpeg", Content: []byte("x")})
			w.edit(1, func(*openprojecttest.WorkPackage) {})
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := open(t, openprojecttest.Options{CommentsTouch: true})
			w.tell.Client = &busyClient{w.client, func() { change(w) }}
			w.run(pipeline.Selection{})
			w.tell.Client = nil
			if got := w.run(pipeline.Selection{}).Counts; got[pipeline.Updated] != 1 {
				t.Errorf("counts of the next run %v, want an update", got)
			}
		})
	}
	t.Run("nothing", func(t *testing.T) {
		w := open(t, openprojecttest.Options{CommentsTouch: true})
		w.tell.Client = &busyClient{w.client, func() { w.pass(time.Minute) }}
		w.run(pipeline.Selection{})
		w.tracker.ForgetRequests()
		w.run(pipeline.Selection{})
		for _, r := range w.tracker.Requests() {
			if r.Path == "/api/v3/work_packages/1/attachments" {
				t.Error("the next run looked at what only we had changed")
			}
		}
	})
}
