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
