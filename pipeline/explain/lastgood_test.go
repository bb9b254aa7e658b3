package explain_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ingest/output/archetype"
	"ingest/pipeline/explain"
	"ingest/pipeline/state"
)

// TestLastGoodValueStays: a page that answers with less than it did takes nothing
// away, whatever an archetype puts in the place of what a page does not say; one night
// or several, also where nobody remembers; and it is told.
func TestLastGoodValueStays(t *testing.T) {
	for _, builtin := range archetype.Builtins() {
		for name, worse := range map[string]func(*world){
			"an error":          func(w *world) { w.page, w.status = "Sorry.", http.StatusServiceUnavailable },
			"gone":              func(w *world) { w.page, w.status = "", http.StatusNotFound },
			"a login":           func(w *world) { w.page = signIn },
			"nothing":           func(w *world) { w.page = "" },
			"no title":          func(w *world) { w.page = "<html><head><title></title></head><body></body></html>" },
			"a shell elsewhere": func(w *world) { w.away = "/oops" },
			"a script's shell":  func(w *world) { w.page = `<div id="app"></div><script src="/app.js"></script>` },
		} {
			t.Run(builtin+" "+name, func(t *testing.T) {
				w := newWorld(t, builtin)
				w.run()
				before := w.tree()
				worse(w)
				for range 2 {
					w.now = w.now.AddDate(0, 0, 21)
					w.run()
					if after := w.tree(); after != before {
						t.Fatalf("after:\n%s\nbefore:\n%s", after, before)
					}
				}
				if x := w.explain(); x.Attention == "" || x.NextTry.IsZero() {
					t.Errorf("attention %q, next try %v; want both", x.Attention, x.NextTry)
				}
				if name == "no title" || name == "a script's shell" || name == "a shell elsewhere" { // by itself such a page is no worse than another
					return
				}
				w.store = state.NewMemory()
				for range 2 {
					w.run()
					if after := w.tree(); after != before {
						t.Fatalf("without a memory:\n%s\nbefore:\n%s", after, before)
					}
				}
			})
		}
	}
}

// TestBetterPageIsTaken: what was kept gives way as soon as the page is well again.
func TestBetterPageIsTaken(t *testing.T) {
	w := newWorld(t, "hugo")
	w.run()
	w.page = signIn
	w.run()
	w.page = strings.ReplaceAll(article, "What the sea does.", "What the moon does.")
	w.run()
	if k := key(t, w.explain(), "description"); k.Value.V != "What the moon does." || k.State != explain.Ours {
		t.Errorf("description %+v", k)
	}
}

// tree is all documents and the names of all assets.
func (w *world) tree() string {
	w.t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(w.dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b.WriteString(path + "\n")
		if filepath.Ext(path) != ".md" {
			return nil
		}
		text, err := os.ReadFile(path)
		b.Write(text)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return b.String()
}
