package page

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"strings"

	"ingest/cmd/ingest/internal/access"
)

//go:embed templates
var templateFiles embed.FS

// view is what a page's template is given.
type view struct {
	Title   string // of the page; the site's name is added
	Section string // the entry of the navigation that it belongs to
	Query   string // what stands in the search box
	// Wait is after how many seconds the page is loaded again, as its subject is
	// still at work; 0 is not at all.
	Wait int
	// Reload is Wait for a page that the script has no part in.
	Reload int
	Data   any

	Site, Version       string
	Style, Script, Icon string
	Who                 access.Principal
	SignedIn, MayRun    bool
	MaySignOut          bool
}

// parseTemplates parses each page together with the layout and the parts.
func parseTemplates() (map[string]*template.Template, error) {
	base, err := template.New("layout.html").Funcs(functions()).ParseFS(templateFiles, "templates/layout.html", "templates/parts.html")
	if err != nil {
		return nil, fmt.Errorf("parse the pages' layout: %w", err)
	}
	names, err := templateFiles.ReadDir("templates")
	if err != nil {
		return nil, fmt.Errorf("read the pages' templates: %w", err)
	}
	pages := map[string]*template.Template{}
	for _, file := range names {
		name := strings.TrimSuffix(file.Name(), ".html")
		if name == "layout" || name == "parts" {
			continue
		}
		clone, err := base.Clone()
		if err != nil {
			return nil, fmt.Errorf("parse the page %s: %w", name, err)
		}
		if pages[name], err = clone.ParseFS(templateFiles, "templates/"+file.Name()); err != nil {
			return nil, fmt.Errorf("parse the page %s: %w", name, err)
		}
	}
	return pages, nil
}

// render writes a page. It is made before the first byte leaves, so that a half one
// is never seen.
func (p *Page) render(w http.ResponseWriter, r *http.Request, status int, name string, v view) {
	v.Site, v.Version = p.site, p.version
	v.Style, v.Script, v.Icon = p.assets.path("style.css"), p.assets.path("page.js"), p.assets.path("icon.svg")
	v.Who, v.SignedIn = access.From(r.Context())
	v.MayRun, v.MaySignOut = v.Who.May(access.Run), v.Who.Kind == access.Session
	var b strings.Builder
	if err := p.templates[name].Execute(&b, v); err != nil {
		p.log.ErrorContext(r.Context(), "page not made", "page", name, "error", err)
		setHead(w.Header())
		w.WriteHeader(http.StatusInternalServerError)
		_, _ = w.Write([]byte("<!DOCTYPE html><html lang=\"en\"><title>Error</title><h1>This page could not be made</h1><p>The reason is in the service's log.</p></html>"))
		return
	}
	setHead(w.Header())
	w.WriteHeader(status)
	_, _ = io.WriteString(w, readable(b.String())) // an error is that of a connection which is gone
}
