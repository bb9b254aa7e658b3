package access

import (
	"log/slog"
	"net/http"
	"slices"
	"time"
)

// Guard lets those in who may. It is safe for concurrent use.
type Guard struct {
	open      bool
	secure    bool
	passwords *passwords
	tokens    tokens
	sso       *singleSignOn // nil without OpenID Connect
	sessions  *sessions
	lifetime  lifetime
	proxies   proxies
	limits    *limits
	page      LoginPage
	now       func() time.Time
	log       *slog.Logger
}

// New returns a guard. Its error joins one *SettingError for each mistake, and a
// *ListenError if the address needs a closed one.
func New(o Options) (*Guard, error) { return build(o, minCost) }

// build is New with the least cost of hashes, which makes tests slow.
func build(o Options, leastCost int) (*Guard, error) {
	o = o.withDefaults()
	var wrong mistakes
	g := &Guard{
		open:      !o.Configured(),
		secure:    o.Secure,
		passwords: newPasswords(o.Users, leastCost, &wrong),
		tokens:    newTokens(o.Tokens, &wrong),
		sessions:  &sessions{},
		lifetime:  lifetime{absolute: o.SessionLifetime, idle: o.IdleTimeout},
		proxies:   newProxies(o.TrustedProxies),
		limits:    newLimits(),
		page:      o.LoginPage,
		now:       o.Now,
		log:       o.Logger,
	}
	if o.OIDC != nil {
		g.sso = newSingleSignOn(*o.OIDC, o.HTTPClient, o.Now, &wrong)
	}
	if o.Before != nil {
		g.succeed(o.Before)
	}
	if o.Listen != "" {
		if err := CheckListen(o.Listen, o.Configured()); err != nil {
			wrong = append(wrong, err)
		}
	}
	if err := wrong.err(); err != nil {
		return nil, err
	}
	return g, nil
}

// Open says whether everybody may do everything.
func (g *Guard) Open() bool { return g.open }

// succeed takes over what the guard before it remembers. People who are at the
// provider just now come back to this guard if it has the same rules for them.
func (g *Guard) succeed(before *Guard) {
	g.sessions, g.limits = before.sessions, before.limits
	if g.sso != nil && before.sso != nil && g.sso.proof == before.sso.proof {
		g.sso.cookies = before.sso.cookies
	}
}

// Wrap goes around all handlers: it refuses what no handler should see, and
// leaves in the context who asks. Public are the paths that a proxy may ask of an open
// guard as well: health checks, and what proves itself who asks.
func (g *Guard) Wrap(next http.Handler, public ...string) http.Handler {
	identified := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if p, ok := g.identify(r); ok {
			r = r.WithContext(With(r.Context(), p))
		}
		next.ServeHTTP(w, r)
	})
	origins := http.NewCrossOriginProtection()
	origins.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g.refuse(w, r, http.StatusForbidden, "This request came from a page of another site.")
	}))
	protected := origins.Handler(identified)
	if !g.open {
		return protected
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case !loopbackHost(r.Host):
			g.refuse(w, r, http.StatusMisdirectedRequest, "Without users, tokens or single sign-on the service answers to loopback names only, such as 127.0.0.1 or localhost.")
		case proxied(r.Header) && !slices.Contains(public, r.URL.Path):
			g.refuse(w, r, http.StatusMisdirectedRequest, "Without users, tokens or single sign-on the service answers nobody behind a proxy: set server.users (ingest passwd makes an entry), server.tokens or server.oidc.")
		default:
			protected.ServeHTTP(w, r)
		}
	})
}

// identify finds out who asks. What claims to be a bearer token is judged as
// one, and nothing else then counts.
func (g *Guard) identify(r *http.Request) (Principal, bool) {
	if g.open {
		return Principal{Name: "local", Kind: Local, Scopes: everything()}, true
	}
	if token, claimed := bearer(r); claimed {
		return g.tokens.find(token)
	}
	id := g.cookie(r, sessionCookie)
	if id == "" {
		return Principal{}, false
	}
	return g.sessions.find(id, g.now(), g.lifetime, g.stands)
}

// stands says whether what a session was made from is still configured.
func (g *Guard) stands(name string, from proof) bool {
	if g.sso != nil && from == g.sso.proof {
		return true
	}
	hash, known := g.passwords.hashes[name]
	return known && from == passwordProof(hash)
}

// Require lets pass who has the scope. Its answers are not kept by any cache,
// unless the handler sets Cache-Control itself.
func (g *Guard) Require(scope Scope, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p, ok := From(r.Context())
		switch {
		case !ok:
			g.askToSignIn(w, r)
		case !p.May(scope):
			w.Header().Set("WWW-Authenticate", challenge+`, error="insufficient_scope", scope="`+string(scope)+`"`)
			g.refuse(w, r, http.StatusForbidden, "This needs the scope "+string(scope)+", which "+string(p.Kind)+" "+p.Name+" does not have.")
		default:
			w.Header().Set("Cache-Control", "no-store")
			h.ServeHTTP(w, r)
		}
	})
}
