package explain_test

import (
	"bytes"
	"cmp"
	"image"
	"image/jpeg"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
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
	"ingest/pipeline/explain"
	"ingest/pipeline/state"
)

const article = `<html lang="en"><head><title>Tides | The Courier</title><link rel="canonical" href="/canonical">
<meta property="og:title" content="Tides, told"><meta name="twitter:title" content="Tides for all"><meta property="og:image" content="/gone.jpg">
<meta property="og:image" content="/p.jpg"><meta name="description" content="What the sea does."><meta property="og:site_name" content="The Courier">
</head><body><article><h1>Tides</h1><p>Text.</p></article></body></html>`

const signIn = `<title>Log in</title><form><input type="password"></form>`

// world is a tracker, a site, a tree and a state, and the pipeline between them.
type world struct {
	t       *testing.T
	tracker *openprojecttest.Tracker
	site    *httptest.Server
	page    string // what the article's address answers
	status  int    // with this, 0 is 200
	away    string // where its short address leads instead, "" for to it
	now     time.Time
	dir     string
	store   *state.Memory
	source  *openproject.Client
	web     *fetch.Client
	cleaner *urlclean.Cleaner
	shape   *archetype.Archetype
	fields  map[string]string
	follow  bool // addresses follow titles
}

func newWorld(t *testing.T, builtin string) *world {
	t.Helper()
	w := &world{t: t, page: article, now: time.Date(2026, 11, 1, 2, 0, 0, 0, time.UTC), dir: t.TempDir(), store: state.NewMemory(),
		fields: map[string]string{"source_url": "Source URL", "topics": "Medigy Topics", "via": "Via"}}
	w.site = httptest.NewServer(http.HandlerFunc(w.serve))
	t.Cleanup(w.site.Close)
	w.tracker = openprojecttest.Curation(openprojecttest.Options{APIKey: "k"})
	created := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	w.tracker.Add(openprojecttest.WorkPackage{ID: 7, Subject: "All about tides", Description: "Body.", CreatedAt: created, UpdatedAt: created,
		Fields: map[string]any{"Source URL": w.site.URL + "/short?utm_source=mail", "Medigy Topics": []string{"Sea"}, "Via": "A reader"}})
	if err := w.tracker.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.tracker.Close)
	var err error
	if w.source, err = openproject.New(openproject.Options{BaseURL: w.tracker.URL(), APIKey: "k", Retry: openproject.Retry{Attempts: 1}}); err != nil {
		t.Fatal(err)
	}
	if w.cleaner, err = urlclean.New(urlclean.Options{}); err != nil {
		t.Fatal(err)
	}
	w.web, err = fetch.New(fetch.Options{UserAgent: "ingest-test", AllowPrivate: []string{"127.0.0.1"}, PerHost: fetch.PerHost{Interval: -1},
		Clean: func(u string) string { return w.cleaner.Clean(u).Output }, Retry: fetch.Retry{Attempts: 1}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.web.Close)
	source, err := archetype.Builtin(builtin)
	if err != nil {
		t.Fatal(err)
	}
	w.use(string(source))
	return w
}

// use makes documents by an archetype.
func (w *world) use(source string) {
	w.t.Helper()
	shape, err := archetype.Parse("archetype.yaml", []byte(source))
	if err != nil {
		w.t.Fatal(err)
	}
	w.shape = shape
}

func (w *world) serve(rw http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/short":
		http.Redirect(rw, r, cmp.Or(w.away, "/a?utm_campaign=x&id=4"), http.StatusMovedPermanently)
	case "/oops":
		rw.Header().Set("Content-Type", "text/html")
		_, _ = rw.Write([]byte("<html><body></body></html>"))
	case "/a":
		rw.Header().Set("Content-Type", "text/html; charset=utf-8")
		rw.WriteHeader(cmp.Or(w.status, http.StatusOK))
		_, _ = rw.Write([]byte(w.page))
	case "/p.jpg":
		var b bytes.Buffer
		_ = jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 300, 200)), nil)
		rw.Header().Set("Content-Type", "image/jpeg")
		_, _ = rw.Write(b.Bytes())
	default:
		http.NotFound(rw, r)
	}
}

// pipeline opens the tree anew, as each command does.
func (w *world) pipeline(dry bool) *pipeline.Pipeline {
	w.t.Helper()
	shape := w.shape.Document()
	site := archetype.DefaultSite()
	tree, err := output.Open(filepath.Join(w.dir, "content"), filepath.Join(w.dir, "static"), output.Options{IDKey: shape.ID, Bundle: shape.Bundle, Beside: shape.Beside,
		URLOf: func(m frontmatter.Map, path string) []string {
			address, err := w.shape.Address(archetype.Env{Site: site}, archetype.Written{FrontMatter: m, File: path})
			if err != nil || address == "" {
				return nil
			}
			return append([]string{address}, shape.ListAliases(m)...)
		}})
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = tree.Close() })
	spool := enrich.Spool{Dir: w.t.TempDir()}
	relate := enrich.Relate{Limit: 5, Catalogue: enrich.NewCatalogue([]enrich.Offering{{ID: 90, Label: "Sea app", Permalink: "/offering/sea", Topics: []string{"Sea"}},
		{ID: 91, Label: "Ebb app", Permalink: "/offering/ebb", Topics: []string{"Sea"}}})}
	now := func() time.Time { return w.now }
	p := &pipeline.Pipeline{Source: w.source, Sink: tree, Store: w.store, Template: w.shape, Fields: w.fields, Site: site, Now: now, DryRun: dry, FollowTitles: w.follow,
		First: []pipeline.Step{enrich.Clean{Cleaner: w.cleaner}},
		Steps: []pipeline.Step{enrich.Follow{Web: w.web, Spool: spool, Now: now}, enrich.Scrape{}, enrich.Assets{Web: w.web, Spool: spool}},
		Last:  []pipeline.Step{relate}}
	if dry {
		p.Sink = output.DryRun{Tree: tree}
	}
	return p
}

// run looks at everything.
func (w *world) run() {
	w.t.Helper()
	report, err := w.pipeline(false).Run(w.t.Context(), pipeline.Selection{Full: true})
	if err != nil || report.Counts[pipeline.Failed] > 0 {
		w.t.Fatalf("error %v, report %+v", err, report)
	}
}

// explain accounts for the work package 7.
func (w *world) explain() *explain.Explanation {
	w.t.Helper()
	retraced, err := w.pipeline(true).Retrace(w.t.Context(), 7)
	if err != nil {
		w.t.Fatal(err)
	}
	return explain.Of(retraced, w.cleaner.Clean)
}

// edit replaces text in the document, as a person does.
func (w *world) edit(old, replacement string) {
	w.t.Helper()
	err := filepath.WalkDir(filepath.Join(w.dir, "content"), func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		before, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		after := strings.Replace(string(before), old, replacement, 1)
		if after == string(before) {
			w.t.Fatalf("%q is not in\n%s", old, before)
		}
		return os.WriteFile(path, []byte(after), 0o600)
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// key finds a key of an explanation.
func key(t *testing.T, x *explain.Explanation, path string) explain.Key {
	t.Helper()
	for _, k := range x.Keys {
		if k.Key == path {
			return k
		}
	}
	t.Fatalf("no key %s", path)
	return explain.Key{}
}
