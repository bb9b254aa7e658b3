package demo

import (
	"compress/gzip"
	"fmt"
	"net/http"
	"strings"
)

// newSite serves the source site. Besides its articles it has what links on
// the real web have: redirects that add trackers, a page that only refreshes,
// pages that are gone, a PDF, old charsets, a broken picture.
func newSite() http.Handler {
	mux := http.NewServeMux()
	page := articlePage()
	for _, a := range articles() {
		mux.HandleFunc("GET /articles/"+a.Slug, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			zipped := gzip.NewWriter(w)
			w.Header().Set("Content-Encoding", "gzip")
			if err := page.Execute(zipped, a); err != nil {
				panic(http.ErrAbortHandler) // the reader went away
			}
			if err := zipped.Close(); err != nil {
				panic(http.ErrAbortHandler)
			}
		})
		mux.HandleFunc("GET /images/"+a.Slug+".jpg", bytesOf("image/jpeg", jpegOf(1200, 630, a.Seed)))
	}
	mux.HandleFunc("GET /icon.png", bytesOf("image/png", pngOf(32, 32, 40)))
	mux.HandleFunc("GET /papers/remote-care.pdf", bytesOf("application/pdf", pdfOf("Remote care in numbers")))
	mux.HandleFunc("GET /posters/handwashing.jpg", bytesOf("image/jpeg", jpegOf(800, 1200, 30)))
	redirects(mux)
	oddPages(mux)
	return mux
}

// redirects are the ways a shared link reaches its article.
func redirects(mux *http.ServeMux) {
	to := func(status int, target string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, target, status) }
	}
	mux.HandleFunc("GET /s/a1", to(http.StatusMovedPermanently, "/share?to=remote-monitoring-at-home&utm_source=short"))
	mux.HandleFunc("GET /share", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/articles/"+r.URL.Query().Get("to")+"?utm_source=share&utm_medium=social&fbclid=IwAR0demo", http.StatusFound)
	})
	mux.HandleFunc("GET /s/b2", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, `<!DOCTYPE html><title>One moment</title><meta http-equiv="Refresh" content="0; URL='/articles/audit-trails?utm_campaign=mail'">`)
	})
	mux.HandleFunc("GET /s/loop", to(http.StatusFound, "/s/pool"))
	mux.HandleFunc("GET /s/pool", to(http.StatusFound, "/s/loop"))
	mux.HandleFunc("GET /gone", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "gone", http.StatusGone) })
	mux.HandleFunc("GET /private", to(http.StatusFound, "http://169.254.169.254/latest/meta-data/"))
}

// oddPages are pages that a reader of metadata has to get right.
func oddPages(mux *http.ServeMux) {
	latin1 := "<!DOCTYPE html><html lang=\"fr\"><head><meta http-equiv=\"content-type\" content=\"text/html; charset=iso-8859-1\">" +
		"<title>D\xe9j\xe0 vu \xe0 l'h\xf4pital</title><meta name=\"description\" content=\"Les dossiers qui reviennent deux fois, et pourquoi.\"></head><body><h1>D\xe9j\xe0 vu \xe0 l'h\xf4pital</h1></body></html>"
	mux.HandleFunc("GET /old/deja-vu.html", bytesOf("text/html", []byte(latin1)))
	mux.HandleFunc("GET /old/bare.html", bytesOf("text/html", []byte("<h1>A page without a head</h1><p>And without a word about itself.")))
	broken := strings.NewReplacer("{}", "/images/broken.jpg").Replace(`<!DOCTYPE html><html lang="en"><head><title>A broken picture</title>` +
		`<meta property="og:image" content="{}"></head><body><h1>A broken picture</h1></body></html>`)
	mux.HandleFunc("GET /old/broken-picture.html", bytesOf("text/html; charset=utf-8", []byte(broken)))
	mux.HandleFunc("GET /images/broken.jpg", bytesOf("image/jpeg", []byte("<html>not a picture</html>")))
}

func bytesOf(contentType string, content []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		if _, err := w.Write(content); err != nil {
			panic(http.ErrAbortHandler) // the reader went away
		}
	}
}
