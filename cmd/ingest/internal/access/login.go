package access

import (
	"net/http"
	"strconv"
	"time"
)

// maxForm bounds the body of a login, in bytes.
const maxForm = 16 << 10

// Routes adds the login and the logout to a mux that Wrap goes around.
func (g *Guard) Routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /login", g.showLogin)
	mux.HandleFunc("POST /login", g.login)
	mux.HandleFunc("POST /logout", g.logout)
	mux.HandleFunc("GET /login/oidc", g.beginSSO)
	mux.HandleFunc("GET /login/oidc/callback", g.finishSSO)
}

// showLogin shows the form, or leads on who needs none.
func (g *Guard) showLogin(w http.ResponseWriter, r *http.Request) {
	next := LocalPath(r.URL.Query().Get("next"))
	if _, ok := From(r.Context()); ok {
		http.Redirect(w, r, next, http.StatusSeeOther)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	g.page(w, r, http.StatusOK, g.view(next, ""))
}

// login takes name and password from the body of a form; what stands in the
// query is not read.
func (g *Guard) login(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		g.refuse(w, r, http.StatusBadRequest, "The form could not be read.")
		return
	}
	if len(g.passwords.hashes) == 0 {
		g.refuse(w, r, http.StatusNotFound, "Nobody signs in by password here.")
		return
	}
	name, next := r.PostForm.Get("name"), LocalPath(r.PostForm.Get("next"))
	view := g.view(next, "")
	if len(name) <= maxName {
		view.Name = name
	}
	attempt, wait := g.tryLogin(r, name)
	if wait > 0 {
		g.log.WarnContext(r.Context(), "login refused: too many attempts", "user", g.loggedName(name), "client", g.ClientIP(r))
		view.Error = "Too many attempts. Try again in a little while."
		g.refuseLater(w, r, http.StatusTooManyRequests, wait, view)
		return
	}
	ok, err := g.passwords.check(r.Context(), name, r.PostForm.Get("password"), attempt.browserKnown)
	switch {
	case err != nil:
		view.Error = "Too many people sign in right now. Try again in a few seconds."
		g.refuseLater(w, r, http.StatusServiceUnavailable, 2*time.Second, view)
	case !ok:
		g.log.WarnContext(r.Context(), "login refused: wrong name or password", "user", g.loggedName(name), "client", g.ClientIP(r))
		view.Error = "Name or password is wrong."
		g.refuseWith(w, r, http.StatusUnauthorized, view)
	default:
		attempt.giveBack()
		hash := g.passwords.hashes[name]
		g.setCookie(w, r, deviceCookie, newDevice(name, hash, g.now()), deviceAge)
		g.signIn(w, r, name, passwordProof(hash), next)
	}
}

// passwordAttempt is one that may be made.
type passwordAttempt struct {
	browserKnown bool   // the editor signed in with it before
	giveBack     func() // what the attempt took, and no more
}

// tryLogin takes the tokens of an attempt, or none; the wait is 0 if there were some.
func (g *Guard) tryLogin(r *http.Request, name string) (a passwordAttempt, wait time.Duration) {
	now := g.now()
	if hash, known := g.passwords.hashes[name]; known {
		if id, ok := knownDevice(g.cookie(r, deviceCookie), name, hash, now); ok {
			return passwordAttempt{true, func() { g.limits.device.give(id, 1) }}, g.limits.device.take(id, now)
		}
	}
	address := addressKey(g.ClientIP(r))
	if wait := g.limits.address.take(address, now); wait > 0 {
		return a, wait
	}
	if wait := g.limits.name.take(name, now); wait > 0 {
		g.limits.address.give(address, 1)
		return a, wait
	}
	return passwordAttempt{false, func() {
		g.limits.address.give(address, 1)
		g.limits.name.give(name, 1)
	}}, 0
}

// loggedName keeps out of the log what is nobody's name: people type their
// password there.
func (g *Guard) loggedName(name string) string {
	if _, known := g.passwords.hashes[name]; known {
		return name
	}
	return "(unknown)"
}

// signIn begins a session under a new id and leads on.
func (g *Guard) signIn(w http.ResponseWriter, r *http.Request, name string, from proof, next string) {
	g.sessions.end(g.cookie(r, sessionCookie))
	id := g.sessions.begin(name, from, g.now(), g.lifetime)
	g.setCookie(w, r, sessionCookie, id, g.lifetime.absolute)
	g.log.InfoContext(r.Context(), "signed in", "user", name, "client", g.ClientIP(r))
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, next, http.StatusSeeOther)
}

// logout ends the session of the browser that asks.
func (g *Guard) logout(w http.ResponseWriter, r *http.Request) {
	if p, ok := From(r.Context()); ok && p.Kind == Session {
		g.log.InfoContext(r.Context(), "signed out", "user", p.Name, "client", g.ClientIP(r))
	}
	g.sessions.end(g.cookie(r, sessionCookie))
	g.clearCookie(w, r, sessionCookie)
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, "/login", http.StatusSeeOther)
}

// refuseLater refuses what may be tried again, and says after how long (Retry-After).
func (g *Guard) refuseLater(w http.ResponseWriter, r *http.Request, status int, wait time.Duration, v LoginView) {
	seconds := int((wait + time.Second - 1) / time.Second)
	w.Header().Set("Retry-After", strconv.Itoa(seconds))
	g.refuseWith(w, r, status, v)
}
