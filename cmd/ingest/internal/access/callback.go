package access

import (
	"net/http"
	"strings"
)

// beginSSO sends the browser to the provider.
func (g *Guard) beginSSO(w http.ResponseWriter, r *http.Request) {
	next := LocalPath(r.URL.Query().Get("next"))
	if !g.ssoAllowed(w, r) {
		return
	}
	a := newAttempt(next, g.now())
	address, err := g.sso.begin(r.Context(), a)
	if err != nil {
		g.log.ErrorContext(r.Context(), "single sign-on: no provider", "error", clip(err.Error()))
		g.refuseWith(w, r, http.StatusBadGateway, g.view(next, "The sign-in service does not answer. Try again in a little while."))
		return
	}
	g.setCookie(w, r, attemptCookie, g.sso.cookies.seal(a), attemptAge)
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, address, http.StatusSeeOther)
}

// finishSSO is where the provider sends the browser back to.
func (g *Guard) finishSSO(w http.ResponseWriter, r *http.Request) {
	if !g.ssoAllowed(w, r) {
		return
	}
	query := r.URL.Query()
	a, err := g.sso.cookies.open(g.cookie(r, attemptCookie), g.now())
	g.clearCookie(w, r, attemptCookie)
	switch {
	case err != nil, !sameText(query.Get("state"), a.state):
		g.refuseWith(w, r, http.StatusBadRequest, g.view(home, "This sign-in was not begun here, or took too long. Try again."))
		return
	case query.Has("iss") && query.Get("iss") != g.sso.settings.Issuer: // RFC 9207
		g.refuseWith(w, r, http.StatusBadRequest, g.view(a.next, "Another sign-in service answered. Try again."))
		return
	case query.Get("code") == "":
		g.log.WarnContext(r.Context(), "single sign-on: refused by the provider", "code", errorCode(query.Get("error")), "client", g.ClientIP(r))
		g.refuseWith(w, r, http.StatusForbidden, g.view(a.next, "The sign-in service refused ("+errorCode(query.Get("error"))+")."))
		return
	}
	who, err := g.sso.finish(r.Context(), a, query.Get("code"))
	if err != nil {
		g.log.ErrorContext(r.Context(), "single sign-on: failed", "error", clip(err.Error()), "client", g.ClientIP(r))
		g.refuseWith(w, r, http.StatusBadGateway, g.view(a.next, "The sign-in service's answer could not be used; the log of this service says why."))
		return
	}
	if !g.sso.settings.admits(who) {
		g.log.WarnContext(r.Context(), "single sign-on: not allowed", "user", clip(who.name()), "email_verified", bool(who.Verified), "client", g.ClientIP(r))
		g.refuseWith(w, r, http.StatusForbidden, g.view(a.next, "You signed in, but this account is not allowed here. Ask the operator of this service."))
		return
	}
	g.limits.sso.give(addressKey(g.ClientIP(r)), 2) // this request's, and that of the beginning
	g.signIn(w, r, clip(who.name()), g.sso.proof, a.next)
}

// ssoAllowed says whether there is single sign-on and the client may try it now.
func (g *Guard) ssoAllowed(w http.ResponseWriter, r *http.Request) bool {
	if g.sso == nil {
		g.refuseWith(w, r, http.StatusNotFound, g.view(home, "There is no single sign-on here."))
		return false
	}
	if wait := g.limits.sso.take(addressKey(g.ClientIP(r)), g.now()); wait > 0 {
		g.refuseLater(w, r, http.StatusTooManyRequests, wait, g.view(home, "Too many attempts. Try again in a little while."))
		return false
	}
	return true
}

// clip bounds what comes from a provider before it goes into a log or a page.
func clip(s string) string {
	const most = 300
	if len(s) > most {
		s = s[:most] + "..."
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}
