package feedback_test

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"ingest/enrich"
	"ingest/enrich/fetch"
	"ingest/enrich/urlclean"
	"ingest/openproject"
	"ingest/openproject/openprojecttest"
	"ingest/output"
	"ingest/output/archetype"
	"ingest/output/frontmatter"
	"ingest/pipeline"
	"ingest/pipeline/feedback"
	"ingest/pipeline/state"
)

// world is a fake tracker, a source site and a content tree, with the real
// pipeline between them. Its clock moves only by hand.
type world struct {
	t       *testing.T
	tracker *openprojecttest.Tracker
	client  *openproject.Client
	site    *httptest.Server
	store   pipeline.Store
	dir     string
	tell    feedback.Tracker // settings for the runs
	types   []string

	mu    sync.Mutex
	clock time.Time
	pages map[string]http.HandlerFunc
}

// open makes a world with a work package 1 whose source is a good page.
func open(t *testing.T, o openprojecttest.Options) *world {
	t.Helper()
	w := &world{t: t, store: state.NewMemory(), dir: t.TempDir(), clock: time.Date(2026, 3, 21, 15, 4, 0, 0, time.UTC), types: []string{"Curated Content"},
		tell: feedback.Tracker{Comment: true, SiteURL: "https://www.example.org/", CleanURLLabel: "Clean URL"}}
	w.site = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.mu.Lock()
		page, ok := w.pages[r.URL.Path]
		w.mu.Unlock()
		if !ok {
			http.NotFound(rw, r)
			return
		}
		page(rw, r)
	}))
	t.Cleanup(w.site.Close)
	w.pages = map[string]http.HandlerFunc{"/good": article("A good page", "Ana Bell"), "/picture.jpg": picture}
	o.Now = w.now
	w.tracker = openprojecttest.Curation(o)
	t.Cleanup(w.tracker.Close)
	w.add(1, "/good?utm_source=mail")
	if err := w.tracker.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	var err error
	if w.client, err = openproject.New(openproject.Options{BaseURL: w.tracker.URL(), APIKey: "k", Retry: openproject.Retry{Attempts: 1}}); err != nil {
		t.Fatal(err)
	}
	w.tracker.ForgetRequests()
	return w
}

