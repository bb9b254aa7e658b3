package page_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"ingest/cmd/ingest/internal/access"
	"ingest/cmd/ingest/internal/page"
	"ingest/cmd/ingest/internal/page/pagetest"
)

// ana is an editor, reader a program that may only look.
var (
	ana    = access.Principal{Name: "ana", Kind: access.Session, Scopes: []access.Scope{access.Read, access.Run}}
	reader = access.Principal{Name: "reader", Kind: access.Bearer, Scopes: []access.Scope{access.Read}}
)

// handler serves the pages of a desk to somebody; now nil is the wall's clock.
func handler(t *testing.T, d *pagetest.Desk, who access.Principal, now func() time.Time) http.Handler {
	t.Helper()
	p, err := page.New(page.Options{Desk: d, Version: "1.2.3", Now: now, Logger: slog.New(slog.NewTextHandler(t.Output(), nil))})
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	p.Routes(mux, func(scope access.Scope, h http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !who.May(scope) {
				p.LoginPage(w, r, http.StatusForbidden, access.LoginView{Error: "This needs the scope " + string(scope) + "."})
				return
			}
			h.ServeHTTP(w, r)
		})
	})
	mux.Handle("GET /api/v1/events", &d.Events)
	mux.HandleFunc("GET /login", func(w http.ResponseWriter, r *http.Request) {
		p.LoginPage(w, r.WithContext(t.Context()), http.StatusUnauthorized, access.LoginView{Next: "/entries/3960", Name: "ana", Error: "Name or password is wrong.", Password: true, OIDC: "Sign in with OpenProject"})
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mux.ServeHTTP(w, r.WithContext(access.With(r.Context(), who)))
	})
}

func serve(t *testing.T, d *pagetest.Desk, who access.Principal) string {
	t.Helper()
	s := httptest.NewServer(handler(t, d, who, nil))
	t.Cleanup(func() {
		s.CloseClientConnections()
		s.Close()
	})
	return s.URL
}
