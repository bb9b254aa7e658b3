package access

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
)

// challenge tells programs how to prove who they are (RFC 6750, 3).
const challenge = `Bearer realm="ingest"`

// browser says whether a person looks at the answer: whoever accepts HTML, brings
// no token and asks for nothing below /api/.
func browser(r *http.Request) bool {
	_, claimed := bearer(r)
	return !claimed && !strings.HasPrefix(r.URL.Path, "/api/") && strings.Contains(strings.Join(r.Header.Values("Accept"), ","), "text/html")
}

// askToSignIn sends a browser to the login page and tells a program to bring a
// token.
func (g *Guard) askToSignIn(w http.ResponseWriter, r *http.Request) {
	if browser(r) {
		w.Header().Set("Cache-Control", "no-store")
		http.Redirect(w, r, "/login?next="+url.QueryEscape(wayBack(r)), http.StatusSeeOther)
		return
	}
	text := "Send an API token as Authorization: Bearer, or sign in."
	if _, claimed := bearer(r); claimed {
		w.Header().Set("WWW-Authenticate", challenge+`, error="invalid_token"`)
		text = "The bearer token is not known."
	}
	g.refuse(w, r, http.StatusUnauthorized, text)
}

// wayBack is where a browser goes after signing in: to the page that it asked
// for, or to the one whose form it sent.
func wayBack(r *http.Request) string {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return LocalPath(r.URL.RequestURI())
	}
	from, err := url.Parse(r.Referer())
	if err != nil || from.Host != r.Host {
		return home
	}
	return LocalPath(from.RequestURI())
}

// refuse answers in the language of who asks.
func (g *Guard) refuse(w http.ResponseWriter, r *http.Request, status int, text string) {
	g.refuseWith(w, r, status, g.view(home, text))
}

// refuseWith is refuse with a filled-in form.
func (g *Guard) refuseWith(w http.ResponseWriter, r *http.Request, status int, v LoginView) {
	header := w.Header()
	header.Set("Cache-Control", "no-store")
	if status == http.StatusUnauthorized && header.Get("WWW-Authenticate") == "" {
		header.Set("WWW-Authenticate", challenge)
	}
	if browser(r) {
		g.page(w, r, status, v)
		return
	}
	writeProblem(w, status, v.Error)
}

// view is the login page as this guard needs it.
func (g *Guard) view(next, text string) LoginView {
	v := LoginView{Next: next, Error: text, Password: len(g.passwords.hashes) > 0}
	if g.sso != nil {
		v.OIDC = g.sso.label
	}
	return v
}

// writeProblem writes an error as RFC 9457 has it.
func writeProblem(w http.ResponseWriter, status int, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	// An error here is that of a connection which is gone.
	_ = json.NewEncoder(w).Encode(struct {
		Type   string `json:"type"`
		Title  string `json:"title"`
		Status int    `json:"status"`
		Detail string `json:"detail"`
	}{"about:blank", http.StatusText(status), status, detail})
}
