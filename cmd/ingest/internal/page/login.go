package page

import (
	"net/http"
	"strings"

	"ingest/cmd/ingest/internal/access"
)

// LoginPage is an access.LoginPage: the form below /login, and elsewhere the page
// of a refusal.
func (p *Page) LoginPage(w http.ResponseWriter, r *http.Request, status int, v access.LoginView) {
	if r.URL.Path == "/login" || strings.HasPrefix(r.URL.Path, "/login/") {
		p.render(w, r, status, "login", view{Title: "Sign in", Data: v})
		return
	}
	title, advice := "You may not do this", "Ask the operator of this service if you should."
	switch status {
	case http.StatusUnauthorized:
		title, advice = "Please sign in", "Sign in, and try again."
	case http.StatusMisdirectedRequest:
		title, advice = "This address is not served", "Open the service by the address that its operator gave you."
	}
	p.notice(w, r, status, title, v.Error, advice)
}
