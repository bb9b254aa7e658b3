package access

import (
	"net/http"
	"time"
)

// Names of the cookies. Behind TLS each has the prefix __Host-, which a browser
// accepts only from this very host by HTTPS.
const (
	sessionCookie = "ingest_session"
	deviceCookie  = "ingest_device"
	attemptCookie = "ingest_login"
	hostPrefix    = "__Host-"
)

// maxCookie bounds what is read from a cookie, in bytes: browsers keep 4096.
const maxCookie = 4096

func (g *Guard) cookieName(r *http.Request, name string) string {
	if g.isSecure(r) {
		return hostPrefix + name
	}
	return name
}

// cookie returns a cookie's value, "" when there is none.
func (g *Guard) cookie(r *http.Request, name string) string {
	c, err := r.Cookie(g.cookieName(r, name))
	if err != nil || len(c.Value) > maxCookie {
		return ""
	}
	return c.Value
}

// setCookie keeps a value in the browser; a negative age takes it away.
func (g *Guard) setCookie(w http.ResponseWriter, r *http.Request, name, value string, age time.Duration) {
	seconds := int(age / time.Second)
	if age < 0 {
		seconds = -1
	}
	http.SetCookie(w, &http.Cookie{
		Name: g.cookieName(r, name), Value: value, Path: "/", MaxAge: seconds,
		Secure: g.isSecure(r), HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

func (g *Guard) clearCookie(w http.ResponseWriter, r *http.Request, name string) {
	g.setCookie(w, r, name, "", -1)
}