func article(title, author string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!DOCTYPE html><html><head><title>%s</title><meta name="author" content="%s"><meta property="article:published_time" content="2026-03-02"><meta property="og:image" content="/picture.jpg"></head><body><h1>%[1]s</h1><p>Text.</p></body></html>`, title, author)
	}
}

func picture(w http.ResponseWriter, _ *http.Request) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 640, 360)), nil); err != nil {
		panic(err)
	}
	w.Header().Set("Content-Type", "image/jpeg")
	w.Write(b.Bytes()) //nolint:errcheck // the test sees what is missing
}

func (w *world) add(id int64, source string) {
	w.tracker.Add(openprojecttest.WorkPackage{ID: id, Subject: fmt.Sprintf("Item %d", id), Description: "Body.",
		Fields: map[string]any{"Source URL": w.site.URL + source, "Medigy Topics": []string{"A"}}})
}

func (w *world) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.clock
}

// pass lets time go by.
func (w *world) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.clock = w.clock.Add(d)
}

func (w *world) page(path string, h http.HandlerFunc) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.pages[path] = h
}

// pipeline makes the real one, as a night's process does.
func (w *world) pipeline() *pipeline.Pipeline {
	w.t.Helper()
	source, err := archetype.Builtin("curated-content")
	must(w.t, err)
	template, err := archetype.Parse("curated-content", source)
	must(w.t, err)
	cleaner, err := urlclean.New(urlclean.Options{})
	must(w.t, err)
	web, err := fetch.New(fetch.Options{UserAgent: "test", AllowPrivate: []string{"127.0.0.1"}, Robots: fetch.Robots("ignore"), PerHost: fetch.PerHost{Interval: -1},
		Retry: fetch.Retry{Attempts: 1}, Clean: func(u string) string { return cleaner.Clean(u).Output }})
	must(w.t, err)
	w.t.Cleanup(web.Close)
	tree, err := output.Open(filepath.Join(w.dir, "content"), filepath.Join(w.dir, "static"), output.Options{URLOf: func(m frontmatter.Map, path string) []string {
		address, err := template.Address(archetype.Env{Site: archetype.DefaultSite()}, archetype.Written{FrontMatter: m, File: path})
		must(w.t, err)
		return []string{address}
	}})
	must(w.t, err)
	w.t.Cleanup(func() { must(w.t, tree.Close()) })
	spool := enrich.Spool{Dir: w.t.TempDir()}
	told := &feedback.Tracker{Client: w.client, Store: w.store, Comment: w.tell.Comment, CleanURL: w.tell.CleanURL, CleanURLLabel: w.tell.CleanURLLabel,
		Status: w.tell.Status, SiteURL: w.tell.SiteURL, Now: w.now}
	if w.tell.Client != nil {
		told.Client = w.tell.Client
	}
	if w.store == nil {
		told.Store = nil
	}
	return &pipeline.Pipeline{Source: w.client, Template: template, Sink: tree, Store: w.store, Teller: told, Now: w.now, Workers: 2, Site: archetype.DefaultSite(),
		First:  []pipeline.Step{enrich.Clean{Cleaner: cleaner}},
		Steps:  []pipeline.Step{enrich.Follow{Web: web, Spool: spool, Now: w.now}, enrich.Scrape{}, enrich.Assets{Web: web, Spool: spool}},
		Fields: map[string]string{"source_url": "Source URL", "clean_url": "Clean URL", "topics": "Medigy Topics"}}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// run is a run over ids, or over everything.
func (w *world) run(s pipeline.Selection) *pipeline.Report {
	w.t.Helper()
	s.Query = openproject.Query{Types: w.types}
	report, err := w.pipeline().Run(w.t.Context(), s)
	must(w.t, err)
	return report
}

// full is a run that looks at everything, a day later.
func (w *world) full() *pipeline.Report {
	w.t.Helper()
	w.pass(24 * time.Hour)
	return w.run(pipeline.Selection{Full: true})
}

// asked is a run that a person asked for in a comment.
func (w *world) asked(id int64) *pipeline.Report {
	w.t.Helper()
	p := w.pipeline()
	p.Asked = func(int64) bool { return true }
	report, err := p.Run(w.t.Context(), pipeline.Selection{IDs: []int64{id}, Query: openproject.Query{Types: w.types}})
	must(w.t, err)
	return report
}

// writes lists the requests that change something since the last call.
func (w *world) writes() (list []string) {
	for _, r := range w.tracker.Requests() {
		if r.Method != http.MethodGet {
			list = append(list, r.Method+" "+r.Path)
		}
	}
	w.tracker.ForgetRequests()
	return list
}

// wrote makes sure that just these requests changed something since the last call.
func (w *world) wrote(want ...string) {
	w.t.Helper()
	got := w.writes()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		w.t.Errorf("requests that change something: %v, want %v", got, want)
	}
}

// said is the text of the only comment of the user of the key.
func (w *world) said(id int64) string {
	w.t.Helper()
	var own []string
	for _, c := range w.tracker.Comments(id) {
		if c.User == 1 {
			own = append(own, c.Comment)
		}
		if c.User == 1 && c.Notified {
			w.t.Errorf("the watchers of %d got mail", id)
		}
	}
	if len(own) != 1 {
		w.t.Fatalf("work package %d has %d comments of ours, want 1: %q", id, len(own), own)
	}
	return own[0]
}

// comment is the id of the newest comment of a work package.
func (w *world) comment(id int64) int64 {
	w.t.Helper()
	all := w.tracker.Comments(id)
	if len(all) == 0 {
		w.t.Fatalf("work package %d has no comment", id)
	}
	return all[len(all)-1].ID
}

func (w *world) get(id int64) openprojecttest.WorkPackage {
	w.t.Helper()
	wp, ok := w.tracker.Get(id)
	if !ok {
		w.t.Fatalf("no work package %d", id)
	}
	return wp
}

func (w *world) edit(id int64, change func(*openprojecttest.WorkPackage)) {
	w.pass(time.Minute)
	w.tracker.Update(id, change)
}

// files are the texts of the content tree, one after the other.
func (w *world) files() string {
	w.t.Helper()
	var b strings.Builder
	entries, err := os.ReadDir(filepath.Join(w.dir, "content"))
	must(w.t, err)
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(w.dir, "content", e.Name()))
		must(w.t, err)
		b.Write(text)
	}
	return b.String()
}

// warned are the texts of the feedback's warnings.
func warned(r *pipeline.Report) (list []string) {
	for _, item := range r.Items {
		for _, warning := range item.Warnings {
			if warning.Step == "feedback" {
				list = append(list, warning.Text)
			}
		}
	}
	return list
}

func contains(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("not there: %q, in\n%s", part, text)
		}
	}
}

const (
	post  = "POST /api/v3/work_packages/1/activities"
	patch = "PATCH /api/v3/work_packages/1"
)

func edits(id int64) string { return fmt.Sprintf("PATCH /api/v3/activities/%d", id) }
