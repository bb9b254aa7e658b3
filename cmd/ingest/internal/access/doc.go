// Package access decides who may use the service: it guards HTTP handlers.
//
// # The walk of one request
//
// Wrap goes around everything. It refuses writes that a page of another origin
// caused (net/http.CrossOriginProtection), finds out who asks, and leaves a
// Principal in the context. It lets requests of nobody pass: Require, around
// single handlers, is what refuses them. Programs get application/problem+json,
// browsers are led to the login page; a browser is who accepts text/html and
// asks for nothing below /api/.
//
// # Open and closed
//
// With neither users, tokens nor OpenID Connect the guard is open: everybody
// is "local" and may do everything. CheckListen, and New with it, refuses an
// open guard on any address but loopback. On loopback the Host header must be a
// loopback name too, so that a page which points its own name at 127.0.0.1
// (DNS rebinding) gets nothing, and neither does a proxy that would put an open
// guard before the world. Many proxies send the service's own address as the Host;
// they are known by the headers with which they say for whom they ask (proxied). One
// that sends neither looks like a program on this machine.
//
// # Who asks
//
// A bearer token counts before a session. It is compared in constant time by
// its SHA-256, is read from the Authorization header only, and a wrong one is
// nobody, whatever cookie comes along. A session is a random id of 256 bits in a
// cookie (HttpOnly, SameSite=Lax; behind TLS Secure, with the prefix __Host-); the
// server keeps its SHA-256 in memory. It ends at logout, after IdleTimeout
// without a request, after SessionLifetime whatever happens, at a restart, and when
// the password or the rules that it came from are no longer configured. A guard that
// takes the place of another (Options.Before) goes on with its sessions, its counts of
// attempts and the logins that are under way.
//
// # Guessing passwords
//
// Each attempt takes a token from the bucket of its client address (10, and one
// more every 10 s; an IPv6 /64 is one address) and then one from the bucket of the
// name (20, and one more every 2 s). A name refills faster than one address may
// ask, so that one attacker cannot use up an editor's name. Many addresses can.
// Therefore a browser that signed in before carries a cookie which proves it
// (device.go) and has a bucket of its own instead of both: an attack from elsewhere,
// or a proxy that makes all addresses one, never locks it out. An editor on a new
// browser competes with an attack from many addresses as long as it lasts; single
// sign-on stays open then. A refused attempt takes nothing, so nothing is locked
// for longer than its bucket needs. A success gives back what it took itself: nobody
// is kept out for having signed in before, and whoever signs in between guesses at
// another's password wins no guess by it.
//
// A password is some tenths of a second of a processor by design. One of a stranger
// and one of a known browser are computed at once; the others wait for five seconds
// and are then told to come back, so that a flood of guesses takes one processor and
// no more.
//
// # Connections
//
// Before any request there are connections, and silent ones cost nothing to make. Share
// bounds those that are served of one address, so that it takes several addresses to
// keep everybody out until their time is over; connections of trusted proxies, which
// are those of many people, are not bounded.
//
// A connection of HTTP/2 carries many requests, so that bounds on connections do not
// bound what their bodies take. Bodies does, for the one kind of request that brings a
// long one before anybody can tell who sent it, the webhook.
//
// # OpenID Connect
//
// The code flow with PKCE, state and nonce. What the callback needs to know lies in
// a sealed cookie of the browser that began (attempt.go), so that a flood of beginnings
// fills no memory. The provider is looked up at the first login: one that is down
// at the start, or forever, costs its button and nothing else. Somebody must be
// allowed by verified email, its domain, a group or a subject; a provider without any
// such rule is a mistake of the configuration.
//
// OpenProject itself can be the provider (OIDC.OpenProject). Its own OAuth server,
// as its documentation and its configuration of Doorkeeper describe it, issues access
// tokens for the scope api_v3 and no ID tokens, so that who signed in is asked of
// /api/v3/users/me. Verified against a server of the test that behaves so, not
// against a running OpenProject. Its accounts may change their own email address, so
// only logins count there (OIDC.Users).
//
// # Not done
//
// Signing out ends our session, not the provider's. A request that runs, such as a
// stream of events, is not cut when its session ends.
package access
